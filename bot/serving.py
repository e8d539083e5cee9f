"""The program at work: it listens, and its schedule goes on, as long as a block runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.assembly import Almanac
from services import phrases

__all__ = ["serving"]


@asynccontextmanager
async def serving(
    almanac: Almanac, host: str, port: int, *, warm: Callable[[], None] = phrases.warm
) -> AsyncIterator[None]:
    """Listen and work while the block runs; then take nothing new and finish what was begun.

    ``warm`` loads, in a thread beside the first requests, what would make one of them slow.
    """
    runner = web.AppRunner(almanac.web, access_log=None)
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
