from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.books.audit import Audit
from services.books.books import Books
from services.books.recycle_bin import RecycleBin
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.events.events import Events
from services.model.books import Book, BookKind
from services.model.deeds import Deed
from services.model.errors import NotAllowed, NotFound, ReadOnly, ReadOnlyReason
from services.model.events import Event, EventContent, Mirror
from services.model.identity import PersonHome
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    a_contact_content,
    a_link,
    a_person,
    an_author,
    an_event_content,
)
from tests._fakes import FrozenClock

DAY = timedelta(days=1)
INES, TOM = an_author(), an_author("tom")


@pytest.fixture
def bin(store: Store, sharing: Sharing, clock: FrozenClock) -> RecycleBin:
    return RecycleBin(store, sharing, clock)


@pytest.fixture
def audit(store: Store, sharing: Sharing) -> Audit:
    return Audit(store, sharing)


@pytest.fixture
async def own(books: Books) -> Book:
    home = PersonHome(a_person())
    return await books.at_home(INES, home, BookKind.CALENDAR, zone=BERLIN, language="en")


async def deleted(events: Events, book: Book, title: str = "Lunch") -> Event:
    event = await events.create(INES, book.id, an_event_content(title=title))
    return await events.delete(INES, book.id, event.id)


async def titles(bin: RecycleBin, book: Book) -> list[str]:
    found = await bin.contents(a_person("tom"), book.id)
    return [t.content.title if isinstance(t, Event) else t.content.name for t in found]


async def test_what_was_deleted_is_in_the_bin_newest_first(
    bin: RecycleBin, events: Events, calendar: Book, clock: FrozenClock
) -> None:
    await events.create(INES, calendar.id, an_event_content(title="stays"))
    for title in ("first", "second", "third"):
        await deleted(events, calendar, title)
        clock.advance(DAY)
    assert await titles(bin, calendar) == ["third", "second", "first"]
    assert len(await bin.contents(a_person(), calendar.id, 2)) == 2


async def test_an_event_comes_back_whole_and_is_synced_again(
    bin: RecycleBin, events: Events, calendar: Book, store: Store
) -> None:
    gone = await deleted(events, calendar)
    await store.links.add(a_link(book=calendar.id))
    back = await bin.restore_event(TOM, calendar.id, gone.id)
    assert back == await events.get(a_person(), calendar.id, gone.id)
    assert (back.content, back.updated_by) == (gone.content, TOM)
    assert await titles(bin, calendar) == []
    assert [task.key for task in await store.tasks.claim("w", 9, 60)] == ["link-1"]
    assert await bin.restore_event(TOM, calendar.id, gone.id) == back


async def test_a_contact_comes_back_whole(
    bin: RecycleBin, contacts: Contacts, contact_list: Book
) -> None:
    contact = await contacts.create(INES, contact_list.id, a_contact_content())
    await contacts.delete(INES, contact_list.id, contact.id)
    assert await titles(bin, contact_list) == ["Ada Byron"]
    back = await bin.restore_contact(TOM, contact_list.id, contact.id)
    assert back.content == contact.content
    assert await bin.restore_contact(TOM, contact_list.id, contact.id) == back
    assert await titles(bin, contact_list) == []
    assert await contacts.get(a_person(), contact_list.id, contact.id) == back


async def test_after_30_days_the_bin_is_empty(
    bin: RecycleBin, events: Events, calendar: Book, clock: FrozenClock
) -> None:
    gone = await deleted(events, calendar)
    clock.advance(30 * DAY)
    assert await titles(bin, calendar) == []
    with pytest.raises(NotFound):
        await bin.restore_event(INES, calendar.id, gone.id)


async def test_what_was_deleted_again_is_there_once(
    bin: RecycleBin, events: Events, calendar: Book
) -> None:
    gone = await deleted(events, calendar)
    await bin.restore_event(INES, calendar.id, gone.id)
    await events.delete(INES, calendar.id, gone.id)
    assert await titles(bin, calendar) == ["Lunch"]


