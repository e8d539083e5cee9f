"""The whole program less its doors, as a process of its own that a test can kill.

:func:`start` begins one; its clock is ahead by so many seconds, so that nobody has to wait for what
a dead one held. It says ``working`` and goes on until it is killed. All are forks of one process
that has read the program and has done nothing since: reading it anew takes longer than a life.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
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


def start(*arguments: str) -> tuple[BaseProcess, Connection]:
    """Begin one with FILE KEYS GRAPH AUTHORITY CA SECONDS; return it, and what it says."""
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([__name__])
    heard, says = forks.Pipe(duplex=False)
    process = forks.Process(target=run, args=(says, *arguments))
    process.start()
    says.close()
    return process, heard


def run(says: Connection, *arguments: str) -> None:
    asyncio.run(work(says, *arguments))


async def work(
    says: Connection, file: str, keys: str, graph_url: str, authority: str, ca: str, seconds: str
) -> None:
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
        says.send("working")
        await asyncio.Event().wait()
