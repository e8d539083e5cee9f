"""The whole program less its doors, as a process of its own that a test can kill.

Run as ``python -m tests.services.sync._process FILE KEYS GRAPH AUTHORITY CA SECONDS``; its clock
is ahead by so many seconds, so that nobody has to wait for what a dead one held. It says
``working`` and goes on until it is killed.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.assembly import assembled
from bot.outside import Outside
from bot.trust.identity import anonymous
from services.graph.auth import SignIn
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from tests.services._office import CLIENT_ID, REDIRECT


class Ahead:
    """The machine's clock, some seconds fast."""

    def __init__(self, seconds: float) -> None:
        self._by = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._by


async def work(file: str, keys: str, graph_url: str, authority: str, ca: str, seconds: str) -> None:
    clock = Ahead(float(seconds))
    records = await SqliteRecords.open(Path(file), clock)
    sign_in = SignIn(
        CLIENT_ID, "secret", authority, REDIRECT, ca_bundle=ca, instance_discovery=False
    )
    outside = Outside(
        bot=anonymous(()), public_url="http://127.0.0.1:9", sign_in=sign_in, graph_url=graph_url
    )
    async with assembled(outside, records, KeyRing.parse(keys), clock) as almanac:
        almanac.schedule.start()
        print("working", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
