"""The demo's surroundings: the sandbox Microsoft 365, the Playground, and sample data.

:func:`surroundings` starts both side by side and says where they are; ``app.py`` builds the
program between them. Nothing of a demo is kept: its mailboxes live in memory, so its calendars
must not outlive them.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from sandbox.clock import Clock
from sandbox.entra.directory import Registration
from sandbox.people import PEOPLE, TENANT
from sandbox.playground.run import running_playground
from sandbox.seed import seed
from sandbox.server import Sandbox

__all__ = ["Surroundings", "surroundings"]

CLIENT_ID = "6d1c8e54-2f0b-4a97-8b3d-e5a7091c42f6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where everything is."""

    sandbox: Sandbox
    client_id: str
    client_secret: str
    playground_url: str
    """Empty where it was not asked for."""


@asynccontextmanager
async def surroundings(
    clock: Clock,
    *,
    bot_url: str,
    sandbox_port: int,
    playground_port: int | None,
    work_dir: Path,
) -> AsyncIterator[Surroundings]:
    """Run the surroundings while the block runs.

    Args:
        clock: the time in the mailboxes.
        bot_url: where the program will listen.
        sandbox_port: of the sandbox's pages and its Graph.
        playground_port: of the Playground; ``None`` = without it.
        work_dir: for the Playground's configuration.

    Raises:
        PlaygroundUnavailable: it is not installed, or did not start.
        OSError: a port is taken.
    """
    secret = secrets.token_urlsafe(24)
    callback = f"{bot_url}/auth/callback"
    registration = Registration(CLIENT_ID, secret, frozenset({callback}))
    sandbox = Sandbox(clock, [registration])
    seed(sandbox.office)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(sandbox.stop)
        chat: AbstractAsyncContextManager[str] = nullcontext("")
        if playground_port is not None:
            endpoint = f"{bot_url}/api/messages"
            chat = running_playground(endpoint, PEOPLE, TENANT, playground_port, work_dir)
        # When one fails the other still gets up, or nobody could put it away.
        playground_url, started = await asyncio.gather(
            stack.enter_async_context(chat),
            sandbox.start(port=sandbox_port),
            return_exceptions=True,
        )
        if isinstance(playground_url, BaseException):
            raise playground_url
        if isinstance(started, BaseException):
            raise started
        yield Surroundings(
            sandbox=sandbox,
            client_id=CLIENT_ID,
            client_secret=secret,
            playground_url=playground_url,
        )
