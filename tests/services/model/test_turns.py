"""Others have a turn between the pieces of long work."""

from __future__ import annotations

import asyncio

import pytest

from services.model.turns import in_turns


@pytest.mark.parametrize("things", [0, 1, 3, 7])
async def test_all_come_and_in_their_order(things: int) -> None:
    assert [each async for each in in_turns(range(things), 3)] == list(range(things))


async def test_somebody_else_has_a_turn_after_each_piece() -> None:
    done: list[str] = []

    async def work() -> None:
        async for thing in in_turns("abcd", 2):
            done.append(thing)

    async def other() -> None:
        done.append("other")

    await asyncio.gather(work(), other())
    assert done == ["a", "b", "other", "c", "d"]


async def test_what_fits_into_one_piece_is_made_at_once() -> None:
    """A small commit is begun before anybody else does anything, as it always was."""
    making = asyncio.create_task(_made(2, at_a_time=3))
    await asyncio.sleep(0)
    assert making.done()
    assert making.result() == [0, 1]


async def _made(things: int, *, at_a_time: int) -> list[int]:
    return [each async for each in in_turns(range(things), at_a_time)]
