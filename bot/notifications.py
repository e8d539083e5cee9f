"""The door at which Graph knocks: ``POST /api/notifications``.

Graph first proves that somebody listens here (``validationToken``, echoed as it came), then posts
notices. Anybody can post, so a notice is a hint at most: it must name a subscription of ours and
carry its secret, compared in constant time, and then one task is put. Whatever is not genuine is
dropped with the same 202, so the door tells a stranger nothing. The answer never takes more than
a second; what a crowded moment leaves out, the sweep finds.

Reference: https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from services.graph.notifications import Notification, is_genuine, parse
from services.model.accounts import Subscription
from services.model.errors import AlmanacError, Unreadable
from services.model.tasks import Task

__all__ = ["NotificationsDoor", "Watch"]

log = logging.getLogger(__name__)

TOKEN = re.compile(r"[\x20-\x7e]{1,1024}")
SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Watch:
    """A subscription of ours, and what to do when it calls."""

    subscription: Subscription
    task: Task


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
        expects: Callable[[], bool] = lambda: True,
    ) -> None:
        self._find = find
        self._put = put
        self._expects = expects

    async def handle(self, request: web.Request) -> web.Response:
        """Answer a POST."""
        token = request.query.get("validationToken")
        if token is not None:
            return self._validate(token)
        try:
            notices = parse(await request.read())
        except Unreadable as err:
            raise web.HTTPBadRequest(text="not a collection of notices") from err
        try:
            async with asyncio.timeout(SECONDS):
                for notice in notices:
                    await self._hear(notice)
        except (TimeoutError, AlmanacError) as err:
            log.warning("notices were left to the sweep: %s", type(err).__name__)
        return web.Response(status=202)

    def _validate(self, token: str) -> web.Response:
        if not self._expects() or not TOKEN.fullmatch(token) or "<" in token:
            raise web.HTTPBadRequest(text="no such subscription is being made")
        return web.Response(text=token, content_type="text/plain", charset="utf-8")

    async def _hear(self, notice: Notification) -> None:
        watch = await self._find(notice)
        if watch is None:
            return
        if notice.tenant != watch.task.tenant or not is_genuine(notice, watch.subscription):
            log.warning("a notice of another tenant, or with a wrong secret, was dropped")
            return
        await self._put(watch.task)
