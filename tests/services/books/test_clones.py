"""Copies of calendars and contact lists: whole, once, and on their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.books.calendars import Calendars
from services.books.clones import AT_ONCE, TOLD, Clones, Wanted
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.events.events import Events
from services.jobs.clone_book import CloneBook
from services.model.access import Access, Grant, Mode, Role
from services.model.books import Book
from services.model.errors import NotFound
from services.model.events import Author, Event, Sensitivity
from services.model.notices import CopyNotice
from services.model.settings import BookSettings, Color, HolidaySet
from services.model.tasks import Task, TaskKind
from services.storage.store import Store
from tests._builders import (
    TENANT,
    a_contact_content,
    a_person,
    a_person_home,
    an_author,
    an_event_content,
)
from tests._fakes import FrozenClock
from tests.services._office import RecordingAnnouncer

INES, TOM = an_author("ines"), an_author("tom")
SETTINGS = BookSettings(color=Color.RED, holidays=(HolidaySet("DK"),))


@pytest.fixture
def clones(store: Store, sharing: Sharing, clock: FrozenClock) -> Clones:
    return Clones(store, sharing, Calendars(store, sharing, clock), clock)


async def live(store: Store, book: Book) -> list[Event]:
    events, _ = await store.events.changes(book, 0)
    return [event for event in events if event.deleted_at is None]


async def tasks(store: Store, clock: FrozenClock) -> list[Task]:
    clock.advance(60)
    claimed = await store.tasks.claim("w", 50, 60)
    return [task for task in claimed if task.kind is TaskKind.CLONE_BOOK]


async def test_a_copy_is_like_the_original_and_apart_from_it(
    clones: Clones, events: Events, store: Store, calendar: Book
) -> None:
    access = Access(mode=Mode.CUSTOM, grants=(Grant(a_person(), Role.OWNER),))
    calendar = await store.books.save(replace(calendar, settings=SETTINGS, access=access))
    first = await events.create(INES, calendar.id, an_event_content(title="Fair", tags=("print",)))
    gone = await events.create(INES, calendar.id, an_event_content(title="Gone"))
    await events.delete(INES, calendar.id, gone.id)
    made = await clones.make(INES, calendar.id, calendar.home, Wanted(name="Fair 2"), "f")
    assert (made.items, made.is_done, made.book.name) == (1, True, "Fair 2")
    assert made.book.settings == SETTINGS
    assert made.book.access == access
    (copy,) = await live(store, made.book)
    assert (copy.content, copy.created_by) == (first.content, INES)
    assert copy.id != first.id
    await events.edit(INES, made.book.id, copy.id, an_event_content(title="Changed"))
    assert (await events.get(a_person(), calendar.id, first.id)).content.title == "Fair"


async def test_without_events_and_rights_it_is_as_a_new_one(
    clones: Clones, events: Events, store: Store, calendar: Book
) -> None:
    await store.books.save(replace(calendar, access=Access(guests=Role.READER)))
    await events.create(TOM, calendar.id, an_event_content())
    wanted = Wanted(name="Empty", items=False, rights=False)
    made = await clones.make(TOM, calendar.id, calendar.home, wanted, "f")
    assert (made.items, await live(store, made.book)) == (0, [])
    assert made.book.access == Access(grants=(Grant(a_person("tom"), Role.OWNER),))


async def test_in_another_place_it_has_the_rights_of_that_place(
    clones: Clones, events: Events, store: Store, calendar: Book
) -> None:
    await store.books.save(replace(calendar, access=Access(mode=Mode.OWNERS)))
    made = await clones.make(INES, calendar.id, a_person_home(), Wanted(name="Mine"), "f")
    assert made.book.access == Access()


async def test_nobody_elses_secrets_are_copied(
    clones: Clones, events: Events, store: Store, calendar: Book
) -> None:
    for author in (INES, TOM):
        content = an_event_content(title=author.name, sensitivity=Sensitivity.PRIVATE)
        await events.create(author, calendar.id, content)
    made = await clones.make(TOM, calendar.id, calendar.home, Wanted(name="2"), "f")
    assert [event.content.title for event in await live(store, made.book)] == ["Tom"]


async def test_a_large_copy_goes_on_where_it_stopped_and_is_told_of(
    clones: Clones, events: Events, store: Store, calendar: Book, clock: FrozenClock
) -> None:
    for number in range(AT_ONCE + 1):
        await events.create(TOM, calendar.id, an_event_content(title=f"{number}"))
    made = await clones.make(TOM, calendar.id, calendar.home, Wanted(name="2"), "f")
    again = await clones.make(TOM, calendar.id, calendar.home, Wanted(name="2"), "f")
    assert (made.is_done, again.book.id) == (False, made.book.id)
    assert await live(store, made.book) == []
    announcer = RecordingAnnouncer()
    job = CloneBook(clones=clones, announcer=announcer)
    (task,) = await tasks(store, clock)
    await job(task)
    await job(task)  # a worker that stopped before it could say so
    assert len(await live(store, made.book)) == AT_ONCE + 1
    told = announcer.notices[0]
    assert isinstance(told, CopyNotice)
    assert (told.person, told.book.id, told.items) == (a_person("tom"), made.book.id, AT_ONCE + 1)


async def test_a_small_copy_is_told_of_by_nobody(
    clones: Clones, events: Events, store: Store, calendar: Book, clock: FrozenClock
) -> None:
    await events.create(TOM, calendar.id, an_event_content())
    await clones.make(TOM, calendar.id, calendar.home, Wanted(name="2"), "f")
    announcer = RecordingAnnouncer()
    for task in await tasks(store, clock):
        await CloneBook(clones=clones, announcer=announcer)(task)
    assert announcer.notices == []


async def test_a_task_whose_calendar_is_gone_ends(
    clones: Clones, events: Events, store: Store, calendar: Book, clock: FrozenClock
) -> None:
    await events.create(TOM, calendar.id, an_event_content())
    made = await clones.make(TOM, calendar.id, calendar.home, Wanted(name="2"), "f")
    copy = await store.books.get(TENANT, made.book.id)
    await store.books.save(replace(copy, deleted_at=clock.now()))
    announcer = RecordingAnnouncer()
    (task,) = await tasks(store, clock)
    waited_for = replace(task, payload={**task.payload, TOLD: "yes"})
    await CloneBook(clones=clones, announcer=announcer)(waited_for)
    assert announcer.notices == []


async def test_a_contact_list_is_copied_too(
    clones: Clones, contacts: Contacts, store: Store, contact_list: Book
) -> None:
    await contacts.create(TOM, contact_list.id, a_contact_content())
    made = await clones.make(TOM, contact_list.id, contact_list.home, Wanted(name="2"), "f")
    found, _ = await store.contacts.changes(made.book, 0)
    assert [each.content for each in found] == [a_contact_content()]


async def test_who_sees_nothing_copies_nothing(clones: Clones, calendar: Book) -> None:
    for author in (an_author("mallory"), Author(None, "Outlook")):
        with pytest.raises(NotFound):
            await clones.make(author, calendar.id, calendar.home, Wanted(name="2"), "f")
    with pytest.raises(NotFound):
        await clones.fill(Author(None, "Outlook"), calendar.id, calendar.id)
