"""``calendarView/delta``: what has changed in a window since last time.

Occurrences come bare, series masters and exceptions whole; options that the real service refuses
here are refused. https://learn.microsoft.com/graph/api/event-delta
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from sandbox.delta import DeltaPage, Edited, Removed, Window
from sandbox.graph.calendar_view import window_of
from sandbox.graph.calendars import calendar_of
from sandbox.graph.call import Call, call_of, reply
from sandbox.graph.event_json import bare_json, event_json
from sandbox.ids import make_id
from sandbox.items import Appearance
from sandbox.refusal import Refusal

__all__ = ["routes"]

_PAGE_SIZE = 10
_NAMES = ("delta", "delta()", "microsoft.graph.delta()")


def routes(prefix: str) -> list[web.RouteDef]:
    """Return the resource's routes under ``/me`` or ``/users/{person}``."""
    places = ("", "/calendar", "/calendars/{calendar}")
    return [
        web.get(f"{prefix}{place}/calendarView/{name}", list_changes)
        for place in places
        for name in _NAMES
    ]


async def list_changes(request: web.Request) -> web.Response:
    """Answer with the next page of a round, or the first of a new one."""
    call = call_of(request)
    query = request.query
    strangers = [name for name in query if name in _REFUSED]
    if strangers:
        raise Refusal(
            400,
            "ErrorInvalidUrlQuery",
            "The following parameters are not supported with change tracking over the "
            "'CalendarView' resource: '$orderby, $filter, $select, $expand, $search'.",
        )
    size = call.prefer.page_size or _PAGE_SIZE
    token = query.get("$skiptoken") or query.get("$deltatoken")
    if token and len(query) > 1:
        raise Refusal(
            400, "ErrorInvalidUrlQuery", "What a round looks at is said in its first call alone."
        )
    try:
        if token:
            found = call.delta.resume(token, size)
        else:
            start, end = window_of(query)
            found = call.delta.begin(Window(calendar_of(call).id, start, end), size)
    except Refusal as refusal:
        if refusal.status == 410:
            refusal.headers["Location"] = str(request.url.with_query(None))
        raise
    return _answer(call, found)


_REFUSED = frozenset({"$orderby", "$filter", "$select", "$expand", "$search"})


def _answer(call: Call, found: DeltaPage) -> web.Response:
    body: dict[str, Any] = {
        "@odata.context": f"{call.base_url}/$metadata#Collection(event)",
        "value": [_json(call, each) for each in found.entries],
    }
    if found.skip_token:
        body["@odata.nextLink"] = call.link(**{"$skiptoken": found.skip_token})
    if found.delta_token:
        body["@odata.deltaLink"] = call.link(**{"$deltatoken": found.delta_token})
    return reply(body, headers={"Preference-Applied": "odata.track-changes"})


def _json(call: Call, entry: Appearance | Edited | Removed) -> dict[str, Any]:
    if isinstance(entry, Removed):
        owner = call.mailbox.person.object_id
        gone = make_id(owner, *entry.key, immutable=call.prefer.immutable_ids)
        return {
            "@odata.type": _TYPE,
            "id": gone,
            "@removed": {"reason": "deleted"},
        }
    if isinstance(entry, Edited):
        return _part_json(call, entry)
    if entry.type == "occurrence":
        return bare_json(call, entry)
    return {"@odata.type": _TYPE, **event_json(call, entry)}


_TYPE = "#microsoft.graph.event"
_OF_A_SERIES = ("seriesMasterId", "type", "start", "end")
"""What is told of an occurrence however little is told."""


def _part_json(call: Call, entry: Edited) -> dict[str, Any]:
    """Return what has changed of an event, and what every entry has."""
    if entry.now.type == "occurrence":
        return bare_json(call, entry.now)
    now, before = event_json(call, entry.now), event_json(call, entry.before)
    always = ("@odata.etag", "id", *(_OF_A_SERIES if entry.now.day else ()))
    told = {name: each for name, each in now.items() if name in always or each != before.get(name)}
    return {"@odata.type": _TYPE, **told}
