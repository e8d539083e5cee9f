"""A worker as a process: ``python -m tests.services.storage._hands FILE RING SECONDS``.

It claims tasks for so many seconds, writes a line to stdout for each that it carries out, and
carries out by adding to a record under the lease of a mailbox, as a sync does; it ends when nothing
was due for a while. A task called ``freeze`` stops the process (SIGSTOP) between its claim and its
write.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from services.model.errors import Stale
from services.model.tasks import Task
from services.storage.keys import KeyRing
from services.storage.repositories.links import LinkChanges
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from tests._builders import a_link, a_person

PATIENCE = 40
"""Claims in a row that come back empty."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


async def work(path: Path, ring: str, seconds: float) -> None:
    clock = SystemClock()
    records = await SqliteRecords.open(path, clock)
    store = await open_store(records, KeyRing.parse(ring), clock)
    owner, idle = str(os.getpid()), 0
    while idle < PATIENCE:
        claimed = await store.tasks.claim(owner, 4, seconds)
        idle = 0 if claimed else idle + 1
        for task in claimed:
            await carry_out(store, task, owner, seconds)
        await asyncio.sleep(0 if claimed else 0.05)
    await records.close()


async def carry_out(store: Store, task: Task, owner: str, seconds: float) -> None:
    if task.key != "freeze":
        say("did", task)
        await store.tasks.done(task)
        return
    lease = await store.links.acquire(a_person(), owner, seconds)
    if lease is None:
        await store.tasks.retry(task, datetime.now(UTC), "busy")
        return
    if not task.attempts:
        say("frozen", task)
        os.kill(os.getpid(), signal.SIGSTOP)
    link = await store.links.get(a_person(), a_link().id)
    try:
        await store.links.commit(lease, link, LinkChanges())
    except Stale:
        say("fenced", task)
        return
    finally:
        await store.tasks.done(task)
    say("did", task)
    await store.links.release(lease)


def say(what: str, task: Task) -> None:
    print(what, task.key, flush=True)


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])))
