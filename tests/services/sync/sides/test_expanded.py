"""Series that Outlook has no word for: single events there, one series here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sandbox.items import Content, Item
from sandbox.writing import attended_by
from services.model.events import Event, EventContent, EventId, SeriesException
from services.model.links import LinkSettings
from services.model.recurrence import Pattern, Rule
from services.sync.content.canonical import differing
from services.sync.sides.expanded import MARK, occurrence_id, series_of
from services.sync.state.link_pass import READS_LAG
from tests._builders import an_event_content, timed
from tests.services.sync._scene import Scene, outlook_event, renamed, title_of

TWICE = Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(1, 15), until=date(2027, 3, 31))
PAYDAY = an_event_content(title="Payday", when=timed("2026-12-01T09:00"), rule=TWICE, tags=("pay",))
DAYS = [
    f"{month}-{day}"
    for month in ("2026-12", "2027-01", "2027-02", "2027-03")
    for day in ("01", "15")
]


def by_day(scene: Scene) -> dict[str, Item]:
    return {item.content.start.date().isoformat(): item for item in scene.items()}


async def in_step(scene: Scene) -> Event:
    event = await scene.create(PAYDAY)
    await scene.sync()
    return event


async def is_quiet(scene: Scene) -> bool:
    """Whether nothing is left to do, also when everything is read from the start."""
    await scene.sync()
    scene.calls()
    scene.sandbox.office.delta(scene.outlook.person).expire()
    await scene.sync()
    return scene.writes() == []


def test_an_occurrence_has_an_id_of_its_own() -> None:
    assert series_of(occurrence_id(EventId("e1"), date(2026, 12, 1))) == "e1"
    assert series_of(EventId("e1")) is None


async def test_it_is_mirrored_as_single_events_that_are_marked(scene: Scene) -> None:
    await in_step(scene)
    assert sorted(by_day(scene)) == DAYS
    for item in scene.items():
        assert item.content.recurrence is None
        assert item.content.subject == "Payday"
        assert item.content.plain["categories"] == ["pay", MARK]
    assert [event.content for event in await scene.team()] == [PAYDAY]
    assert await is_quiet(scene)


async def test_without_an_end_it_is_mirrored_as_far_as_the_window_reaches(scene: Scene) -> None:
    await scene.create(replace(PAYDAY, rule=replace(TWICE, until=None)))
    await scene.sync()
    first = len(scene.items())
    assert 30 <= first <= 40  # eighteen months, two a month
    for _ in range(6):
        scene.clock.advance(timedelta(days=8).total_seconds())
        await scene.sync()
    later = by_day(scene)
    assert len(later) > first
    assert "2026-12-01" in later


async def test_the_window_that_it_is_mirrored_in_is_the_links_own(scene: Scene) -> None:
    settings = LinkSettings(days_ahead=730)
    await scene.store.links.restart(replace(await scene.link(), settings=settings))
    await scene.create(replace(PAYDAY, rule=replace(TWICE, until=None)))
    await scene.sync()
    assert max(by_day(scene)) == "2028-11-15"


async def test_a_change_of_the_series_changes_each_of_them(scene: Scene) -> None:
    event = await in_step(scene)
    await scene.edit(event, replace(PAYDAY, title="Wages", when=timed("2026-12-01T10:00")))
    await scene.sync()
    assert {item.content.subject for item in scene.items()} == {"Wages"}
    assert {item.content.start.hour for item in scene.items()} == {10}
    assert sorted(by_day(scene)) == DAYS
    assert await is_quiet(scene)


async def test_a_change_of_one_in_outlook_is_an_exception_of_the_series(scene: Scene) -> None:
    await in_step(scene)
    scene.edit_item(by_day(scene)["2027-01-15"], renamed("Bonus"))
    await scene.sync()
    (exception,) = (await scene.event()).content.exceptions
    assert exception.original == timed("2027-01-15T09:00").start
    assert exception.content is not None
    assert (exception.content.title, exception.content.tags) == ("Bonus", ("pay",))
    assert len(scene.items()) == len(DAYS)
    assert await is_quiet(scene)


async def test_one_that_says_again_what_the_series_says_is_no_exception(scene: Scene) -> None:
    await in_step(scene)
    for title in ("Bonus", "Payday"):
        scene.edit_item(by_day(scene)["2027-01-15"], renamed(title))
        await scene.sync()
    assert (await scene.event()).content == PAYDAY


async def test_one_that_outlook_deletes_is_a_cancelled_occurrence(scene: Scene) -> None:
    await in_step(scene)
    scene.clock.advance(READS_LAG)
    scene.remove_item(by_day(scene)["2027-02-01"])
    await scene.sync()
    cancelled = SeriesException(timed("2027-02-01T09:00").start, None)
    assert (await scene.event()).content.exceptions == (cancelled,)
    assert len(scene.items()) == len(DAYS) - 1
    assert await is_quiet(scene)


async def test_what_the_team_cancels_or_moves_does_so_in_outlook(scene: Scene) -> None:
    event = await in_step(scene)
    single: EventContent = replace(PAYDAY, rule=None, when=timed("2026-12-17T11:00"))
    exceptions = (
        SeriesException(timed("2026-12-01T09:00").start, None),
        SeriesException(timed("2026-12-15T09:00").start, single),
    )
    await scene.edit(event, replace(PAYDAY, exceptions=exceptions))
    await scene.sync()
    assert sorted(by_day(scene)) == ["2026-12-17", *DAYS[2:]]
    assert await is_quiet(scene)


async def test_a_mark_that_somebody_takes_off_is_put_back(scene: Scene) -> None:
    await in_step(scene)

    def bare(content: Content) -> Content:
        return replace(content, plain={**content.plain, "categories": ["pay"]})

    scene.edit_item(by_day(scene)["2027-01-15"], bare)
    await scene.sync()
    assert by_day(scene)["2027-01-15"].content.plain["categories"] == ["pay", MARK]
    assert (await scene.event()).content == PAYDAY


async def test_a_series_that_outlook_can_say_after_all_is_one_there(scene: Scene) -> None:
    event = await in_step(scene)
    monthly = Rule(pattern=Pattern.MONTHLY_BY_DAY, day=1)
    event = await scene.edit(event, replace(PAYDAY, rule=monthly))
    await scene.sync()
    assert scene.item().content.recurrence is not None
    await scene.edit(event, PAYDAY)
    await scene.sync()
    assert sorted(by_day(scene)) == DAYS
    assert await is_quiet(scene)


async def test_a_date_that_the_rule_has_no_more_goes(scene: Scene) -> None:
    event = await in_step(scene)
    await scene.edit(event, replace(PAYDAY, rule=replace(TWICE, days=(1,))))
    await scene.sync()
    assert sorted(by_day(scene)) == DAYS[::2]
    assert await is_quiet(scene)


async def test_when_the_series_goes_they_go(scene: Scene) -> None:
    event = await in_step(scene)
    await scene.delete(event)
    await scene.sync()
    assert scene.items() == []
    assert await scene.pairs() == []


async def test_a_long_series_is_one_deletion_when_the_team_takes_it_away(scene: Scene) -> None:
    event = await scene.create(replace(PAYDAY, rule=replace(TWICE, until=None)))
    await scene.sync()
    assert len(scene.items()) > 30
    await scene.edit(event, PAYDAY)
    assert (await scene.sync()).problem == ""
    assert sorted(by_day(scene)) == DAYS


async def test_many_dates_that_vanish_from_outlook_stop_the_link(scene: Scene) -> None:  # F11
    await scene.create(replace(PAYDAY, rule=replace(TWICE, until=None)))
    await scene.sync()
    scene.clock.advance(READS_LAG)
    for item in scene.items():
        scene.remove_item(item)
    assert (await scene.sync()).problem == "too_many_deletions"
    assert (await scene.event()).content.exceptions == ()


async def test_an_edit_in_outlook_outlives_its_series(scene: Scene) -> None:
    event = await in_step(scene)
    scene.edit_item(by_day(scene)["2027-01-15"], renamed("Bonus"))
    await scene.delete(event)
    await scene.sync()
    left = await scene.event()
    assert (left.content.title, left.content.rule, left.content.tags) == ("Bonus", None, ("pay",))
    assert [item.content.subject for item in scene.items()] == ["Bonus"]
    assert await is_quiet(scene)
    await scene.delete(left)
    await scene.sync()
    assert scene.items() == []


async def test_one_that_becomes_a_meeting_is_left_alone(scene: Scene) -> None:
    await in_step(scene)
    ines = ("Ines Moreau", "ines@lindenhof.example")
    scene.edit_item(by_day(scene)["2027-01-15"], lambda content: attended_by(content, ines))
    await scene.sync()
    mailed = len(scene.outlook.mails)
    event = await scene.event()
    await scene.edit(event, replace(event.content, title="Wages"))
    await scene.sync()
    assert by_day(scene)["2027-01-15"].content.subject == "Payday"
    assert len(scene.outlook.mails) == mailed


@pytest.mark.parametrize("is_after", [False, True])
async def test_a_process_may_die_at_every_commit(scene: Scene, is_after: bool) -> None:
    rule = replace(TWICE, until=date(2026, 12, 31))
    await scene.create(replace(PAYDAY, rule=rule))
    commit = 1
    while await scene.sync_until_crash(commit, is_after=is_after):
        commit += 1
    await scene.sync()
    assert sorted(by_day(scene)) == DAYS[:2]
    scene.edit_item(by_day(scene)["2026-12-15"], renamed("Bonus"))
    commit = 1
    while await scene.sync_until_crash(commit, is_after=is_after):
        commit += 1
    await scene.sync()
    (exception,) = (await scene.event()).content.exceptions
    wanted = replace(PAYDAY, rule=None, title="Bonus", when=timed("2026-12-15T09:00"))
    assert exception.content is not None
    assert not differing(exception.content, wanted)


async def test_an_edit_in_outlook_meets_the_series_that_it_became(scene: Scene) -> None:
    """Found by the model test: Outlook's copy had replaced the series, which it cannot say."""
    event = await scene.create(replace(PAYDAY, rule=None))
    await scene.sync()
    scene.edit_item(scene.item(), renamed("Pay"))
    await scene.edit(event, replace(PAYDAY, text="For all"))
    await scene.sync()
    now = (await scene.event()).content
    assert (now.title, now.text, now.rule) == ("Pay", "For all", TWICE)
    assert {each.content.subject for each in scene.items()} == {"Pay"}
    assert sorted(by_day(scene)) == DAYS
    assert await is_quiet(scene)


