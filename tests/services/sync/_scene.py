"""One person's calendar here and their Outlook, with everything real but the network's distance.

The records are SQLite's, Microsoft 365 is the sandbox over loopback. A scene plays both sides:
what the team does goes through the use cases, what happens in Outlook through its mailbox.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Any

import aiohttp

from sandbox.items import Content, Item
from sandbox.mailbox import Mailbox as OutlookMailbox
from sandbox.people import PEOPLE, TENANT
from sandbox.server import Sandbox
from sandbox.writing import timed as outlook_timed
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.events.events import Events
from services.graph.client import GraphClient
from services.graph.mailbox import Mailbox
from services.model.accounts import Link, RemoteId
from services.model.books import Book
from services.model.errors import Upstream
from services.model.events import Author, Event, EventContent
from services.model.identity import ObjectId, Person, PersonHome, TenantId
from services.model.items import Content as AnyContent
from services.model.links import Word
from services.model.pairs import Pair
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from services.sync.content.shape import shape_of
from services.sync.engine import Engine, Outcome
from services.sync.sides.outlook import Outlook, outlook_side
from services.sync.sides.team import team_sides
from tests._builders import a_book, a_link
from tests._fakes import FrozenClock
from tests._judge import JudgedSandbox
from tests.services.sync._crashing import Crash, CrashingRecords

__all__ = [
    "MARA",
    "PERSON",
    "ZONE",
    "LinkedScene",
    "NewTokens",
    "Scene",
    "Stage",
    "a_scene",
    "a_stage",
    "outlook_event",
    "renamed",
    "title_of",
]

MARA = PEOPLE[0]
PERSON = Person(TenantId(TENANT.id), ObjectId(MARA.object_id))
ZONE = "W. Europe Standard Time"
BUSY = {"en": "Busy", "de": "Beschäftigt"}


@dataclass(frozen=True, slots=True)
class NewTokens:
    """Hands out Mara's token, a new one each time."""

    sandbox: Sandbox

    async def token_for(self, person: Person, *, refused: str = "", claims: str = "") -> str:
        return self.sandbox.token_for(MARA)


@dataclass(slots=True, kw_only=True)
class LinkedScene:
    """A link, whatever it links, and the engine between its sides."""

    clock: FrozenClock
    store: Store
    sandbox: Sandbox
    engine: Engine
    book: Book
    author: Author
    records: CrashingRecords

    # -- the pass ----------------------------------------------------------------------------

    async def answer(self, word: Word) -> None:
        """Say what the owner says to what the link has asked."""
        await self.store.links.save(replace(await self.link(), word=word, active=True))

    async def sync(self) -> Outcome:
        lease = await self.store.links.acquire(PERSON, "worker", 60)
        assert lease is not None, "somebody holds the mailbox"
        try:
            link = await self.link()
            return await self.engine.sync(lease, link.id)
        finally:
            await self.store.links.release(lease)

    async def sync_until_crash(self, commit: int, *, is_after: bool) -> bool:
        """Die at the pass's n-th commit; return whether it had so many.

        A pass that ends of what the service says is one as well.
        """
        link = await self.link()
        lease = await self.store.links.acquire(PERSON, "mortal", 60)
        assert lease is not None
        self.records.countdown, self.records.is_after = commit, is_after
        with suppress(Crash, Upstream):
            await self.engine.sync(lease, link.id)
        died = self.records.countdown is None
        self.records.countdown = None
        self.clock.advance(61)  # the dead hold their lease to its end
        return died

    async def link(self) -> Link:
        (link,) = await self.store.links.of_person(PERSON)
        return link

    async def pairs(self) -> list[Pair]:
        """All but those that have ended, and are only remembered."""
        stored = await self.store.links.pairs(await self.link())
        return [pair for pair in stored if not pair.is_remembered]

    async def remembered(self) -> list[Pair]:
        stored = await self.store.links.pairs(await self.link())
        return [pair for pair in stored if pair.is_remembered]

    async def pair(self) -> Pair:
        (pair,) = await self.pairs()
        return pair

    # -- Outlook's side ----------------------------------------------------------------------

    @property
    def outlook(self) -> OutlookMailbox:
        return self.sandbox.mailbox(MARA)

    def calls(self) -> list[str]:
        """What Graph was asked since the last time: method and the kind of resource."""
        paths = [(call.method, call.path.partition("?")[0]) for call in self.sandbox.door.seen]
        seen = [f"{method} {path.rpartition('/')[2]}" for method, path in paths]
        self.sandbox.door.seen.clear()
        return seen

    def writes(self) -> list[str]:
        return [call for call in self.calls() if not call.startswith("GET")]


