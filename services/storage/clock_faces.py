"""Times and days as text, in stored records.

A time keeps its wall clock, its zone and its fold, as in ``2026-10-25T02:30:00[Europe/Berlin]``
with ``~1`` behind it in the second turn of a repeated hour (after RFC 9557); an instant in UTC
ends in ``Z``. A day is ``2026-10-25``. msgspec writes clock faces as ISO 8601 does, in a fraction
of the time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from services.model.times import zone_named

__all__ = ["pack_start", "unpack_datetime", "unpack_start"]

_to_json = msgspec.json.Encoder().encode
_DAY = len("2026-10-25")


def pack_start(value: date) -> date | str:
    """Return a day, or a time, as msgspec shall write it.

    Raises:
        ValueError: a time without a named zone.
    """
    if not isinstance(value, datetime) or (zone := value.tzinfo) is UTC:
        return value  # which it writes as we do
    if not isinstance(zone, ZoneInfo) or zone.key is None:
        raise ValueError("a time needs a named zone")
    face = _to_json(datetime.combine(value, value.time()))[1:-1].decode()
    return f"{face}[{zone.key}]~1" if value.fold else f"{face}[{zone.key}]"


def unpack_start(text: str) -> date:
    """Return the day or the time that a text says."""
    if len(text) > _DAY:
        return datetime.combine(date.fromisoformat(text[:_DAY]), _face(text[_DAY:]))
    return date.fromisoformat(text)


def unpack_datetime(text: str) -> datetime:
    """Return the time that a text says.

    Raises:
        UnknownZone: its zone is none.
        ValueError: it is no time.
    """
    return datetime.combine(date.fromisoformat(text[:_DAY]), _face(text[_DAY:]))


@lru_cache(maxsize=4_000)
def _face(text: str) -> time:
    """Return the time of day with its zone: a calendar has thousands of days, and few of these."""
    if text.endswith("Z"):
        return time.fromisoformat(text)
    wall, _, place = text.partition("[")
    name, _, fold = place.partition("]")
    return time.fromisoformat(wall).replace(tzinfo=zone_named(name), fold=int(fold == "~1"))
