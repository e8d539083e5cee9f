"""Once connected, a person's calendar here and their Outlook are in step; nobody is mailed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest_asyncio

from sandbox.writing import all_day, weekly
from tests._teams import FakeTeams, Someone
from tests.scenarios._house import House, agenda_of, an_event, edited, line_of, removed, words
from tests.services.sync._scene import ZONE, outlook_event, renamed


@pytest_asyncio.fixture
async def home(house: House, teams: FakeTeams, mara: Someone) -> AsyncIterator[House]:
    """Mara, connected. Whatever happens, nobody is mailed and nothing is doubled."""
    await teams.install(mara)
    await house.connect(mara)
    await house.settle()
    yield house
    assert house.outlook().mails == []
    await house.settle()
    house.sandbox.door.seen.clear()
    await house.pass_time(timedelta(minutes=20))
    writes = [call for call in house.sandbox.door.seen if call.method != "GET"]
    assert writes == [], "a quiet link writes nothing"


def subjects(house: House) -> list[str]:
    return sorted(item.content.subject for item in house.events_in_outlook())


# -- from here to Outlook ----------------------------------------------------------------------


async def test_what_is_made_changed_and_deleted_here_is_so_in_outlook(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00 in Room Linde")
    await home.settle()
    (item,) = home.events_in_outlook()
    assert (item.content.subject, item.content.start.isoformat()) == (
        "Review",
        "2026-11-20T09:00:00+01:00",
    )
    assert item.content.plain["locations"][0]["displayName"] == "Room Linde"

    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"title": "Retro", "start_time": "10:00"})
    await home.settle()
    (item,) = home.events_in_outlook()
    assert (item.content.subject, item.content.start.hour) == ("Retro", 10)

    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")
    await home.settle()
    assert home.events_in_outlook() == []


async def test_an_event_of_whole_days_is_one_in_outlook(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "Fair 20 November to 22 November")
    await home.settle()
    (item,) = home.events_in_outlook()
    assert item.content.is_all_day
    assert (item.content.start.date(), item.content.end.date()) == (
        date(2026, 11, 20),
        date(2026, 11, 23),
    )


async def test_a_series_made_changed_and_deleted_here_is_so_in_outlook(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Stand-up every monday 9:00")
    await home.settle()
    (item,) = home.events_in_outlook()
    assert item.content.recurrence and item.content.recurrence.days_of_week == ("monday",)

    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"title": "Weekly", "until": "2026-12-14"})
    await home.settle()
    (item,) = home.events_in_outlook()
    assert item.content.subject == "Weekly"
    shown = home.outlook().between(
        item.calendar, item.content.start, item.content.start + timedelta(days=99)
    )
    assert len(shown) == 4

    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")
    await home.settle()
    assert home.events_in_outlook() == []


# -- from Outlook to here ----------------------------------------------------------------------


async def test_what_is_made_changed_and_deleted_in_outlook_is_so_here(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    item = home.outlook().add(outlook_event("Dentist", place="Main Street"))
    await home.settle()
    agenda = await agenda_of(teams, mara)
    assert "Dentist" in agenda and "12:30" in agenda and "Main Street" in agenda

    edited(home, item, renamed("Dentist, again")(item.content))
    await home.settle()
    assert "Dentist, again" in await agenda_of(teams, mara)

    removed(home, item)
    await home.settle()
    assert "Nothing is planned." in await agenda_of(teams, mara)


async def test_whole_days_in_outlook_are_whole_days_here(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    home.outlook().add(all_day("Fair", date(2026, 11, 20), date(2026, 11, 21), ZONE))
    await home.settle()
    agenda = await agenda_of(teams, mara)
    assert agenda.splitlines().count("Fair") == 2
    assert "All day" in agenda


async def test_a_series_in_outlook_with_its_exceptions_is_so_here(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    outlook = home.outlook()
    item = outlook.add(weekly(outlook_event("Stand-up", "2026-11-23", "09:00")))
    await home.settle()
    assert "Stand-up" in await agenda_of(teams, mara, "next week")
    assert "Stand-up" in await agenda_of(teams, mara, "30 November")

    seen = outlook.get(outlook.id_of(item, date(2026, 11, 30)))
    outlook.edit(seen, renamed("Stand-up with cake")(seen.content))
    removed(home, item, date(2026, 12, 7))
    await home.settle()
    assert "Stand-up with cake" in await agenda_of(teams, mara, "30 November")
    assert "Nothing is planned." in await agenda_of(teams, mara, "7 December")
    assert "Stand-up" in await agenda_of(teams, mara, "14 December")

    removed(home, item)
    await home.settle()
    assert "Nothing is planned." in await agenda_of(teams, mara, "14 December")


async def test_a_post_follows_what_happens_in_outlook(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    await home.settle()
    (item,) = home.events_in_outlook()
    edited(home, item, renamed("Retro")(item.content))
    await home.settle()
    assert "Retro" in words(post.card)
    (item,) = home.events_in_outlook()
    removed(home, item)
    await home.settle()
    assert "Deleted by Outlook." in words(post.card)


async def test_what_stood_in_outlook_before_is_here_after_connecting(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    house.outlook().add(outlook_event("Dentist"))
    await an_event(teams, mara, "Review friday 9:00")
    await house.connect(mara)
    await house.settle()
    agenda = await agenda_of(teams, mara)
    assert "Dentist" in agenda and "Review" in agenda
    assert subjects(house) == ["Dentist", "Review"]


# -- both at once ------------------------------------------------------------------------------


async def test_different_fields_changed_on_both_sides_are_both_kept(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    await home.settle()
    (item,) = home.events_in_outlook()
    edited(home, item, renamed("Retro")(item.content))
    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"place": "Room Linde"})
    await home.settle()

    (item,) = home.events_in_outlook()
    assert item.content.subject == "Retro"
    assert item.content.plain["locations"][0]["displayName"] == "Room Linde"
    agenda = await agenda_of(teams, mara)
    assert "Retro" in agenda and "Room Linde" in agenda


async def test_an_edit_beats_a_deletion(home: House, teams: FakeTeams, mara: Someone) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    await home.settle()
    (item,) = home.events_in_outlook()
    removed(home, item)
    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"title": "Retro"})
    await home.settle()
    assert "Retro" in await agenda_of(teams, mara)
    await home.pass_time(timedelta(minutes=3))  # until then it may show under another id
    assert subjects(home) == ["Retro"]
    assert "Retro" in await agenda_of(teams, mara)


# -- what wakes it -----------------------------------------------------------------------------


async def test_a_notice_of_outlook_wakes_the_sync(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    home.outlook().add(outlook_event("Dentist"))
    await home.sandbox.notices.settle()
    await home.almanac.worker.drain()
    assert "Dentist" in await agenda_of(teams, mara)


async def test_without_any_notice_the_sweep_finds_it(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    home.sandbox.notices.is_held = True
    home.outlook().add(outlook_event("Dentist"))
    await home.settle()
    assert "Dentist" not in await agenda_of(teams, mara)
    await home.pass_time(timedelta(minutes=18))
    assert "Dentist" in await agenda_of(teams, mara)


async def test_the_sync_goes_on_for_weeks(home: House, teams: FakeTeams, mara: Someone) -> None:
    for week in range(3):
        await home.pass_time(timedelta(days=7))
        home.outlook().add(outlook_event(f"Week {week}", "2026-12-24"))
        await home.settle()
        assert f"Week {week}" in await agenda_of(teams, mara, "24 December")


async def test_an_outlook_that_is_down_for_a_while_loses_nothing(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    home.sandbox.faults.fail(times=6, status=503)
    await an_event(teams, mara, "Review friday 9:00")
    home.outlook().add(outlook_event("Dentist"))
    for _ in range(8):
        await home.pass_time(timedelta(minutes=5))
    assert subjects(home) == ["Dentist", "Review"]
    agenda = await agenda_of(teams, mara)
    assert "Dentist" in agenda and "Review" in agenda


# -- what Outlook cannot say -------------------------------------------------------------------


async def test_a_series_that_outlook_cannot_say_is_there_date_by_date(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Payday every month on the 1st and the 15th 9:00")
    await home.settle()
    dates = sorted(item.content.start.date() for item in home.events_in_outlook())
    assert dates[:3] == [date(2026, 12, 1), date(2026, 12, 15), date(2027, 1, 1)]
    assert len(dates) > 30
    categories = {tuple(item.content.plain["categories"]) for item in home.events_in_outlook()}
    assert categories == {("Series (Almanac)",)}

    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"tags": "#pay", "until": "2026-12-31"})
    await home.settle()
    categories = {tuple(item.content.plain["categories"]) for item in home.events_in_outlook()}
    assert ("pay", "Series (Almanac)") in categories


async def test_marks_and_tags_typed_here_are_bold_words_and_categories_in_outlook(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    post = await an_event(teams, mara, "Review every 2 weeks on monday 9:00 #fair")
    await teams.click(mara, post, "Edit")
    typed = {"tags": "fair, #print", "text": "**Bring** prints", "importance": "high"}
    await teams.click(mara, post, "Save", typed)
    await home.settle()
    (item,) = home.events_in_outlook()
    told = item.content.plain
    assert (told["categories"], told["importance"]) == (["fair", "print"], "high")
    assert told["body"]["content"] == "<div><b>Bring</b> prints</div>"
    assert item.content.recurrence and item.content.recurrence.interval == 2


async def test_the_form_of_an_online_meeting_says_that_its_notes_stay_here(
    home: House, teams: FakeTeams, mara: Someone
) -> None:
    online = outlook_event("Review")
    home.outlook().add(replace(online, plain={**online.plain, "isOnlineMeeting": True}))
    home.outlook().add(outlook_event("Retro"))
    await home.settle()
    for title, told in (("Review", True), ("Retro", False)):
        agenda = await teams.message(mara, "agenda")
        await teams.click(mara, agenda.post, line_of(agenda.card, title))
        form = await teams.click(mara, agenda.post, "Edit")
        assert ("notes written here then stay with the team" in words(form.card)) is told

    account = await teams.message(mara, "account")
    await teams.click(mara, account.post, "Show Your calendar ↔ Calendar")
    settings = await teams.click(mara, account.post, "Settings")
    assert "The notes of an online meeting do not cross" in words(settings.card)
