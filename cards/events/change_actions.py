"""What the buttons carry by which an event is moved or renamed in words.

Each is asked for first and done when it is confirmed: with ``how_far`` it is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import OfEvent
from services.model.new_time import NewTime
from services.model.reach import Reach

__all__ = ["EventMove", "EventRename"]


@dataclass(frozen=True, slots=True)
class EventMove(OfEvent):
    """Have an event at another time."""

    verb: ClassVar[str] = "event.move"
    to: str
    """A :class:`NewTime`, as its text."""
    original: str | None = None
    """Of a series: which occurrence is spoken of."""
    etag: str | None = None
    """Of the version that was shown when this was confirmed."""
    how_far: str | None = None
    """A :class:`Reach`; ``None`` = it is to be confirmed."""

    def __post_init__(self) -> None:
        NewTime.of(self.to)
        if self.how_far is not None:
            Reach(self.how_far)


@dataclass(frozen=True, slots=True)
class EventRename(OfEvent):
    """Call an event something else."""

    verb: ClassVar[str] = "event.rename"
    called: str
    """The new title."""
    original: str | None = None
    etag: str | None = None
    how_far: str | None = None

    def __post_init__(self) -> None:
        if self.how_far is not None:
            Reach(self.how_far)
