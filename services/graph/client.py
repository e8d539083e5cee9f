"""Speak HTTP with Microsoft Graph: one request, one answer or one typed failure.

:meth:`GraphClient.request` is the door. It keeps to Graph's limit of requests in flight per
mailbox, asks for immutable ids and for times in UTC, and sends the token to the configured
address and nowhere else. It never waits and retries: ``Throttled`` is raised so that the task is
queued again, and only a GET is ever repeated. Written on plain aiohttp because one page through the
official SDK keeps the event loop busy for a third of a second.

Source: Microsoft Graph throttling guidance and limits; ``outlook-immutable-id``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from typing import Any
from urllib.parse import quote, unquote, urlencode
from uuid import uuid4
from weakref import WeakValueDictionary

import aiohttp
import msgspec
from yarl import URL

from services.graph.answers import Answer, read_answer
from services.graph.timeouts import Timeouts
from services.model.budgets import Budgets
from services.model.errors import Rejected, Throttled, Unreachable, Unreadable
from services.model.identity import Person
from services.model.times import Clock

__all__ = ["Answer", "GraphClient", "open_session", "quoted"]

IN_FLIGHT = 4
"""Requests per mailbox that Outlook serves at once, over all of an app's processes."""
IN_FLIGHT_BACKGROUND = 2
"""Of these, what a sync may take, so that people do not wait behind it."""

CONFLICT = 412
LARGEST_ANSWER = 16_000_000
"""Bytes; a page of 50 events with long bodies is a tenth of it."""

PREFER = 'IdType="ImmutableId", outlook.timezone="UTC", odata.maxpagesize=50'
_ALWAYS = {"Accept": "application/json", "Prefer": PREFER}
_WITH_BODY = {**_ALWAYS, "Content-Type": "application/json"}
_REMEMBERED = 200
"""Entries of the caches of URLs and quoted ids: a first sync asks for one ten thousand times."""
LONGEST = 60.0
"""Seconds within which an answer has to be there and be read."""
LOOKED_AT_EVERY = 2.0
_TO_CONNECT = aiohttp.ClientTimeout(total=None, sock_connect=10)


def open_session() -> aiohttp.ClientSession:
    """Return a connection pool for a client; its owner closes it.

    All mailboxes share it, so it keeps no cookies: what one person is given is not for the others.
    """
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())


