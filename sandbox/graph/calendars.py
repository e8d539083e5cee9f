"""``/me/calendars`` and ``/me/calendar``.

https://learn.microsoft.com/graph/api/resources/calendar
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from sandbox.graph.call import Call, call_of, json_of, reply
from sandbox.graph.checks import boolean, choice, record, text
from sandbox.graph.filters import read_tag_filter
from sandbox.graph.odata import check_options, page, select
from sandbox.graph.tags import TAGS, read_tags
from sandbox.items import Calendar
from sandbox.refusal import Refusal

__all__ = ["calendar_answer", "calendar_of", "routes"]

_HEX = {
    "auto": "",
    "lightBlue": "#0078d4",
    "lightGreen": "#0b6a0b",
    "lightOrange": "#ca5010",
    "lightGray": "#69797e",
    "lightYellow": "#986f0b",
    "lightTeal": "#038387",
    "lightPink": "#c239b3",
    "lightBrown": "#7a3e1d",
    "lightRed": "#c50f1f",
    "maxColor": "",
}
_FIELDS = {
    "name": text,
    "color": choice(" ".join(_HEX)),
    "hexColor": text,
    "isDefaultCalendar": boolean,
}
_BODY = record(**_FIELDS)
_NEW = record(**_FIELDS, **TAGS)


def routes(prefix: str) -> list[web.RouteDef]:
    """Return the resource's routes under ``/me`` or ``/users/{person}``."""
    return [
        web.get(f"{prefix}/calendar", get_calendar),
        web.patch(f"{prefix}/calendar", update_calendar),
        web.get(f"{prefix}/calendars", list_calendars),
        web.post(f"{prefix}/calendars", create_calendar),
        web.get(f"{prefix}/calendars/{{calendar}}", get_calendar),
        web.patch(f"{prefix}/calendars/{{calendar}}", update_calendar),
        web.delete(f"{prefix}/calendars/{{calendar}}", delete_calendar),
    ]


def calendar_of(call: Call) -> Calendar:
    """Return the calendar in the path, the default one where none is named."""
    named = call.request.match_info.get("calendar")
    return call.mailbox.calendar(named) if named else call.mailbox.default_calendar


async def list_calendars(request: web.Request) -> web.Response:
    """Answer with a mailbox's calendars."""
    call = call_of(request)
    query = check_options(call, "$filter", "$select", "$top", "$skip", "$count")
    is_wanted = read_tag_filter(query.get("$filter", ""))
    found = [each for each in call.mailbox.calendars if is_wanted(each.tags)]
    items = [select(_json(call, each), query) for each in found]
    return page(call, items, query, "calendars")


async def get_calendar(request: web.Request) -> web.Response:
    """Answer with one calendar."""
    call = call_of(request)
    return calendar_answer(call, calendar_of(call), check_options(call, "$select"))


def calendar_answer(call: Call, calendar: Calendar, query: Mapping[str, str]) -> web.Response:
    """Return a calendar as an answer, or what is asked of it."""
    return _answer(call, select(_json(call, calendar), query))


async def create_calendar(request: web.Request) -> web.Response:
    """Make a calendar."""
    call = call_of(request)
    body = await json_of(request)
    _NEW("calendar", body)
    if not (body.get("name") or "").strip():
        raise Refusal(400, "ErrorInvalidRequest", "The calendar needs a name.")
    made = call.mailbox.add_calendar(body["name"], body.get("color") or "auto", read_tags(body))
    return _answer(call, _json(call, made), 201)


async def update_calendar(request: web.Request) -> web.Response:
    """Give a calendar another name or colour."""
    call = call_of(request)
    body = await json_of(request)
    _BODY("calendar", body)
    calendar = calendar_of(call)
    name, color = body.get("name") or calendar.name, body.get("color") or calendar.color
    return _answer(call, _json(call, call.mailbox.rename_calendar(calendar, name, color)))


async def delete_calendar(request: web.Request) -> web.Response:
    """Delete a calendar with all that is in it."""
    call = call_of(request)
    call.mailbox.remove_calendar(calendar_of(call))
    return web.Response(status=204)


def _answer(call: Call, body: dict[str, Any], status: int = 200) -> web.Response:
    return reply({"@odata.context": call.context("calendars/$entity"), **body}, status)


def _json(call: Call, calendar: Calendar) -> dict[str, Any]:
    person = call.mailbox.person
    return {
        "id": calendar.id,
        "name": calendar.name,
        "color": calendar.color,
        "hexColor": _HEX[calendar.color],
        "isDefaultCalendar": calendar.is_default,
        "changeKey": call.mailbox.change_key(calendar.change),
        "canShare": True,
        "canViewPrivateItems": True,
        "canEdit": True,
        "allowedOnlineMeetingProviders": ["teamsForBusiness"],
        "defaultOnlineMeetingProvider": "teamsForBusiness",
        "isTallyingResponses": calendar.is_default,
        "isRemovable": not calendar.is_default,
        "owner": {"name": person.display_name, "address": person.mail},
    }
