"""Everything that is kept of one person, found all over the books, and made a zip file.

:func:`found` reads it, :func:`zipped` is pure: ``almanac.json`` holds all of it, the calendars are
there again as ICS and the contacts as vCard with their pictures, for other programs. Of a book of
their own a person gets everything; of one that they share, what they wrote.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.formats.ics import calendar_file
from services.formats.vcard import vcards
from services.model.accounts import Account, Link
from services.model.answers import Given
from services.model.audit import AuditEntry
from services.model.books import Book, BookKind
from services.model.contacts import Contact, PhotoId
from services.model.conversations import Conversation, Member
from services.model.events import Event
from services.model.feeds import Feed
from services.model.identity import Person, PersonHome
from services.model.notes import Note
from services.model.offers import Offer
from services.model.preferences import Preferences
from services.model.uses import Use
from services.model.veil import seen_by
from services.model.watching import Watcher
from services.storage.codec import encode
from services.storage.repositories.forgetting import is_by
from services.storage.repositories.ledger import Ledger
from services.storage.store import Store

__all__ = ["PersonData", "Share", "books_near", "found", "zipped"]

MOST_PICTURES = 30_000_000
"""Bytes of each list; whoever comes after that goes without, and the file says how many did."""


@dataclass(frozen=True, slots=True)
class Share:
    """A person's part of a book."""

    book: Book
    is_own: bool
    things: tuple[Event | Contact, ...]
    """What is deleted and not gone yet is among them."""
    deeds: tuple[AuditEntry, ...]
    watcher: Watcher | None = None
    """What they want to hear of it."""
    answers: tuple[Given, ...] = ()
    pictures: Mapping[PhotoId, bytes] = field(default_factory=dict)
    """PNGs of contacts, by what leads to them."""

    @property
    def live(self) -> list[Event | Contact]:
        """What is not deleted."""
        return [thing for thing in self.things if thing.deleted_at is None]

    @property
    def without_picture(self) -> int:
        """How many contacts have a picture that is not here."""
        ids = [each.content.photo for each in self.live if isinstance(each, Contact)]
        return sum(bool(id) and id not in self.pictures for id in ids)

    @property
    def is_something(self) -> bool:
        """Whether there is anything of theirs."""
        return self.is_own or bool(self.things or self.deeds or self.watcher or self.answers)


@dataclass(frozen=True, slots=True)
class PersonData:
    """All there is."""

    person: Person
    account: Account | None
    links: tuple[Link, ...]
    places: tuple[tuple[Conversation, Member], ...]
    shares: tuple[Share, ...]
    offers: tuple[Offer, ...]
    preferences: Preferences
    uses: tuple[Use, ...]
    """Which contacts they use, and how much."""
    feeds: tuple[Feed, ...] = ()
    notes: tuple[Note, ...] = ()


async def books_near(store: Store, person: Person) -> list[Book]:
    """Return all books that may hold something of a person: of every organisation they met."""
    hosts = await store.shelves.hosts(person)
    return [book for host in sorted(hosts) for book in await store.books.all(host)]


async def found(store: Store, person: Person) -> PersonData:
    """Return what is kept of a person."""
    shares = [await _share(store, person, book) for book in await books_near(store, person)]
    places = [
        (place, member)
        for host in sorted(await store.shelves.hosts(person))
        for place in await store.conversations.all(host)
        if (member := await store.conversations.member(host, place.id, person))
    ]
    return PersonData(
        person,
        await store.accounts.get(person),
        await store.links.of_person(person),
        tuple(places),
        tuple(share for share in shares if share.is_something),
        await store.offers.of_person(person),
        await store.preferences.get(person),
        (await store.preferences.uses(person)).uses,
        await store.feeds.of_person(person),
        await store.notes.of_person(person),
    )


async def _share(store: Store, person: Person, book: Book) -> Share:
    is_own = book.home == PersonHome(person)
    ledger: Ledger[Any, Any] = store.contacts
    if book.kind is BookKind.CALENDAR:
        ledger = store.events
    things = []
    async for page, _ in ledger.unread(book, 0):
        for opened in page:
            # Most of what others wrote is told by a look at its bytes.
            if is_own or person.object_id.encode() in opened.body:
                thing = ledger.read(opened.body, opened.revision)
                thing = seen_by(thing, person) if isinstance(thing, Event) else thing
                things += [thing] if is_own or is_by(thing, person) else []
    watcher = await store.watchers.find(book, Watcher.key_of(person))
    deeds, answers = await store.audit.by(book, person), await store.answers.of_person(book, person)
    share = Share(book, is_own, tuple(things), tuple(deeds), watcher, answers)
    contacts = [thing for thing in share.live if isinstance(thing, Contact)]
    return replace(share, pictures=await store.photos.of(book, contacts, MOST_PICTURES))


def zipped(data: PersonData, now: datetime) -> bytes:
    """Return the file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("almanac.json", json.dumps(_told(data, now), ensure_ascii=False, indent=1))
        for number, share in enumerate(data.shares, start=1):
            name = f"{number:02} {_file_name(share.book, data)}"
            if share.book.kind is BookKind.CALENDAR:
                events = [thing for thing in share.live if isinstance(thing, Event)]
                archive.writestr(f"calendars/{name}.ics", calendar_file(name, events))
            else:
                contacts = [thing for thing in share.live if isinstance(thing, Contact)]
                vcf = vcards(contacts, share.pictures, share.book.shape.fields)
                archive.writestr(f"contacts/{name}.vcf", vcf)
    return file.getvalue()


def _told(data: PersonData, now: datetime) -> dict[str, Any]:
    account = replace(data.account, tokens="") if data.account else None
    return {
        "made_at": now.isoformat(),
        "person": _plain(data.person),
        "account": _plain(account) if account else None,
        "links": [_plain(link) for link in data.links],
        "offers": [_plain(offer) for offer in data.offers],
        "feeds": [_plain(replace(feed, secret="")) for feed in data.feeds],
        "notes": [_plain(note) for note in data.notes],
        "settings": _plain(data.preferences),
        "used": [_plain(use) for use in data.uses],
        "places": [{"place": _plain(p), "you": _plain(member)} for p, member in data.places],
        "books": [
            {
                "book": _plain(_without_others(share.book, data.person)),
                "own": share.is_own,
                "content": [_plain(thing) for thing in share.things],
                "done": [_plain(deed) for deed in share.deeds],
                "answers": [_plain(each) for each in share.answers],
                "notifications": _plain(share.watcher) if share.watcher else None,
                "pictures_left_out": share.without_picture,
            }
            for share in data.shares
        ],
    }


def _without_others(book: Book, person: Person) -> Book:
    """Return the book with nobody's role by name but the person's own."""
    own = tuple(grant for grant in book.access.grants if grant.person == person)
    return replace(book, access=replace(book.access, grants=own))


def _plain(value: object) -> Any:
    return json.loads(encode(value))


def _file_name(book: Book, data: PersonData) -> str:
    name = book.name
    if not name and not isinstance(book.home, PersonHome):
        home = book.home.conversation
        name = next((place.name for place, _ in data.places if place.id == home), "")
    return re.sub(r"[^\w -]", "", name).strip()[:60] or book.kind.value
