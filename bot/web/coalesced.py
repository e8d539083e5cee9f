"""Many calls for one thing at once become two at most: the one under way, and one after it.

A storm of notices about one calendar asks a hundred times for the same task. Whoever comes while a
write is under way cannot count on that one, which may have been read already, but may share the
next with all the others who wait. Nobody is told of an end before their own write is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from services.model.tasks import Task

__all__ = ["Coalesced"]

_Key = tuple[str, str, str, tuple[tuple[str, str], ...]]


class Coalesced:
    """Puts tasks; those that differ in more than their time are different things.

    Args:
        put: takes a task, and means it when it returns.
    """

    def __init__(self, put: Callable[[Task], Awaitable[None]]) -> None:
        self._put = put
        self._running: dict[_Key, asyncio.Task[None]] = {}
        self._next: dict[_Key, asyncio.Task[None]] = {}

    async def put(self, task: Task) -> None:
        """Put a task, alone or with others that are like it; return once it is kept."""
        key = task.kind.value, task.tenant, task.key, tuple(sorted(task.payload.items()))
        shared = self._next.get(key)
        if shared is None:
            after = self._running.get(key)
            shared = self._next[key] = asyncio.create_task(self._follow(key, after, task))
        # Whoever is in a hurry leaves; the others still wait for the same write.
        await asyncio.shield(shared)

    async def _follow(self, key: _Key, after: asyncio.Task[None] | None, task: Task) -> None:
        if after is not None:
            await asyncio.wait({after})
        own = self._running[key] = self._next.pop(key)
        try:
            await self._put(task)
        finally:
            if self._running.get(key) is own:
                del self._running[key]
