"""Pictures of contacts, for the clients that draw our cards: ``/photos/{address}``.

The address is the key: it is sealed, good for some weeks, and leads to one picture
(:mod:`services.contacts.photos`). Teams fetches it from its own servers and keeps a copy for its
clients.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

__all__ = ["PhotoPages"]


class PhotoPages:
    """The door; ``at`` returns the picture at an address."""

    def __init__(self, at: Callable[[str], Awaitable[bytes | None]]) -> None:
        self._at = at

    async def photo(self, request: web.Request) -> web.Response:
        """Return the picture; one answer for what is forged, too old or gone."""
        png = await self._at(request.match_info["address"])
        if png is None:
            raise web.HTTPNotFound
        return web.Response(body=png, content_type="image/png")
