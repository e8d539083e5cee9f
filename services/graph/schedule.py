"""Ask when colleagues are free: Graph's ``getSchedule``, in the house's words.

:func:`schedules` asks with one person's token for what this person may see of others: their busy
times and working hours, never what they do. An address that Microsoft 365 does not tell of is left
out of the answer, and so is an item that cannot be read; the rest stands.

Source: Microsoft Graph ``calendar: getSchedule``, ``scheduleInformation``, ``workingHours``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from services.graph.mailbox import Mailbox
from services.graph.odata import values
from services.graph.times import moment_from_graph
from services.graph.zones import zone_from_graph
from services.model.availability import MOST_PEOPLE, Block, WorkHours
from services.model.errors import Unreadable
from services.model.events import ShowAs
from services.model.recurrence import Weekday

__all__ = ["Schedule", "schedules"]

SHOWN = {
    "tentative": ShowAs.TENTATIVE,
    "busy": ShowAs.BUSY,
    "oof": ShowAs.AWAY,
    "workingElsewhere": ShowAs.ELSEWHERE,
    "unknown": ShowAs.TENTATIVE,
}
"""What is free is no block; of what nobody knows, the careful reading."""
INTERVAL = 30
"""Minutes of the coarse view that comes along and is not read."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What Microsoft 365 tells of one person's time."""

    blocks: tuple[Block, ...]
    hours: WorkHours | None
    """``None`` where it does not say, or in a way that cannot be read."""


async def schedules(
    mailbox: Mailbox, addresses: Sequence[str], start: datetime, end: datetime
) -> dict[str, Schedule]:
    """Return what is told of up to twenty addresses, by address.

    Args:
        mailbox: of whoever asks.
        addresses: at most 20.
        start: an instant.
        end: an instant at most 62 days later.

    Raises:
        SignInNeeded: the person who asks must sign in again.
        Upstream: what :meth:`Mailbox.request` raises.
    """
    body = {
        "schedules": list(addresses[:MOST_PEOPLE]),
        "startTime": _moment(start),
        "endTime": _moment(end),
        "availabilityViewInterval": INTERVAL,
    }
    answer = await mailbox.request("POST", "/me/calendar/getSchedule", json=body)
    found: dict[str, Schedule] = {}
    for item in values(answer.body):
        address = item.get("scheduleId")
        if isinstance(address, str) and not item.get("error"):
            found[address.casefold()] = _schedule(item)
    return found


def _schedule(item: Mapping[str, Any]) -> Schedule:
    blocks = (_block(each) for each in item.get("scheduleItems") or ())
    return Schedule(tuple(sorted(one for one in blocks if one)), _hours(item.get("workingHours")))


def _block(item: Mapping[str, Any]) -> Block | None:
    show_as = SHOWN.get(str(item.get("status")))
    if show_as is None:
        return None
    try:
        start, end = moment_from_graph(item.get("start")), moment_from_graph(item.get("end"))
    except Unreadable:
        return None
    return Block(start, end, show_as) if start < end else None


def _hours(item: Mapping[str, Any] | None) -> WorkHours | None:
    """Return somebody's working hours, where they are a stretch of each of some days."""
    if not item:
        return None
    zone = zone_from_graph((item.get("timeZone") or {}).get("name"))
    days = [day for day in Weekday if day.name.casefold() in (item.get("daysOfWeek") or ())]
    try:
        opens, closes = (_minutes(item[name]) for name in ("startTime", "endTime"))
    except (KeyError, TypeError, ValueError):
        return None
    if zone is None or not days or opens >= closes:
        return None
    return WorkHours(zone=zone, days=tuple(days), opens=opens, closes=closes)


def _minutes(text: str) -> int:
    at = time.fromisoformat(text[:8])
    return at.hour * 60 + at.minute


def _moment(at: datetime) -> dict[str, str]:
    plain = at.astimezone(UTC).replace(tzinfo=None)
    return {"dateTime": plain.isoformat(timespec="seconds"), "timeZone": "UTC"}
