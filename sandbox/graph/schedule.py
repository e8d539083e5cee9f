"""``getSchedule``: when colleagues are free, without a word of what they do.

https://learn.microsoft.com/graph/api/calendar-getschedule
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from sandbox.graph.call import Call, call_of, parameters_of, reply
from sandbox.graph.checks import integer, list_of, record, text
from sandbox.graph.me import working_hours
from sandbox.graph.moments import read_moment
from sandbox.items import Appearance
from sandbox.mailbox import Mailbox
from sandbox.office import Office
from sandbox.refusal import Refusal

__all__ = ["ScheduleResource"]

_MOMENT = record(dateTime=text, timeZone=text)
_BODY = record(
    schedules=list_of(text),
    startTime=_MOMENT,
    endTime=_MOMENT,
    availabilityViewInterval=integer,
)
_MOST_SCHEDULES = 20
_LONGEST = timedelta(days=62)
_SLOTS = range(5, 1441)
"""Minutes that an availability view may be cut into."""
_DIGITS = {"free": 0, "workingElsewhere": 0, "unknown": 0, "tentative": 1, "busy": 2, "oof": 3}


class ScheduleResource:
    """The action; alone among the resources it looks into the mailboxes of others."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self, prefix: str) -> list[web.RouteDef]:
        """Return the action's routes under ``/me`` or ``/users/{person}``."""
        names = ("getSchedule", "microsoft.graph.getSchedule")
        return [web.post(f"{prefix}/calendar/{name}", self.show) for name in names]

    async def show(self, request: web.Request) -> web.Response:
        """Answer with the free and busy times of each address."""
        call = call_of(request)
        body = await parameters_of(request)
        _BODY("getSchedule", body)
        start, end = _window(body)
        minutes = 30 if (given := body.get("availabilityViewInterval")) is None else given
        addresses = body.get("schedules") or []
        if not 0 < len(addresses) <= _MOST_SCHEDULES:
            raise _bad(f"Between 1 and {_MOST_SCHEDULES} schedules can be asked for.")
        if minutes not in _SLOTS or end - start < timedelta(minutes=minutes):
            raise _bad("The availability view interval must be 5 to 1440 minutes, and fit.")
        value = [self._schedule(call, each, start, end, minutes) for each in addresses]
        context = f"{call.base_url}/$metadata#Collection(microsoft.graph.scheduleInformation)"
        return reply({"@odata.context": context, "value": value})

    def _schedule(
        self, call: Call, address: str, start: datetime, end: datetime, minutes: int
    ) -> dict[str, Any]:
        found = [each for each in self._office.mailboxes if _is_of(each, address)]
        if not found:
            error = {
                "message": "Unable to resolve the e-mail address to a mailbox.",
                "responseCode": "ErrorMailRecipientNotFound",
            }
            return {
                "scheduleId": address,
                "availabilityView": "",
                "scheduleItems": [],
                "error": error,
            }
        (mailbox,) = found
        shown = [
            each
            for calendar in mailbox.calendars[:1]
            for each in mailbox.between(calendar.id, start, end)
        ]
        is_own = mailbox.person == call.mailbox.person
        return {
            "scheduleId": address,
            "availabilityView": _view(shown, start, end, timedelta(minutes=minutes)),
            "scheduleItems": [_item(call, each, is_own) for each in shown],
            "workingHours": working_hours(mailbox.person),
        }


def _window(body: Mapping[str, Any]) -> tuple[datetime, datetime]:
    start, _ = read_moment(body.get("startTime") or {})
    end, _ = read_moment(body.get("endTime") or {})
    if not timedelta() < end - start <= _LONGEST:
        raise _bad("The end must be after the start, and at most 62 days later.")
    return start.astimezone(UTC), end.astimezone(UTC)


def _is_of(mailbox: Mailbox, address: str) -> bool:
    return address.lower() in (mailbox.person.mail, mailbox.person.user_principal_name)


def _view(shown: list[Appearance], start: datetime, end: datetime, step: timedelta) -> str:
    """Return a digit for each slot: the busiest of what touches it."""
    slots = -((start - end) // step)
    return "".join(
        str(max((_weight(each, start + n * step, step) for each in shown), default=0))
        for n in range(slots)
    )


def _weight(seen: Appearance, begin: datetime, step: timedelta) -> int:
    touches = seen.content.touches(begin, begin + step)
    return _DIGITS[str(seen.content.plain["showAs"])] if touches else 0


def _item(call: Call, seen: Appearance, is_own: bool) -> dict[str, Any]:
    content, zone = seen.content, call.prefer.zone
    is_private = content.plain["sensitivity"] in ("private", "confidential")
    item: dict[str, Any] = {
        "isPrivate": is_private,
        "status": content.plain["showAs"],
        "start": _moment(content.start.astimezone(zone), call.prefer.zone_name),
        "end": _moment(content.end.astimezone(zone), call.prefer.zone_name),
    }
    if is_own and not is_private:
        places = content.plain["locations"]
        item["subject"] = content.subject
        item["location"] = places[0]["displayName"] if places else ""
    return item


def _moment(at: datetime, zone_name: str) -> dict[str, str]:
    return {"dateTime": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond:06}0", "timeZone": zone_name}


def _bad(message: str) -> Refusal:
    return Refusal(400, "ErrorInvalidParameter", message)
