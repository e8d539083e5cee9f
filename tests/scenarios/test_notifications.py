"""People are told what they wanted to hear, when they wanted to, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests._teams import Chat, FakeTeams, Posted, Someone
from tests.scenarios._house import House, an_event, opened, typed_in, words

QUIET = {"changes": "none", "as_event_says": "false"}


async def chosen(
    teams: FakeTeams, who: Someone, wishes: dict[str, str], where: Chat | None = None
) -> None:
    """Write ``notifications``, open the form and save it."""
    heard = await teams.message(who, "notifications", where)
    await teams.click(who, heard.post, "For me" if where else "Your calendar")
    saved = await teams.click(who, heard.post, "Save", wishes)
    assert "Saved." in words(saved.card)


def heard_since(teams: FakeTeams, before: int) -> list[Posted]:
    return teams.connector.posts[before:]


async def until(house: House, moment: datetime) -> None:
    """Let time pass in steps of half a minute, as the schedule would look."""
    while house.clock.now() < moment:
        house.clock.advance(min(timedelta(seconds=30), moment - house.clock.now()))
        await house.almanac.worker.drain()


async def test_the_owner_of_a_calendar_is_reminded_to_the_minute(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await an_event(teams, mara, "lunch with Ines at Harbour friday 12:30")
    await house.settle()
    before = len(teams.connector.posts)
    at = datetime(2026, 11, 20, 11, 15, tzinfo=UTC)  # 12:15 in Copenhagen
    house.clock.move_to(at - timedelta(minutes=1))
    await house.almanac.worker.drain()
    assert heard_since(teams, before) == []
    await until(house, at)
    (told,) = heard_since(teams, before)
    assert "In 15 minutes" in words(told.card) and "lunch with Ines" in words(told.card)
    await until(house, at + timedelta(hours=1))
    assert len(heard_since(teams, before)) == 1


async def test_reminders_come_as_somebody_has_set_for_themselves(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await an_event(teams, mara, "Dentist friday 12:30")
    await an_event(teams, mara, "Bank friday 15:30")
    await house.settle()
    form = (await teams.message(mara, "my settings")).post
    typed = {"own_zone": "America/New_York", "own_language": "de-DE"}
    await teams.click(mara, form, "Save", typed)
    await until(house, datetime(2026, 11, 20, 11, 15, tzinfo=UTC))
    told = words(teams.connector.posts[-1].card)
    assert "In 15 Minuten" in told and "06:30" in told
    form = (await teams.message(mara, "my settings")).post
    await teams.click(mara, form, "Speichern", {"own_zone": "teams", "own_language": "teams"})
    await until(house, datetime(2026, 11, 20, 14, 15, tzinfo=UTC))
    told = words(teams.connector.posts[-1].card)
    assert "In 15 minutes" in told and "15:30" in told


async def test_a_reminder_comes_once_more_when_asked(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await an_event(teams, mara, "Dentist friday 12:30")
    await house.settle()
    house.clock.move_to(datetime(2026, 11, 20, 11, 15, tzinfo=UTC))
    await house.almanac.worker.drain()
    told = teams.connector.posts[-1]
    answer = await teams.click(mara, told, "Again in 5 minutes")
    assert "again in 5 minutes" in words(answer.card)
    before = len(teams.connector.posts)
    await until(house, house.clock.now() + timedelta(minutes=5))
    (again,) = heard_since(teams, before)
    assert "In 10 minutes" in words(again.card)


async def test_whoever_is_reminded_by_outlook_is_not_reminded_twice(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await house.connect(mara)
    await an_event(teams, mara, "Dentist friday 12:30")
    await house.settle()
    before = len(teams.connector.posts)
    await house.pass_time(timedelta(days=3))
    assert heard_since(teams, before) == []


async def test_nobody_hears_of_a_team_calendar_unasked(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await teams.install(mara)
    await teams.install(ines)
    await an_event(teams, mara, "Review friday 9:00", channel)
    await house.settle()
    before = len(teams.connector.posts)
    await house.pass_time(timedelta(days=3))
    assert heard_since(teams, before) == []


async def test_changes_by_others_come_in_one_message(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await teams.install(ines)
    await chosen(teams, ines, QUIET | {"changes": "all"}, channel)
    await house.settle()
    for title in ("Review", "Retro", "Planning"):
        await an_event(teams, mara, f"{title} friday 9:00", channel)
    await an_event(teams, ines, "Mine friday 9:00", channel)
    before = len(teams.connector.posts)
    await until(house, house.clock.now() + timedelta(minutes=1))
    (told,) = heard_since(teams, before)
    assert told.chat.kind == "personal"
    said = words(told.card)
    assert "3 changes" in said and "New: Review" in said and "Mine" not in said


async def test_only_ones_own_events_can_be_chosen(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await teams.install(ines)
    await chosen(teams, ines, QUIET | {"changes": "mine"}, channel)
    mine = await an_event(teams, ines, "Mine friday 9:00", channel)
    await an_event(teams, mara, "Review friday 9:00", channel)
    await until(house, house.clock.now() + timedelta(minutes=1))
    before = len(teams.connector.posts)
    await teams.click(mara, mine, "Delete")
    await teams.click(mara, mine, "Delete")
    await until(house, house.clock.now() + timedelta(minutes=1))
    (told,) = heard_since(teams, before)
    assert "Deleted: Mine" in words(told.card) and "Mara" in words(told.card)


async def test_news_wait_until_the_quiet_hours_are_over(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await teams.install(ines)
    quiet = {"changes": "all", "quiet_from": "12", "quiet_until": "15"}
    await chosen(teams, ines, QUIET | quiet, channel)  # it is 13:00 in Copenhagen
    await house.settle()
    before = len(teams.connector.posts)
    await an_event(teams, mara, "Review friday 9:00", channel)
    own = len(teams.connector.posts)
    await house.pass_time(timedelta(hours=1, minutes=50))
    assert len(teams.connector.posts) == own > before
    await until(house, house.clock.now() + timedelta(minutes=10))
    assert "New: Review" in words(teams.connector.posts[-1].card)


async def test_a_digest_comes_at_its_hour_by_ones_own_clock(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    await an_event(teams, mara, "Dentist friday 12:30")
    await chosen(teams, mara, QUIET | {"digest": "daily", "digest_hour": "8"})
    before = len(teams.connector.posts)
    await until(house, datetime(2026, 11, 20, 6, 59, tzinfo=UTC))
    assert heard_since(teams, before) == []  # Thursday has nothing
    await until(house, datetime(2026, 11, 20, 7, 0, tzinfo=UTC))
    (told,) = heard_since(teams, before)
    assert "20 Nov 2026" in words(told.card) and "Dentist" in words(told.card)
    await until(house, datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    assert len(heard_since(teams, before)) == 1


async def test_a_conversation_can_be_told_as_a_whole(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "notifications", channel)
    await teams.click(mara, heard.post, "For everybody here")
    wishes = QUIET | {"digest": "workdays", "digest_hour": "9", "reminder_1": "10"}
    await teams.click(mara, heard.post, "Save", wishes)
    await an_event(teams, mara, "Review friday 12:30", channel)
    await house.settle()
    before = len(teams.connector.posts)
    await until(house, datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    digest, reminder = heard_since(teams, before)
    assert digest.chat.id == reminder.chat.id == channel.id
    assert "Review" in words(digest.card) and "In 10 minutes" in words(reminder.card)
    assert "Again in" not in words(reminder.card)


async def test_the_form_is_a_dialog_too(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "notifications", channel)
    dialog = await opened(teams, mara, heard.post, "For me, in a window")
    assert typed_in(dialog.card)["as_event_says"] == "false"
    again = await teams.submit_dialog(mara, dialog, "Save", {"digest_hour": "25"})
    assert again.dialog and "Please choose one of the list." in words(again.dialog.card)
    done = await teams.submit_dialog(mara, dialog, "Save", {"digest": "weekly"})
    assert done.text == "Saved."
    dialog = await opened(teams, mara, heard.post, "For me, in a window")
    assert typed_in(dialog.card)["digest"] == "weekly"


async def test_a_choice_that_cannot_be_comes_back_with_a_sentence(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "notifications")
    await teams.click(mara, heard.post, "Your calendar")
    refused = await teams.click(mara, heard.post, "Save", {"reminder_1": "7"})
    assert "Nothing is saved yet" in words(refused.card)


async def test_whoever_left_hears_no_more(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await teams.install(ines)
    await chosen(teams, ines, QUIET | {"changes": "all", "reminder_1": "10"}, channel)
    await teams.members_removed(channel, ines)
    await an_event(teams, mara, "Review friday 12:30", channel)
    before = len(teams.connector.posts)
    await house.pass_time(timedelta(days=3))
    assert heard_since(teams, before) == []


@pytest.mark.parametrize("fault", ["unreachable", "throttled"])
async def test_what_could_not_be_said_is_said_later_and_once(
    house: House, teams: FakeTeams, mara: Someone, fault: str
) -> None:
    await teams.install(mara)
    await an_event(teams, mara, "Dentist friday 12:30")
    await house.settle()
    before = len(teams.connector.posts)
    status = {"unreachable": 503, "throttled": 429}[fault]
    teams.connector.fail(status, times=6)
    house.clock.move_to(datetime(2026, 11, 20, 11, 15, tzinfo=UTC))
    await house.almanac.worker.drain()
    await until(house, datetime(2026, 11, 20, 11, 40, tzinfo=UTC))
    (told,) = heard_since(teams, before)
    assert "Dentist" in words(told.card)
