"""What holds for all tests."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

WORLDS = frozenset({"house", "office", "odd", "sandbox", "scene", "served", "wired", "world"})
"""Fixtures that build the program, or Microsoft 365, or both."""


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Mark what asks for a whole world."""
    for item in items:
        if WORLDS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.world)
