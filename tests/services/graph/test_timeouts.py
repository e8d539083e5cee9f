"""Waiting with a bound: by a clock that the tests move, so that none of them waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from services.graph.timeouts import Timeouts


class HandMovedLoop(asyncio.SelectorEventLoop):
    """Its time stands still between two moves, so what is due later is due when a test says so."""

    moved = 0.0
    looks = 0
    """How many timers were set."""

    def time(self) -> float:
        return self.moved

    def call_at(self, *args: Any, **how: Any) -> asyncio.TimerHandle:  # type: ignore[override]
        self.looks += 1
        return super().call_at(*args, **how)


def by_hand(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """Run a test on such a loop."""

    def run() -> None:
        with asyncio.Runner(loop_factory=HandMovedLoop) as runner:
            runner.run(test())

    return run


def the_loop() -> HandMovedLoop:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, HandMovedLoop)
    return loop


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def later(seconds: float) -> None:
    """Let time pass in steps in which every timer has its turn."""
    for _ in range(int(seconds)):
        the_loop().moved += 1.0
        await settle()


@by_hand
async def test_what_comes_in_time_is_returned_and_nobody_looks_any_more() -> None:
    patience = Timeouts(60, 2)

    async def work() -> str:
        await later(59)
        return "done"

    assert await patience.wait_for(work()) == "done"
    await later(2)
    looks = the_loop().looks
    await later(200)
    assert the_loop().looks == looks


@by_hand
async def test_what_takes_too_long_is_called_off_within_a_look() -> None:
    patience = Timeouts(60, 2)
    waiting = asyncio.ensure_future(patience.wait_for(asyncio.Event().wait()))
    await settle()
    await later(59)
    assert not waiting.done()
    await later(3)
    with pytest.raises(TimeoutError):
        await waiting
    assert not waiting.cancelling()


@by_hand
async def test_each_has_the_whole_time() -> None:
    patience, ready = Timeouts(60, 2), asyncio.Event()
    first = asyncio.ensure_future(patience.wait_for(asyncio.Event().wait()))
    await settle()
    await later(40)
    second = asyncio.ensure_future(patience.wait_for(ready.wait()))
    await settle()
    await later(40)
    assert isinstance(first.exception(), TimeoutError)
    ready.set()
    assert await second


@by_hand
async def test_who_calls_it_off_meanwhile_is_obeyed() -> None:
    patience = Timeouts(60, 2)
    waiting = asyncio.ensure_future(patience.wait_for(asyncio.Event().wait()))
    await settle()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await later(100)
    assert waiting.cancelled()


@by_hand
async def test_who_calls_it_off_as_it_ends_is_obeyed_too() -> None:
    patience = Timeouts(60, 2)

    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            waiting.cancel()

    waiting = asyncio.ensure_future(patience.wait_for(stubborn()))
    await settle()
    await later(63)
    with pytest.raises(asyncio.CancelledError):
        await waiting


@by_hand
async def test_what_fails_by_itself_when_called_off_leaves_no_trace_on_its_task() -> None:
    patience = Timeouts(60, 2)

    async def failing() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError as err:
            raise ConnectionError from err

    waiting = asyncio.ensure_future(patience.wait_for(failing()))
    await settle()
    await later(63)
    assert isinstance(waiting.exception(), ConnectionError)
    assert not waiting.cancelling()


@by_hand
async def test_two_tasks_wait_side_by_side() -> None:
    patience, ready = Timeouts(60, 2), asyncio.Event()
    both = [asyncio.ensure_future(patience.wait_for(ready.wait())) for _ in range(2)]
    await settle()
    ready.set()
    assert await asyncio.gather(*both) == [True, True]
