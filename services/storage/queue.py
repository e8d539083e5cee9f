"""The queue of durable work, shared by all instances.

:meth:`TaskQueue.put` adds a task, or joins it to the one of the same kind, tenant and key. A
worker claims what is due for some seconds, carries it out, and says how it went: done, again
later, or set aside. A claim that runs out (the worker died) is due again by itself; the fence of
each claim keeps a worker that woke too late from ending a task that is another's by then.

Tasks are spread over shards. Their due time is stored in clear, so that of a task which follows
from the time of an event is rounded down to the hour there; the rest of it is sealed, and whoever
claims looks inside. Within its hour such a task is looked at by each claim: a few thousand an hour
are nothing, more would want shards of their own.
"""

from __future__ import annotations

import asyncio
import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from services.model.errors import Stale
from services.model.identity import TenantId
from services.model.tasks import Task
from services.model.times import Clock
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.sealed import Opened, Remove, Seal, SealedPartition, SealedWrite
from services.storage.vault import Vault

__all__ = ["SetAside", "TaskQueue"]

_KIND = "task"
_SET_ASIDE = "set aside"
_SHARDS = 8
_SET_ASIDE_FOR = timedelta(days=30)
_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A task as it is stored."""

    task: Task
    owner: str = ""
    claimed_until: datetime | None = None
    again_at: datetime | None = None
    """It was put while somebody worked on it: it comes due once more, then."""
    reason: str = ""
    """Why it is tried again, or was set aside: a fixed word."""
    is_set_aside: bool = False

    def is_claimed(self, now: datetime) -> bool:
        return self.claimed_until is not None and self.claimed_until > now


@dataclass(frozen=True, slots=True)
class SetAside:
    """A task that was given up, and why: a fixed word."""

    task: Task
    reason: str


class TaskQueue:
    """Puts, claims and ends tasks."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock
        self._turn = 0
        self._early: list[set[str]] = [set() for _ in range(_SHARDS)]
        """By shard: the tasks whose hour has come, but not their minute."""
        self.changed = asyncio.Event()
        """Set whenever this process makes a task due; who waits for it clears it."""

    async def put(self, task: Task, *, unless_there: bool = False) -> None:
        """Add a task. One that waits already keeps the earlier due time and takes the payload.

        One that somebody works on right now is left to them and comes due again afterwards.
        With ``unless_there`` neither happens: the one that is there stays as it is.
        """
        task = replace(task, id=_id(task))
        partition = await self._shard(task.id)
        while True:
            opened = await partition.get(_KIND, task.id)
            entry = _Entry(task=task)
            if opened is not None:
                if unless_there and not _entry(opened).is_set_aside:
                    return
                entry = _joined(_entry(opened), task, self._clock.now())
            try:
                await partition.commit([_seal(entry, "" if opened is None else opened.etag)])
            except Stale:
                continue  # somebody put or claimed it just now: look again
            self.changed.set()
            return

    async def claim(self, owner: str, limit: int, seconds: float) -> list[Task]:
        """Return up to ``limit`` due tasks that are the caller's for so many seconds."""
        # Each call begins with another shard, so that a full one cannot starve the rest.
        self._turn += 1
        claimed: list[Task] = []
        for offset in range(_SHARDS):
            shard = (self._turn + offset) % _SHARDS
            partition = await places.task_shard(self._vault, shard)
            for opened in await self._due(partition, shard, limit - len(claimed)):
                task = await self._claim_one(partition, opened, owner, seconds)
                claimed += [] if task is None else [task]
            if len(claimed) == limit:
                break
        return claimed

    async def renew(self, task: Task, seconds: float) -> bool:
        """Hold a claim for so many seconds from now on; return whether it still was the caller's.

        Whoever gets ``False`` must stop: the task is another worker's.
        """
        partition = await self._shard(task.id)
        while True:
            opened = await partition.get(_KIND, task.id)
            if opened is None or _entry(opened).task.fence != task.fence:
                return False
            until = self._clock.now() + timedelta(seconds=seconds)
            longer = replace(_entry(opened), claimed_until=until)
            try:
                await partition.commit([_seal(longer, opened.etag)])
            except Stale:
                continue  # it was put again just now: look again
            return True

    async def done(self, task: Task) -> None:
        """End a task; one that was put again meanwhile stays, due as it was put.

        Here and below, whoever has lost the claim ends nothing: the task is another worker's.
        """

        def end(entry: _Entry) -> _Entry | None:
            if entry.again_at is None:
                return None
            return _Entry(task=replace(entry.task, due_at=entry.again_at, attempts=0))

        await self._end_claim(task, end)

    async def retry(self, task: Task, due_at: datetime, reason: str) -> None:
        """Make a task due again at a later time, with one more attempt on its count."""

        def wait(entry: _Entry) -> _Entry:
            attempts = entry.task.attempts + 1
            return _Entry(task=replace(entry.task, due_at=due_at, attempts=attempts), reason=reason)

        await self._end_claim(task, wait)

    async def set_aside(self, task: Task, reason: str) -> None:
        """Give up on a task; it is kept for 30 days, and a new ``put`` brings it back."""

        def give_up(entry: _Entry) -> _Entry:
            return _Entry(task=entry.task, reason=reason, is_set_aside=True)

        await self._end_claim(task, give_up)

    async def all_set_aside(self) -> list[SetAside]:
        """Return the tasks that were given up, the oldest due first."""
        found = []
        for shard in range(_SHARDS):
            partition = await places.task_shard(self._vault, shard)
            entries = [_entry(each) for each in await partition.find(_KIND, [_SET_ASIDE])]
            found += [SetAside(entry.task, entry.reason) for entry in entries]
        return sorted(found, key=lambda each: each.task.due_at)

    async def remove_all_of(self, tenant: TenantId, but: Task) -> None:
        """Take away every task of a tenant, except for one."""
        for shard in range(_SHARDS):
            partition = await places.task_shard(self._vault, shard)
            for opened in await partition.find(_KIND):
                if _entry(opened).task.tenant == tenant and opened.id != but.id:
                    await partition.commit([Remove(kind=_KIND, id=opened.id)])

    async def soonest(self) -> datetime | None:
        """Return when the next task, or the next claim that may run out, is due."""
        times = []
        for shard in range(_SHARDS):
            partition = await places.task_shard(self._vault, shard)
            times += [_due_at(_entry(opened)) for opened in await partition.due(_FOREVER, 1)]
        return min(times, default=None)

    async def _due(self, partition: SealedPartition, shard: int, limit: int) -> list[Opened]:
        """Return what is due to the minute, though what is stored in clear are hours."""
        now = self._clock.now()
        early = self._early[shard]
        opened = await partition.due(now, limit + len(early))
        due = [each for each in opened if _due_at(_entry(each)) <= now]
        # They come first by their hour: the next claim asks for as many more.
        self._early[shard] = {each.id for each in opened} - {each.id for each in due}
        return due[:limit]

    async def _claim_one(
        self, partition: SealedPartition, opened: Opened, owner: str, seconds: float
    ) -> Task | None:
        entry = _entry(opened)
        # A claim that has run out was an attempt, too: a task that kills its worker must end.
        lost = 0 if entry.claimed_until is None else 1
        task = replace(entry.task, attempts=entry.task.attempts + lost, fence=secrets.token_hex(8))
        until = self._clock.now() + timedelta(seconds=seconds)
        claimed = replace(entry, task=task, owner=owner, claimed_until=until)
        try:
            await partition.commit([_seal(claimed, opened.etag)])
        except Stale:
            return None  # another worker was faster
        return task

    async def _end_claim(self, task: Task, follow: Callable[[_Entry], _Entry | None]) -> None:
        """Replace the claimed entry with the one that follows; ``None`` = it is gone."""
        partition = await self._shard(task.id)
        while True:
            opened = await partition.get(_KIND, task.id)
            if opened is None or _entry(opened).task.fence != task.fence:
                return
            following = follow(_entry(opened))
            try:
                await partition.commit([self._following(opened, following)])
            except Stale:
                continue  # it was put again just now: look again
            if following is not None:
                self.changed.set()
            return

    def _following(self, opened: Opened, entry: _Entry | None) -> SealedWrite:
        if entry is None:
            return Remove(kind=_KIND, id=opened.id, expect=opened.etag)
        expires_at = self._clock.now() + _SET_ASIDE_FOR if entry.is_set_aside else None
        unclaimed = replace(entry, task=replace(entry.task, fence=""))
        return _seal(unclaimed, opened.etag, expires_at)

    async def _shard(self, id: str) -> SealedPartition:
        return await places.task_shard(self._vault, zlib.crc32(id.encode()) % _SHARDS)