async def test_what_lost_against_such_a_series_is_kept_until_it_can_be_told(scene: Scene) -> None:
    event = await scene.create(replace(PAYDAY, rule=None))
    await scene.sync()
    scene.edit_item(scene.item(), renamed("There"))
    scene.clock.advance(600)
    await scene.edit(event, replace(PAYDAY, title="Here"))
    for _ in range(2):  # other mailboxes' passes may follow within seconds
        assert not (await scene.sync()).is_done
        kept = [lost for pair in await scene.pairs() if pair.team == event.id for lost in pair.lost]
        assert [title_of(lost.value) for lost in kept] == ["There"]
    scene.clock.advance(60)
    assert (await scene.sync()).is_done
    assert {each.content.subject for each in scene.items()} == {"Here"}
    assert sorted(by_day(scene)) == DAYS


async def test_dates_go_with_their_series_while_the_copy_that_it_replaces_is_kept(
    scene: Scene,
) -> None:
    """Found by the model test: the series was known by that copy, and nobody read its dates."""
    event = await scene.create(replace(PAYDAY, rule=None))
    await scene.sync()
    scene.edit_item(scene.item(), renamed("There"))
    scene.clock.advance(600)
    event = await scene.edit(event, replace(PAYDAY, title="Here"))
    for _ in range(2):
        assert not (await scene.sync()).is_done
    await scene.edit(event, replace(PAYDAY, title="Once", rule=None))
    (copy,) = [each for each in scene.items() if "There" in each.content.subject]
    scene.edit_item(copy, renamed("There again"))
    await scene.sync()
    assert [each.content.subject for each in scene.items()] == ["There again"]


