"""Whose event it is says whether it is private: nobody else, by whichever way they come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.books.sharing import Sharing
from services.events.events import Events
from services.files.imports import Imports
from services.model.access import Access, Mode, Role
from services.model.books import Book
from services.model.errors import OnlyOwn
from services.model.events import Sensitivity
from services.model.reach import Reach
from services.model.recurrence import Pattern, Rule
from services.storage.store import Store
from tests._builders import a_channel, a_person, an_author, an_event_content
from tests._fakes import FrozenClock

INES, TOM = an_author("ines"), an_author("tom")
OPEN = an_event_content(title="Fair")
SECRET = replace(OPEN, title="Clinic", sensitivity=Sensitivity.PRIVATE)
DAILY = replace(OPEN, rule=Rule(pattern=Pattern.DAILY))


@pytest.mark.parametrize("secret", list(Sensitivity)[1:])
async def test_only_its_author_makes_an_event_private(
    events: Events, calendar: Book, secret: Sensitivity
) -> None:
    event = await events.create(INES, calendar.id, OPEN)
    hidden = replace(OPEN, sensitivity=secret)
    with pytest.raises(OnlyOwn):
        await events.edit(TOM, calendar.id, event.id, hidden)
    assert await events.get(a_person("tom"), calendar.id, event.id) == event
    own = await events.edit(INES, calendar.id, event.id, hidden)
    assert own.content.sensitivity is secret


@pytest.mark.parametrize("reach", [Reach.ONE, Reach.ALL])
async def test_nor_does_anybody_else_hide_a_date_or_a_series(
    events: Events, calendar: Book, reach: Reach
) -> None:
    series = await events.create(INES, calendar.id, DAILY)
    day = date(2026, 11, 20)
    hidden = replace(DAILY, sensitivity=Sensitivity.PRIVATE)
    with pytest.raises(OnlyOwn):
        await events.change(TOM, calendar.id, series.id, day, reach, hidden, etag=series.etag)
    done = await events.change(INES, calendar.id, series.id, day, reach, hidden, etag=series.etag)
    assert done.event.content != DAILY


async def test_what_was_private_before_is_not_had_back_by_others(
    events: Events, calendar: Book
) -> None:
    event = await events.create(INES, calendar.id, SECRET)
    opened = await events.edit(INES, calendar.id, event.id, OPEN)
    with pytest.raises(OnlyOwn):
        await events.undo(TOM, calendar.id, event.id, opened.etag)
    back = await events.undo(INES, calendar.id, event.id, opened.etag)
    assert back.content == SECRET


async def test_an_undo_takes_nothing_of_others_along(
    store: Store, events: Events, calendar: Book
) -> None:
    theirs = await events.create(INES, calendar.id, OPEN)
    own = await events.create(TOM, calendar.id, OPEN)
    book = await store.books.save(
        replace(calendar, access=Access(mode=Mode.CUSTOM, others=Role.CONTRIBUTOR))
    )
    # One commit, as of an import: both have one revision.
    told = [replace(each, content=replace(OPEN, title="Told")) for each in (theirs, own)]
    _, own = await store.events.save_together(told, book)
    with pytest.raises(OnlyOwn):
        await events.undo(TOM, book.id, own.id, own.etag, theirs.id)
    left = await events.get(a_person("tom"), book.id, theirs.id)
    assert left.content.title == "Told"


async def test_a_mailbox_or_a_file_of_somebody_else_leaves_it_open(
    store: Store, sharing: Sharing, events: Events, calendar: Book, clock: FrozenClock
) -> None:
    event = await events.create(INES, calendar.id, OPEN)
    said = replace(SECRET, title="Fair at last")
    seen = await events.write_from_sync(
        TOM.person or a_person("tom"),
        calendar.id,
        event.id,
        said,
        None,
        expect_revision=event.revision,
    )
    assert seen.content == replace(OPEN, title="Fair at last")
    imports = Imports(store, sharing, clock)
    file = FILE.format(id=event.id).encode()
    looked = await imports.look(TOM, calendar.id, file, name="x.ics", language="en")
    await imports.begin(TOM, calendar.id, looked.token, a_channel())
    told = await events.get(a_person("tom"), calendar.id, event.id)
    assert (told.content.title, told.content.sensitivity) == ("From a file", Sensitivity.NORMAL)
    own = await imports.look(INES, calendar.id, file, name="x.ics", language="en")
    await imports.begin(INES, calendar.id, own.token, a_channel())
    kept = await store.events.get(calendar, event.id)
    assert kept.content.sensitivity is Sensitivity.PRIVATE


FILE = """BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
UID:{id}\r
DTSTART:20261120T120000Z\r
DTEND:20261120T130000Z\r
SUMMARY:From a file\r
CLASS:PRIVATE\r
END:VEVENT\r
END:VCALENDAR\r
"""
