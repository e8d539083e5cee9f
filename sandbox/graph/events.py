"""Events: read, list, create, change, delete, and the instances of a series.

The same resource hangs under ``/me/events``, ``/me/calendar/events`` and
``/me/calendars/{id}/events``. https://learn.microsoft.com/graph/api/resources/event
"""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

from aiohttp import web

from sandbox.graph.calendar_view import window_of
from sandbox.graph.calendars import calendar_answer, calendar_of
from sandbox.graph.call import Call, call_of, json_of, reply
from sandbox.graph.event_body import read_event
from sandbox.graph.event_json import cancelled_of, event_json
from sandbox.graph.event_paths import event_of
from sandbox.graph.filters import read_filter, read_tag_expand
from sandbox.graph.odata import check_options, page, select, sort
from sandbox.items import Appearance, appearances_between
from sandbox.refusal import Refusal
from sandbox.zones import zone_named

__all__ = ["routes"]

_OPTIONS = ("$select", "$expand")
_LIST_OPTIONS = (*_OPTIONS, "$top", "$skip", "$filter", "$orderby", "$count")


def routes(prefix: str) -> list[web.RouteDef]:
    """Return the resource's routes under ``/me`` or ``/users/{person}``."""
    found: list[web.RouteDef] = []
    for place in ("", "/calendar", "/calendars/{calendar}"):
        events = f"{prefix}{place}/events"
        found += [
            web.get(events, list_events),
            web.post(events, create_event),
            web.get(f"{events}/{{event}}", get_event),
            web.patch(f"{events}/{{event}}", update_event),
            web.delete(f"{events}/{{event}}", delete_event),
            web.get(f"{events}/{{event}}/instances", list_instances),
            web.get(f"{events}/{{event}}/calendar", get_its_calendar),
        ]
    return found


async def list_events(request: web.Request) -> web.Response:
    """Answer with a calendar's single events and series."""
    call = call_of(request)
    query = check_options(call, *_LIST_OPTIONS)
    wanted = read_filter(query.get("$filter", ""))
    in_utc = replace(call, prefer=replace(call.prefer, zone_name="UTC", zone=zone_named("UTC")))
    found = [Appearance(each, each.content) for each in call.mailbox.items(calendar_of(call).id)]
    found = [each for each in found if wanted(each.item, event_json(in_utc, each))]
    items = sort([_json(call, each, query.get("$expand", "")) for each in found], query)
    return page(call, [select(each, query) for each in items], query, "events")


async def get_event(request: web.Request) -> web.Response:
    """Answer with one event, or one occurrence."""
    call = call_of(request)
    query = check_options(call, *_OPTIONS)
    seen = event_of(call)
    body = _json(call, seen, query.get("$expand", ""), "exceptionOccurrences")
    if "cancelledOccurrences" in query.get("$select", ""):
        body["cancelledOccurrences"] = cancelled_of(call, seen)
    return _answer(call, select(body, query))


async def create_event(request: web.Request) -> web.Response:
    """Make an event, or answer a repeated request with the first one's event."""
    call = call_of(request)
    body = await json_of(request)
    calendar = calendar_of(call)
    draft = read_event(body)
    digest = sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    # Of two that come at the same time neither knows the other, and each makes an event.
    known = call.mailbox.by_transaction(draft.transaction_id or "", call.newest)
    made = known if draft.transaction_id else None
    if made is not None and made.request_digest != digest:
        raise Refusal(
            409,
            "ErrorDuplicateTransactionId",
            "An event with the same transaction id and other content exists already.",
        )
    item = made or call.mailbox.add(
        draft.content,
        calendar_id=calendar.id,
        tags=draft.tags,
        transaction_id=draft.transaction_id,
        request_digest=digest,
    )
    answer = event_json(call, Appearance(item, item.content), own_zone=True)
    location = f"{call.base_url}/users('{call.mailbox.person.object_id}')/events('{answer['id']}')"
    return _answer(call, answer, 201, Location=location)


async def update_event(request: web.Request) -> web.Response:
    """Change an event; the change of an occurrence makes it an exception."""
    call = call_of(request)
    body = await json_of(request)
    seen = event_of(call)
    _check_change_key(call, seen)
    if "transactionId" in body and body["transactionId"] != seen.item.transaction_id:
        raise Refusal(400, "ErrorInvalidRequest", "The transactionId cannot be changed.")
    _check_organizer(seen, body)
    draft = read_event(body, seen.content)
    changed = call.mailbox.edit(seen, draft.content, draft.tags)
    return _answer(call, event_json(call, changed, own_zone=True))


async def delete_event(request: web.Request) -> web.Response:
    """Delete an event, or cancel an occurrence."""
    call = call_of(request)
    seen = event_of(call)
    _check_change_key(call, seen)
    call.mailbox.remove(seen)
    return web.Response(status=204)


async def get_its_calendar(request: web.Request) -> web.Response:
    """Answer with the calendar that an event is in."""
    call = call_of(request)
    query = check_options(call, "$select")
    return calendar_answer(call, call.mailbox.calendar(event_of(call).item.calendar), query)


async def list_instances(request: web.Request) -> web.Response:
    """Answer with the occurrences of a series between two instants."""
    call = call_of(request)
    query = check_options(call, *_LIST_OPTIONS)
    seen = event_of(call)
    if seen.type != "seriesMaster":
        raise Refusal(
            400, "ErrorInvalidRequest", "The instances of an event are those of a series master."
        )
    start, end = window_of(query)
    found = appearances_between(seen.item, start, end)
    items = sort([_json(call, each, query.get("$expand", "")) for each in found], query)
    return page(call, [select(each, query) for each in items], query, "events")


def _json(call: Call, seen: Appearance, expand: str, *others: str) -> dict[str, Any]:
    """Return an event with what ``$expand`` asks for: its tags, and what else it may here."""
    body = event_json(call, seen)
    tags = [
        {"id": tag, "value": seen.item.tags[tag]}
        for tag in read_tag_expand(expand, *others)
        if tag in seen.item.tags
    ]
    if tags:
        body["singleValueExtendedProperties"] = tags
    if "exceptionOccurrences" in expand:
        body["exceptionOccurrences"] = [
            event_json(call, Appearance(seen.item, content, day))
            for day, content in sorted(seen.item.exceptions.items())
        ]
    return body


def _check_change_key(call: Call, seen: Appearance) -> None:
    expected = call.request.headers.get("If-Match", "*")
    if expected not in ("*", f'W/"{call.mailbox.change_key(seen.item.change)}"'):
        raise Refusal(
            412,
            "ErrorIrresolvableConflict",
            "The send or update operation could not be performed because the change key passed "
            "in the request does not match the current change key for the item.",
        )


_OWN = frozenset(
    {"isReminderOn", "reminderMinutesBeforeStart", "showAs", "categories", "sensitivity"}
)
"""What an attendee may change in the own copy of a meeting."""


def _check_organizer(seen: Appearance, body: dict[str, Any]) -> None:
    if not seen.item.is_organizer and set(body) - _OWN - {"singleValueExtendedProperties"}:
        raise Refusal(
            400,
            "ErrorInvalidRequest",
            "Your request can't be completed. You need to be an organizer to change a meeting.",
        )


def _answer(call: Call, body: dict[str, Any], status: int = 200, **headers: str) -> web.Response:
    headers |= {"ETag": body["@odata.etag"]} if "@odata.etag" in body else {}
    return reply({"@odata.context": call.context("events/$entity"), **body}, status, headers)