async def test_a_new_time_in_outlook_wins_over_the_series_that_is_kept(scene: Scene) -> None:
    event = await scene.create(replace(PAYDAY, rule=None))
    await scene.sync()
    await scene.edit(event, PAYDAY)

    def later(content: Content) -> Content:
        hour = timedelta(hours=1)
        return replace(content, start=content.start + hour, end=content.end + hour)

    scene.edit_item(scene.item(), later)
    await scene.sync()
    assert (await scene.event()).content.rule is None
    (lost,) = (await scene.pair()).lost
    assert isinstance(lost.value, EventContent)
    assert (lost.field, lost.value.rule) == ("when", TWICE)
    assert await is_quiet(scene)


async def test_a_series_that_its_event_meets_when_it_crosses_again_loses_nothing_unrecorded(
    scene: Scene,
) -> None:
    """Found by the model test: the event replaced the series, as if the team had never had it."""
    scene.outlook.add(outlook_event("Pay", day="2026-12-01"))
    await scene.sync()
    event = await scene.event()
    await scene.edit(event, replace(event.content, title="Payday", rule=TWICE))
    scene.edit_item(scene.item(), renamed("Wages"))
    for settings in (LinkSettings(category="pay"), LinkSettings()):
        link = replace(await scene.link(), settings=settings)
        await scene.store.links.restart(link)
        await scene.sync()
    now = (await scene.event()).content
    assert (now.title, now.rule) == ("Wages", TWICE)
    lost = [(each.field, title_of(each.value)) for p in await scene.pairs() for each in p.lost]
    assert lost == [("title", "Payday")]
    scene.clock.advance(READS_LAG)
    await scene.sync()
    assert {each.content.subject for each in scene.items()} == {"Wages"}
    assert sorted(by_day(scene)) == DAYS
    assert await is_quiet(scene)


async def test_a_date_that_is_a_meeting_is_told_from_what_the_same_mailbox_says_of_the_series(
    scene: Scene,
) -> None:
    """Found by the model test: that was taken for another mailbox's word, and the date for old."""
    event = await scene.create(replace(PAYDAY, rule=None))
    await scene.sync()
    item = scene.item()
    scene.clock.advance(READS_LAG)
    scene.remove_item(item)
    await scene.edit(event, PAYDAY)
    await scene.sync()
    first = by_day(scene)[DAYS[0]]
    scene.edit_item(first, lambda content: attended_by(content, ("Sam", "sam@kaffee.example")))
    await scene.sync()
    moved = scene.outlook.drag(item)
    scene.edit_item(moved, renamed("Pay"))
    for _ in range(3):
        await scene.sync()
    now = (await scene.event()).content
    (meeting,) = [each.content for each in now.exceptions]
    assert meeting is not None and (now.title, meeting.title) == ("Pay", "Payday")
    assert [item.content.subject for item in by_day(scene).values()].count("Payday") == 1
    assert await is_quiet(scene)
