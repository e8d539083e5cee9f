"""A window of instants that somebody asks for, and what is in it.

A month of a full calendar is a thousand questions, so what they have in common is worked out once:
what the clocks of each zone show at the edges. Two times of one zone Python compares by what the
clocks show, which is many times as quick as by instants, and wrong by as much as clocks are
changed; so where they are changed a day around an edge is left to the instants.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.model.times import Start, Timed, When, bounds

__all__ = ["Window"]

DAY = timedelta(days=1)


class _Edges(NamedTuple):
    """What the clocks of a zone show at the edges of a window."""

    opens: datetime
    closes: datetime
    earliest: datetime
    """What ends before it is over when the window opens."""
    safely_open: datetime
    safely_closing: datetime
    """What ends after the one and starts before the other is in the window."""
    latest: datetime
    """What starts after it comes when the window is closed."""


class Window:
    """From ``start`` until before ``end``."""

    __slots__ = ("_edges", "_end", "_start", "_zone")

    def __init__(self, start: datetime, end: datetime, zone: ZoneInfo) -> None:
        """Make one.

        Args:
            start: an aware instant.
            end: an aware instant after it.
            zone: where the days of all-day events begin: the reader's zone.
        """
        self._start, self._end, self._zone = start.astimezone(UTC), end.astimezone(UTC), zone
        self._edges: dict[tzinfo, _Edges] = {}

    def holds(self, when: When) -> bool:
        """Whether something touches it; a moment belongs to the window it begins in."""
        if not isinstance(when, Timed):
            begins, ends = bounds(when, self._zone)
            return begins < self._end and ends > self._start
        start, end = when.start, when.end
        zone = start.tzinfo
        if zone is not None and zone is end.tzinfo:
            edges = self._in(zone)
            if end < edges.earliest or start > edges.latest:
                return False
            if end > edges.safely_open and start < edges.safely_closing:
                return True
        # Compared as they stand: zones that differ compare as instants.
        return start < self._end and (end > self._start or start >= self._start)

    def days(self, start: Start) -> tuple[date, date]:
        """Return its first and its last day where something starts; whole days are the reader's."""
        zone = start.tzinfo if isinstance(start, datetime) else None
        edges = self._in(zone or self._zone)
        return edges.opens.date(), edges.closes.date()

    def _in(self, zone: tzinfo) -> _Edges:
        edges = self._edges.get(zone)
        if edges is None:
            opens, closes = self._start.astimezone(zone), self._end.astimezone(zone)
            edges = self._edges[zone] = _Edges(opens, closes, *_around(opens), *_around(closes))
        return edges


def _around(edge: datetime) -> tuple[datetime, datetime]:
    """Return before and after which times of its zone are surely on one side of an edge."""
    before, after = edge - DAY, edge + DAY
    return (edge, edge) if before.utcoffset() == after.utcoffset() else (before, after)
