"""What holds for all tests."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, settings

from tests._fakes import FrozenClock

# How fast a machine is says nothing of the program; on a new one the first text alone takes
# seconds, since hypothesis then makes its tables of letters.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# A commit is judged by the same input each time; `make soak` searches for what nobody thought of.
settings.register_profile("same", patient, derandomize=True)
settings.register_profile("search", patient)
settings.load_profile("same")

WORLDS = frozenset({"house", "office", "odd", "sandbox", "scene", "served", "wired", "world"})
"""Fixtures that build the program, or Microsoft 365, or both."""

IMPATIENT = {
    "bot.handlers.accounts.links": "PATIENCE",
    "bot.web.notifications": "SECONDS",
    "services.contacts.directory": "PATIENCE",
    "services.events.free_time": "PATIENCE",
    "services.search.search": "PATIENCE",
}
"""Where the clock on the wall decides what is answered, and by which name."""


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(autouse=True)
def patient_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test depend on how busy its machine is; one about haste sets the time itself."""
    for name, seconds in IMPATIENT.items():
        if name in sys.modules:
            monkeypatch.setattr(sys.modules[name], seconds, 60.0)


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Mark what asks for a whole world."""
    for item in items:
        if WORLDS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.world)
