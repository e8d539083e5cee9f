from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from services.events.events import Events
from services.model.books import Book
from services.model.errors import InvalidInput, NotFound, ReadOnly, ReadOnlyReason, Stale, Wrong
from services.model.events import Author, EventContent, EventId, Mirror, SeriesException
from services.model.posts import Days, Post
from services.model.recurrence import Pattern, Rule, Weekday
from services.model.tasks import Task, TaskKind
from services.people.conversations import Conversations
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    a_channel,
    a_link,
    a_person,
    all_day,
    an_author,
    an_event_content,
    timed,
)
from tests._fakes import FrozenClock

INES, TOM = an_author("ines"), an_author("tom")
LUNCH = an_event_content()
MEETING = Mirror(ReadOnlyReason.HAS_ATTENDEES, organiser="Ada")


async def test_every_member_reads_and_changes_what_another_made(
    events: Events, calendar: Book, clock: FrozenClock
) -> None:
    made = await events.create(INES, calendar.id, LUNCH)
    assert await events.get(a_person("tom"), calendar.id, made.id) == made
    clock.advance(60)
    later = replace(LUNCH, title="Late lunch")
    changed = await events.edit(TOM, calendar.id, made.id, later, etag=made.etag)
    assert (changed.content, changed.updated_by, changed.created_by) == (later, TOM, INES)
    assert changed.updated_at - changed.created_at == timedelta(seconds=60)
    assert changed.revision > made.revision


async def test_a_draft_becomes_one_event_whoever_asks_and_however_often(
    events: Events, calendar: Book
) -> None:
    people = (INES, TOM, INES)
    made = await asyncio.gather(*(events.make(who, calendar.id, LUNCH, "d") for who in people))
    assert len({each.item.id for each in made}) == 1
    assert [each.is_new for each in made].count(True) == 1
    again = await events.make(TOM, calendar.id, LUNCH, "d")
    assert (again.item, again.is_new) == (made[0].item, False)
    other = await events.make(INES, calendar.id, LUNCH, "another")
    assert other.is_new and other.item.id != made[0].item.id


async def test_who_would_make_something_else_of_a_draft_is_told_that_it_is_there(
    events: Events, calendar: Book
) -> None:
    made = await events.make(INES, calendar.id, LUNCH, "d")
    with pytest.raises(Stale):
        await events.make(TOM, calendar.id, replace(LUNCH, title="Other"), "d")
    assert await events.of_draft(a_person("tom"), calendar.id, "d") == made.item


async def test_a_repeated_submit_does_not_bring_a_deleted_event_back(
    events: Events, calendar: Book
) -> None:
    made = await events.make(INES, calendar.id, LUNCH, "d")
    await events.delete(INES, calendar.id, made.item.id)
    with pytest.raises(NotFound):
        await events.make(INES, calendar.id, LUNCH, "d")


async def test_an_edit_of_a_version_that_is_no_more_is_stale(
    events: Events, calendar: Book
) -> None:
    made = await events.create(INES, calendar.id, LUNCH)
    await events.edit(TOM, calendar.id, made.id, replace(LUNCH, title="Tom's"))
    with pytest.raises(Stale):
        await events.edit(INES, calendar.id, made.id, replace(LUNCH, place="x"), etag=made.etag)


async def test_the_same_edit_again_writes_nothing(events: Events, calendar: Book) -> None:
    made = await events.create(INES, calendar.id, LUNCH)
    later = replace(LUNCH, title="Later")
    once = await events.edit(INES, calendar.id, made.id, later, etag=made.etag)
    assert await events.edit(INES, calendar.id, made.id, later, etag=made.etag) == once


async def test_a_deleted_event_is_gone_and_deleting_again_is_the_same_answer(
    events: Events, calendar: Book, clock: FrozenClock
) -> None:
    made = await events.create(INES, calendar.id, LUNCH)
    gone = await events.delete(TOM, calendar.id, made.id)
    assert (gone.deleted_at, gone.updated_by, gone.content) == (clock.now(), TOM, LUNCH)
    clock.advance(5)
    assert await events.delete(INES, calendar.id, made.id) == gone
    for call in (
        events.get(INES.person or a_person(), calendar.id, made.id),
        events.edit(INES, calendar.id, made.id, LUNCH),
        events.delete(INES, calendar.id, EventId("never")),
    ):
        with pytest.raises(NotFound, match="event"):
            await call


async def test_somebodys_meeting_is_not_changed_or_deleted_here(
    events: Events, calendar: Book
) -> None:
    mirror = await events.write_from_sync(
        a_person(), calendar.id, None, LUNCH, MEETING, expect_revision=0
    )
    for call in (
        events.edit(INES, calendar.id, mirror.id, replace(LUNCH, title="Mine")),
        events.delete(INES, calendar.id, mirror.id),
    ):
        with pytest.raises(ReadOnly) as caught:
            await call
        assert caught.value.reason is ReadOnlyReason.HAS_ATTENDEES


