"""One calendar of a channel and two members, each with a link of their own to their own Outlook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.items import Item
from sandbox.mailbox import Mailbox as OutlookMailbox
from sandbox.people import PEOPLE, TENANT, SamplePerson
from sandbox.server import Sandbox
from services.graph.mailbox import Mailbox
from services.model.accounts import Link, LinkId, RemoteId
from services.model.books import Book
from services.model.conversations import Member
from services.model.events import Author, Event, EventContent
from services.model.identity import ObjectId, Person, TenantId
from services.model.pairs import Pair
from services.sync.engine import Engine, Outcome
from services.sync.sides.outlook import Outlook, outlook_side
from services.sync.sides.team import team_sides
from tests._builders import a_book, a_channel_home, a_link
from tests.services.sync._scene import Stage, a_stage

__all__ = ["INES", "MARA", "SharedScene", "a_shared_scene"]

MARA, INES = PEOPLE[:2]


@dataclass(frozen=True, slots=True)
class OwnTokens:
    """Hands each person a token of their own."""

    sandbox: Sandbox

    async def token_for(self, person: Person, *, refused: str = "", claims: str = "") -> str:
        (sample,) = (each for each in PEOPLE if each.object_id == person.object_id)
        return self.sandbox.token_for(sample)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedScene:
    """A calendar of a channel, and its copies in two mailboxes."""

    stage: Stage
    book: Book
    engine: Engine

    async def sync(self, who: SamplePerson) -> Outcome:
        links = self.stage.store.links
        lease = await links.acquire(person_of(who), "worker", 60)
        assert lease is not None, "somebody holds the mailbox"
        try:
            return await self.engine.sync(lease, (await self.link(who)).id)
        finally:
            await links.release(lease)

    async def sync_both(self, times: int = 1) -> None:
        for _ in range(times):
            await self.sync(MARA)
            await self.sync(INES)

    async def link(self, who: SamplePerson) -> Link:
        (link,) = await self.stage.store.links.of_person(person_of(who))
        return link

    async def pairs(self, who: SamplePerson) -> list[Pair]:
        return await self.stage.store.links.pairs(await self.link(who))

    async def create(self, who: SamplePerson, content: EventContent) -> Event:
        author = Author(person_of(who), who.given_name)
        return await self.stage.events.create(author, self.book.id, content)

    async def team(self) -> list[Event]:
        events, _ = await self.stage.store.events.changes(self.book, 0)
        return [event for event in events if event.deleted_at is None]

    def outlook(self, who: SamplePerson) -> OutlookMailbox:
        return self.stage.sandbox.mailbox(who)

    def items(self, who: SamplePerson) -> list[Item]:
        return self.outlook(who).items(self.outlook(who).default_calendar.id)

    def titles(self, who: SamplePerson) -> list[str]:
        return sorted(item.content.subject for item in self.items(who))

    def writes(self) -> list[str]:
        """What has been written into either mailbox since the last time."""
        seen = self.stage.sandbox.door.seen
        writes = [f"{call.method} {call.person}" for call in seen if call.method != "GET"]
        seen.clear()
        return writes


def person_of(sample: SamplePerson) -> Person:
    return Person(TenantId(TENANT.id), ObjectId(sample.object_id))


@asynccontextmanager
async def a_shared_scene(folder: Path) -> AsyncIterator[SharedScene]:
    async with a_stage(folder) as stage:
        tokens = OwnTokens(stage.sandbox)
        home = a_channel_home("general", TenantId(TENANT.id))
        book = await stage.store.books.add(a_book(tenant=home.tenant, home=home))
        members = [Member(person_of(who), who.given_name, f"29:{who.key}") for who in (MARA, INES)]
        await stage.store.conversations.put_members(home.tenant, home.conversation, members)
        for who in (MARA, INES):
            calendar = RemoteId(stage.sandbox.mailbox(who).default_calendar.id)
            link = a_link(
                id=LinkId(f"link-{who.key}"),
                person=person_of(who),
                book=book.id,
                calendar=calendar,
            )
            await stage.store.links.add(link)

        def outlook_of(link: Link, book: Book) -> Outlook[Any]:
            mailbox = Mailbox(stage.client, tokens, link.person, zone=book.zone, background=True)
            return outlook_side(mailbox, link, book)

        team_of = team_sides(stage.store, stage.events, stage.contacts)
        engine = Engine(stage.store, team_of, outlook_of, stage.clock)
        yield SharedScene(stage=stage, book=book, engine=engine)
