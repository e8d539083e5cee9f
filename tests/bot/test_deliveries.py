from __future__ import annotations

import asyncio

import pytest

from bot.deliveries import Deliveries
from tests._fakes import FrozenClock


class Work:
    def __init__(self) -> None:
        self.done = 0
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def __call__(self) -> int:
        self.done += 1
        await self.go_on.wait()
        return self.done


async def test_a_second_delivery_gets_the_first_answer() -> None:
    work, deliveries = Work(), Deliveries[int](FrozenClock())
    assert [await deliveries.once("a", work) for _ in range(3)] == [1, 1, 1]
    assert await deliveries.once("b", work) == 2


async def test_a_delivery_that_is_still_at_work_is_waited_for() -> None:
    work, deliveries = Work(), Deliveries[int](FrozenClock())
    work.go_on.clear()
    several = [asyncio.create_task(deliveries.once("a", work)) for _ in range(3)]
    await asyncio.sleep(0)
    several[0].cancel()  # who hangs up does not stop the work
    await asyncio.sleep(0)
    work.go_on.set()
    assert await asyncio.gather(*several[1:]) == [1, 1]
    assert work.done == 1


async def test_answers_are_kept_for_a_while_only() -> None:
    clock, work = FrozenClock(), Work()
    deliveries = Deliveries[int](clock)
    await deliveries.once("a", work)
    clock.advance(121)
    assert await deliveries.once("a", work) == 2


async def test_only_so_many_are_kept() -> None:
    work, deliveries = Work(), Deliveries[int](FrozenClock(), most=2)
    for name in ("a", "b", "c"):
        await deliveries.once(name, work)
    assert await deliveries.once("a", work) == 4


async def test_a_failure_is_no_answer() -> None:
    deliveries = Deliveries[int](FrozenClock())

    async def fail() -> int:
        raise ValueError

    with pytest.raises(ValueError):
        await deliveries.once("a", fail)
    assert await deliveries.once("a", Work()) == 1


async def test_a_failure_that_comes_late_takes_away_no_newer_answer() -> None:
    clock, go_on, work = FrozenClock(), asyncio.Event(), Work()
    deliveries = Deliveries[int](clock)

    async def fail() -> int:
        await go_on.wait()
        raise ValueError

    first = asyncio.create_task(deliveries.once("a", fail))
    await asyncio.sleep(0)
    clock.advance(121)
    assert await deliveries.once("a", work) == 1
    go_on.set()
    with pytest.raises(ValueError):
        await first
    assert await deliveries.once("a", work) == 1
