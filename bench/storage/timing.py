"""How long things take: the middle of many, in turns, so that both sides meet the same noise."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

__all__ = ["Ask", "Pace", "Question", "Times", "pace", "taking_turns"]

IO = Path("/proc/self/io")
Ask = Callable[[int], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what is done before each time, which does not count."""

    ask: Ask
    before: Ask | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds."""

    p50: float
    p99: float
    cpu: float
    """Processor time, the middle one: what to trust where the machine does other things too."""

    def __str__(self) -> str:
        return f"{self.p50:.2f} / {self.p99:.2f} / {self.cpu:.2f}"


async def taking_turns(questions: Sequence[Question], times: int) -> list[Times]:
    """Ask each of them for the numbers 0, 1, 2 ... and return what they took."""
    taken: list[list[tuple[float, float]]] = [[] for _ in questions]
    for number in range(times):
        for question, own in zip(questions, taken, strict=True):
            if question.before is not None:
                await question.before(number)
            began = time.perf_counter(), time.process_time()
            await question.ask(number)
            own.append((time.perf_counter() - began[0], time.process_time() - began[1]))
    return [_times(*zip(*own, strict=True)) for own in taken]


def _times(wall: Sequence[float], cpu: Sequence[float]) -> Times:
    return Times(1000 * median(wall), 1000 * quantiles(wall, n=100)[98], 1000 * median(cpu))


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast many things were done."""

    per_second: float
    cpu: float
    """Milliseconds of processor time each, of all threads."""
    written: float
    """KiB each, to files and logs."""


async def pace(ask: Ask, numbers: range, at_once: int) -> Pace:
    """Do something for each of the numbers, with so many under way."""
    waiting = iter(numbers)

    async def work() -> None:
        for number in waiting:
            await ask(number)

    before = _written()
    began, busy = time.perf_counter(), time.process_time()
    await asyncio.gather(*(work() for _ in range(at_once)))
    took, busy = time.perf_counter() - began, time.process_time() - busy
    many = len(numbers)
    return Pace(many / took, 1000 * busy / many, (_written() - before) / many)


def _written() -> float:
    """Return how many KiB this process has written so far, to files and logs; 0 = not told here."""
    try:
        told = dict(line.split(": ") for line in IO.read_text().splitlines())
    except OSError:  # Linux alone counts them
        return 0
    return int(told["wchar"]) / 1024
