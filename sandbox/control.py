"""Small http routes under ``/sandbox`` for tests in another process: trouble, and what was seen.

In Python the same is at hand as ``sandbox.order(...)``, ``sandbox.notices``, ``sandbox.door``.
"""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from sandbox.faults import Faults
from sandbox.graph.door import Door
from sandbox.graph.limits import BadLimit
from sandbox.notices import Notices
from sandbox.office import Office
from sandbox.openapi import openapi
from sandbox.orders import BadOrder

__all__ = ["Control"]


class Control:
    """The routes; those that change something answer 204, or 400 with a sentence."""

    def __init__(
        self,
        office: Office,
        faults: Faults,
        notices: Notices,
        door: Door,
        order: Callable[[str], None],
    ) -> None:
        self._office = office
        self._faults = faults
        self._notices = notices
        self._door = door
        self._order = order

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/sandbox/state", self.show),
            web.get("/sandbox/openapi.json", self.describe),
            web.post("/sandbox/order", self.order),
            web.post("/sandbox/clear", self.clear),
            web.post("/sandbox/limits", self.limit),
            web.post("/sandbox/hold-notices", self.hold),
            web.post("/sandbox/release-notices", self.release),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """Answer with counts: nothing of what people wrote."""
        return web.json_response(
            {
                "calls": len(self._door.seen),
                "without_immutable_ids": sum(not each.immutable_ids for each in self._door.seen),
                "most_in_flight": dict(self._door.most_in_flight),
                "limits": self._door.limits.shown,
                "peaks": dict(self._door.limits.peaks),
                "is_quiet": self._faults.is_quiet,
                "mails": {
                    box.person.key: len(box.mails) for box in self._office.mailboxes if box.mails
                },
            }
        )

    async def describe(self, request: web.Request) -> web.Response:
        """Answer with a description of Graph as it is here."""
        return web.json_response(openapi())

    async def order(self, request: web.Request) -> web.Response:
        """Order trouble: lines of text in the language of :mod:`sandbox.orders`."""
        try:
            self._order(await request.text())
        except BadOrder as err:
            raise web.HTTPBadRequest(text=str(err)) from err
        return web.Response(status=204)

    async def clear(self, request: web.Request) -> web.Response:
        """Forget the trouble that has not come yet."""
        self._faults.clear()
        return web.Response(status=204)

    async def limit(self, request: web.Request) -> web.Response:
        """Set what Graph serves: words as :meth:`sandbox.graph.limits.Limits.set` knows them."""
        try:
            self._door.limits.set(await request.text())
        except BadLimit as err:
            raise web.HTTPBadRequest(text=str(err)) from err
        return web.Response(status=204)

    async def hold(self, request: web.Request) -> web.Response:
        """Keep change notifications back from now on."""
        self._notices.is_held = True
        return web.Response(status=204)

    async def release(self, request: web.Request) -> web.Response:
        """Send what was kept back, and keep nothing back any more."""
        self._notices.release()
        return web.Response(status=204)
