"""Occurrences that somebody asked for lately, in the order of an agenda.

A team looks at the same weeks again and again. What an event shows in a window depends on the
event and the window alone, and whoever reads the ledger gets the same object for as long as an
event is the same; so nothing here can be out of date, and only what has changed is worked out
again. Bounded; the windows that nobody has asked for in the longest time are forgotten first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import is_
from zoneinfo import ZoneInfo

from services.events.occurrences import by_start, expanded
from services.model.books import BookId
from services.model.events import Event, Occurrence

__all__ = ["Expansions"]

Window = tuple[BookId, datetime, datetime, str]


@dataclass(slots=True)
class _Known:
    """What is known of one window."""

    events: Sequence[Event] = ()
    found: tuple[Occurrence, ...] = ()

    @property
    def size(self) -> int:
        return len(self.events) + len(self.found)


class Expansions:
    """Expands events, and remembers up to so many of them and their occurrences."""

    def __init__(self, most: int = 100_000) -> None:
        self._most = most
        self._known: OrderedDict[Window, _Known] = OrderedDict()

    def between(
        self,
        book: BookId,
        events: Sequence[Event],
        start: datetime,
        end: datetime,
        zone: ZoneInfo,
    ) -> tuple[Occurrence, ...]:
        """Return what the events show from ``start`` until before ``end``, in order.

        Args:
            book: the calendar that they are in.
            events: those that may be in the window.
            start: an aware instant.
            end: an aware instant after it.
            zone: where the days of all-day events begin.
        """
        window = (book, start, end, zone.key)
        known = self._known.pop(window, None) or _Known()
        self._known[window] = known
        if len(events) != len(known.events) or not all(map(is_, events, known.events)):
            self._look_at(known, events, start, end, zone)
            self._forget()
        return known.found

    def _look_at(
        self, known: _Known, events: Sequence[Event], start: datetime, end: datetime, zone: ZoneInfo
    ) -> None:
        """Expand what is not the very event that it was, and put all of it in order."""
        before = {event.id: event for event in known.events}
        now = {event.id: event for event in events}
        changed = [event for id, event in now.items() if before.get(id) is not event]
        kept = [one for one in known.found if now.get(one.event.id) is one.event]
        known.events = tuple(events)
        known.found = tuple(by_start([*kept, *expanded(changed, start, end, zone)], zone))

    def _forget(self) -> None:
        size = sum(known.size for known in self._known.values())
        while size > self._most:
            _, oldest = self._known.popitem(last=False)
            size -= oldest.size