def _joined(entry: _Entry, task: Task, now: datetime) -> _Entry:
    """Return what becomes of a stored task when ``task`` is put beside it."""
    if entry.is_claimed(now):
        again_at = task.due_at if entry.again_at is None else min(entry.again_at, task.due_at)
        renewed = replace(entry.task, payload=task.payload)
        return replace(entry, task=renewed, again_at=again_at)
    if entry.is_set_aside:
        return _Entry(task=task)
    due_at = min(entry.task.due_at, task.due_at)
    return _Entry(task=replace(task, due_at=due_at, attempts=entry.task.attempts))


def _id(task: Task) -> str:
    return f"{task.kind.value}/{task.tenant}/{task.key}"


def _entry(opened: Opened) -> _Entry:
    return decode(_Entry, opened.body)


def _due_at(entry: _Entry) -> datetime:
    return entry.claimed_until or entry.task.due_at


def _seal(entry: _Entry, expect: str, expires_at: datetime | None = None) -> Seal:
    due_at = _due_at(entry)
    if entry.task.from_event and entry.claimed_until is None:
        due_at = due_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return Seal(
        kind=_KIND,
        id=entry.task.id,
        body=encode(entry),
        labels=[_SET_ASIDE] if entry.is_set_aside else (),
        expect=expect,
        expires_at=expires_at,
        due_at=None if entry.is_set_aside else due_at,
    )
