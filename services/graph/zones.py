"""Translate Outlook's names of time zones to and from IANA's.

:func:`zone_from_graph` reads a name as Graph writes it (a Windows name, an IANA name or a
``tzone://`` address), :func:`zone_to_graph` writes one. The table is Unicode CLDR's, as carried
by the package ``tzlocal``. Windows names are preferred on the way out: every mailbox server knows
all of them, while the list of IANA names differs from server to server.

Source: Microsoft Graph ``dateTimeTimeZone``; Unicode CLDR ``windowsZones.xml``.
"""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import tz_win, win_tz

from services.model.errors import UnknownZone
from services.model.times import zone_named

__all__ = ["UTC_ZONE", "zone_from_graph", "zone_to_graph"]

UTC_ZONE = ZoneInfo("UTC")
UTC_NAMES = frozenset({"utc", "etc/utc", "etc/gmt", "gmt", "tzone://microsoft/utc"})


@lru_cache(maxsize=500)
def zone_from_graph(name: str | None) -> ZoneInfo | None:
    """Return the zone of this name, or ``None`` when nobody knows it (a custom zone, say)."""
    if not name:
        return None
    if name.casefold() in UTC_NAMES:
        return UTC_ZONE
    try:
        return zone_named(win_tz.get(name, name))
    except UnknownZone:
        return None


def zone_to_graph(zone: ZoneInfo) -> str:
    """Return the name to send: Windows' own, or the IANA name where Windows has none.

    Raises:
        UnknownZone: the zone was built from a file and has no name.
    """
    if not zone.key:
        raise UnknownZone("")
    return tz_win.get(zone.key, zone.key)
