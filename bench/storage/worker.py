"""One of several processes that carry out the tasks of one store.

``python -m bench.storage.worker FILE KEYS OWNER WAIT_MS``: says that it is ready, begins when it is
told to, and writes what it has done as JSON when nothing is left.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from random import Random

from bench.storage.sealed import Now, opened
from services.model.tasks import Task, TaskKind
from services.storage.keys import KeyRing
from services.storage.store import Store
from services.sync.worker import Worker

__all__ = ["main"]


async def main(file: Path, keys: str, owner: str, wait: float) -> None:
    """Carry out tasks that wait for somebody else for some seconds each."""
    done: list[str] = []

    async def carry_out(task: Task) -> None:
        await asyncio.sleep(wait)
        done.append(task.key)

    async with opened(file, KeyRing.parse(keys)) as store:
        worker = Worker(
            store.tasks,
            {TaskKind.UPDATE_POSTS: carry_out},
            Now(),
            random=Random(owner),
            report=lambda failure, task: None,
            owner=owner,
        )
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        began = time.process_time()
        while await _is_any_due(store):
            await worker.drain()
        print(json.dumps({"done": done, "cpu": time.process_time() - began}), flush=True)


async def _is_any_due(store: Store) -> bool:
    """Tell whether a task waits that nobody has: another process may just have been faster."""
    soonest = await store.tasks.soonest()
    return soonest is not None and soonest <= Now().now()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4]) / 1000))
