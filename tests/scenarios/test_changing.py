"""Events that are moved, renamed and called off in words; Wednesday 18 November 2026 in Berlin."""

from __future__ import annotations

import pytest

from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import agenda_of, an_event, line_of, words
from tests.scenarios.test_calendars import a_calendar


async def test_an_event_is_moved_by_a_sentence_after_a_look_at_it(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "lunch with Ines friday 12:30 for 45 min", channel)
    heard = await teams.message(ines, "move lunch with Ines to 14:00", channel)
    said = words(heard.card)
    assert "Move this event?" in said and "Fri, 20 Nov 2026, 14:00 - 14:45" in said
    assert "Until now: Fri, 20 Nov 2026, 12:30 - 13:15" in said
    assert "12:30" in words((await teams.message(mara, "agenda", channel)).card)

    moved = await teams.click(ines, heard.post, "Move")

    assert "Saved." in words(moved.card) and "14:00 - 14:45" in words(moved.card)
    assert "14:00" in words(heard.post.card) and "Move this event?" not in words(heard.post.card)
    undone = await teams.click(ines, heard.post, "Undo")
    assert "12:30 - 13:15" in words(undone.card)


async def test_of_several_events_one_is_chosen(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "Lunch friday 12:00")
    await an_event(teams, mara, "Lunch tomorrow 12:00")
    heard = await teams.message(mara, "rename lunch to Dinner")
    assert "Which event is meant?" in words(heard.card)
    question = await teams.click(mara, heard.post, line_of(heard.card, "Fri, 20 Nov"))
    assert "Rename this event?" in words(question.card) and "Until now: Lunch" in words(
        question.card
    )
    await teams.click(mara, heard.post, "Rename")
    agenda = (await agenda_of(teams, mara)).splitlines()
    assert agenda.count("Lunch") == 1 and agenda.count("Dinner") == 1
    again = await teams.message(mara, "move dinner by 2 days")
    assert "Sun, 22 Nov 2026" in words(again.card)


async def test_an_event_is_called_off_by_a_sentence(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "Standup every day 9:00")
    await an_event(teams, mara, "Review tomorrow 10:00")
    heard = await teams.message(mara, "delete standup tomorrow")
    said = words(heard.card)
    assert "Which of these events shall be deleted?" in said and "Thu, 19 Nov 2026" in said
    deleted = await teams.click(mara, heard.post, "Only this date")
    assert "This date is deleted." in words(deleted.card)
    tomorrow = await agenda_of(teams, mara, "tomorrow")
    assert "Standup" not in tomorrow and "Review" in tomorrow
    only = await teams.message(mara, "cancel tomorrow")
    assert "Delete this event?" in words(only.card) and "Review" in words(only.card)


@pytest.mark.parametrize(
    ("said", "button", "left"),
    [("delete lunch", "Delete", "Deleted by Ines Moreau."), ("move lunch by 1 day", "Move", "21")],
)
async def test_in_a_channel_the_list_turns_into_what_was_chosen_and_that_into_what_was_done(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat, said: str, button: str, left: str
) -> None:
    await an_event(teams, mara, "Lunch friday 12:00", channel)
    await an_event(teams, mara, "Lunch tomorrow 12:00", channel)
    heard = await teams.message(ines, said, channel)
    listed = words(heard.post.card)
    assert "Which event is meant?" in listed
    await teams.click(ines, heard.post, line_of(heard.card, "Fri, 20 Nov"))
    assert "this event?" in words(heard.post.card) and "Which" not in words(heard.post.card)
    await teams.click(ines, heard.post, button)
    done = words(heard.post.card)
    assert left in done and "this event?" not in done and "tomorrow" not in done


async def test_a_date_of_a_series_is_moved_alone_or_with_all(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "Standup every monday 9:00")
    heard = await teams.message(mara, "move standup to 10:00")
    assert "Mon, 23 Nov 2026, 10:00" in words(heard.card)
    await teams.click(mara, heard.post, "Only this date")
    assert "10:00" in await agenda_of(teams, mara, "23 november")
    assert "09:00" in await agenda_of(teams, mara, "30 november")
    heard = await teams.message(mara, "move standup 30 november to 1 december")
    moved = await teams.click(mara, heard.post, "The whole series")
    assert "Tuesday" in words(moved.card)
    assert "09:00" in await agenda_of(teams, mara, "8 december")


async def test_where_no_rule_says_it_only_one_date_can_be_moved(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "Board every month on the last working day 9:00")
    heard = await teams.message(mara, "move board to 1 december")
    assert "Only this date" in words(heard.card)
    assert "The whole series" not in words(heard.card)


async def test_what_cannot_be_is_told(teams: FakeTeams, mara: Someone, channel: Chat) -> None:
    assert (await teams.message(mara, "move party to 31 February")).text == "There is no such day."
    nothing = "No event “party” was found here that could be meant."
    for sentence in ("move party to 14:00", "delete party", "rename party to Dinner"):
        assert (await teams.message(mara, sentence)).text == nothing


async def test_a_question_of_yesterday_shows_how_things_are(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "Lunch friday 12:00")
    first = await teams.message(mara, "move lunch to 14:00")
    other = await teams.message(mara, "move lunch to saturday")
    await teams.click(mara, other.post, "Move")
    again = await teams.click(mara, first.post, "Move")
    assert "Move this event?" in words(again.card) and "Sat, 21 Nov 2026, 14:00" in words(
        again.card
    )
    await teams.click(mara, first.post, "Leave it as it is")
    assert "12:00" in await agenda_of(teams, mara, "saturday")


async def test_a_calendar_is_renamed_where_it_bears_the_name(
    teams: FakeTeams, mara: Someone
) -> None:
    await a_calendar(teams, mara, "Gym")
    await an_event(teams, mara, "Gym friday 12:00")
    assert "“Sport”" in (await teams.message(mara, "rename Gym to Sport")).text
    heard = await teams.message(mara, "rename gym to Walk")
    assert "Rename this event?" in words(heard.card)
