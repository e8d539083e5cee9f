"""One contact list here and a contact folder in Outlook; what a :class:`Scene` is for calendars."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sandbox.address_book import AddressBook, Card, Folder
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.contacts.photos import Photos
from services.files.fetching import Fetcher
from services.model.accounts import RemoteId
from services.model.contacts import Contact, ContactContent
from services.model.events import Author
from services.model.identity import PersonHome
from tests._builders import a_contact_list, a_link
from tests.services.sync._scene import MARA, PERSON, LinkedScene, a_stage

__all__ = ["ContactScene", "a_contact_scene"]


@dataclass(slots=True, kw_only=True)
class ContactScene(LinkedScene):
    """Both sides of a link between contacts."""

    contacts: Contacts
    folder: Folder

    # -- the team's side ---------------------------------------------------------------------

    async def create(self, content: ContactContent) -> Contact:
        return await self.contacts.create(self.author, self.book.id, content)

    async def edit(self, contact: Contact, content: ContactContent) -> Contact:
        return await self.contacts.edit(self.author, self.book.id, contact.id, content)

    async def delete(self, contact: Contact) -> Contact:
        return await self.contacts.delete(self.author, self.book.id, contact.id)

    async def give(self, contact: Contact, data: bytes) -> Contact:
        """Give a contact a picture, or with no bytes take it away."""
        photos = Photos(
            self.store, Sharing(self.store), self.contacts, cast(Fetcher, None), self.clock
        )
        if not data:
            return await photos.drop(self.author, self.book.id, contact.id)
        return await photos.put(self.author, self.book.id, contact.id, data)

    async def picture(self, name: str = "") -> bytes:
        """What the team shows of a contact, by default its only one; empty = initials."""
        named = [each for each in await self.team() if name in ("", each.content.name)]
        (photo,) = (each.content.photo for each in named)
        found = await self.store.photos.find(self.book.tenant, self.book.id, photo)
        return found or b""

    async def team(self) -> list[Contact]:
        return await self.store.contacts.all(self.book)

    async def contact(self) -> Contact:
        (contact,) = await self.team()
        return contact

    # -- Outlook's side ----------------------------------------------------------------------

    @property
    def cards(self) -> AddressBook:
        return self.outlook.contacts

    def all_cards(self) -> list[Card]:
        return self.cards.cards(self.folder.id)

    def card(self) -> Card:
        (card,) = self.all_cards()
        return card

    def named(self, name: str) -> Card:
        (card,) = (each for each in self.all_cards() if each.says["displayName"] == name)
        return card

    def id_of(self, card: Card) -> str:
        return self.cards.id_of(card.serial)

    def write(self, **says: Any) -> Card:
        return self.cards.add(says, self.folder.id)

    def rewrite(self, card: Card, **says: Any) -> Card:
        """Let a person change some properties; ``None`` clears one."""
        now = {name: value for name, value in {**card.says, **says}.items() if value}
        return self.cards.edit(card, now)


@asynccontextmanager
async def a_contact_scene(folder: Path) -> AsyncIterator[ContactScene]:
    async with a_stage(folder) as stage:
        home = PersonHome(PERSON)
        book = await stage.store.books.add(a_contact_list(tenant=PERSON.tenant, home=home))
        made = stage.sandbox.mailbox(MARA).contacts.add_folder("Suppliers (Almanac)")
        link = a_link(person=PERSON, book=book.id, calendar=RemoteId(made.id))
        await stage.store.links.add(link)
        yield ContactScene(
            clock=stage.clock,
            records=stage.records,
            store=stage.store,
            sandbox=stage.sandbox,
            contacts=stage.contacts,
            engine=stage.engine(),
            book=book,
            author=Author(PERSON, "Mara"),
            folder=made,
        )
