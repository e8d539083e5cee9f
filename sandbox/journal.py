"""What has been overwritten of late, so that readers can be shown things as they were.

Replication of the real service lags: who reads right after a write may read the past. A store
notes each write here while its reads lag, and asks for the past of its present.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import Generic, TypeVar

__all__ = ["Journal"]

T = TypeVar("T")


class Journal(Generic[T]):
    """The last writes of a store whose things go by their serial."""

    def __init__(self) -> None:
        self._writes: deque[tuple[datetime, int, T | None]] = deque()

    def note(self, at: datetime, serial: int, before: T | None) -> None:
        """Remember what a write puts something else in place of; ``None`` = nothing was there."""
        self._writes.append((at, serial, before))

    def as_of(self, then: datetime, present: Mapping[int, T]) -> dict[int, T]:
        """Return what a store had, by serial; what was written until then is forgotten here."""
        while self._writes and self._writes[0][0] <= then:
            self._writes.popleft()
        past: dict[int, T | None] = dict(present)
        for _, serial, before in reversed(self._writes):
            past[serial] = before
        return {serial: each for serial, each in sorted(past.items()) if each is not None}
