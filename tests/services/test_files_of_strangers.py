"""Files, feeds and subscriptions of a calendar are for those alone who may see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import pytest

from services.books.sharing import Sharing
from services.contacts.birthdays import Birthdays
from services.events.events import Events
from services.events.holidays import Holidays
from services.files.book_files import BookFiles
from services.files.book_pages import BookPages
from services.files.feeds import Feeds
from services.files.fetching import Fetcher
from services.files.imports import Imports
from services.files.subscriptions import Subscriptions
from services.model.access import Access, Mode, Role
from services.model.books import Book
from services.model.errors import NotAllowed, NotFound
from services.model.identity import TenantId
from services.model.imports import Snag
from services.model.recurrence import Weekday
from services.model.settings import View
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    OTHER_TENANT,
    a_channel,
    a_person,
    an_author,
    an_event_content,
)
from tests._fakes import FrozenClock

TENANTS = {"another organisation": OTHER_TENANT, "the same organisation": a_person().tenant}
ICS = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261120\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n"


@pytest.mark.parametrize("tenant", TENANTS.values(), ids=list(TENANTS))
async def test_a_stranger_with_every_id_finds_nothing(
    tenant: TenantId,
    store: Store,
    sharing: Sharing,
    clock: FrozenClock,
    events: Events,
    calendar: Book,
) -> None:
    made = await events.create(an_author(), calendar.id, an_event_content())
    mallory, book = an_author("mallory", tenant), calendar.id
    person = a_person("mallory", tenant)
    imports, files = Imports(store, sharing, clock), BookFiles(store, sharing)
    birthdays = Birthdays(store, sharing)
    feeds = Feeds(store, sharing, clock, birthdays)
    pages = BookPages(store, sharing, Holidays(), birthdays, clock)
    followed = Subscriptions(store, sharing, Fetcher(), clock)
    asks: dict[str, Callable[[], Awaitable[object]]] = {
        "look": lambda: imports.look(mallory, book, ICS, name="x", language="en"),
        "look again": lambda: imports.look_again(mallory, book, "t"),
        "begin": lambda: imports.begin(mallory, book, "t", a_channel()),
        "carry out": lambda: imports.carry_out(mallory, book, "t"),
        "whole": lambda: files.whole(person, book, "x", "ics"),
        "one": lambda: files.one(person, book, made.id),
        "page": lambda: pages.page(
            person,
            book,
            View.MONTH,
            date(2026, 11, 20),
            name="x",
            zone=BERLIN,
            language="en",
            first_weekday=Weekday.MONDAY,
            celebrated={},
        ),
        "feed": lambda: feeds.of(person, book),
        "make": lambda: feeds.make(person, book, busy=False, language="en"),
        "subscriptions": lambda: followed.of(person, book),
        "subscribe": lambda: followed.add(mallory, book, "https://example.org/x.ics"),
        "read again": lambda: followed.look_again(person, book, "f"),
        "unsubscribe": lambda: followed.end(mallory, book, "f"),
    }
    for name, ask in asks.items():
        with pytest.raises(NotFound) as caught:
            await ask()
        assert caught.value.what == "book", name


async def test_who_may_only_read_imports_nothing_and_subscribes_to_nothing(
    store: Store, sharing: Sharing, clock: FrozenClock, calendar: Book
) -> None:
    await store.books.save(replace(calendar, access=Access(mode=Mode.OWNERS)))
    imports = Imports(store, sharing, clock)
    followed = Subscriptions(store, sharing, Fetcher(), clock)
    with pytest.raises(NotAllowed):
        await imports.look(an_author(), calendar.id, ICS, name="x", language="en")
    with pytest.raises(NotAllowed):
        await followed.add(an_author(), calendar.id, "https://example.org/x.ics")
    files = BookFiles(store, sharing)
    assert (await files.whole(a_person(), calendar.id, "x", "csv")).name == "x.csv"


async def test_who_changes_only_their_own_imports_over_nothing_of_others(
    store: Store, sharing: Sharing, clock: FrozenClock, calendar: Book, events: Events
) -> None:
    made = await events.create(an_author(), calendar.id, an_event_content(title="Lunch"))
    await store.books.save(
        replace(calendar, access=Access(mode=Mode.CUSTOM, others=Role.CONTRIBUTOR))
    )
    theirs = ICS.replace(b"DTSTART", f"UID:{made.id}\nDTSTART".encode())
    imports = Imports(store, sharing, clock)
    preview = await imports.look(an_author("tom"), calendar.id, theirs, name="x", language="en")
    assert preview.writes == 0 and preview.troubles[0].snag is Snag.READ_ONLY
    preview = await imports.look(an_author(), calendar.id, theirs, name="x", language="en")
    assert preview.changed == 1


async def test_an_import_that_was_cut_off_goes_on_where_it_was(
    store: Store, sharing: Sharing, clock: FrozenClock, calendar: Book
) -> None:
    imports = Imports(store, sharing, clock)
    event = "BEGIN:VEVENT\nUID:{n}\nDTSTART:20261120\nSUMMARY:x{n}\nEND:VEVENT\n"
    body = "".join(event.format(n=n) for n in range(120))
    data = f"BEGIN:VCALENDAR\n{body}END:VCALENDAR\n".encode()
    preview = await imports.look(an_author(), calendar.id, data, name="x", language="en")
    half = data[: len(data) // 2] + b"\nEND:VCALENDAR\n"
    part = await imports.look(an_author(), calendar.id, half, name="x", language="en")
    first = await imports.carry_out(an_author(), calendar.id, part.token)
    second = await imports.carry_out(an_author(), calendar.id, preview.token)
    assert first is not None and second is not None
    assert first.new + second.new == 120 and second.same == first.new
    assert await imports.carry_out(an_author(), calendar.id, preview.token) is None
    assert await store.events.count(calendar) == 120
