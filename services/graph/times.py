"""Translate when something happens to and from Graph's pairs of text and zone.

Everything is asked for in UTC, so the instant is exact whatever the zone is called; the event is
then put back on the wall clock of the zone it was made in. All-day events are days and have no
instant at all: Graph dresses them as midnights, and here they are undressed.

Source: Microsoft Graph ``dateTimeTimeZone``, ``event`` (``originalStartTimeZone``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from services.graph.zones import UTC_ZONE, zone_from_graph, zone_to_graph
from services.model.errors import Unreadable
from services.model.times import AllDay, Start, Timed, When

__all__ = [
    "Zones",
    "instant_from_graph",
    "moment_from_graph",
    "original_from_graph",
    "when_from_graph",
    "when_to_graph",
]

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""What lies outside is a placeholder (0001-01-01, 9999-12-31), not a time."""

DAY = timedelta(days=1)
_to_json = msgspec.json.Encoder().encode
_SECONDS = slice(1, 1 + len("2026-10-25T02:30:00"))
"""Of a time as JSON, which takes a quarter of what ``isoformat`` does."""


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones an event belongs to."""

    start: ZoneInfo
    end: ZoneInfo
    guessed: bool

    @classmethod
    def of(cls, item: Mapping[str, Any], fallback: ZoneInfo) -> Zones:
        """Return the zones of an item; a series without a known one takes ``fallback``."""
        start_name, end_name = item.get("originalStartTimeZone"), item.get("originalEndTimeZone")
        recurrence = item.get("recurrence")
        named = zone_from_graph(start_name)
        if recurrence:
            # The zone of the rule decides on which days and across which clock changes it repeats.
            span = recurrence.get("range") or {}
            named = zone_from_graph(span.get("recurrenceTimeZone")) or named
        start = named or (fallback if recurrence else UTC_ZONE)
        end = start if end_name in (None, "", start_name) else zone_from_graph(end_name) or start
        return cls(start, end, guessed=named is None)


def when_to_graph(when: When, all_day_zone: ZoneInfo, *, repeats: bool) -> dict[str, Any]:
    """Return ``start``, ``end`` and ``isAllDay``.

    ``all_day_zone`` is the mailbox's: Outlook on a desk draws a day that begins at another zone's
    midnight across two days.
    """
    if isinstance(when, AllDay):
        zone = zone_to_graph(all_day_zone)
        return {
            "isAllDay": True,
            "start": {"dateTime": f"{when.start.isoformat()}T00:00:00", "timeZone": zone},
            "end": {"dateTime": f"{when.end.isoformat()}T00:00:00", "timeZone": zone},
        }
    return {
        "isAllDay": False,
        "start": _moment_to_graph(when.start, repeats=repeats),
        "end": _moment_to_graph(when.end, repeats=repeats),
    }


def _moment_to_graph(moment: datetime, *, repeats: bool) -> dict[str, str]:
    zone = moment.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise ValueError("a time needs a named zone")
    if not repeats:
        # A wall clock cannot say which of two equal hours is meant, or an hour that is skipped:
        # the instant matters more than the zone then. A series lives by its zone.
        settled = moment.astimezone(UTC).astimezone(zone)
        moment, zone = (moment.astimezone(UTC_ZONE), UTC_ZONE) if settled.fold else (settled, zone)
    return {
        "dateTime": _to_json(datetime.combine(moment, moment.time()))[_SECONDS].decode(),
        "timeZone": zone_to_graph(zone),
    }


def when_from_graph(item: Mapping[str, Any], zones: Zones) -> When:
    """Return when an item happens.

    Raises:
        Unreadable: ``times``: missing, malformed, in an impossible order or a placeholder.
    """
    try:
        start, end = _utc(item["start"]), _utc(item["end"])
        if item.get("isAllDay"):
            first = _day(start, zones.start)
            return AllDay(first, max(_day(end, zones.start), first + DAY))
        if end < start:
            raise ValueError("it ends before it starts")
        return Timed.known(start.astimezone(zones.start), end.astimezone(zones.end))
    except (KeyError, TypeError, ValueError, OverflowError) as err:
        raise Unreadable("times") from err


def instant_from_graph(text: Any) -> datetime | None:
    """Return a ``DateTimeOffset`` in UTC, or ``None`` for nothing, nonsense and placeholders."""
    try:
        moment = datetime.fromisoformat(text)
        return _checked(moment, moment.tzinfo).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def moment_from_graph(value: Any) -> datetime:
    """Return a ``dateTimeTimeZone`` as an instant in UTC.

    Raises:
        Unreadable: ``times``: missing, malformed, a placeholder, or in a zone that nobody knows.
    """
    try:
        return _utc(value)
    except (KeyError, TypeError, ValueError, OverflowError) as err:
        raise Unreadable("times") from err


def original_from_graph(item: Mapping[str, Any], series: When) -> Start:
    """Return where the rule had put an occurrence, as the series counts: a day or a local time.

    Raises:
        Unreadable: ``original_start``.
    """
    original = instant_from_graph(item.get("originalStart"))
    if original is None:
        raise Unreadable("original_start")
    if isinstance(series, AllDay):
        return _day(original, UTC_ZONE)
    return original.astimezone(series.start.tzinfo)


def _utc(value: Any) -> datetime:
    """Return an instant; the zone is UTC, as asked for, or one that we know."""
    if not isinstance(value, Mapping):
        raise TypeError("no time")
    zone = zone_from_graph(value.get("timeZone") or "UTC")
    if zone is None:
        raise ValueError("unknown zone")
    wall = datetime.fromisoformat(value["dateTime"])
    if zone is UTC_ZONE and wall.tzinfo is None:  # as asked for, and each step takes its time
        return _checked(wall, UTC)
    return _checked(wall, wall.tzinfo or zone).astimezone(UTC)


def _checked(at: datetime, zone: tzinfo | None) -> datetime:
    """Return a wall clock's time in a zone; Graph writes parts of a second, a calendar has none."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError("a placeholder, not a time")
    # ``replace`` takes three times as long.
    return datetime(at.year, at.month, at.day, at.hour, at.minute, at.second, 0, zone)


def _day(midnight: datetime, zone: ZoneInfo) -> date:
    """Return the day that a midnight stands for, whichever zone's midnight it is."""
    if midnight.time() != time(0):
        local = midnight.astimezone(zone)
        # Neither UTC's midnight nor the zone's: the nearest one.
        midnight = local if local.time() == time(0) else midnight + DAY / 2
    return midnight.date()
