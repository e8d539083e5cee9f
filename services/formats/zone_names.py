"""Names of zones as programs show them to people: Outlook, Lotus, Exchange, scripts.

``(UTC+01:00) Amsterdam, Berlin, Bern``, ``Eastern Time (US & Canada)``, ``GMT+0100``, ``MESZ``.
:func:`shown_zone` returns the zone that is meant where a name says it: a city of the world, a
seasonal name, an offset. It guesses nothing: ``CST`` is in Chicago and in Shanghai.

[MS-OXICAL] 2.1.3.1.1.19; the cities are those of the IANA data base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

__all__ = ["shown_zone"]

_OFFSET = re.compile(r"\(?(?:UTC|GMT)?\s*([+-])(\d{1,2})[:.]?(\d{2})?\)?", re.I)
_BEFORE = re.compile(r"\((?:UTC|GMT)\s*([+-]\d{1,2}[:.]?\d{2})?\)\s*(.+)", re.I)
_HALF = {330: "Asia/Kolkata", 345: "Asia/Kathmandu", 390: "Asia/Yangon", 570: "Australia/Darwin"}
"""Of offsets that are not whole hours: who has one all year."""
_AREAS = (
    "Africa/",
    "America/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
_SIDES = ("/North", "/South", "/West")
_SEASONS = (datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC))
_NAMED = {
    **dict.fromkeys(("coordinated universal time", "utc", "zulu"), "UTC"),
    **dict.fromkeys(("mez", "mesz", "cest", "central european time"), "CET"),
    **dict.fromkeys(("central european summer time", "mitteleuropäische zeit"), "CET"),
    **dict.fromkeys(("eest", "osteuropäische zeit", "eastern european time"), "EET"),
    **dict.fromkeys(("westeuropäische zeit", "western european time"), "WET"),
    **dict.fromkeys(
        ("eastern time (us & canada)", "eastern time", "eastern", "edt"), "America/New_York"
    ),
    **dict.fromkeys(
        ("central time (us & canada)", "central time", "central", "cdt"), "America/Chicago"
    ),
    **dict.fromkeys(
        ("mountain time (us & canada)", "mountain time", "mountain", "mdt"), "America/Denver"
    ),
    **dict.fromkeys(
        ("pacific time (us & canada)", "pacific time", "pacific", "pdt"), "America/Los_Angeles"
    ),
    **{"atlantic time (canada)": "America/Halifax", "arizona": "America/Phoenix"},
    **{"indiana (east)": "America/Indianapolis", "saskatchewan": "America/Regina"},
    **{"newfoundland": "America/St_Johns", "alaska": "America/Anchorage"},
    **{"hawaii": "Pacific/Honolulu", "central america": "America/Guatemala"},
    "greenwich mean time": "Europe/London",
}


def shown_zone(name: str) -> ZoneInfo | None:
    """Return the zone that a name means; ``None`` where it does not say so."""
    name = " ".join(name.split())
    if found := _OFFSET.fullmatch(name):
        return _at(found[1], int(found[2]), int(found[3] or 0))
    offset, words = None, name
    if found := _BEFORE.fullmatch(name):
        offset, words = found[1], found[2]
    for each in _said(words):
        zone = ZoneInfo(each)
        if offset is None or _has(zone, offset):
            return zone
    return None


def _said(words: str) -> Iterator[str]:
    """Yield the zones that words name: all of them, then each of the cities."""
    for each in (words, *re.split(r"[,/;]", words), words.replace("-", "/", 1)):
        folded = each.strip().casefold()
        if folded in _NAMED:
            yield _NAMED[folded]
        elif folded in _cities():
            yield _cities()[folded]


@cache
def _cities() -> Mapping[str, str]:
    """Return the zones by their names and by those of their cities, in small letters."""
    keys = sorted(available_timezones(), reverse=True)
    named = [key for key in keys if "/" in key and not key.startswith("Etc/")]
    towns = [key for key in named if key.startswith(_AREAS) and not key.endswith(_SIDES)]
    cities = {key.rpartition("/")[2].replace("_", " ").casefold(): key for key in towns}
    return cities | {key.casefold(): key for key in named}


def _has(zone: ZoneInfo, offset: str) -> bool:
    """Whether a zone has an offset in one of its seasons."""
    found = _OFFSET.fullmatch(offset)
    if found is None:
        return False
    span = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    span = -span if found[1] == "-" else span
    return any(at.astimezone(zone).utcoffset() == span for at in _SEASONS)


def _at(sign: str, hours: int, minutes: int) -> ZoneInfo | None:
    """Return a zone that is always so far from UTC."""
    if not hours and not minutes:
        return ZoneInfo("UTC")
    if minutes:
        key = _HALF.get(hours * 60 + minutes) if sign == "+" else None
        return ZoneInfo(key) if key else None
    if hours > (14 if sign == "+" else 12):
        return None
    return ZoneInfo(f"Etc/GMT{'-' if sign == '+' else '+'}{hours}")  # which counts the other way
