"""Clocks and days: F17 to F19. What stands on the wall stays there, whatever a zone is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from sandbox.items import Content
from sandbox.writing import all_day as outlook_days
from sandbox.writing import timed as outlook_timed
from sandbox.writing import weekly
from services.model.recurrence import Pattern, Rule, Weekday
from services.model.times import AllDay, Timed
from tests._builders import NEW_YORK, all_day, an_event_content, timed
from tests.services.sync._scene import ZONE, Scene, outlook_event, renamed

LUNCH = an_event_content(title="Lunch", when=timed("2026-10-23T12:30", zone=NEW_YORK))
FRIDAYS = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,))


def hours(scene: Scene, *days: date) -> list[str]:
    """What Outlook shows on some days, in UTC."""
    item = scene.item()
    seen = [scene.outlook.get(scene.outlook.id_of(item, day)).content.start for day in days]
    return [start.astimezone(UTC).strftime("%H:%M") for start in seen]


async def test_f17_a_series_keeps_its_hour_over_the_clock_change(scene: Scene) -> None:
    """New York changes a week after Berlin, in whose zone the mailbox is."""
    event = await scene.create(replace(LUNCH, rule=FRIDAYS))
    await scene.sync()
    before, between, after = date(2026, 10, 23), date(2026, 10, 30), date(2026, 11, 6)
    assert hours(scene, before, between, after) == ["16:30", "16:30", "17:30"]
    scene.edit_item(scene.item(), renamed("Late lunch"))
    await scene.sync()
    now = await scene.event()
    assert now.content.when == LUNCH.when and now.id == event.id
    await scene.edit(now, replace(now.content, place="Quay 4"))
    await scene.sync()
    assert hours(scene, before, between, after) == ["16:30", "16:30", "17:30"]


async def test_f17_a_series_from_outlook_is_kept_on_its_own_clock(scene: Scene) -> None:
    away = outlook_timed("Call", date(2026, 10, 23), time(12, 30), 60, "Eastern Standard Time")
    scene.outlook.add(weekly(away))
    await scene.sync()
    event = await scene.event()
    assert isinstance(event.content.when, Timed)
    assert event.content.when == LUNCH.when
    assert event.content.when.start.tzinfo == NEW_YORK


def of_zone(name: str, content: Content) -> Content:
    rule = content.recurrence and replace(content.recurrence, zone=name)
    return replace(content, start_zone=name, end_zone=name, recurrence=rule)


@pytest.mark.parametrize(
    "name", ["tzone://Microsoft/Custom", "tzone://Microsoft/Utc", "Customized Time Zone", ""]
)
async def test_f18_a_zone_that_nobody_knows_loses_no_event_and_no_hour(
    scene: Scene, name: str
) -> None:
    scene.outlook.add(of_zone(name, outlook_event("Review")))
    scene.outlook.add(of_zone(name, weekly(outlook_event("Walk"))))
    await scene.sync()
    team = {event.content.title: event.content for event in await scene.team()}
    assert set(team) == {"Review", "Walk"}
    for content in team.values():
        assert isinstance(content.when, Timed)
        assert content.when.start.astimezone(UTC) == datetime(2026, 11, 20, 11, 30, tzinfo=UTC)
        assert content.zone_guessed is (name != "tzone://Microsoft/Utc")  # the card says so
    review = next(event for event in await scene.team() if event.content.title == "Review")
    await scene.edit(review, replace(review.content, place="Quay 4"))
    await scene.sync()
    assert (await scene.sync()).is_done
    starts = {item.content.start.astimezone(UTC).hour for item in scene.items()}
    assert starts == {11}


async def test_f18_kyiv_is_one_zone_under_both_its_names(scene: Scene) -> None:
    await scene.create(replace(LUNCH, when=timed(zone=ZoneInfo("Europe/Kiev")), rule=FRIDAYS))
    await scene.sync()
    assert scene.item().content.start_zone in {"FLE Standard Time", "Europe/Kiev", "Europe/Kyiv"}
    scene.calls()
    scene.sandbox.office.delta(scene.outlook.person).expire()
    await scene.sync()
    assert scene.writes() == []


@pytest.mark.parametrize("zone", [ZONE, "UTC", "Pacific Standard Time", "Tonga Standard Time"])
async def test_f19_whole_days_stay_the_days_they_are_in_every_zone(scene: Scene, zone: str) -> None:
    event = await scene.create(replace(LUNCH, when=all_day("2026-11-20", days=2)))
    first, last = date(2026, 12, 24), date(2026, 12, 26)
    scene.outlook.add(outlook_days("Leave", first, last, zone))
    await scene.sync()
    leave = next(each for each in await scene.team() if each.id != event.id)
    assert leave.content.when == AllDay(first, date(2026, 12, 27))
    ours = next(item for item in scene.items() if item.content.subject == "Lunch").content
    assert ours.is_all_day
    assert (ours.start.date(), ours.end.date()) == (date(2026, 11, 20), date(2026, 11, 22))
    await scene.edit(leave, replace(leave.content, title="Holiday"))
    await scene.sync()
    theirs = next(item for item in scene.items() if item.content.subject == "Holiday").content
    assert theirs.is_all_day and theirs.start.date() == first
