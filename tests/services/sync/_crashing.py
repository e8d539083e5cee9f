"""Records as a process sees them that may die, and how one dies at a commit of a test's choice.

:class:`PassedOn` is what all such records share. :class:`CrashingRecords` dies at a commit, before
it or after it; instead of dying, somebody's write may slip in just before that commit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from services.model.ports import Head, Page, Record, Records, Write

__all__ = ["Crash", "CrashingRecords", "PassedOn"]


class Crash(Exception):
    """The process is gone."""


class PassedOn:
    """Passes everything on."""

    def __init__(self, inner: Records) -> None:
        self._inner = inner

    def _look(self) -> None:
        """Hear of each read before it; the dead may raise."""

    async def get(self, partition: str, id: str) -> Record | None:
        self._look()
        return await self._inner.get(partition, id)

    async def revision(self, partition: str) -> int:
        self._look()
        return await self._inner.revision(partition)

    async def changes(
        self,
        partition: str,
        since: int,
        *,
        kind: str | None = None,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        self._look()
        return await self._inner.changes(partition, since, kind=kind, limit=limit, after=after)

    async def find(
        self,
        partition: str,
        kind: str,
        tokens: Sequence[str] | None = None,
        *,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        self._look()
        return await self._inner.find(partition, kind, tokens, limit=limit, after=after)

    async def due(self, partition: str, until: datetime, *, limit: int = 100) -> Sequence[Record]:
        self._look()
        return await self._inner.due(partition, until, limit=limit)

    async def commit(self, partition: str, writes: Sequence[Write]) -> int:
        return await self._inner.commit(partition, writes)

    async def partitions(self, *, after: str = "", limit: int = 500) -> Sequence[Head]:
        return await self._inner.partitions(after=after, limit=limit)

    async def restore(self, head: Head, records: Sequence[Record]) -> None:
        await self._inner.restore(head, records)

    async def ready(self) -> None:
        await self._inner.ready()

    async def close(self) -> None:
        await self._inner.close()


class CrashingRecords(PassedOn):
    """While ``countdown`` is set, every commit counts."""

    def __init__(self, inner: Records) -> None:
        super().__init__(inner)
        self._countdown: int | None = None
        self._is_dead = False
        self.is_after = False
        self.slip: Callable[[], Awaitable[object]] | None = None
        self.commits = 0

    @property
    def countdown(self) -> int | None:
        """The commit at which the process dies; setting it, also to none, begins a new process."""
        return self._countdown

    @countdown.setter
    def countdown(self, commits: int | None) -> None:
        self._countdown, self._is_dead = commits, False

    @property
    def is_dead(self) -> bool:
        """Whether the process is gone, with all that it had under way."""
        return self._is_dead

    def kill(self) -> None:
        """End the process here."""
        self._is_dead = True
        raise Crash

    async def commit(self, partition: str, writes: Sequence[Write]) -> int:
        if self._is_dead:  # whatever else it had under way
            raise Crash
        self.commits += 1
        dies = self._is_time()
        if dies and self.slip is not None:
            slip, self.slip, dies = self.slip, None, False
            await slip()
        self._is_dead = dies
        if dies and not self.is_after:
            raise Crash
        revision = await super().commit(partition, writes)
        if dies:
            raise Crash
        return revision

    def _is_time(self) -> bool:
        if self._countdown is None:
            return False
        self._countdown -= 1
        if self._countdown > 0:
            return False
        self._countdown = None
        return True
