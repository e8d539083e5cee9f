"""Teams' connector: messages out, and the questions that only it can answer.

One pooled session for all; 5 s to connect, 15 s in all. Whoever calls gets the answer or one of
``Throttled``, ``Unreachable`` and ``Rejected(status, code)``. What is worth trying again is tried
again here: 429 as long as ``Retry-After`` is short; 412, 502 to 504 and a connection that closes
without a word with a growing, random pause. A message may then arrive twice, which is better than
never. The address is checked against the list of the cloud before every call, since it was stored
long ago.

Reference: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote

import aiohttp
import msgspec
import yarl

from bot.trust.clouds import ServiceUrls
from bot.trust.credentials import Credentials
from services.model.errors import Rejected, Throttled, Unreachable
from services.model.retry_after import seconds_asked
from services.model.times import Clock

__all__ = ["Connector", "open_session"]

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
TRIES = 4
LONGEST_PAUSE = 5.0
AGAIN = frozenset({412, 502, 503, 504})
PAGE = 200

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder().decode


def open_session() -> aiohttp.ClientSession:
    """Return the session for a connector; its owner closes it."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=100, limit_per_host=50, keepalive_timeout=60),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=TIMEOUT,
    )


class Connector:
    """The REST side of Teams, for one bot."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        service_urls: ServiceUrls,
        clock: Clock,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._session = session
        self._credentials = credentials
        self._service_urls = service_urls
        self._clock = clock
        self._sleep = sleep
        self._chance = chance

    async def send(self, service_url: str, conversation: str, activity: Mapping[str, Any]) -> str:
        """Post a message and return its id."""
        path = f"v3/conversations/{_q(conversation)}/activities"
        return _id(await self._call("POST", service_url, path, activity))

    async def reply(
        self, service_url: str, conversation: str, to: str, activity: Mapping[str, Any]
    ) -> str:
        """Post a message as an answer to another and return its id."""
        path = f"v3/conversations/{_q(conversation)}/activities/{_q(to)}"
        return _id(await self._call("POST", service_url, path, activity))

    async def update(
        self, service_url: str, conversation: str, activity_id: str, activity: Mapping[str, Any]
    ) -> None:
        """Put another message in the place of an earlier one."""
        path = f"v3/conversations/{_q(conversation)}/activities/{_q(activity_id)}"
        await self._call("PUT", service_url, path, activity)

    async def delete(self, service_url: str, conversation: str, activity_id: str) -> None:
        """Take a message back."""
        path = f"v3/conversations/{_q(conversation)}/activities/{_q(activity_id)}"
        await self._call("DELETE", service_url, path)

    async def members(self, service_url: str, conversation: str) -> list[dict[str, Any]]:
        """Return the members' accounts, read page by page."""
        path = f"v3/conversations/{_q(conversation)}/pagedmembers?pageSize={PAGE}"
        page = await self._call("GET", service_url, path)
        found = list(page.get("members") or [])
        while after := page.get("continuationToken"):
            page = await self._call("GET", service_url, f"{path}&continuationToken={_q(after)}")
            found += page.get("members") or []
        return found

    async def _call(
        self, method: str, service_url: str, path: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        if not self._service_urls.trusts(service_url):
            raise Rejected(0, "ServiceUrlNotTrusted")
        url = f"{service_url.rstrip('/')}/{path}"
        data = None if body is None else encode(body)
        for attempt in range(1, TRIES + 1):
            try:
                return await self._try(method, url, data)
            except Throttled as err:
                pause = err.retry_after
                if attempt == TRIES or pause > LONGEST_PAUSE:
                    raise
            except _Again as err:
                pause = min(LONGEST_PAUSE, 0.25 * 2**attempt) * (0.5 + self._chance() / 2)
                if attempt == TRIES:
                    raise Unreachable(str(err)) from err
            await self._sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def _try(self, method: str, url: str, data: bytes | None) -> dict[str, Any]:
        token = await self._credentials.token()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if data is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            async with self._session.request(
                method, _as_is(url), data=data, headers=headers, allow_redirects=False
            ) as answer:
                content = await answer.read()
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as err:
            # Nobody listens, or the other side was just closing a connection that had been idle.
            raise _Again("no connection") from err
        except (aiohttp.ClientError, TimeoutError) as err:
            if method == "POST":
                raise Unreachable("no answer") from err
            raise _Again("no answer") from err
        if answer.status < 300:
            return _object(content)
        raise self._failure(answer, content, token)

    def _failure(self, answer: aiohttp.ClientResponse, content: bytes, token: str) -> Exception:
        status = answer.status
        if status == 429:
            return Throttled(self._wait(answer.headers.get("Retry-After", "")))
        if status in AGAIN:
            return _Again(f"status {status}")
        if status == 401 and token:
            self._credentials.forget(token)
            return _Again("the token was refused")
        if status >= 500:
            return Unreachable(f"status {status}")
        body = _object(content)
        error = body.get("error")
        error = error if isinstance(error, dict) else {}
        code = body.get("subCode") or error.get("subCode") or error.get("code")
        return Rejected(status, str(code or "Unknown"))

    def _wait(self, retry_after: str) -> float:
        asked = seconds_asked(retry_after, self._clock.now())
        return 1.0 + self._chance() if asked is None else max(0.0, asked)


class _Again(Exception):
    """Worth another try."""


def _q(part: str) -> str:
    return quote(part, safe="")


def _as_is(url: str) -> yarl.URL:
    """Keep aiohttp from decoding ``%3B`` and its like: ids hold ``;``, ``:`` and ``@``."""
    return yarl.URL(url, encoded=True)


def _object(content: bytes) -> dict[str, Any]:
    if not content:
        return {}
    try:
        value = decode(content)
    except msgspec.DecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _id(answer: Mapping[str, Any]) -> str:
    value = answer.get("id")
    return value if isinstance(value, str) else ""
