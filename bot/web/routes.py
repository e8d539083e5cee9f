"""Every address of the server, on one page.

:func:`build` puts the doors into an ``aiohttp`` application; what lies behind each is handed in.
A wrong method is a 405 and a body above 1 MB a 413 before any door is reached. What a door fails of
unforeseen is a 500, and the log has its place without its words. Run it without an access log:
addresses of the sign-in carry codes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.activity_bot import ActivityBot
from bot.adapter import AlmanacAdapter
from bot.errors import report
from bot.web.auth_pages import AuthPages
from bot.web.feed_pages import FeedPages
from bot.web.fetch_pages import FetchPages
from bot.web.notifications import NotificationsDoor
from bot.web.pages import in_words, protect
from bot.web.photo_pages import PhotoPages
from bot.web.public_pages import PublicPages
from services.model.errors import AlmanacError

__all__ = ["build"]

log = logging.getLogger(__name__)

MOST_BYTES = 1024**2
ID = r"{id:[A-Za-z0-9_-]{1,64}}"
TICKET = r"{address:[A-Za-z0-9_-]{1,600}}"


def build(
    *,
    adapter: AlmanacAdapter,
    bot: ActivityBot,
    notifications: NotificationsDoor,
    auth: AuthPages,
    public: PublicPages,
    exports: FetchPages,
    files: FetchPages,
    feeds: FeedPages,
    photos: PhotoPages,
    ready: Callable[[], Awaitable[None]],
) -> web.Application:
    """Return the application; ``ready`` returns when store and keys answer, or raises."""

    async def messages(request: web.Request) -> web.Response:
        return await adapter.process(request, bot)

    async def readyz(request: web.Request) -> web.Response:
        return await _is_ready(ready)

    app = web.Application(client_max_size=MOST_BYTES, middlewares=[_caught])
    app.on_response_prepare.append(protect)
    app.router.add_post("/api/messages", messages)
    app.router.add_post("/api/notifications", notifications.handle)
    app.router.add_get("/auth/start", in_words(auth.start), allow_head=False)
    app.router.add_get("/auth/callback", in_words(auth.callback), allow_head=False)
    app.router.add_post("/auth/callback", in_words(auth.callback))
    app.router.add_get("/auth/approve", auth.approve, allow_head=False)
    app.router.add_get(f"/export/{ID}", in_words(exports.look))
    app.router.add_post(f"/export/{ID}", in_words(exports.fetch))
    app.router.add_get(f"/files/{ID}", in_words(files.look))
    app.router.add_post(f"/files/{ID}", in_words(files.fetch))
    app.router.add_get(f"/feeds/{ID}.ics", feeds.feed)
    app.router.add_get(f"/photos/{TICKET}", in_words(photos.photo))
    app.router.add_get("/", public.home)
    app.router.add_get("/privacy", public.privacy)
    app.router.add_get("/terms", public.terms)
    app.router.add_get(f"/e/{ID}", public.event)
    app.router.add_get(f"/c/{ID}", public.contact)
    app.router.add_get("/healthz", _is_alive)
    app.router.add_get("/readyz", readyz)
    return app


@web.middleware
async def _caught(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep what a bug says out of aiohttp's own log: it may hold what somebody wrote."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise  # an answer, in aiohttp's way of giving one
    except Exception as err:  # the last net
        resource = request.match_info.route.resource
        report(err, resource.canonical if resource else "routing")
        return web.Response(status=500, text="Something went wrong.")


async def _is_alive(request: web.Request) -> web.Response:
    return web.Response(text="alive")


async def _is_ready(ready: Callable[[], Awaitable[None]]) -> web.Response:
    try:
        async with asyncio.timeout(3):
            await ready()
    except (AlmanacError, OSError) as err:  # TimeoutError is one of the latter
        log.error("not ready: %s", type(err).__name__)
        return web.Response(status=503, text="not ready")
    return web.Response(text="ready")
