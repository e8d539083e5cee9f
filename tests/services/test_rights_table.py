"""Each use case of a book against each role: who may not, is told so, and nothing happens.

``TABLE`` says the least role for each, and whether a contributor may where the thing is their own.
The guard below finds every use case that takes a person and a book, so that none is forgotten.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

import services
from services.books.audit import Audit
from services.books.book_bin import BookBin
from services.books.books import Books
from services.books.calendars import Calendars
from services.books.clones import Clones, Wanted
from services.books.memberships import Memberships, Rules
from services.books.recycle_bin import RecycleBin
from services.books.sharing import Sharing
from services.contacts.birthdays import Birthdays
from services.contacts.contact_groups import ContactGroups
from services.contacts.contacts import Contacts
from services.contacts.duplicates import Duplicates, Pair
from services.contacts.list_fields import ListFields
from services.contacts.my_notes import MyNotes
from services.contacts.photos import Photos
from services.events.agenda import Agenda
from services.events.answers import Answers
from services.events.away import Away
from services.events.event_histories import EventHistories
from services.events.events import Events
from services.events.holidays import Holidays
from services.events.transfers import Transfers
from services.events.watching import Watching
from services.files.book_files import BookFiles
from services.files.book_pages import BookPages
from services.files.contact_files import ContactFiles
from services.files.feeds import Feeds
from services.files.fetching import Fetcher
from services.files.imports import Imports
from services.files.subscriptions import Subscriptions
from services.model.access import Access, Grant, Mode, Role
from services.model.answers import Answer
from services.model.books import Book, BookId
from services.model.contacts import Contact
from services.model.errors import AlmanacError, NotAllowed, NotFound, OnlyOwn, Unreachable
from services.model.events import Author, Event
from services.model.identity import Person
from services.model.reach import Reach
from services.model.recurrence import Weekday
from services.model.settings import View
from services.model.watching import Wishes
from services.people.conversations import Conversations
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    TENANT,
    a_channel,
    a_contact_content,
    a_member,
    a_person,
    an_author,
    an_event_content,
)
from tests._fakes import FrozenClock

ROLES = {
    "reader": Role.READER,
    "contributor": Role.CONTRIBUTOR,
    "editor": Role.EDITOR,
    "owner": Role.OWNER,
}
STRANGER = an_author("mallory")
DAY = date(2026, 11, 20)


class NoWeb:
    """Nobody here may reach the web."""

    async def get(self, *_: object, **__: object) -> Any:
        raise Unreachable("the web")


@dataclass(slots=True, kw_only=True)
class Desk:
    """A channel's calendar and contact list, with somebody in each role, and all use cases."""

    store: Store
    clock: FrozenClock
    sharing: Sharing
    calendar: Book
    contact_list: Book
    number: int = 0

    def use(self, kind: type[Any]) -> Any:
        """Build a use case over the store."""
        if kind is Subscriptions:
            return Subscriptions(self.store, self.sharing, _no_web(), self.clock)
        if kind is BookPages:
            birthdays = self.use(Birthdays)
            return BookPages(self.store, self.sharing, Holidays(), birthdays, self.clock)
        if kind is Feeds:
            return Feeds(self.store, self.sharing, self.clock, self.use(Birthdays))
        if kind is Clones:
            return Clones(self.store, self.sharing, self.use(Calendars), self.clock)
        if kind is MyNotes:
            return MyNotes(self.store, self.use(Contacts), self.clock)
        if kind is Photos:
            contacts = self.use(Contacts)
            return Photos(self.store, self.sharing, contacts, _no_web(), self.clock)
        if kind in (Birthdays, EventHistories, Agenda, Audit, Away, BookFiles):
            return kind(self.store, self.sharing)
        return kind(self.store, self.sharing, self.clock)

    async def event(self, by: Author, **content: Any) -> Event:
        """Put an event into the calendar as though somebody had made it."""
        self.number += 1
        owner = await self.use(Events).create(
            an_author("owner"),
            self.calendar.id,
            an_event_content(title=f"E{self.number}", **content),
        )
        return await self.store.events.save(replace(owner, created_by=by), self.calendar)

    async def contact(self, by: Author) -> Contact:
        """Put a contact into the list as though somebody had made it."""
        self.number += 1
        made = await self.use(Contacts).create(
            an_author("owner"), self.contact_list.id, a_contact_content(name=f"C{self.number}")
        )
        return await self.store.contacts.save(replace(made, created_by=by), self.contact_list)