async def test_an_archived_calendar_is_read_and_not_written(
    events: Events, calendar: Book, conversations: Conversations
) -> None:
    made = await events.create(INES, calendar.id, LUNCH)
    await conversations.deleted(calendar.tenant, a_channel().id)
    assert await events.get(a_person(), calendar.id, made.id) == made
    for call in (
        events.create(INES, calendar.id, LUNCH),
        events.edit(INES, calendar.id, made.id, LUNCH),
        events.delete(INES, calendar.id, made.id),
    ):
        with pytest.raises(ReadOnly) as caught:
            await call
        assert caught.value.reason is ReadOnlyReason.ARCHIVED


async def test_the_sync_writes_only_on_the_revision_that_it_planned_from(
    events: Events, calendar: Book
) -> None:
    ines = a_person()
    long = replace(LUNCH, title="", text="x" * 20_000)
    made = await events.write_from_sync(
        ines, calendar.id, EventId("given"), long, None, expect_revision=0
    )
    assert (made.id, made.content, made.created_by.name) == ("given", long, "Outlook")
    for expected in (0, made.revision + 1):
        with pytest.raises(Stale):
            await events.write_from_sync(
                ines, calendar.id, made.id, LUNCH, None, expect_revision=expected
            )
        with pytest.raises(Stale):
            await events.delete_from_sync(ines, calendar.id, made.id, expect_revision=expected)
    changed = await events.write_from_sync(
        ines, calendar.id, made.id, LUNCH, MEETING, expect_revision=made.revision
    )
    assert (changed.content, changed.mirror) == (LUNCH, MEETING)
    gone = await events.delete_from_sync(
        ines, calendar.id, made.id, expect_revision=changed.revision
    )
    assert gone.deleted_at is not None
    again = await events.delete_from_sync(ines, calendar.id, made.id, expect_revision=gone.revision)
    assert again == gone


async def test_an_edit_in_outlook_brings_a_deleted_event_back(
    events: Events, calendar: Book
) -> None:
    made = await events.create(INES, calendar.id, LUNCH)
    gone = await events.delete(INES, calendar.id, made.id)
    back = await events.write_from_sync(
        a_person(), calendar.id, made.id, LUNCH, None, expect_revision=gone.revision
    )
    assert back.deleted_at is None
    assert await events.get(a_person(), calendar.id, made.id) == back


async def test_who_edits_what_came_from_outlook_is_not_blamed_for_what_they_left(
    events: Events, calendar: Book
) -> None:
    long = replace(LUNCH, text="x" * 20_000, place="\u202eevil")
    made = await events.write_from_sync(
        a_person(), calendar.id, None, long, None, expect_revision=0
    )
    changed = await events.edit(INES, calendar.id, made.id, replace(long, title="Mine"))
    assert changed.content == replace(long, title="Mine")


# What follows a write


async def tasks_of(store: Store) -> list[Task]:
    return await store.tasks.claim("test", 50, 60)


async def test_a_write_makes_every_link_of_the_calendar_due_at_once(
    events: Events, calendar: Book, store: Store
) -> None:
    await store.links.add(a_link(book=calendar.id))
    await store.links.add(a_link(book=calendar.id, person=a_person("tom"), id="link-2"))
    await events.create(INES, calendar.id, LUNCH)
    due = await tasks_of(store)
    assert {(task.kind, task.key) for task in due} == {
        (TaskKind.SYNC_LINK, "link-1"),
        (TaskKind.SYNC_LINK, "link-2"),
    }


async def test_a_change_from_a_mailbox_is_not_sent_back_to_it(
    events: Events, calendar: Book, store: Store
) -> None:
    await store.links.add(a_link(book=calendar.id))
    await store.links.add(a_link(book=calendar.id, person=a_person("tom"), id="link-2"))
    await events.write_from_sync(a_person(), calendar.id, None, LUNCH, None, expect_revision=0)
    assert [task.key for task in await tasks_of(store)] == ["link-2"]


async def test_a_write_that_fails_leaves_a_task_for_later_and_none_for_now(
    events: Events, calendar: Book, store: Store, clock: FrozenClock
) -> None:
    made = await events.create(INES, calendar.id, LUNCH)
    await store.links.add(a_link(book=calendar.id))
    later = replace(LUNCH, title="a"), replace(LUNCH, title="b")
    answers = await asyncio.gather(
        *(events.edit(INES, calendar.id, made.id, content) for content in later),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, Stale) for answer in answers) <= 1
    clock.advance(31)
    assert len(await tasks_of(store)) == 1


async def test_posts_of_an_event_are_brought_up_to_date(
    events: Events, calendar: Book, store: Store, clock: FrozenClock
) -> None:
    made = await events.create(INES, calendar.id, LUNCH)
    assert await tasks_of(store) == []
    post = Post(
        conversation=a_channel().id,
        activity_id="1",
        book=calendar.id,
        item=made.id,
        posted_at=clock.now(),
    )
    await store.posts.add(post, calendar)
    week = replace(post, activity_id="2", item="", days=Days(clock.now().date(), 7))
    await store.posts.add(week, calendar)
    await events.edit(INES, calendar.id, made.id, replace(LUNCH, title="Late lunch"))
    await events.delete(INES, calendar.id, made.id)
    assert await tasks_of(store) == [], "a moment later, for all changes at once"
    clock.advance(2)
    due = await tasks_of(store)
    assert {task.kind for task in due} == {TaskKind.UPDATE_POSTS}
    assert sorted(task.payload.get("item", "") for task in due) == ["", made.id]


