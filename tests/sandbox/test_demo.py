from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port

from sandbox.demo import surroundings
from sandbox.playground.run import PlaygroundUnavailable
from tests._fakes import FrozenClock


async def test_without_a_playground_nothing_of_the_surroundings_stays_open(
    clock: FrozenClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # no Node.js, which is seen before the sandbox has started
    with pytest.raises(PlaygroundUnavailable, match=r"Node\.js"):
        async with surroundings(
            clock,
            bot_url="http://127.0.0.1:3978",
            sandbox_port=0,
            playground_port=unused_port(),
            work_dir=tmp_path,
        ):
            pytest.fail("there is no Playground")
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_the_sandbox_alone_needs_no_playground(clock: FrozenClock, tmp_path: Path) -> None:
    async with surroundings(
        clock,
        bot_url="http://127.0.0.1:3978",
        sandbox_port=0,
        playground_port=None,
        work_dir=tmp_path,
    ) as around:
        assert around.playground_url == ""
        assert around.sandbox.page_url