class GraphClient:
    """Requests to one Graph, over one connection pool.

    Args:
        session: the pool (:func:`open_session`).
        base_url: where Graph is; nothing is sent anywhere else.
        clock: the time.
        budgets: how much a sync may still send to a mailbox; ``None`` = no limit but Graph's.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base_url: str,
        clock: Clock,
        budgets: Budgets | None = None,
    ) -> None:
        self._session = session
        self._budgets = budgets or Budgets()
        self._base = base_url.rstrip("/") + "/"
        self._clock = clock
        # Ids of requests: a random beginning, then a count.
        self._id, self._count = str(uuid4())[:24], count()
        self._lanes: WeakValueDictionary[Person, _Lanes] = WeakValueDictionary()
        self._timeouts = Timeouts(LONGEST, LOOKED_AT_EVERY)

    async def request(
        self,
        mailbox: Person,
        token: str,
        method: str,
        target: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        background: bool = False,
    ) -> Answer:
        """Send one request for a mailbox.

        Args:
            mailbox: whose limits it counts against.
            token: a bearer token of that mailbox.
            method: the HTTP method.
            target: a path below the base, ids quoted already; or a link that Graph gave.
            params: the query; none with a link, which carries its own.
            json: a body to be written as JSON.
            body: a body that is JSON already, or what a ``Content-Type`` among the headers says.
            headers: more headers.
            background: nobody waits for it: use one of the background lanes.

        Raises:
            Throttled: asked to wait, or more than a sync may send.
            Unreachable: no answer, or one of 5xx: the effect is unknown.
            Expired: the delta cursor is no longer known.
            NoMailbox: the account has none.
            Rejected: this request was refused.
            Unreadable: the answer is neither a JSON object nor a picture, is too large, or the link
                leads elsewhere.
        """
        if params:
            target += "?" + urlencode(params, quote_via=quote, safe="$/:,=()'")
        url = _address(self._base, target)
        data = body if json is None else msgspec.json.encode(json)
        sent = self._headers(token, data is not None, headers or {})
        lanes = self._lanes.get(mailbox) or self._lanes.setdefault(mailbox, _Lanes())
        if not background:
            async with lanes.all:
                return await self._answer(method, url, data, sent)
        # A background request waits for its own kind first, so it never holds a lane while it
        # waits. If the service asks for a pause meanwhile, it is not sent.
        pauses = lanes.pauses
        async with lanes.background, lanes.all:
            is_late = lanes.pauses > pauses
            wait = lanes.pause if is_late else self._budgets.take(mailbox, self._clock.now())
            if wait:
                raise Throttled(wait)
            try:
                answer = await self._answer(method, url, data, sent)
            except Throttled as err:
                lanes.pauses, lanes.pause = lanes.pauses + 1, err.retry_after
                raise
        if lanes.background.locked():
            # Whoever has just got the lane sends before this answer is looked at, so that the
            # service is never without work. aiohttp sends in two turns: headers, then the body.
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        return answer

    async def _answer(
        self, method: str, url: URL, data: bytes | None, headers: dict[str, str]
    ) -> Answer:
        try:
            return await self._exchange(method, url, data, headers)
        except Rejected as err:
            # Exchange now and then reports a conflict to a request that only reads.
            if method != "GET" or err.status != CONFLICT:
                raise
            return await self._exchange(method, url, data, headers)

    def _headers(self, token: str, has_body: bool, headers: Mapping[str, str]) -> dict[str, str]:
        return {
            **(_WITH_BODY if has_body else _ALWAYS),
            "Authorization": f"Bearer {token}",
            "client-request-id": f"{self._id}{next(self._count):012x}",
            **headers,
        }

    async def _exchange(
        self, method: str, url: URL, data: bytes | None, headers: dict[str, str]
    ) -> Answer:
        try:
            status, told, body = await self._timeouts.wait_for(
                self._exchanged(method, url, data, headers)
            )
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as err:
            raise Unreachable(type(err).__name__) from err
        return read_answer(status, told, body, self._clock.now())

    async def _exchanged(
        self, method: str, url: URL, data: bytes | None, headers: dict[str, str]
    ) -> tuple[int, Mapping[str, str], bytes]:
        # aiohttp would try many types of payload to find out which this is.
        payload = None if data is None else aiohttp.BytesPayload(data)
        async with self._session.request(
            method, url, data=payload, headers=headers, allow_redirects=False, timeout=_TO_CONNECT
        ) as response:
            return response.status, response.headers, await _read(response)


class _Lanes:
    """The requests in flight of one mailbox; forgotten while there are none."""

    def __init__(self) -> None:
        self.all = asyncio.Semaphore(IN_FLIGHT)
        self.background = asyncio.Semaphore(IN_FLIGHT_BACKGROUND)
        self.pauses = 0
        """How often the service has asked the background for a pause."""
        self.pause = 0.0
        """Seconds that it asked for last."""


async def _read(response: aiohttp.ClientResponse) -> bytes:
    pieces, size = [], 0
    while not response.content.at_eof():
        pieces.append(await response.content.readany())
        size += len(pieces[-1])
        if size > LARGEST_ANSWER:
            raise Unreadable("too_large")
    return b"".join(pieces)


@lru_cache(maxsize=_REMEMBERED)
def _address(base: str, target: str) -> URL:
    """Return the URL; a forged link must not carry a token to another host."""
    if target.startswith("/"):
        target = base + target[1:]
    path = unquote(target.partition("?")[0]).replace("\\", "/")
    if not target.startswith(base) or ".." in path.split("/"):
        raise Unreadable("foreign_link")
    return URL(target, encoded=True)


@lru_cache(maxsize=_REMEMBERED)
def quoted(id: str) -> str:
    """Return an id as one segment of a path; Outlook's ids may hold ``/`` and ``+``."""
    return quote(id, safe="")
