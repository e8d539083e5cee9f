"""A guest answers a meeting, and its organiser calls it off.

Whoever does the other's part is refused. An answer is mailed unless that is said otherwise.
https://learn.microsoft.com/graph/api/event-accept, https://learn.microsoft.com/graph/api/event-cancel
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from sandbox.graph.call import call_of, parameters_of
from sandbox.graph.checks import Checker, boolean, record, text
from sandbox.graph.event_paths import event_of
from sandbox.items import Mail
from sandbox.refusal import Refusal
from sandbox.writing import answered

__all__ = ["routes"]

_SPAN = record(start=record(dateTime=text, timeZone=text), end=record(dateTime=text, timeZone=text))
_ANSWER = record(comment=text, sendResponse=boolean)
_OTHER_TIME = record(comment=text, sendResponse=boolean, proposedNewTime=_SPAN)
_ANSWERS: Mapping[str, tuple[str, Checker]] = {
    "accept": ("accepted", _ANSWER),
    "tentativelyAccept": ("tentativelyAccepted", _OTHER_TIME),
    "decline": ("declined", _OTHER_TIME),
}
_CANCEL = record(comment=text)


def routes(prefix: str) -> list[web.RouteDef]:
    """Return the actions' routes under ``/me`` or ``/users/{person}``."""
    found: list[web.RouteDef] = []
    for place in ("", "/calendar", "/calendars/{calendar}"):
        one = f"{prefix}{place}/events/{{event}}"
        found += [web.post(f"{one}/{name}", _answering(name)) for name in _ANSWERS]
        found.append(web.post(f"{one}/cancel", cancel))
    return found


def _answering(name: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    response, check = _ANSWERS[name]

    async def answer(request: web.Request) -> web.Response:
        call = call_of(request)
        said = await _said(request, name, check)
        seen = event_of(call)
        if seen.item.is_organizer:
            raise _refused("You can't respond to this meeting because you're the organizer.")
        if said.get("proposedNewTime") and not seen.content.plain["allowNewTimeProposals"]:
            raise _refused("The organizer hasn't allowed new time proposals for this meeting.")
        if said.get("proposedNewTime") and said.get("sendResponse") is False:
            raise _refused("A new time can be proposed in a response that is sent alone.")
        call.mailbox.edit(seen, answered(seen.content, response))
        if said.get("sendResponse") is not False:
            call.mailbox.mails.append(Mail(name, seen.item.organizer[1], seen.content.subject))
        return web.Response(status=202)

    return answer


async def cancel(request: web.Request) -> web.Response:
    """Call a meeting off, or one occurrence of it: its guests are mailed, and it goes."""
    call = call_of(request)
    await _said(request, "cancel", _CANCEL)
    seen = event_of(call)
    if not seen.item.is_organizer:
        raise _refused("You need to be an organizer to cancel a meeting.")
    call.mailbox.remove(seen)
    return web.Response(status=202)


async def _said(request: web.Request, name: str, check: Checker) -> dict[str, Any]:
    """Return what came with an action; nothing has to."""
    said = await parameters_of(request) if request.can_read_body else {}
    check(name, said)
    return said


def _refused(message: str) -> Refusal:
    return Refusal(400, "ErrorInvalidRequest", f"Your request can't be completed. {message}")