@dataclass(slots=True, kw_only=True)
class Scene(LinkedScene):
    """Both sides of a link between calendars."""

    events: Events

    # -- the team's side ---------------------------------------------------------------------

    async def create(self, content: EventContent) -> Event:
        return await self.events.create(self.author, self.book.id, content)

    async def edit(self, event: Event, content: EventContent) -> Event:
        return await self.events.edit(self.author, self.book.id, event.id, content)

    async def delete(self, event: Event) -> Event:
        return await self.events.delete(self.author, self.book.id, event.id)

    async def team(self) -> list[Event]:
        events, _ = await self.store.events.changes(self.book, 0)
        return [event for event in events if event.deleted_at is None]

    async def event(self) -> Event:
        (event,) = await self.team()
        return event

    # -- Outlook's side ----------------------------------------------------------------------

    def items(self) -> list[Item]:
        return self.outlook.items(self.outlook.default_calendar.id)

    def item(self) -> Item:
        (item,) = self.items()
        return item

    def edit_item(self, item: Item, change: Callable[[Content], Content]) -> None:
        seen = self.outlook.get(self.outlook.id_of(item))
        self.outlook.edit(seen, change(seen.content))

    def remove_item(self, item: Item, day: date | None = None) -> None:
        self.outlook.remove(self.outlook.get(self.outlook.id_of(item, day)))

    def remote_id(self, item: Item) -> RemoteId:
        return RemoteId(self.outlook.id_of(item))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What every scene is played on."""

    clock: FrozenClock
    records: CrashingRecords
    store: Store
    sandbox: Sandbox
    client: GraphClient
    sharing: Sharing
    events: Events
    contacts: Contacts

    def engine(self) -> Engine:
        tokens = NewTokens(self.sandbox)

        def outlook_of(link: Link, book: Book) -> Outlook[Any]:
            mailbox = Mailbox(self.client, tokens, link.person, zone=book.zone, background=True)
            return outlook_side(mailbox, link, book)

        team_of = team_sides(self.store, self.events, self.contacts, BUSY.__getitem__)
        return Engine(self.store, team_of, outlook_of, self.clock)


@asynccontextmanager
async def a_stage(folder: Path) -> AsyncIterator[Stage]:
    clock = FrozenClock()
    records = CrashingRecords(await SqliteRecords.open(folder / "almanac.db", clock))
    sandbox = JudgedSandbox(clock)
    await sandbox.start(port=0)
    try:
        async with aiohttp.ClientSession() as session:
            store = await open_store(records, KeyRing.generate("k1"), clock)
            sharing = Sharing(store)
            yield Stage(
                clock=clock,
                records=records,
                store=store,
                sandbox=sandbox,
                client=GraphClient(session, sandbox.graph_url, clock),
                sharing=sharing,
                events=Events(store, sharing, clock),
                contacts=Contacts(store, sharing, clock),
            )
    finally:
        await sandbox.stop()
        await records.close()


@asynccontextmanager
async def a_scene(folder: Path) -> AsyncIterator[Scene]:
    async with a_stage(folder) as stage:
        home = PersonHome(PERSON)
        book = await stage.store.books.add(a_book(tenant=PERSON.tenant, home=home))
        calendar = RemoteId(stage.sandbox.mailbox(MARA).default_calendar.id)
        await stage.store.links.add(a_link(person=PERSON, book=book.id, calendar=calendar))
        yield Scene(
            clock=stage.clock,
            records=stage.records,
            store=stage.store,
            sandbox=stage.sandbox,
            events=stage.events,
            engine=stage.engine(),
            book=book,
            author=Author(PERSON, "Mara"),
        )


def outlook_event(title: str, day: str = "2026-11-20", at: str = "12:30", **given: str) -> Content:
    """What a person writes in Outlook: an hour in Berlin."""
    return outlook_timed(title, date.fromisoformat(day), time.fromisoformat(at), 60, ZONE, **given)


def title_of(content: AnyContent) -> str:
    return str(shape_of(content).title(content))


def renamed(title: str) -> Callable[[Content], Content]:
    return lambda content: replace(content, plain={**content.plain, "subject": title})