# What may be written


@pytest.mark.parametrize(
    ("content", "field", "wrong"),
    [
        (replace(LUNCH, title=" \u202e "), "title", Wrong.MISSING),
        (replace(LUNCH, title="x" * 201), "title", Wrong.TOO_LONG),
        (replace(LUNCH, place="x" * 501), "place", Wrong.TOO_LONG),
        (replace(LUNCH, text="x" * 10_001), "text", Wrong.TOO_LONG),
        (replace(LUNCH, reminder_minutes=-1), "reminder", Wrong.OUT_OF_RANGE),
        (replace(LUNCH, when=all_day("1899-12-31")), "start_date", Wrong.OUT_OF_RANGE),
        (replace(LUNCH, when=all_day("2026-01-01", 400)), "end_date", Wrong.OUT_OF_RANGE),
        (replace(LUNCH, rule=Rule(pattern=Pattern.WEEKLY)), "repeats", Wrong.OUT_OF_RANGE),
        (
            replace(LUNCH, rule=Rule(pattern=Pattern.DAILY, until=date(2020, 1, 1))),
            "until",
            Wrong.OUT_OF_RANGE,
        ),
    ],
)
async def test_impossible_content_is_refused_by_field(
    events: Events, calendar: Book, content: EventContent, field: str, wrong: Wrong
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await events.create(INES, calendar.id, content)
    assert [(problem.field, problem.wrong) for problem in caught.value.problems] == [(field, wrong)]


async def test_all_problems_are_told_at_once(events: Events, calendar: Book) -> None:
    content = replace(LUNCH, title="", place="x" * 501)
    with pytest.raises(InvalidInput) as caught:
        await events.create(INES, calendar.id, content)
    assert [problem.field for problem in caught.value.problems] == ["title", "place"]


async def test_what_nobody_sees_is_taken_out_of_titles(events: Events, calendar: Book) -> None:
    content = replace(LUNCH, title=" Lu\x00nch\u202e \n👩\u200d👧 ", text="a\r\nb\u200e\tc ")
    made = await events.create(INES, calendar.id, content)
    assert (made.content.title, made.content.text) == ("Lu nch 👩\u200d👧", "a\nb\tc")


async def test_a_series_begins_on_its_rules_first_day_and_drops_exceptions_that_do_not_fit(
    events: Events, calendar: Book
) -> None:
    fridays = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,))
    fits = SeriesException(datetime(2026, 11, 27, 12, 30, tzinfo=BERLIN), None)
    stray = SeriesException(datetime(2026, 11, 26, 12, 30, tzinfo=BERLIN), None)
    content = replace(LUNCH, when=timed("2026-11-18T12:30"), rule=fridays, exceptions=(stray, fits))
    made = await events.create(INES, calendar.id, content)
    assert made.content.when == timed("2026-11-20T12:30")
    assert made.content.exceptions == (fits,)
    single = await events.edit(INES, calendar.id, made.id, replace(made.content, rule=None))
    assert single.content.exceptions == ()


async def test_a_series_may_begin_on_a_night_that_lacks_its_hour(
    events: Events, calendar: Book
) -> None:
    sundays = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.SUNDAY,))
    content = replace(LUNCH, when=timed("2027-03-27T02:30", 30), rule=sundays)
    made = await events.create(INES, calendar.id, content)
    assert made.content.when == timed("2027-03-28T03:30", 30)


async def test_too_many_exceptions_are_refused(events: Events, calendar: Book) -> None:
    start = datetime(2026, 11, 20, 12, 30, tzinfo=BERLIN)
    many = tuple(SeriesException(start + timedelta(days=n), None) for n in range(1001))
    content = replace(LUNCH, rule=Rule(pattern=Pattern.DAILY), exceptions=many)
    with pytest.raises(InvalidInput):
        await events.create(INES, calendar.id, content)


async def test_nobody_writes_without_a_name_and_nothing_is_deleted_that_never_was(
    events: Events, calendar: Book
) -> None:
    with pytest.raises(NotFound):
        await events.create(Author(None, "Outlook"), calendar.id, LUNCH)
    with pytest.raises(NotFound):
        await events.delete_from_sync(a_person(), calendar.id, EventId("x"), expect_revision=0)


async def test_a_change_of_the_title_leaves_the_exceptions_of_a_series_alone(
    events: Events, calendar: Book
) -> None:
    gone = SeriesException(datetime(2026, 11, 21, 12, 30, tzinfo=BERLIN), None)
    series = replace(LUNCH, rule=Rule(pattern=Pattern.DAILY), exceptions=(gone,))
    made = await events.create(INES, calendar.id, series)
    changed = await events.edit(INES, calendar.id, made.id, replace(series, title="New"))
    assert changed.content.exceptions == (gone,)
