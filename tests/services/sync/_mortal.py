"""Processes that die, and the world that outlives them.

The world is what a killed process leaves behind: a store's file and a Microsoft 365. A *life* is
one process with all of its parts new, from the worker to the tokens in memory. What a life does to
the world are its *effects*: commits to the store, and requests that write. Between two of them
nothing is to be seen from outside, so those are the points at which a kill can make a difference;
:class:`Fate` says at which one a life ends, before the effect or after it. From then on nothing it
tries reaches the world: a kill runs no ``finally``.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import aiohttp

from sandbox.entra.directory import Registration
from sandbox.faults import Fault
from sandbox.items import Content, Item
from sandbox.mailbox import Mailbox as OutlookMailbox
from sandbox.refusal import Refusal
from sandbox.server import Sandbox
from services.model.errors import AlmanacError
from services.model.ports import Put, Records, Write
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from tests._fakes import FrozenClock
from tests.services._office import CLIENT_ID, MARA, REDIRECT, Office, an_instance
from tests.services.sync._crashing import Crash, PassedOn

__all__ = ["Fate", "World", "a_world"]

AFTER_THE_DEAD = 301.0
"""Seconds until nothing holds a dead process's claims and leases any more."""


@dataclass
class Fate:
    """When a life ends."""

    at: int | tuple[str, int] | None = None
    """The n-th effect, or the n-th of a name, from 1; ``None`` = it lives."""
    is_after: bool = False
    effects: list[str] = field(default_factory=list)
    """What it did so far, and what it was about to do."""
    is_dead: bool = False

    def begin(self, effect: str) -> bool:
        """An effect is about to happen; return whether it is the last one."""
        self.check()
        self.effects.append(effect)
        place = len(self.effects) if isinstance(self.at, int) else self._place_of(effect)
        here = self.at == place
        self.is_dead = here and not self.is_after
        self.check()
        return here

    def _place_of(self, effect: str) -> tuple[str, int]:
        return effect, self.effects.count(effect)

    def end(self, here: bool) -> None:
        """It has happened; ``here`` is what :meth:`begin` has returned."""
        self.is_dead = self.is_dead or here
        self.check()

    def request(self, effect: str) -> None:
        """A request has reached Microsoft 365, and comes through unless its sender died first."""
        try:
            self.is_dead = self.begin(effect)
        except Crash as err:
            raise Refusal(500, "Gone", "Nobody waits for this answer.") from err

    def check(self) -> None:
        if self.is_dead:
            raise Crash


class MortalRecords(PassedOn):
    """The store as a life sees it."""

    def __init__(self, inner: Records, fate: Fate) -> None:
        super().__init__(inner)
        self._fate = fate

    def _look(self) -> None:
        self._fate.check()

    async def commit(self, partition: str, writes: Sequence[Write]) -> int:
        kinds = sorted({write.kind for write in writes if isinstance(write, Put)})
        here = self._fate.begin("keep " + " ".join(kinds) if kinds else "remove")
        revision = await super().commit(partition, writes)
        self._fate.end(here)
        return revision


@dataclass(kw_only=True)
class World:
    """What is there whoever lives, and the people in it.

    ``people`` act through an instance of their own, which never dies and syncs nothing.
    """

    clock: FrozenClock
    records: Records
    keys: KeyRing
    sandbox: Sandbox
    session: aiohttp.ClientSession
    people: Office

    async def live(self, fate: Fate, seconds: float = 0.0) -> bool:
        """Let a new process work until nothing is due; return whether it survived."""
        store = await open_store(MortalRecords(self.records, fate), self.keys, self.clock)
        self._watch(fate)
        process = an_instance(self.clock, store, self.sandbox, self.session, None)
        # A dead process fails in any way it likes: nobody is there to see it.
        with suppress(Crash, AlmanacError):
            await process.work(seconds)
            if not fate.is_dead:
                assert process.failures == []
        self.sandbox.faults.clear()
        return not fate.is_dead

    async def rest(self) -> None:
        """Let time pass and new processes work, until everything has calmed down."""
        for seconds in (AFTER_THE_DEAD, 20.0, 20.0):
            assert await self.live(Fate(), seconds)

    @property
    def store(self) -> Store:
        return self.people.store

    @property
    def outlook(self) -> OutlookMailbox:
        return self.sandbox.mailbox(MARA)

    def items(self) -> list[Item]:
        return self.outlook.items(self.outlook.default_calendar.id)

    def item(self, title: str) -> Item:
        (found,) = [item for item in self.items() if item.content.subject == title]
        return found

    def edit_item(self, title: str, content: Content) -> None:
        self.outlook.edit(self.outlook.get(self.outlook.id_of(self.item(title))), content)

    def remove_item(self, title: str) -> None:
        self.outlook.remove(self.outlook.get(self.outlook.id_of(self.item(title))))

    def _watch(self, fate: Fate) -> None:
        """Hear of every writing request just before its effect."""
        for method in ("POST", "PATCH", "DELETE"):
            tell = partial(fate.request, f"{method} event")
            self.sandbox.faults.order(Fault(times=math.inf, method=method, action=tell))


@asynccontextmanager
async def a_world(folder: Path) -> AsyncIterator[World]:
    """Somebody has connected their account, and both sides are in step."""
    clock, keys = FrozenClock(), KeyRing.generate("k1")
    records = await SqliteRecords.open(folder / "almanac.db", clock)
    sandbox = Sandbox(clock, [Registration(CLIENT_ID, "secret", frozenset({REDIRECT}))])
    await sandbox.start(port=0)
    try:
        async with aiohttp.ClientSession() as session:
            store = await open_store(records, keys, clock)
            people = an_instance(clock, store, sandbox, session, None)
            world = World(
                clock=clock,
                records=records,
                keys=keys,
                sandbox=sandbox,
                session=session,
                people=people,
            )
            await people.sign_in()
            await world.rest()
            yield world
    finally:
        await sandbox.stop()
        await records.close()
