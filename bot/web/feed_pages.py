"""The door of feeds: ``/feeds/{secret}.ics``, for calendar programs that ask again and again.

A secret that is wrong, taken back, or of somebody who has lost the right: all are a 404. Nothing is
logged of it, and nobody in between may keep it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from services.files.feeds import Fed
from services.model.errors import Refused, Upstream

__all__ = ["FeedPages"]

MEDIA = "text/calendar; charset=utf-8"


class FeedPages:
    """Gives calendars to programs; ``fetch`` takes a secret and the ``ETag`` that is known."""

    def __init__(self, fetch: Callable[[str, str], Awaitable[Fed | None]]) -> None:
        self._fetch = fetch

    async def feed(self, request: web.Request) -> web.Response:
        """Give the calendar, or say that it is as it was."""
        known = request.headers.get("If-None-Match", "").removeprefix("W/").strip('"')
        try:
            fed = await self._fetch(request.match_info["id"], known)
        except Refused:
            fed = None
        except Upstream:
            return web.Response(status=503, headers={"Retry-After": "60"})
        if fed is None:
            return web.Response(status=404, text="There is no calendar here.")
        headers = {"ETag": f'"{fed.tag}"', "Content-Disposition": 'inline; filename="almanac.ics"'}
        if fed.body is None:
            return web.Response(status=304, headers=headers)
        return web.Response(body=fed.body, headers={**headers, "Content-Type": MEDIA})
