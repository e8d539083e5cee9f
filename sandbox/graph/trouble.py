"""How a call to Graph suffers the fault that was ordered for it.

Either the call fails (an error, a cut connection, before or after the effect), or it succeeds
and its list comes out wrong, as the real service's lists may: an empty page first, what was told
before told again, entries twice, in another order or not at all.
https://learn.microsoft.com/graph/delta-query-overview
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from sandbox.entra.challenge import challenge_of
from sandbox.faults import Fault
from sandbox.graph.call import reply
from sandbox.mishaps import Scene
from sandbox.people import SamplePerson
from sandbox.refusal import Refusal

__all__ = ["Trouble"]

_CODES = {
    400: "BadRequest",
    401: "InvalidAuthenticationToken",
    403: "ErrorAccessDenied",
    404: "ErrorItemNotFound",
    409: "Conflict",
    410: "resyncRequired",
    412: "ErrorIrresolvableConflict",
    429: "ApplicationThrottled",
    500: "InternalServerError",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "GatewayTimeout",
}


class Trouble:
    """Lets calls suffer, and remembers what it takes to tell a page again."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._pages: dict[tuple[str, str], web.Response] = {}

    def remember(self, request: web.Request, person: str, answer: web.StreamResponse) -> None:
        """Keep the last good page of a delta round, so that it can be replayed."""
        path = request.rel_url.path
        if answer.status == 200 and "delta" in path and isinstance(answer, web.Response):
            self._pages[person, path] = answer

    async def suffer(
        self,
        request: web.Request,
        person: SamplePerson,
        fault: Fault,
        go_on: Callable[[], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Answer a call as a fault says.

        Raises:
            Refusal: the error that was ordered.
        """
        if fault.seconds and not fault.mishap:
            await asyncio.sleep(fault.seconds)
        if fault.mishap:
            self._scene.befall(person, fault)
        if fault.action:
            fault.action()
        if fault.twist == "empty-page":
            return reply({"value": [], "@odata.nextLink": str(request.url)})
        is_broken = fault.is_cut or fault.status
        if not is_broken or fault.after_effect:
            answer = await go_on()
            if not is_broken:
                return self._twisted(request, person, fault.twist, answer)
        if fault.is_cut:
            if request.transport:
                request.transport.abort()
            return web.Response(status=500)
        raise _refusal(request, fault, self._scene.office.clock.now())

    def _twisted(
        self, request: web.Request, person: SamplePerson, twist: str, answer: web.StreamResponse
    ) -> web.StreamResponse:
        body = _list_in(answer)
        if not twist or body is None:
            return answer
        entries = body["value"]
        if twist == "replay":
            # A round that only begins goes on from nothing that could be told again.
            goes_on = not {"$skiptoken", "$deltatoken"}.isdisjoint(request.query)
            page = self._pages.get((person.key, request.rel_url.path))
            before = _list_in(page) if goes_on else None
            body["value"] = [*(before["value"] if before else ()), *entries]
        elif twist == "repeat":
            body["value"] = [each for entry in entries for each in (entry, entry)]
        elif twist == "reverse":
            body["value"] = entries[::-1]
        elif twist == "forget":
            body["value"] = []
        return reply(body, answer.status)


def _list_in(answer: web.StreamResponse | None) -> dict[str, Any] | None:
    """Return the body of an answer that is a list."""
    if not isinstance(answer, web.Response) or answer.content_type != "application/json":
        return None
    body = json.loads(answer.text or "{}")
    return body if isinstance(body.get("value"), list) else None


def _refusal(request: web.Request, fault: Fault, now: datetime) -> Refusal:
    headers: dict[str, str] = {}
    if fault.retry_after:
        headers["Retry-After"] = _retry_after(fault.retry_after, now)
    if fault.claims:
        headers["WWW-Authenticate"] = challenge_of(fault.claims)
    if fault.status == 410:
        headers["Location"] = str(request.url.with_query(None))
    code = fault.code or _CODES.get(fault.status, "UnknownError")
    return Refusal(fault.status, code, fault.message, headers)


def _retry_after(text: str, now: datetime) -> str:
    """Return the header: a number as it is, ``date+10`` as an HTTP date."""
    if not text.startswith("date+"):
        return text
    at = now + timedelta(seconds=float(text.removeprefix("date+")))
    return format_datetime(at, usegmt=True)
