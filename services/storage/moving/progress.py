"""What somebody who waits for a move is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from services.model.times import Clock

__all__ = ["Progress", "Say", "Stage", "now_and_then"]

_EVERY = timedelta(seconds=2)


class Stage(StrEnum):
    """What is being done."""

    EXPORTING = "exporting"
    COMPARING = "comparing"
    IMPORTING = "importing"
    VERIFYING = "verifying"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come."""

    stage: Stage
    partitions: int
    of: int
    records: int

    def __str__(self) -> str:
        return f"{self.stage}: {self.partitions:,} of {self.of:,} parts, {self.records:,} records"


Say = Callable[[Progress], None]


def now_and_then(write: Callable[[str], None], clock: Clock) -> Say:
    """Return what writes a line for each stage's end, and some on the way."""
    last = clock.now() - _EVERY

    def say(progress: Progress) -> None:
        nonlocal last
        if progress.partitions == progress.of or clock.now() - last >= _EVERY:
            last = clock.now()
            write(str(progress))

    return say
