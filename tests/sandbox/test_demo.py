from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from sandbox.demo import run_demo
from sandbox.demo_program import running_program
from sandbox.playground.run import CLI
from services.model.errors import Broken
from services.settings import Settings
from tests._ports import out_of_the_way


def settings(data_dir: Path) -> Settings:
    environ = {"ALMANAC_DATA_DIR": str(data_dir), "PORT": str(out_of_the_way())}
    return Settings.from_env(environ | {"SANDBOX_PORT": str(out_of_the_way())}, demo=True)


async def test_without_nodejs_the_demo_says_so_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Broken, match=r"Node\.js"):
        await run_demo(settings(tmp_path), with_playground=True, say=lambda _: None)
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.skipif(os.name == "nt" or not CLI.exists(), reason="needs a script that is a program")
async def test_a_playground_that_ends_by_itself_ends_the_demo_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = tmp_path / "bin" / "node"
    node.parent.mkdir()
    node.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "print('Listening on', sys.argv[sys.argv.index('-p') + 1])\n"
    )
    node.chmod(0o700)
    monkeypatch.setenv("PATH", str(node.parent))
    with pytest.raises(Broken, match="ended by itself"):
        await run_demo(settings(tmp_path / "data"), with_playground=True, say=lambda _: None)
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_program_whose_port_is_taken_leaves_nothing_behind(tmp_path: Path) -> None:
    taken = settings(tmp_path)
    async with running_program(taken, tmp_path, None) as page_url:
        assert page_url.startswith("http://127.0.0.1:")
        with pytest.raises(OSError, match="in use"):
            async with running_program(taken, tmp_path / "other", None):
                pytest.fail("two cannot listen on one port")
    assert asyncio.all_tasks() == {asyncio.current_task()}
