"""Repositories are tested on each engine."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.storage._engines import ENGINES


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    return request.param
