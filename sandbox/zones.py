"""Zone names that Graph takes: Windows names, and IANA names such as ``Europe/Berlin``.

The Windows names come from the CLDR table in ``tzlocal``. Everything else is refused with the
sentence that Graph has for it.
https://learn.microsoft.com/graph/api/resources/datetimetimezone
"""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal.windows_tz import win_tz

from sandbox.refusal import Refusal

__all__ = ["zone_named"]

_SPECIAL = {"UTC": "UTC", "tzone://Microsoft/Utc": "UTC"}


def zone_named(name: str) -> ZoneInfo:
    """Return the zone that a Windows or IANA name stands for.

    Raises:
        Refusal: 400 TimeZoneNotSupportedException.
    """
    iana = _SPECIAL.get(name) or win_tz.get(name) or (name if "/" in name else None)
    try:
        if iana:
            return ZoneInfo(iana)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass  # falls through to the refusal: the name is no zone either way
    raise Refusal(
        400,
        "TimeZoneNotSupportedException",
        "A valid TimeZone value must be specified. "
        f"The following TimeZone value is not supported: '{name}'.",
    )
