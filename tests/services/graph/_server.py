"""A Graph that says what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from services.graph.client import GraphClient, open_session
from services.model.identity import Person
from tests._fakes import FrozenClock

__all__ = ["FixedTokens", "Scripted", "a_scripted_graph"]

Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Scripted:
    """Answers from a list, one a request; the last one again and again."""

    client: GraphClient = field(init=False)
    url: str = ""
    clock: FrozenClock = field(default_factory=FrozenClock)
    replies: list[Reply] = field(default_factory=list)
    requests: list[web.Request] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    """Cleared: whoever has come in waits there."""

    def __post_init__(self) -> None:
        self.go_on.set()

    def will_answer(
        self, body: Any = None, status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        async def reply(request: web.Request) -> web.Response:
            if isinstance(body, bytes):
                return web.Response(body=body, status=status, headers=headers)
            return web.json_response(body, status=status, headers=headers)

        self.replies.append(reply)

    def will_refuse(self, status: int, code: str, headers: dict[str, str] | None = None) -> None:
        self.will_answer({"error": {"code": code, "message": "…"}}, status, headers)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        self.bodies.append(await request.read())
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await self.go_on.wait()
            # Let whoever else wants to come in, come in.
            for _ in range(20):
                await asyncio.sleep(0)
            reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
            return await reply(request)
        finally:
            self.in_flight -= 1

    async def most_of(self, expected: int, calls: Iterable[Awaitable[object]]) -> int:
        """Carry out calls at once; return how many were in flight, once as many as expected."""
        self.go_on.clear()
        under_way = asyncio.gather(*calls)
        async with asyncio.timeout(60):
            while self.in_flight < expected:  # noqa: ASYNC110  (they come over the wire)
                await asyncio.sleep(0)
        self.go_on.set()
        await under_way
        return self.most_in_flight


class FixedTokens:
    """Hands out tokens from a list; the last one again and again."""

    def __init__(self, *tokens: str) -> None:
        self._tokens = list(tokens or ("token",))

    async def token_for(self, person: Person, *, refused: str = "", claims: str = "") -> str:
        return self._tokens.pop(0) if len(self._tokens) > 1 else self._tokens[0]


@asynccontextmanager
async def a_scripted_graph() -> AsyncIterator[Scripted]:
    graph = Scripted()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", graph.handle)
    async with open_session() as session, TestServer(app) as server:
        graph.url = str(server.make_url("/v1.0"))
        graph.client = GraphClient(session, graph.url, graph.clock)
        yield graph
