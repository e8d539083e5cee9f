"""The program at work: it listens, and its schedule goes on, as long as a block runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.assembly import Almanac
from services import phrases

__all__ = ["serving"]


ANSWERED_WITHIN = 5.0
"""Seconds for requests that are under way at the end: Teams waits no longer for an answer. With
those of the worker it stays below the 30 after which most kill a process that they asked to end."""


@asynccontextmanager
async def serving(
    almanac: Almanac,
    host: str,
    port: int,
    *,
    warm: Callable[[], None] = phrases.warm,
    within: float = ANSWERED_WITHIN,
) -> AsyncIterator[None]:
    """Listen and work while the block runs; then take nothing new and finish what was begun.

    Args:
        almanac: the program.
        host: the address to listen on.
        port: the port.
        warm: loads, in a thread beside the first requests, what would make one of them slow.
        within: seconds for requests that are under way at the end.
    """
    runner = web.AppRunner(almanac.web, access_log=None, shutdown_timeout=within)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        warming = asyncio.create_task(asyncio.to_thread(warm))
        almanac.schedule.start()
        try:
            yield
        finally:
            await almanac.schedule.stop()
            await warming
    finally:
        await runner.cleanup()
