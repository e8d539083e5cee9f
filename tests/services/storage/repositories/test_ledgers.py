"""Events and contacts: what all ledgers promise, and what only one of them does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.model.contacts import ContactId
from services.model.errors import NotFound, Stale, TooOld
from services.model.events import EventId
from services.model.recurrence import Pattern, Rule
from services.storage.repositories.ledger import KEPT
from services.storage.store import Store
from tests._builders import (
    OTHER_TENANT,
    a_book,
    a_contact,
    a_contact_content,
    a_contact_list,
    all_day,
    an_event,
    timed,
)
from tests._fakes import FrozenClock

BOOK = a_book()
LIST = a_contact_list()
DAY = timedelta(days=1)


async def test_an_event_comes_back_with_its_stamps(store: Store) -> None:
    saved = await store.events.save(an_event(), BOOK)
    assert (saved.revision, saved.etag != "") == (1, True)
    assert saved == replace(an_event(), revision=1, etag=saved.etag)
    assert await store.events.get(BOOK, saved.id) == saved


async def test_a_contact_comes_back_with_its_stamps(store: Store) -> None:
    saved = await store.contacts.save(a_contact(), LIST)
    assert await store.contacts.get(LIST, saved.id) == saved
    assert await store.contacts.all(LIST) == [saved]


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound) as caught:
        await store.events.get(BOOK, an_event().id)
    assert caught.value.what == "event"
    assert await store.events.find(BOOK, an_event().id) is None


async def test_another_book_and_another_tenant_do_not_see_it(store: Store) -> None:
    saved = await store.events.save(an_event(), BOOK)
    for other in (a_book(id="book-2"), a_book(tenant=OTHER_TENANT)):
        with pytest.raises(NotFound):
            await store.events.get(other, saved.id)
        assert await store.events.between(other, *around(saved.content.when.start)) == []


async def test_a_new_record_is_not_written_twice(store: Store) -> None:
    await store.events.save(an_event(), BOOK)
    with pytest.raises(Stale):
        await store.events.save(an_event(title="other"), BOOK)


async def test_an_outdated_record_is_refused(store: Store) -> None:
    first = await store.events.save(an_event(), BOOK)
    second = await store.events.save(replace(first, updated_at=first.updated_at + DAY), BOOK)
    with pytest.raises(Stale):
        await store.events.save(first, BOOK)
    assert await store.events.get(BOOK, first.id) == second


async def test_what_is_replaced_is_history_for_30_days(store: Store, clock: FrozenClock) -> None:
    first = await store.events.save(an_event(title="first"), BOOK)
    clock.advance(DAY)
    second = await store.events.save(replace(an_event(title="second"), etag=first.etag), BOOK)
    clock.advance(DAY)
    await store.events.save(replace(an_event(title="third"), etag=second.etag), BOOK)
    assert await store.events.history(BOOK, first.id) == [first, second]
    clock.advance(KEPT - DAY)
    assert await store.events.history(BOOK, first.id) == [second]


async def test_a_deleted_event_is_a_tombstone_until_it_expires(
    store: Store, clock: FrozenClock
) -> None:
    saved = await store.events.save(an_event(), BOOK)
    dead = await store.events.save(replace(saved, deleted_at=clock.now()), BOOK)
    with pytest.raises(NotFound):
        await store.events.get(BOOK, saved.id)
    assert await store.events.find(BOOK, saved.id) == dead
    assert await store.events.between(BOOK, *around(saved.content.when.start)) == []
    assert await store.events.changes(BOOK, 1) == ([dead], 2)

    clock.advance(KEPT)
    assert await store.events.find(BOOK, saved.id) is None
    with pytest.raises(TooOld):
        await store.events.changes(BOOK, 1)
    assert await store.events.changes(BOOK, 0) == ([], 2)


async def test_a_tombstone_can_be_brought_back(store: Store, clock: FrozenClock) -> None:
    saved = await store.events.save(an_event(), BOOK)
    dead = await store.events.save(replace(saved, deleted_at=clock.now()), BOOK)
    back = await store.events.save(replace(dead, deleted_at=None), BOOK)
    assert await store.events.get(BOOK, saved.id) == back
    assert await store.events.between(BOOK, *around(saved.content.when.start)) == [back]


async def test_changes_are_each_record_once_in_the_order_of_their_last_write(
    store: Store,
) -> None:
    a = await store.events.save(an_event(id="a"), BOOK)
    b = await store.events.save(an_event(id="b"), BOOK)
    newer = await store.events.save(replace(a, updated_at=a.updated_at + DAY), BOOK)
    assert await store.events.changes(BOOK, 0) == ([b, newer], 3)
    assert await store.events.changes(BOOK, 2) == ([newer], 3)
    assert await store.events.changes(BOOK, 3) == ([], 3)
    assert await store.events.revision(BOOK) == 3


def around(moment: datetime | object) -> tuple[datetime, datetime]:
    assert isinstance(moment, datetime)
    return moment - timedelta(hours=1), moment + timedelta(hours=1)


async def test_between_finds_single_events_of_the_week_and_all_series(store: Store) -> None:
    events = {
        "same week": an_event(when=timed("2026-11-20T12:30")),
        "all day": an_event(when=all_day("2026-11-19")),
        "long": an_event(when=all_day("2026-01-01", 340)),
        "next month": an_event(when=timed("2026-12-20T12:30")),
        "series": an_event(when=timed("2020-01-01T09:00"), rule=Rule(pattern=Pattern.DAILY)),
        "ended": an_event(
            when=timed("2020-01-01T09:00"), rule=Rule(pattern=Pattern.DAILY, count=3)
        ),
    }
    for id, event in events.items():
        await store.events.save(replace(event, id=EventId(id)), BOOK)
    start = datetime(2026, 11, 18, tzinfo=UTC)
    found = await store.events.between(BOOK, start, start + DAY)
    assert {event.id for event in found} == {"same week", "all day", "long", "series"}


async def test_an_event_that_was_moved_is_found_at_its_new_time_only(store: Store) -> None:
    saved = await store.events.save(an_event(when=timed("2026-11-20T12:30")), BOOK)
    moved = replace(saved, content=replace(saved.content, when=timed("2026-12-20T12:30")))
    await store.events.save(moved, BOOK)
    start = datetime(2026, 11, 20, tzinfo=UTC)
    assert await store.events.between(BOOK, start, start + DAY) == []
    assert len(await store.events.between(BOOK, start + 30 * DAY, start + 31 * DAY)) == 1


async def test_all_contacts_are_there_but_the_deleted(store: Store, clock: FrozenClock) -> None:
    ada = await store.contacts.save(a_contact(id="ada"), LIST)
    bea = await store.contacts.save(a_contact(a_contact_content(name="Bea"), id="bea"), LIST)
    await store.contacts.save(replace(ada, deleted_at=clock.now()), LIST)
    assert await store.contacts.all(LIST) == [bea]


async def test_pages_give_what_changes_give(store: Store) -> None:
    new = [a_contact(id=ContactId(f"{number:03}")) for number in range(220)]
    await store.contacts.save_all([(None, one) for one in new], LIST)
    pages = [page async for page in store.contacts.unread(LIST, 0)]
    entries = [store.contacts.read(one.body, one.revision) for page, _ in pages for one in page]
    assert len(pages) > 1
    assert (entries, pages[-1][1]) == await store.contacts.changes(LIST, 0)
