"""The queue of durable work, shared by all instances.

:meth:`TaskQueue.put` adds a task, or joins it to the one of the same kind, tenant and key. A
worker claims what is due for some seconds, carries it out, and says how it went: done, again
later, or set aside. A claim that runs out (the worker died) is due again by itself; the fence of
each claim keeps a worker that woke too late from ending a task that is another's by then.

Each tenant's tasks are a partition of their own, and :mod:`services.storage.rota` says whose turn
it is, so that a tenant with ten thousand of them takes nothing from a tenant with one. Due times
are stored in clear, so that of a task which follows from the time of an event is rounded down to
the hour there; the rest of it is sealed, and whoever claims looks inside. Within its hour such a
task is looked at by each claim: a few thousand an hour are nothing.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from services.model.errors import Stale
from services.model.identity import TenantId
from services.model.tasks import Task
from services.model.times import Clock
from services.storage.entries import KIND, SET_ASIDE, Entry, is_due, joined, read, sealed, task_id
from services.storage.repositories import places
from services.storage.rota import Turn, in_turns
from services.storage.sealed import Opened, Remove, SealedPartition
from services.storage.task_looks import FOREVER, SetAside, TaskLooks
from services.storage.vault import Vault

__all__ = ["SetAside", "TaskQueue"]

_OLD_SHARDS = 8
_SPARE = 4
_ROUNDS = 4


class TaskQueue(TaskLooks):
    """Puts, claims and ends tasks."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        super().__init__(vault, clock)
        self._early: defaultdict[str, set[str]] = defaultdict(set)
        """By lane: the tasks whose hour has come, but not their minute."""
        self._met: set[str] = set()
        """Lanes that are known to be on the rota."""
        self.changed = asyncio.Event()
        """Set whenever this process makes a task due; who waits for it clears it."""

    async def put(self, task: Task, *, unless_there: bool = False) -> None:
        """Add a task. One that waits already keeps the earlier due time and takes the payload.

        One that somebody works on right now is left to them and comes due again afterwards.
        With ``unless_there`` neither happens: the one that is there stays as it is.
        """
        task = replace(task, id=task_id(task))
        partition = await self._lane(task)
        while True:
            opened = await partition.get(KIND, task.id)
            entry = Entry(task=task)
            if opened is not None:
                if unless_there and not read(opened).is_set_aside:
                    return
                entry = joined(read(opened), task, self._clock.now())
                if entry == read(opened):
                    return  # it waits already, for the same and no later
            try:
                await self._write(partition, entry, "" if opened is None else opened.etag)
            except Stale:
                continue  # somebody put or claimed it just now: look again
            self.changed.set()
            return

    async def claim(
        self, owner: str, limit: int, seconds: float, but: Collection[TenantId] = ()
    ) -> list[Task]:
        """Return up to ``limit`` due tasks that are the caller's for so many seconds.

        The tenants take turns, ``but`` for some: with fewer places than tenants, those that waited
        longest have one each; with more, each has as many as the next, or all that it wants.
        """
        for _ in range(_ROUNDS):
            claimed, was_there_more = await self._claim_round(owner, limit, seconds, but)
            if claimed or not was_there_more:
                break  # else others were faster each time: look again
        return claimed

    async def _claim_round(
        self, owner: str, limit: int, seconds: float, but: Collection[TenantId]
    ) -> tuple[list[Task], bool]:
        """Return what was claimed, and whether anything was due at all."""
        found = await self._rota.due(self._clock.now(), limit + len(self._early) + len(but))
        turns = [turn for turn in found if turn.lane not in but]
        # More than are wanted: other workers may be after the same ones.
        window = max(limit, _SPARE * limit // max(len(turns), 1))
        waiting = [await self._due(turn.lane, window) for turn in turns]
        claimed: list[Task] = []
        for opened in in_turns(waiting):
            if len(claimed) == limit:
                break
            task = await self._claim_one(opened, owner, seconds)
            claimed += [] if task is None else [task]
        served = Counter(task.tenant for task in claimed)
        for turn, due in zip(turns, waiting, strict=True):
            taken = served[TenantId(turn.lane)]
            if taken or not due:
                has_more = len(due) > taken or len(due) == window
                await self._after_turn(turn, has_more=has_more)
        return claimed, any(waiting)

    async def renew(self, task: Task, seconds: float) -> bool:
        """Hold a claim for so many seconds from now on; return whether it still was the caller's.

        Whoever gets ``False`` must stop: the task is another worker's.
        """
        partition = await self._lane(task)
        while True:
            opened = await partition.get(KIND, task.id)
            if opened is None or read(opened).task.fence != task.fence:
                return False
            until = self._clock.now() + timedelta(seconds=seconds)
            longer = replace(read(opened), claimed_until=until)
            try:
                await partition.commit([sealed(longer, opened.etag, self._clock.now())])
            except Stale:
                continue  # it was put again just now: look again
            return True

    async def done(self, task: Task) -> None:
        """End a task; one that was put again meanwhile stays, due as it was put.

        Here and below, whoever has lost the claim ends nothing: the task is another worker's.
        """

        def end(entry: Entry) -> Entry | None:
            if entry.again_at is None:
                return None
            return Entry(task=replace(entry.task, due_at=entry.again_at, attempts=0, lost=0))

        await self._end_claim(task, end)

    async def retry(
        self, task: Task, due_at: datetime, reason: str, *, counts: bool = True, lost: int = 0
    ) -> None:
        """Make a task due again at a later time.

        Args:
            task: a claimed one.
            due_at: when.
            reason: why, a fixed word.
            counts: it was an attempt that failed, not one that never had its chance.
            lost: how many of its workers are still said to have died with it in a row.
        """

        def wait(entry: Entry) -> Entry:
            attempts = entry.task.attempts + counts
            again = replace(entry.task, due_at=due_at, attempts=attempts, lost=lost)
            return Entry(task=again, reason=reason)

        await self._end_claim(task, wait)

    async def set_aside(self, task: Task, reason: str) -> None:
        """Give up on a task; it is kept for 30 days, and a new ``put`` brings it back."""

        def give_up(entry: Entry) -> Entry:
            return Entry(task=entry.task, reason=reason, is_set_aside=True)

        await self._end_claim(task, give_up)

    async def remove_all_of(self, tenant: TenantId, but: Task) -> None:
        """Take away every task of a tenant, except for one."""
        partition = await places.tasks(self._vault, tenant)
        for opened in await partition.find(KIND):
            if opened.id != but.id:
                await partition.commit([Remove(kind=KIND, id=opened.id)])

    async def mend(self) -> None:
        """Put right what a process that died, or an older program, has left; at the start."""
        for lane in await self._rota.lanes():
            due_at = await self._soonest_of(lane)
            if due_at is not None:
                await self._rota.bring_forward(lane, due_at)
        for shard in range(_OLD_SHARDS):
            partition = await places.task_shard(self._vault, shard)
            for opened in await partition.find(KIND):
                entry = read(opened)
                with suppress(Stale):  # it is there: an earlier start got so far
                    await self._write(await self._lane(entry.task), entry, "")
                await partition.commit([Remove(kind=KIND, id=opened.id)])

    async def _due(self, lane: str, limit: int) -> list[Opened]:
        """Return what is due to the minute, though what is stored in clear are hours."""
        now = self._clock.now()
        early = self._early.get(lane, set())
        partition = await places.tasks(self._vault, lane)
        opened = await partition.due(now, limit + len(early))
        due = [each for each in opened if is_due(each, now)]
        # They come first by their hour: the next claim asks for as many more.
        self._early[lane] = {each.id for each in opened} - {each.id for each in due}
        if not self._early[lane]:
            del self._early[lane]
        return due[:limit]

    async def _after_turn(self, turn: Turn, *, has_more: bool) -> None:
        """Send a lane to the back, or wherever the rest of it belongs."""
        soonest = partial(self._soonest_of, turn.lane)
        due_at = await soonest()
        if due_at is None and not await self._keeps_any(turn.lane):
            await self._rota.take_off(turn, soonest)
            return
        # What waits for its minute is looked at each time, and keeps the place of its hour.
        is_early = turn.lane in self._early and not has_more
        if due_at is not None and not is_early:
            due_at = max(due_at, self._clock.now())
        if due_at != turn.due_at:
            await self._rota.send_back(turn, due_at, soonest)

    async def _soonest_of(self, lane: str) -> datetime | None:
        partition = await places.tasks(self._vault, lane)
        opened = await partition.due(FOREVER, 1)
        return opened[0].due_at if opened else None

    async def _keeps_any(self, lane: str) -> bool:
        partition = await places.tasks(self._vault, lane)
        return bool(await partition.find(KIND, [SET_ASIDE]))

    async def _claim_one(self, opened: Opened, owner: str, seconds: float) -> Task | None:
        entry = read(opened)
        # A claim that has run out was an attempt, too; the worker tells when it has been enough.
        task = replace(entry.unclaimed, fence=secrets.token_hex(8))
        until = self._clock.now() + timedelta(seconds=seconds)
        claimed = replace(entry, task=task, owner=owner, claimed_until=until)
        try:
            await (await self._lane(task)).commit([sealed(claimed, opened.etag, self._clock.now())])
        except Stale:
            return None  # another worker was faster
        return task

    async def _end_claim(self, task: Task, follow: Callable[[Entry], Entry | None]) -> None:
        """Replace the claimed entry with the one that follows; ``None`` = it is gone."""
        partition = await self._lane(task)
        while True:
            opened = await partition.get(KIND, task.id)
            if opened is None or read(opened).task.fence != task.fence:
                return
            following = follow(read(opened))
            try:
                if following is None:
                    gone = Remove(kind=KIND, id=opened.id, expect=opened.etag)
                    await partition.commit([gone])
                    return
                unclaimed = replace(following, task=replace(following.task, fence=""))
                await self._write(partition, unclaimed, opened.etag)
            except Stale:
                continue  # it was put again just now: look again
            self.changed.set()
            return

    async def _write(self, partition: SealedPartition, entry: Entry, expect: str) -> None:
        """Store an entry that may be due sooner than before, and see that its turn comes."""
        lane, seal = entry.task.tenant, sealed(entry, expect, self._clock.now())
        if seal.due_at is not None and lane not in self._met:
            # A lane is on the rota before it holds anything: so no start overlooks it.
            await self._rota.bring_forward(lane, seal.due_at)
            self._met.add(lane)
        await partition.commit([seal])
        if seal.due_at is not None:
            await self._rota.bring_forward(lane, seal.due_at)

    async def _lane(self, task: Task) -> SealedPartition:
        return await places.tasks(self._vault, task.tenant)
