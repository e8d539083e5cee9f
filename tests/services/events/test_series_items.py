"""Changing and cancelling within a series, in a store: at once, once, and taken back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from services.events.agenda import Agenda
from services.events.events import Events
from services.events.series_items import Changed
from services.model.books import Book
from services.model.errors import (
    InvalidInput,
    NotFound,
    OnlyOwn,
    ReadOnly,
    ReadOnlyReason,
    Stale,
)
from services.model.events import Event, EventContent, Mirror, Sensitivity
from services.model.reach import Reach
from services.model.recurrence import Pattern, Rule
from services.storage.store import Store
from tests._builders import BERLIN, a_person, an_author, an_event_content, timed

INES, TOM = an_author("ines"), an_author("tom")
DAILY = an_event_content(
    title="Stand-up", when=timed("2026-11-23T09:00", 30), rule=Rule(pattern=Pattern.DAILY, count=5)
)
FIRST, THIRD, FOURTH, LAST = (date(2026, 11, day) for day in (23, 25, 26, 27))
SYNC = replace(DAILY, title="Sync", when=timed("2026-11-25T11:00", 30))


async def titles(agenda: Agenda, calendar: Book) -> list[str]:
    found = await agenda.between(
        a_person("tom"), calendar.id, date(2026, 11, 20), date(2026, 12, 5), BERLIN
    )
    return [f"{one.content.when.start:%d %H} {one.content.title}" for one in found]


WHOLE = [f"{day} 09 Stand-up" for day in range(23, 28)]
SPLIT = [*WHOLE[:2], "25 11 Sync", "26 11 Sync", "27 11 Sync"]


async def split(
    events: Events, calendar: Book, event: Event, content: EventContent = SYNC
) -> Changed:
    return await events.change(
        TOM, calendar.id, event.id, THIRD, Reach.FOLLOWING, content, etag=event.etag
    )


async def test_a_split_is_one_commit_of_two_series(
    events: Events, agenda: Agenda, calendar: Book
) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    done = await split(events, calendar, event)
    assert done.made is not None
    assert done.event.revision == done.made.revision == event.revision + 1
    assert (done.event.created_by, done.made.created_by) == (INES, INES)
    assert (done.event.updated_by, done.made.updated_by) == (TOM, TOM)
    assert await titles(agenda, calendar) == SPLIT


async def test_a_repeated_split_finds_the_first(
    events: Events, agenda: Agenda, calendar: Book
) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    first = await split(events, calendar, event)
    assert await split(events, calendar, event) == first
    assert await titles(agenda, calendar) == SPLIT


async def test_two_people_who_split_at_once_make_one_series(
    events: Events, agenda: Agenda, calendar: Book
) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    done = await asyncio.gather(
        *(split(events, calendar, event) for _ in range(3)), return_exceptions=True
    )
    assert sum(not isinstance(each, BaseException) for each in done) >= 1
    assert all(isinstance(each, Stale) for each in done if isinstance(each, BaseException))
    assert await titles(agenda, calendar) == SPLIT


async def test_a_split_is_taken_back_whole(events: Events, agenda: Agenda, calendar: Book) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    done = await split(events, calendar, event)
    assert done.made is not None
    back = await events.undo(TOM, calendar.id, event.id, done.event.etag, done.made.id)
    assert back.content == DAILY
    assert await titles(agenda, calendar) == WHOLE
    with pytest.raises(Stale):
        await events.undo(TOM, calendar.id, event.id, done.event.etag, done.made.id)


async def test_what_somebody_has_changed_since_is_not_taken_back(
    events: Events, agenda: Agenda, calendar: Book
) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    done = await split(events, calendar, event)
    assert done.made is not None
    later = replace(done.made.content, title="Retro")
    await events.edit(INES, calendar.id, done.made.id, later)
    with pytest.raises(Stale):
        await events.undo(TOM, calendar.id, event.id, done.event.etag, done.made.id)
    assert "25 11 Retro" in await titles(agenda, calendar)


async def test_one_is_changed_and_taken_back(
    events: Events, agenda: Agenda, calendar: Book
) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    one = (TOM, calendar.id, event.id, THIRD, Reach.ONE, SYNC)
    done = await events.change(*one, etag=event.etag)
    assert await titles(agenda, calendar) == [*WHOLE[:2], "25 11 Sync", *WHOLE[3:]]
    again = await events.change(*one, etag=event.etag)
    assert again == done, "the same once more writes nothing"
    await events.undo(TOM, calendar.id, event.id, done.event.etag)
    assert await titles(agenda, calendar) == WHOLE


async def test_all_are_changed(events: Events, agenda: Agenda, calendar: Book) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    await events.change(TOM, calendar.id, event.id, THIRD, Reach.ALL, SYNC, etag=event.etag)
    assert await titles(agenda, calendar) == [f"{day} 11 Sync" for day in range(23, 28)]


async def test_a_whole_series_that_is_edited_takes_its_exceptions_along(
    events: Events, agenda: Agenda, calendar: Book
) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    one = replace(DAILY, title="Retro", when=timed("2026-11-25T09:00", 30))
    done = await events.change(TOM, calendar.id, event.id, THIRD, Reach.ONE, one, etag=event.etag)
    await events.cancel(TOM, calendar.id, event.id, FOURTH, Reach.ONE)
    series = (await events.get(a_person("tom"), calendar.id, event.id)).content
    assert done.event.content.exceptions == series.exceptions[:1]
    later = replace(series, when=timed("2026-11-23T10:00", 30))
    await events.edit(INES, calendar.id, event.id, later)
    assert await titles(agenda, calendar) == [
        "23 10 Stand-up",
        "24 10 Stand-up",
        "25 10 Retro",
        "27 10 Stand-up",
    ]


async def test_this_and_following_are_cancelled_and_taken_back(
    events: Events, agenda: Agenda, calendar: Book
) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    done = await events.cancel(TOM, calendar.id, event.id, THIRD, Reach.FOLLOWING)
    assert await titles(agenda, calendar) == WHOLE[:2]
    assert await events.cancel(TOM, calendar.id, event.id, THIRD, Reach.FOLLOWING) == done
    await events.undo(TOM, calendar.id, event.id, done.event.etag)
    assert await titles(agenda, calendar) == WHOLE


@pytest.mark.parametrize("reach", [Reach.FOLLOWING, Reach.ALL])
async def test_a_series_of_which_nothing_is_left_is_deleted_and_comes_back(
    events: Events, agenda: Agenda, calendar: Book, reach: Reach
) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    done = await events.cancel(TOM, calendar.id, event.id, FIRST, reach)
    assert done.event.deleted_at is not None
    assert await events.cancel(TOM, calendar.id, event.id, LAST, Reach.ONE) == done
    assert await titles(agenda, calendar) == []
    await events.undo(TOM, calendar.id, event.id, done.event.etag)
    assert await titles(agenda, calendar) == WHOLE


async def test_who_saw_an_older_version_is_told(events: Events, calendar: Book) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    await events.edit(INES, calendar.id, event.id, replace(DAILY, place="Room Linde"))
    for reach in Reach:
        with pytest.raises(Stale):
            await events.change(TOM, calendar.id, event.id, THIRD, reach, SYNC, etag=event.etag)
    await events.cancel(TOM, calendar.id, event.id, THIRD, Reach.ONE)
    with pytest.raises(Stale):
        await events.change(TOM, calendar.id, event.id, THIRD, Reach.ONE, SYNC, etag=event.etag)


async def test_what_the_series_does_not_have_is_not_found(events: Events, calendar: Book) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    for day in (date(2026, 11, 22), date(2026, 11, 28)):
        with pytest.raises(NotFound):
            await events.change(TOM, calendar.id, event.id, day, Reach.ONE, SYNC, etag=event.etag)
        assert (await events.cancel(TOM, calendar.id, event.id, day, Reach.ONE)).event == event
    with pytest.raises(NotFound):
        await events.undo(TOM, calendar.id, event.id, event.etag)
    gone = await events.delete(TOM, calendar.id, event.id)
    with pytest.raises(NotFound):
        await events.change(TOM, calendar.id, event.id, THIRD, Reach.ONE, SYNC, etag=gone.etag)


async def test_what_cannot_be_taken_changes_nothing(
    events: Events, agenda: Agenda, calendar: Book
) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    for reach in Reach:
        with pytest.raises(InvalidInput):
            nameless = replace(SYNC, title="")
            await events.change(TOM, calendar.id, event.id, THIRD, reach, nameless, etag=event.etag)
    assert await titles(agenda, calendar) == WHOLE


async def test_a_meeting_of_somebody_is_only_looked_at(
    events: Events, calendar: Book, store: Store
) -> None:
    mirror = Mirror(ReadOnlyReason.HAS_ATTENDEES, organiser="Ada")
    event = await events.write_from_sync(
        a_person("ines"), calendar.id, None, DAILY, mirror, expect_revision=0
    )
    with pytest.raises(ReadOnly):
        await events.change(TOM, calendar.id, event.id, THIRD, Reach.ONE, SYNC, etag=event.etag)
    with pytest.raises(ReadOnly):
        await events.cancel(TOM, calendar.id, event.id, THIRD, Reach.ONE)
    with pytest.raises(ReadOnly):
        await events.undo(TOM, calendar.id, event.id, event.etag)


async def test_nobody_hides_what_goes_on_of_somebody_elses_series(
    events: Events, agenda: Agenda, calendar: Book
) -> None:
    event = await events.create(INES, calendar.id, DAILY)
    with pytest.raises(OnlyOwn):
        await split(events, calendar, event, replace(SYNC, sensitivity=Sensitivity.PRIVATE))
    assert await titles(agenda, calendar) == WHOLE
