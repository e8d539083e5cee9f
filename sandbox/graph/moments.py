"""Reads a ``dateTimeTimeZone``: a wall clock without an offset, and the zone that it hangs in.

https://learn.microsoft.com/graph/api/resources/datetimetimezone
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sandbox.graph.checks import failed
from sandbox.zones import zone_named

__all__ = ["read_moment"]

_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(\.\d{1,7})?", re.ASCII)
_YEARS = range(1601, 4501)
"""What Outlook's own calendar reaches."""


def read_moment(value: Mapping[str, Any]) -> tuple[datetime, str]:
    """Return the instant, aware, and its zone's name as it was given.

    Raises:
        Refusal: 400, it is none.
    """
    zone_name = value.get("timeZone") or "UTC"
    found = _DATE_TIME.fullmatch(value.get("dateTime") or "")
    if found is None:
        raise failed()
    try:
        wall = datetime.fromisoformat(found[1] + (found[2] or ":00") + (found[3] or "")[:7])
    except ValueError as err:
        raise failed() from err
    if wall.year not in _YEARS:
        raise failed()
    return wall.replace(tzinfo=zone_named(zone_name)), zone_name
