"""The zones of a calendar file: which of the world's zones is meant by a ``TZID``.

Producers name zones as they like: IANA's names, Windows' (Outlook, Exchange), either behind a
prefix of their own (``/freeassociation.sourceforge.net/Europe/Berlin``), or a name that only the
``VTIMEZONE`` beside it explains (``Customized Time Zone``). The last kind is found by its rules: a
zone of the world that has the same offsets at the same times, the calendar's own first. A name
without such a definition may still say what it means (:mod:`services.formats.zone_names`).

RFC 5545, section 3.6.5; the table of Windows' names is Unicode CLDR's, as carried by ``tzlocal``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from tzlocal.windows_tz import win_tz

from services.formats.components import Component
from services.formats.content_lines import Line
from services.formats.zone_names import shown_zone
from services.model.errors import UnknownZone
from services.model.times import zone_named

__all__ = ["Zones"]

UTC_NAMES = frozenset({"utc", "gmt", "z", "etc/utc", "etc/gmt", "zulu"})
_LIKELY = (
    *("Europe/Berlin", "Europe/London", "Europe/Athens", "Europe/Moscow", "Europe/Istanbul"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix"),
    *("America/Los_Angeles", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo"),
    *("Asia/Dubai", "Australia/Sydney", "Pacific/Auckland", "Africa/Johannesburg"),
)
"""Where most people live who share their rules with others."""


class Zones:
    """Zones by the names of one file; ``home`` is the zone of the calendar that reads it."""

    def __init__(self, definitions: Iterable[Component], home: ZoneInfo) -> None:
        self.home = home
        self._definitions = {
            line.value: each for each in definitions if (line := each.first("TZID")) is not None
        }
        self._known: dict[str, ZoneInfo | None] = {}

    def named(self, name: str) -> ZoneInfo | None:
        """Return the zone that a ``TZID`` means; ``None`` where nothing tells."""
        if name not in self._known:
            self._known[name] = (
                self._by_name(name) or self._by_rules(name) or shown_zone(name.strip(' "'))
            )
        return self._known[name]

    def _by_name(self, name: str) -> ZoneInfo | None:
        bare = name.strip().strip('"')
        pieces = bare.split("/")
        # From the whole name to its last piece: a prefix is some host of the producer's.
        for start in range(len(pieces)):
            piece = "/".join(pieces[start:])
            if piece.casefold() in UTC_NAMES:
                return ZoneInfo("UTC")
            piece = piece.replace(" Daylight Time", " Standard Time")
            try:
                return zone_named(win_tz.get(piece, piece)) if piece else None
            except UnknownZone:
                continue
        return None

    def _by_rules(self, name: str) -> ZoneInfo | None:
        definition = self._definitions.get(name)
        if definition is None:
            return None
        offsets = _offsets(definition)
        if not offsets:
            return None
        candidates = (self.home.key, *_LIKELY, *sorted(available_timezones()))
        for key in candidates:
            if _agrees(ZoneInfo(key), offsets):
                return ZoneInfo(key)
        return None


def _offsets(definition: Component) -> Mapping[datetime, timedelta]:
    """Return the offset that the definition says for the middle of each of its two seasons.

    Some tell the whole history of a zone, in any order: of each season the latest rule counts.
    """
    found = {}
    kinds = {each.name: each for each in sorted(definition.inner, key=_begins)}
    standard, daylight = kinds.get("STANDARD"), kinds.get("DAYLIGHT")
    north = daylight is None or standard is None or _month(daylight) < _month(standard)
    for each, month in ((standard, 1 if north else 7), (daylight or standard, 7 if north else 1)):
        offset = _offset(each.first("TZOFFSETTO")) if each else None
        if offset is None:
            return {}
        found[datetime(2026, month, 15, tzinfo=UTC)] = offset
    return found


def _begins(season: Component) -> str:
    """Return since when a rule holds, as the file writes it: that is in order of time."""
    start = season.first("DTSTART")
    return start.value.strip() if start else ""


def _month(season: Component) -> int:
    """Return the month in which a season begins: its rule tells, or its first day."""
    rule, start = season.first("RRULE"), season.first("DTSTART")
    for part in rule.value.upper().split(";") if rule else ():
        if part.startswith("BYMONTH=") and part[8:].isdigit():
            return int(part[8:])
    return int(start.value[4:6]) if start and start.value[4:6].isdigit() else 0


def _offset(line: Line | None) -> timedelta | None:
    """Return ``+0530`` as a span of time."""
    value = line.value.strip() if line else ""
    sign, digits = value[:1], value[1:]
    if sign not in ("+", "-") or not digits.isdigit() or len(digits) not in (4, 6):
        return None
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return span if sign == "+" else -span


def _agrees(zone: ZoneInfo, offsets: Mapping[datetime, timedelta]) -> bool:
    return all(at.astimezone(zone).utcoffset() == offset for at, offset in offsets.items())
