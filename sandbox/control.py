"""Small http routes under ``/sandbox`` for tests in another process: trouble, and what was seen.

In Python the same is at hand as ``sandbox.faults``, ``sandbox.notices``, ``sandbox.directory``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox.entra.directory import Directory
from sandbox.faults import Faults
from sandbox.graph.door import Door
from sandbox.notices import Notices
from sandbox.office import Office
from sandbox.people import SamplePerson, find_person

__all__ = ["Control"]


class Control:
    """The routes; each answers 204, or 400 with a sentence."""

    def __init__(
        self, office: Office, directory: Directory, faults: Faults, notices: Notices, door: Door
    ) -> None:
        self._office = office
        self._directory = directory
        self._faults = faults
        self._notices = notices
        self._door = door

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/sandbox/state", self.show),
            web.post("/sandbox/fail", self._order(self._faults.fail)),
            web.post("/sandbox/cut", self._order(self._faults.cut)),
            web.post("/sandbox/slow", self._order(self._faults.slow)),
            web.post("/sandbox/clear", self._order(self._faults.clear)),
            web.post("/sandbox/expire-delta", self.expire_delta),
            web.post("/sandbox/revoke", self.revoke),
            web.post("/sandbox/notices", self.set_notices),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """Answer with counts: nothing of what people wrote."""
        return web.json_response(
            {
                "calls": len(self._door.seen),
                "without_immutable_ids": sum(not each.immutable_ids for each in self._door.seen),
                "most_in_flight": dict(self._door.most_in_flight),
                "mails": {
                    box.person.key: len(box.mails) for box in self._office.mailboxes if box.mails
                },
            }
        )

    async def expire_delta(self, request: web.Request) -> web.Response:
        """Forget all delta tokens: the next use of one gets a 410."""
        for mailbox in self._office.mailboxes:
            self._office.delta(mailbox.person).expire()
        return web.Response(status=204)

    async def revoke(self, request: web.Request) -> web.Response:
        """Refuse a person's tokens, with any AADSTS number."""
        body = await _json_of(request)
        self._directory.revoke(_person(body), int(body.get("number", 50173)))
        return web.Response(status=204)

    async def set_notices(self, request: web.Request) -> web.Response:
        """Hold, double or reverse notices; letting go of the hold sends what waited."""
        body = await _json_of(request)
        self._notices.is_doubled = bool(body.get("double"))
        self._notices.is_reversed = bool(body.get("reverse"))
        self._notices.is_held = bool(body.get("hold"))
        if not self._notices.is_held:
            self._notices.release()
        return web.Response(status=204)

    def _order(self, order: Callable[..., None]) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.Response:
            try:
                order(**await _json_of(request))
            except TypeError as err:
                raise web.HTTPBadRequest(text=str(err)) from err
            return web.Response(status=204)

        return handle


async def _json_of(request: web.Request) -> dict[str, Any]:
    body = await request.json() if request.can_read_body else {}
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="a JSON object, please")
    return body


def _person(body: dict[str, Any]) -> SamplePerson:
    person = find_person(str(body.get("person", "")))
    if person is None:
        raise web.HTTPBadRequest(text="no such person")
    return person
