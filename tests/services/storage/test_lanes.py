from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

import pytest

from services.model.errors import Broken
from services.storage.lanes import Group, Lane


def a_connection() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def a_lane(around_all: Group = nullcontext, threads: int = 1) -> Lane:
    connections = [a_connection() for _ in range(threads)]
    return Lane("test", connections, around_all=around_all, around_each=nullcontext)


async def test_what_waits_is_done_in_one_go_and_in_order() -> None:
    groups: list[list[int]] = []

    @contextmanager
    def a_group(_: sqlite3.Connection) -> Iterator[None]:
        groups.append([])
        yield

    def join(number: int, _: sqlite3.Connection) -> None:
        groups[-1].append(number)

    lane = a_lane(a_group)
    gate = threading.Event()
    first = asyncio.ensure_future(lane.run(lambda _: gate.wait(10)))
    await asyncio.sleep(0)
    rest = [asyncio.ensure_future(lane.run(partial(join, number))) for number in range(10)]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, *rest)
    await lane.close()
    assert [number for group in groups for number in group] == list(range(10))
    assert len(groups) <= 2  # the first may have gone alone


async def test_when_the_whole_fails_nobody_is_told_that_it_was_done() -> None:
    @contextmanager
    def a_full_disk(_: sqlite3.Connection) -> Iterator[None]:
        yield
        raise sqlite3.OperationalError("database or disk is full")

    lane = a_lane(a_full_disk)
    answers = await asyncio.gather(
        *(lane.run(lambda _: "done") for _ in range(3)), return_exceptions=True
    )
    await lane.close()
    assert [type(answer) for answer in answers] == [Broken, Broken, Broken]


async def test_an_error_belongs_to_the_one_who_asked() -> None:
    lane = a_lane()

    def fails(_: sqlite3.Connection) -> None:
        raise KeyError("mine")

    answers = await asyncio.gather(
        lane.run(fails), lane.run(lambda _: "fine"), return_exceptions=True
    )
    await lane.close()
    assert isinstance(answers[0], KeyError)
    assert answers[1] == "fine"


async def test_whoever_is_alone_has_the_transaction_and_needs_no_part_of_it() -> None:
    entered: list[str] = []

    @contextmanager
    def a_part(_: sqlite3.Connection) -> Iterator[None]:
        entered.append("part")
        yield

    @contextmanager
    def a_whole(_: sqlite3.Connection) -> Iterator[None]:
        entered.append("whole")
        try:
            yield
        except KeyError:
            entered.append("undone")
            raise

    def fails(_: sqlite3.Connection) -> None:
        raise KeyError("mine")

    lane = Lane("test", [a_connection()], around_all=a_whole, around_each=a_part)
    assert await lane.run(lambda _: "done") == "done"
    with pytest.raises(KeyError):
        await lane.run(fails)
    await lane.close()
    assert entered == ["whole", "whole", "undone"]


async def test_closing_finishes_what_waits() -> None:
    lane = a_lane(threads=2)
    waiting = [asyncio.ensure_future(lane.run(lambda _: "done")) for _ in range(200)]
    await asyncio.sleep(0)
    await lane.close()
    assert await asyncio.gather(*waiting) == ["done"] * 200
    with pytest.raises(Broken):
        await lane.run(lambda _: "too late")
