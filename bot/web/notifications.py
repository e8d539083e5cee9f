"""The door at which Graph knocks: ``POST /api/notifications``.

Graph first proves that somebody listens here (``validationToken``, echoed as it came, and only
while a subscription is being asked for), then posts notices. Anybody can post, so a notice is a
hint at most: it must name a subscription of ours and carry its secret, compared in constant time,
and then a task is put. Whatever is not genuine is dropped with the same 202, so the door tells a
stranger nothing.

202 means *kept*: a notice whose task could not be stored is answered 503, and Graph sends it
again for some hours. No answer takes longer than a second: past that, or with too many at once,
it is the 503 as well, since an endpoint that is slow is soon told nothing any more. Many notices
of one link at once cost two writes, see :mod:`bot.web.coalesced`.

Reference: https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.web.coalesced import Coalesced
from services.graph.notifications import Notification, is_genuine, parse
from services.model.accounts import Subscription
from services.model.errors import AlmanacError, Unreadable
from services.model.tasks import Task

__all__ = ["NotificationsDoor", "Watch"]

log = logging.getLogger(__name__)

TOKEN = re.compile(r"[\x20-\x7e]{1,1024}")
SECONDS = 1.0
AT_ONCE = 200
"""Posts that are looked at; more are asked to come again."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A subscription of ours, and what to do when it calls like this."""

    subscription: Subscription
    tasks: tuple[Task, ...]


class NotificationsDoor:
    """Takes notices in.

    Args:
        find: the watch that a notice names, in the notice's own tenant; ``None`` = not ours.
        put: takes a task.
        expects: whether a subscription is being asked for just now, so that Graph may validate.
    """

    def __init__(
        self,
        find: Callable[[Notification], Awaitable[Watch | None]],
        put: Callable[[Task], Awaitable[None]],
        expects: Callable[[], Awaitable[bool]],
    ) -> None:
        self._find = find
        self._tasks = Coalesced(put)
        self._expects = expects
        self._inside = 0

    async def handle(self, request: web.Request) -> web.Response:
        """Answer a POST."""
        if self._inside >= AT_ONCE:
            raise web.HTTPServiceUnavailable(text="too many at once; again, please")
        self._inside += 1
        try:
            async with asyncio.timeout(SECONDS):
                return await self._answer(request)
        except (TimeoutError, AlmanacError) as err:
            log.warning("a notice was not kept, and is asked for again: %s", type(err).__name__)
            raise web.HTTPServiceUnavailable(text="again, please") from err
        finally:
            self._inside -= 1

    async def _answer(self, request: web.Request) -> web.Response:
        token = request.query.get("validationToken")
        if token is not None:
            return await self._validate(token)
        try:
            notices = parse(await request.read())
        except Unreadable as err:
            raise web.HTTPBadRequest(text="not a collection of notices") from err
        for notice in notices:
            await self._hear(notice)
        return web.Response(status=202)

    async def _validate(self, token: str) -> web.Response:
        if not TOKEN.fullmatch(token) or "<" in token or not await self._expects():
            raise web.HTTPBadRequest(text="no such subscription is being made")
        return web.Response(text=token, content_type="text/plain", charset="utf-8")

    async def _hear(self, notice: Notification) -> None:
        watch = await self._find(notice)
        if watch is None or not watch.tasks:
            return
        of_tenant = all(task.tenant == notice.tenant for task in watch.tasks)
        if not of_tenant or not is_genuine(notice, watch.subscription):
            log.warning("a notice of another tenant, or with a wrong secret, was dropped")
            return
        for task in watch.tasks:
            await self._tasks.put(task)
