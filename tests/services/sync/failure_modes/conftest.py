"""A calendar with two members, for each test that asks for one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.services.sync.failure_modes._shared import SharedScene, a_shared_scene


@pytest.fixture
async def shared(tmp_path: Path) -> AsyncIterator[SharedScene]:
    async with a_shared_scene(tmp_path) as made:
        yield made