def _no_web() -> Fetcher:
    return NoWeb()  # type: ignore[return-value]


Do = Callable[[Desk, Author, Author], Awaitable[object]]
"""The call: at a desk, by somebody, on something that somebody else or they have made."""


@dataclass(frozen=True, slots=True)
class Row:
    """One use case."""

    least: Role
    do: Do
    own: bool = False
    """A contributor may, where it is their own."""


def person(who: Author) -> Person:
    assert who.person is not None
    return who.person


async def edit_event(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    return await desk.use(Events).edit(
        who, desk.calendar.id, event.id, an_event_content(title="Changed")
    )


async def delete_event(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    return await desk.use(Events).delete(who, desk.calendar.id, event.id)


async def change_series(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    return await desk.use(Events).change(
        who, desk.calendar.id, event.id, DAY, Reach.ALL, event.content, etag=event.etag
    )


async def cancel_series(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    return await desk.use(Events).cancel(who, desk.calendar.id, event.id, DAY, Reach.ALL)


async def undo_event(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    return await desk.use(Events).undo(who, desk.calendar.id, event.id, event.etag)


async def restore_event(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    await desk.use(Events).delete(an_author("owner"), desk.calendar.id, event.id)
    return await desk.use(RecycleBin).restore_event(who, desk.calendar.id, event.id)


async def edit_contact(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    return await desk.use(Contacts).edit(
        who, desk.contact_list.id, contact.id, a_contact_content(name="Changed")
    )


async def delete_contact(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    return await desk.use(Contacts).delete(who, desk.contact_list.id, contact.id)


async def restore_contact(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    await desk.use(Contacts).delete(an_author("owner"), desk.contact_list.id, contact.id)
    return await desk.use(RecycleBin).restore_contact(who, desk.contact_list.id, contact.id)


async def look_at_two(desk: Desk, who: Author, by: Author) -> object:
    one, other = await desk.contact(by), await desk.contact(by)
    return await desk.use(Duplicates).pair(person(who), desk.contact_list.id, one.id, other.id)


async def merge(desk: Desk, who: Author, by: Author) -> object:
    pair = Pair(await desk.contact(by), await desk.contact(by))
    book = desk.contact_list.id
    return await desk.use(Duplicates).merge(who, book, pair, pair.one.content)


async def undo_merge(desk: Desk, who: Author, by: Author) -> object:
    one, other = await desk.contact(by), await desk.contact(by)
    book, pair = desk.contact_list.id, Pair(one, other)
    content = replace(one.content, job="Countess")
    kept = await desk.use(Duplicates).merge(an_author("owner"), book, pair, content)
    return await desk.use(Duplicates).undo(who, book, one.id, other.id, kept.revision)


async def set_apart(desk: Desk, who: Author, by: Author) -> object:
    one, other = await desk.contact(by), await desk.contact(by)
    return await desk.use(Duplicates).set_apart(who, desk.contact_list.id, one.id, other.id)


async def sync_event(desk: Desk, who: Author, by: Author) -> object:
    return await desk.use(Events).write_from_sync(
        person(who), desk.calendar.id, None, an_event_content(), None, expect_revision=0
    )


async def sync_events(desk: Desk, who: Author, by: Author) -> object:
    return await desk.use(Events).add_from_sync(person(who), desk.calendar.id, {})


async def sync_event_away(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    return await desk.use(Events).delete_from_sync(
        person(who), desk.calendar.id, event.id, expect_revision=event.revision
    )


async def sync_contact(desk: Desk, who: Author, by: Author) -> object:
    return await desk.use(Contacts).write_from_sync(
        person(who), desk.contact_list.id, None, a_contact_content(), expect_revision=0
    )


async def sync_contacts(desk: Desk, who: Author, by: Author) -> object:
    return await desk.use(Contacts).add_from_sync(person(who), desk.contact_list.id, {})


async def sync_contact_away(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    return await desk.use(Contacts).delete_from_sync(
        person(who), desk.contact_list.id, contact.id, expect_revision=contact.revision
    )


async def see_answers(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    return await desk.use(Answers).of(person(who), desk.calendar.id, event.id)


async def give_answer(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    return await desk.use(Answers).give(who, desk.calendar.id, event.id, Answer.YES)


async def see_history(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    return await desk.use(EventHistories).of(person(who), desk.calendar.id, event.id)


async def move_event(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    other = replace(desk.calendar, id=BookId(f"other {event.id}"), name="Other", etag="")
    to = (await desk.store.books.save(other)).id
    return await desk.use(Transfers).move(who, desk.calendar.id, event.id, to, etag=event.etag)


async def move_event_back(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    other = replace(desk.calendar, id=BookId(f"other {event.id}"), name="Other", etag="")
    to, move = (await desk.store.books.save(other)).id, desk.use(Transfers)
    moved = await move.move(an_author("owner"), desk.calendar.id, event.id, to, etag=event.etag)
    return await move.move_back(who, to, moved.id, etag=moved.etag)


async def get_event(desk: Desk, who: Author, by: Author) -> object:
    return await desk.use(Events).get(person(who), desk.calendar.id, (await desk.event(by)).id)


async def get_contact(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    return await desk.use(Contacts).get(person(who), desk.contact_list.id, contact.id)


async def one_vcard(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    return await desk.use(ContactFiles).one(person(who), desk.contact_list.id, contact.id)


async def restore_book(desk: Desk, who: Author, by: Author) -> object:
    bin = desk.use(BookBin)
    await bin.delete(an_author("owner"), desk.calendar.id)
    try:
        return await bin.restore(who, desk.calendar.id)
    finally:
        await bin.restore(an_author("owner"), desk.calendar.id)


async def delete_book(desk: Desk, who: Author, by: Author) -> object:
    bin = desk.use(BookBin)
    gone = await bin.delete(who, desk.calendar.id)
    await bin.restore(an_author("owner"), desk.calendar.id)
    return gone


async def reopen(desk: Desk, who: Author, by: Author) -> object:
    calendars = desk.use(Calendars)
    await calendars.archive(an_author("owner"), desk.calendar.id)
    try:
        return await calendars.reopen(who, desk.calendar.id)
    finally:
        await calendars.reopen(an_author("owner"), desk.calendar.id)


async def archive(desk: Desk, who: Author, by: Author) -> object:
    calendars = desk.use(Calendars)
    away = await calendars.archive(who, desk.calendar.id)
    await calendars.reopen(an_author("owner"), desk.calendar.id)
    return away


async def change_book(desk: Desk, who: Author, by: Author) -> object:
    desk.number += 1
    calendars = desk.use(Calendars)
    book = await desk.store.books.get(TENANT, desk.calendar.id)
    return await calendars.change(who, book.id, replace(book.profile, name=f"N{desk.number}"))


async def change_members(desk: Desk, who: Author, by: Author) -> object:
    rules = Rules(Mode.CUSTOM, Role.READER, Role.READER)
    return await desk.use(Memberships).change(who, desk.calendar.id, rules)


async def clone(desk: Desk, who: Author, by: Author) -> object:
    desk.number += 1
    wanted = Wanted(name=f"Copy {desk.number}", rights=False)
    home = desk.calendar.home
    return await desk.use(Clones).make(who, desk.calendar.id, home, wanted, f"f{desk.number}")


async def history(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    return await desk.use(Contacts).history(person(who), desk.contact_list.id, contact.id)


async def read_note(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    return await desk.use(MyNotes).read(person(who), desk.contact_list.id, contact.id)


async def write_note(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    return await desk.use(MyNotes).write(person(who), desk.contact_list.id, contact.id, "mine")


async def give_photo(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    return await desk.use(Photos).put(who, desk.contact_list.id, contact.id, b"none")


async def fetch_photo(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    url = "https://pictures.example/ada.png"
    return await desk.use(Photos).fetch(who, desk.contact_list.id, contact.id, url)


async def drop_photo(desk: Desk, who: Author, by: Author) -> object:
    contact = await desk.contact(by)
    return await desk.use(Photos).drop(who, desk.contact_list.id, contact.id)


TABLE: dict[str, Row] = {
    "Contacts.history": Row(Role.READER, history),
    "ContactGroups.of": Row(
        Role.READER, lambda d, w, _: d.use(ContactGroups).of(person(w), d.contact_list.id)
    ),
    "ContactGroups.make": Row(
        Role.EDITOR, lambda d, w, _: d.use(ContactGroups).make(w, d.contact_list.id, "Sea")
    ),
    "ContactGroups.rename": Row(
        Role.EDITOR,
        lambda d, w, _: d.use(ContactGroups).rename(w, d.contact_list.id, "None", "Sea"),
    ),
    "ContactGroups.remove": Row(
        Role.EDITOR, lambda d, w, _: d.use(ContactGroups).remove(w, d.contact_list.id, "None")
    ),
    "ContactGroups.carry": Row(
        Role.EDITOR,
        lambda d, w, _: d.use(ContactGroups).carry(w, d.contact_list.id, "None", "Sea"),
    ),
    "ListFields.change": Row(
        Role.OWNER,
        lambda d, w, _: d.use(ListFields).change(w, d.contact_list.id, [], etag=""),
    ),
    "MyNotes.read": Row(Role.READER, read_note),
    "MyNotes.write": Row(Role.READER, write_note),
    "Photos.drop": Row(Role.EDITOR, drop_photo, own=True),
    "Photos.fetch": Row(Role.EDITOR, fetch_photo, own=True),
    "Photos.put": Row(Role.EDITOR, give_photo, own=True),
    "Agenda.between": Row(
        Role.READER,
        lambda d, w, _: d.use(Agenda).between(person(w), d.calendar.id, DAY, DAY, BERLIN),
    ),
    "Agenda.of_all": Row(
        Role.READER,
        lambda d, w, _: d.use(Agenda).of_all(person(w), [d.calendar.id], DAY, DAY, BERLIN),
    ),
    "Agenda.answered": Row(
        Role.READER, lambda d, w, _: d.use(Agenda).answered(person(w), [d.calendar.id])
    ),
    "Agenda.revision": Row(
        Role.READER, lambda d, w, _: d.use(Agenda).revision(person(w), d.calendar.id)
    ),
    "Audit.newest": Row(Role.OWNER, lambda d, w, _: d.use(Audit).newest(person(w), d.calendar.id)),
    "Away.between": Row(
        Role.READER,
        lambda d, w, _: d.use(Away).between(person(w), [d.calendar.id], DAY, DAY, BERLIN),
    ),
    "BookBin.look": Row(Role.OWNER, lambda d, w, _: d.use(BookBin).look(person(w), d.calendar.id)),
    "BookBin.delete": Row(Role.OWNER, delete_book),
    "BookBin.restore": Row(Role.EDITOR, restore_book),
    "BookFiles.whole": Row(
        Role.READER,
        lambda d, w, _: d.use(BookFiles).whole(person(w), d.calendar.id, "Launch", "ics"),
    ),
    "BookFiles.one": Row(Role.READER, lambda d, w, b: _one_file(d, w, b)),
    "BookPages.page": Row(
        Role.READER,
        lambda d, w, _: d.use(BookPages).page(
            person(w),
            d.calendar.id,
            View.WEEK,
            DAY,
            name="Launch",
            zone=BERLIN,
            language="en",
            first_weekday=Weekday.MONDAY,
            celebrated={},
        ),
    ),
    "Books.get": Row(Role.READER, lambda d, w, _: d.use(Books).get(person(w), d.calendar.id)),
    "Calendars.get": Row(
        Role.READER, lambda d, w, _: d.use(Calendars).get(person(w), d.calendar.id)
    ),
    "Calendars.held": Row(
        Role.READER, lambda d, w, _: d.use(Calendars).held(person(w), d.calendar.id)
    ),
    "Calendars.change": Row(Role.OWNER, change_book),
    "Calendars.archive": Row(Role.OWNER, archive),
    "Calendars.reopen": Row(Role.OWNER, reopen),
    "Birthdays.between": Row(
        Role.READER,
        lambda d, w, _: d.use(Birthdays).between(person(w), d.contact_list.id, DAY, DAY),
    ),
    "Birthdays.calendar": Row(
        Role.READER,
        lambda d, w, _: d.use(Birthdays).calendar(person(w), d.contact_list.id, "x", DAY),
    ),
    "ContactFiles.whole": Row(
        Role.READER,
        lambda d, w, _: d.use(ContactFiles).whole(person(w), d.contact_list.id, "x", "csv"),
    ),
    "ContactFiles.one": Row(Role.READER, one_vcard),
    "Duplicates.likely": Row(
        Role.READER, lambda d, w, _: d.use(Duplicates).likely(person(w), d.contact_list.id, 5)
    ),
    "Duplicates.pair": Row(Role.READER, look_at_two),
    "Duplicates.merge": Row(Role.EDITOR, merge, own=True),
    "Duplicates.undo": Row(Role.EDITOR, undo_merge, own=True),
    "Duplicates.set_apart": Row(Role.CONTRIBUTOR, set_apart),
    "Clones.make": Row(Role.EDITOR, clone),
    "Clones.fill": Row(
        Role.CONTRIBUTOR,
        lambda d, w, _: d.use(Clones).fill(w, d.calendar.id, d.calendar.id),
    ),
    "Contacts.get": Row(Role.READER, get_contact),
    "Contacts.of_draft": Row(
        Role.READER, lambda d, w, _: d.use(Contacts).of_draft(person(w), d.contact_list.id, "f")
    ),
    "Contacts.create": Row(
        Role.CONTRIBUTOR,
        lambda d, w, _: d.use(Contacts).create(w, d.contact_list.id, a_contact_content()),
    ),
    "Contacts.make": Row(
        Role.CONTRIBUTOR,
        lambda d, w, _: d.use(Contacts).make(w, d.contact_list.id, a_contact_content(), w.name),
    ),
    "Contacts.edit": Row(Role.EDITOR, edit_contact, own=True),
    "Contacts.delete": Row(Role.EDITOR, delete_contact, own=True),
    "Contacts.write_from_sync": Row(Role.EDITOR, sync_contact),
    "Contacts.add_from_sync": Row(Role.EDITOR, sync_contacts),
    "Contacts.delete_from_sync": Row(Role.EDITOR, sync_contact_away),
    "Answers.of": Row(Role.READER, see_answers),
    "Answers.give": Row(Role.READER, give_answer),
    "EventHistories.of": Row(Role.READER, see_history),
    "Transfers.move": Row(Role.EDITOR, move_event, own=True),
    "Transfers.move_back": Row(Role.EDITOR, move_event_back, own=True),
    "Events.get": Row(Role.READER, get_event),
    "Events.of_draft": Row(
        Role.READER, lambda d, w, _: d.use(Events).of_draft(person(w), d.calendar.id, "f")
    ),
    "Events.create": Row(
        Role.CONTRIBUTOR,
        lambda d, w, _: d.use(Events).create(w, d.calendar.id, an_event_content()),
    ),
    "Events.make": Row(
        Role.CONTRIBUTOR,
        lambda d, w, _: d.use(Events).make(w, d.calendar.id, an_event_content(), w.name),
    ),
    "Events.edit": Row(Role.EDITOR, edit_event, own=True),
    "Events.delete": Row(Role.EDITOR, delete_event, own=True),
    "Events.change": Row(Role.EDITOR, change_series, own=True),
    "Events.cancel": Row(Role.EDITOR, cancel_series, own=True),
    "Events.undo": Row(Role.EDITOR, undo_event, own=True),
    "Events.write_from_sync": Row(Role.EDITOR, sync_event),
    "Events.add_from_sync": Row(Role.EDITOR, sync_events),
    "Events.delete_from_sync": Row(Role.EDITOR, sync_event_away),
    "Feeds.of": Row(Role.READER, lambda d, w, _: d.use(Feeds).of(person(w), d.calendar.id)),
    "Feeds.make": Row(
        Role.READER,
        lambda d, w, _: d.use(Feeds).make(person(w), d.calendar.id, busy=False, language="en"),
    ),
    "Imports.look": Row(
        Role.CONTRIBUTOR,
        lambda d, w, _: d.use(Imports).look(w, d.calendar.id, b"", name="x.ics", language="en"),
    ),
    "Imports.look_again": Row(
        Role.CONTRIBUTOR,
        lambda d, w, _: d.use(Imports).look_again(w, d.calendar.id, "none"),
    ),
    "Imports.begin": Row(
        Role.CONTRIBUTOR,
        lambda d, w, _: d.use(Imports).begin(w, d.calendar.id, "none", a_channel()),
    ),
    "Imports.book": Row(Role.CONTRIBUTOR, lambda d, w, _: d.use(Imports).book(w, d.calendar.id)),
    "Imports.carry_out": Row(
        Role.CONTRIBUTOR, lambda d, w, _: d.use(Imports).carry_out(w, d.calendar.id, "none")
    ),
    "Memberships.look": Row(
        Role.READER, lambda d, w, _: d.use(Memberships).look(person(w), d.calendar.id)
    ),
    "Memberships.change": Row(Role.OWNER, change_members),
    "RecycleBin.contents": Row(
        Role.READER, lambda d, w, _: d.use(RecycleBin).contents(person(w), d.calendar.id)
    ),
    "RecycleBin.restore_event": Row(Role.EDITOR, restore_event, own=True),
    "RecycleBin.restore_contact": Row(Role.EDITOR, restore_contact, own=True),
    "Subscriptions.of": Row(
        Role.READER, lambda d, w, _: d.use(Subscriptions).of(person(w), d.calendar.id)
    ),
    "Subscriptions.add": Row(
        Role.EDITOR, lambda d, w, _: d.use(Subscriptions).add(w, d.calendar.id, "no address")
    ),
    "Subscriptions.end": Row(
        Role.EDITOR, lambda d, w, _: d.use(Subscriptions).end(w, d.calendar.id, "none")
    ),
    "Subscriptions.look_again": Row(
        Role.READER,
        lambda d, w, _: d.use(Subscriptions).look_again(person(w), d.calendar.id, "none"),
    ),
    "Watching.wishes": Row(
        Role.READER, lambda d, w, _: d.use(Watching).wishes(person(w), d.calendar.id)
    ),
    "Watching.choose": Row(
        Role.READER,
        lambda d, w, _: d.use(Watching).choose(
            person(w), d.calendar.id, Wishes(), zone=BERLIN, language="en"
        ),
    ),
    "Watching.again": Row(Role.READER, lambda d, w, b: _snooze(d, w, b)),
}
ELSEWHERE = {
    "Accounts.start_contacts": "asks for no book; Links.add does, once the person has signed in",
    "Books.visible": "leaves out what the person may not see: test_books",
    "ContactUses.note": "remembers for the person alone what they have just seen: test_uses",
    "EventChoice.find": "over what Search and Agenda find",
    "EventSearch.find": "over what Search finds",
    "EventSearch.narrowed": "over what Search and Agenda find",
    "Feeds.revoke": "takes back what is the person's own, whatever they may see today",
    "FreeTime.of": "asks for each book: test_free_time",
    "Links.of_book": "looks only among the person's own links: test_links",
    "Links.add": "asks as a reader: test_links, and the sync asks at every pass",
    "Search.all_contacts": "over books on the shelf that may be seen: tests/services/search",
    "Search.contacts": "over books on the shelf that may be seen: tests/services/search",
    "Search.events": "over books on the shelf that may be seen: tests/services/search",
    "Search.listed": "over books on the shelf that may be seen: tests/services/search",
    "Sharing.book_for": "is the question itself",
}
"""Tested in another place, and why."""


async def _one_file(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    return await desk.use(BookFiles).one(person(who), desk.calendar.id, event.id)


async def _snooze(desk: Desk, who: Author, by: Author) -> object:
    event = await desk.event(by)
    later = timedelta(minutes=5)
    return await desk.use(Watching).again(person(who), desk.calendar.id, event.id, "", later)


@pytest.fixture
async def desk(
    store: Store,
    sharing: Sharing,
    clock: FrozenClock,
    books: Books,
    calendar: Book,
    contact_list: Book,
    conversations: Conversations,
) -> Desk:
    names = [*ROLES, "ines"]
    await conversations.roster_read(TENANT, a_channel().id, [a_member(each) for each in names])
    grants = tuple(Grant(a_person(name), role) for name, role in ROLES.items())
    access = Access(mode=Mode.CUSTOM, grants=grants, owners_named=True)
    ready = [
        await store.books.save(replace(book, access=access)) for book in (calendar, contact_list)
    ]
    return Desk(store=store, clock=clock, sharing=sharing, calendar=ready[0], contact_list=ready[1])


async def answer(call: Awaitable[object]) -> type[Exception] | None:
    """Return how the question for the role went; what goes wrong behind it does not count."""
    try:
        await call
    except NotFound as err:
        return NotFound if err.what == "book" else None
    except NotAllowed as err:
        return type(err)
    except AlmanacError:
        return None
    return None


@pytest.mark.parametrize("name", TABLE)
async def test_each_role_may_what_the_table_says(desk: Desk, name: str) -> None:
    row, somebody = TABLE[name], an_author("ines")
    assert await answer(row.do(desk, STRANGER, somebody)) is NotFound
    for who, role in ROLES.items():
        got = await answer(row.do(desk, an_author(who), somebody))
        if role >= row.least:
            assert got is None, f"{who} was refused: {got}"
        elif row.own and role is Role.CONTRIBUTOR:
            assert got is OnlyOwn, f"a contributor changed what is somebody else's: {got}"
        else:
            assert got is not None and issubclass(got, NotAllowed), f"{who} was let in: {got}"


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.own])
async def test_a_contributor_may_with_what_is_their_own(desk: Desk, name: str) -> None:
    contributor = an_author("contributor")
    assert await answer(TABLE[name].do(desk, contributor, contributor)) is None
    reader = an_author("reader")
    got = await answer(TABLE[name].do(desk, reader, reader))
    assert got is not None and issubclass(got, NotAllowed), "who reads now has nothing of their own"


AREAS = {"accounts", "books", "contacts", "events", "files", "people"}


def modules_of_use_cases() -> Iterator[str]:
    for area in pkgutil.iter_modules(services.__path__, "services."):
        if area.ispkg and area.name.removeprefix("services.") in AREAS:
            inside = importlib.import_module(area.name).__path__
            yield from (found.name for found in pkgutil.iter_modules(inside, f"{area.name}."))


def use_cases() -> Iterator[str]:
    """Yield every public call that takes a person and the id of a book."""
    for module in (*modules_of_use_cases(), "services.search.search", "services.sync.offers"):
        for name, kind in vars(importlib.import_module(module)).items():
            if inspect.isclass(kind) and kind.__module__ == module and not inspect.isabstract(kind):
                for method, call in inspect.getmembers(kind, inspect.iscoroutinefunction):
                    hints = [str(p.annotation) for p in inspect.signature(call).parameters.values()]
                    asks = {"Person", "Author"} & set(hints)
                    if asks and not method.startswith("_") and any("BookId" in h for h in hints):
                        yield f"{name}.{method}"


def test_no_use_case_is_forgotten() -> None:
    found = set(use_cases())
    assert found - TABLE.keys() - ELSEWHERE.keys() == set()
    assert (TABLE.keys() | ELSEWHERE.keys()) - found == set(), "these are no longer there"
