"""Series that are split, cut or odd, in step with Outlook: nothing doubled, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.events.series_items import Changed
from services.formats.rrule import read_rrule
from services.model.events import Event, EventContent, SeriesException
from services.model.reach import Reach
from tests._builders import an_event_content, timed
from tests.services.sync._scene import Scene, renamed

DAY = date(2026, 12, 1)
WEEKLY = an_event_content(
    title="Stand-up",
    when=timed("2026-12-01T09:00", 30),
    rule=read_rrule("FREQ=WEEKLY;COUNT=8", DAY),
    exceptions=(
        SeriesException(timed("2026-12-08T09:00").start, None),
        SeriesException(
            timed("2027-01-12T09:00").start,
            an_event_content(title="Retro", when=timed("2027-01-12T15:00", 30)),
        ),
    ),
)
SPLIT = date(2026, 12, 29)
DATES = [f"{day} Stand-up" for day in ("12-01", "12-15", "12-22")]
REST = ["12-29 Sync", "01-05 Sync", "01-12 Retro", "01-19 Sync"]


def in_outlook(scene: Scene) -> list[str]:
    """What the mailbox shows from December to March, by day and title."""
    shown = scene.outlook.between(
        scene.outlook.default_calendar.id,
        timed("2026-11-01T00:00").start,
        timed("2027-03-31T00:00").start,
    )
    ordered = sorted(shown, key=lambda each: each.content.start)
    return [f"{each.content.start:%m-%d} {each.content.subject}" for each in ordered]


def move(scene: Scene, day: date) -> None:
    """Somebody puts a meeting of the series off until the evening, in Outlook."""
    seen = scene.outlook.get(scene.outlook.id_of(scene.item(), day))
    start, end = (at.replace(hour=18) for at in (seen.content.start, seen.content.end))
    scene.outlook.edit(seen, replace(seen.content, start=start, end=end))


async def split(scene: Scene, event: Event) -> Changed:
    content: EventContent = replace(
        WEEKLY, title="Sync", when=timed(f"{SPLIT}T09:00", 30), exceptions=()
    )
    return await scene.events.change(
        scene.author, scene.book.id, event.id, SPLIT, Reach.FOLLOWING, content, etag=event.etag
    )


async def is_quiet(scene: Scene) -> bool:
    """Whether nothing is left to do, also when everything is read from the start."""
    await scene.sync()
    scene.calls()
    scene.sandbox.office.delta(scene.outlook.person).expire()
    await scene.sync()
    return scene.writes() == []


async def test_a_split_series_is_two_in_outlook_with_the_exceptions_of_each(scene: Scene) -> None:
    event = await scene.create(WEEKLY)
    await scene.sync()
    await split(scene, event)
    await scene.sync()
    assert len(scene.items()) == 2
    assert in_outlook(scene) == [*DATES, *REST]
    assert len(await scene.team()) == 2
    assert await is_quiet(scene)


async def test_a_split_that_is_taken_back_is_one_series_again(scene: Scene) -> None:
    event = await scene.create(WEEKLY)
    await scene.sync()
    before = in_outlook(scene)
    done = await split(scene, event)
    assert done.made is not None
    await scene.sync()
    await scene.events.undo(scene.author, scene.book.id, event.id, done.event.etag, done.made.id)
    await scene.sync()
    assert len(scene.items()) == 1
    assert in_outlook(scene) == before
    assert await is_quiet(scene)


@pytest.mark.parametrize("is_after", [False, True])
async def test_a_process_may_die_at_every_commit_of_a_split(scene: Scene, is_after: bool) -> None:
    event = await scene.create(WEEKLY)
    await scene.sync()
    await split(scene, event)
    commit = 1
    while await scene.sync_until_crash(commit, is_after=is_after):
        commit += 1
    await scene.sync()
    assert in_outlook(scene) == [*DATES, *REST]
    assert len(scene.items()) == 2


async def test_what_outlook_changes_after_a_split_reaches_the_right_half(scene: Scene) -> None:
    event = await scene.create(WEEKLY)
    await scene.sync()
    done = await split(scene, event)
    assert done.made is not None
    await scene.sync()
    (later,) = (item for item in scene.items() if item.content.subject == "Sync")
    scene.edit_item(later, renamed("Planning"))
    await scene.sync()
    titles = {each.id: each.content.title for each in await scene.team()}
    assert titles == {event.id: "Stand-up", done.made.id: "Planning"}
    assert await is_quiet(scene)


async def test_this_and_following_that_are_cancelled_leave_outlook(scene: Scene) -> None:
    event = await scene.create(WEEKLY)
    await scene.sync()
    await scene.events.cancel(scene.author, scene.book.id, event.id, SPLIT, Reach.FOLLOWING)
    await scene.sync()
    assert in_outlook(scene) == DATES
    assert await is_quiet(scene)


async def test_a_date_that_was_moved_in_outlook_follows_a_series_that_is_renamed(
    scene: Scene,
) -> None:
    """One is moved before the new name, one while it is given; both have it in the end."""
    event = await scene.create(replace(WEEKLY, exceptions=()))
    await scene.sync()
    move(scene, date(2026, 12, 8))
    await scene.sync()
    move(scene, date(2026, 12, 15))
    await scene.edit(event, replace((await scene.event()).content, title="Sync", text="In brief"))
    await scene.sync()
    exceptions = (await scene.event()).content.exceptions
    told = [each.content for each in exceptions if each.content]
    assert [(each.title, each.text) for each in told] == 2 * [("Sync", "In brief")]
    assert {title for _, title in map(str.split, in_outlook(scene))} == {"Sync"}
    assert await is_quiet(scene)


async def test_a_rule_by_parts_comes_date_by_date_and_its_changes_come_back(scene: Scene) -> None:
    rule = read_rrule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4", DAY)
    payday = an_event_content(title="Payday", when=timed("2026-12-30T09:00", 30), rule=rule)
    await scene.create(payday)
    await scene.sync()
    days = ["12-30", "01-28", "02-25", "03-30"]
    assert in_outlook(scene) == [f"{day} Payday" for day in days]
    second = next(item for item in scene.items() if f"{item.content.start:%m-%d}" == "01-28")
    scene.edit_item(second, renamed("Bonus"))
    await scene.sync()
    (exception,) = (await scene.event()).content.exceptions
    assert exception.content is not None and exception.content.title == "Bonus"
    assert await is_quiet(scene)