async def test_a_meeting_of_somebody_comes_back_with_the_meeting_alone(
    bin: RecycleBin, events: Events, calendar: Book
) -> None:
    mirror = Mirror(ReadOnlyReason.HAS_ATTENDEES)
    event = await events.write_from_sync(
        a_person(), calendar.id, None, an_event_content(), mirror, expect_revision=0
    )
    await events.delete_from_sync(a_person(), calendar.id, event.id, expect_revision=event.revision)
    assert await titles(bin, calendar) == []
    with pytest.raises(ReadOnly):
        await bin.restore_event(INES, calendar.id, event.id)


async def test_what_was_never_there_cannot_be_restored(
    bin: RecycleBin, calendar: Book, contact_list: Book
) -> None:
    with pytest.raises(NotFound, match="event"):
        await bin.restore_event(INES, calendar.id, "nothing")  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="contact"):
        await bin.restore_contact(INES, contact_list.id, "nothing")  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="book"):
        await bin.restore_event(replace(INES, person=None), calendar.id, "e")  # type: ignore[arg-type]


async def test_the_log_says_who_did_what_and_when(
    bin: RecycleBin, audit: Audit, events: Events, own: Book, clock: FrozenClock
) -> None:
    at = [clock.now() + number * DAY for number in range(4)]
    event = await events.create(INES, own.id, an_event_content(title="Lunch"))
    clock.advance(DAY)
    await events.edit(INES, own.id, event.id, an_event_content(title="Dinner"))
    clock.advance(DAY)
    await events.delete(INES, own.id, event.id)
    clock.advance(DAY)
    await bin.restore_event(INES, own.id, event.id)
    traced = await audit.newest(a_person(), own.id)
    assert [each.entry.deed for each in traced] == [
        Deed.RESTORED,
        Deed.DELETED,
        Deed.CHANGED,
        Deed.CREATED,
    ]
    assert [each.entry.at for each in traced] == at[::-1]
    assert {(each.entry.by, each.entry.item, each.title) for each in traced} == {
        (INES, event.id, "Dinner")
    }


async def test_the_log_names_outlook_where_a_mailbox_wrote(
    audit: Audit, events: Events, own: Book
) -> None:
    await events.write_from_sync(
        a_person(), own.id, None, an_event_content(), None, expect_revision=0
    )
    (traced,) = await audit.newest(a_person(), own.id)
    assert traced.entry.by.name == "Outlook"


async def test_the_log_outlives_its_things_but_not_their_names(
    audit: Audit, events: Events, own: Book, clock: FrozenClock
) -> None:
    await deleted(events, own)
    clock.advance(40 * DAY)
    traced = await audit.newest(a_person(), own.id)
    assert [(each.entry.deed, each.title) for each in traced] == [
        (Deed.DELETED, ""),
        (Deed.CREATED, ""),
    ]
    clock.advance(326 * DAY)
    assert await audit.newest(a_person(), own.id) == ()


async def test_of_many_deeds_the_last_are_shown(audit: Audit, events: Events, own: Book) -> None:
    for number in range(60):
        await events.create(INES, own.id, an_event_content(title=str(number)))
    traced = await audit.newest(a_person(), own.id, 20)
    assert [each.title for each in traced] == [str(number) for number in range(59, 39, -1)]


async def test_a_log_is_for_owners(audit: Audit, calendar: Book) -> None:
    with pytest.raises(NotAllowed):
        await audit.newest(a_person(), calendar.id)


async def test_the_content_of_an_event_is_not_in_the_log(
    store: Store, events: Events, own: Book
) -> None:
    content: EventContent = an_event_content(title="A planted title", place="A planted place")
    event = await events.create(INES, own.id, content)
    await events.delete(INES, own.id, event.id)
    partition = await store.vault.partition(own.tenant, "ledger", own.id)
    entries = [entry.body for entry in await partition.find("audit")]
    assert len(entries) == 2
    assert not [body for body in entries if b"planted" in body]


async def test_the_log_of_contacts_names_them(
    audit: Audit, contacts: Contacts, books: Books
) -> None:
    home = PersonHome(a_person())
    own = await books.at_home(INES, home, BookKind.CONTACTS, zone=BERLIN, language="en")
    await contacts.create(INES, own.id, a_contact_content())
    (traced,) = await audit.newest(a_person(), own.id)
    assert (traced.title, traced.entry.kind) == ("Ada Byron", "contact")
