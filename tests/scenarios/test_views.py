"""A calendar as agenda, day, week and month; it is Wednesday 18 November 2026, 13:00 in Berlin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests._teams import Chat, FakeTeams, Someone
from tests._teams_cards import buttons, inputs
from tests.scenarios._house import PRIYA, House, an_event, line_of, typed_in, words


def tabs(card: dict[str, Any]) -> set[str]:
    return {a["title"] for a in buttons(card)} & {"Agenda", "Day", "Week", "Month"}


@pytest.mark.parametrize(
    ("typed", "span", "others"),
    [
        ("day", "Wed, 18 Nov 2026", {"Agenda", "Week", "Month"}),
        ("week", "Mon, 16 Nov - Sun, 22 Nov 2026", {"Agenda", "Day", "Month"}),
        ("week 12 december", "Mon, 7 Dec - Sun, 13 Dec 2026", {"Agenda", "Day", "Month"}),
        ("month", "November 2026", {"Agenda", "Day", "Week"}),
        ("month march", "March 2027", {"Agenda", "Day", "Week"}),
        ("agenda", "Wed, 18 Nov - Tue, 24 Nov 2026", {"Day", "Week", "Month"}),
    ],
)
async def test_each_view_is_typed_and_leads_to_the_others(
    teams: FakeTeams, mara: Someone, typed: str, span: str, others: set[str]
) -> None:
    heard = await teams.message(mara, typed)
    assert span in words(heard.card)
    assert tabs(heard.card) == others


async def test_a_day_of_the_month_opens_the_day_and_its_events_lead_back(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "Review friday 9:00 in Room Linde")
    heard = await teams.message(mara, "month")
    assert "Review" in words(heard.card)

    day = await teams.click(mara, heard.post, "Fri 20 Nov, one event")
    assert "Fri, 20 Nov 2026" in words(day.card) and "Room Linde" in words(day.card)
    await teams.click(mara, heard.post, line_of(day.card, "Review"))
    back = await teams.click(mara, heard.post, "Back")
    assert "Fri, 20 Nov 2026" in words(back.card)
    assert tabs(back.card) == {"Agenda", "Week", "Month"}


async def test_earlier_later_and_today_move_by_what_is_shown(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "month")
    assert "December 2026" in words((await teams.click(mara, heard.post, "Later")).card)
    assert "January 2027" in words((await teams.click(mara, heard.post, "Later")).card)
    assert "November 2026" in words((await teams.click(mara, heard.post, "Today")).card)
    week = await teams.click(mara, heard.post, "Week")
    assert "Mon, 16 Nov - Sun, 22 Nov 2026" in words(week.card)
    earlier = await teams.click(mara, heard.post, "Earlier")
    assert "Mon, 9 Nov - Sun, 15 Nov 2026" in words(earlier.card)


async def test_who_asks_for_a_year_gets_as_much_of_it_as_an_agenda_shows(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "agenda 1 january to 31 december")
    assert "Thu, 1 Jan - Thu, 2 Apr 2026" in words(heard.card)
    later = await teams.click(mara, heard.post, "Later")
    assert "Fri, 3 Apr - Fri, 3 Jul 2026" in words(later.card)


async def test_a_form_leads_to_any_day_and_filters(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "Trade fair 3 march 9:00 #travel")
    await an_event(teams, mara, "Dentist 4 march 9:00")
    heard = await teams.message(mara, "week")
    form = await teams.click(mara, heard.post, "Go to …")
    assert typed_in(form.card)["kind"] == "week"

    chosen = {"day": "2027-03-03", "kind": "month", "only_tag": "#Travel"}
    march = await teams.click(mara, heard.post, "Show", chosen)
    assert "March 2027" in words(march.card) and "Only #Travel. Show all" in words(march.card)
    assert "Trade fair" in words(march.card) and "Dentist" not in words(march.card)
    everything = await teams.click(mara, heard.post, "Only #Travel. Show all")
    assert "Dentist" in words(everything.card)


async def test_a_form_leads_to_another_calendar(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "Launch party friday 18:00", channel)
    heard = await teams.message(mara, "week")
    assert "Launch party" not in words(heard.card)
    form = await teams.click(mara, heard.post, "Go to …")
    (calendars,) = (one for one in inputs(form.card) if one["id"] == "calendar")
    named = {choice["title"]: choice["value"] for choice in calendars["choices"]}
    shared = await teams.click(mara, heard.post, "Show", {"calendar": named["Harbour · Launch"]})
    assert "Launch party" in words(shared.card)


async def test_a_day_that_does_not_exist_gets_a_sentence_and_loses_nothing(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "week")
    await teams.click(mara, heard.post, "Go to …")
    wrong = {"day": "2027-02-31", "only_who": "Ines"}
    again = await teams.click(mara, heard.post, "Show", wrong)
    assert "“2027-02-31”: There is no such day." in words(again.card)
    assert typed_in(again.card)["only_who"] == "Ines"


async def test_only_what_was_asked_for_is_shown(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "Trade fair friday 9:00 #travel")
    await an_event(teams, mara, "Lunch with Ines friday 12:30")
    by_tag = words((await teams.message(mara, "agenda #travel")).card)
    assert "Trade fair" in by_tag and "Lunch" not in by_tag
    by_person = words((await teams.message(mara, "week with inès")).card)
    assert "Lunch with Ines" in by_person and "Trade fair" not in by_person


async def test_who_turns_the_pages_of_a_post_turns_them_for_themselves(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = (await teams.message(mara, "month", channel)).post
    said = words(post.card)
    later = await teams.click(mara, post, "Later")

    assert "December 2026" in words(later.card)
    assert words(post.card) == said and post.edits == 0
    assert "November 2026" in words(post.card_for(ines))


async def test_a_reader_elsewhere_sees_their_own_zone_and_the_post_names_its_own(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "Late call friday 20:00", channel)
    away = replace(house.someone(PRIYA), zone="Asia/Kolkata")
    await teams.members_added(channel, away)
    await house.settle()
    post = (await teams.message(mara, "week", channel)).post
    assert "Berlin time" in words(post.card) and "20:00-21:00" in words(post.card)

    own = await teams.refresh(away, post)
    assert "00:30-01:30" in words(own.card) and "Berlin" not in words(own.card)
    assert own.card["refresh"]["userIds"] == [away.teams_id]
    assert "20:00-21:00" in words(post.card)


async def test_the_month_of_a_post_follows_what_changes(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    post = (await teams.message(mara, "month #travel", channel)).post
    await an_event(teams, mara, "Trade fair 27 november 9:00 #travel", channel)
    await an_event(teams, mara, "Lunch 27 november 12:00", channel)
    await house.settle()
    assert "November 2026" in words(post.card)
    assert "Trade fair" in words(post.card) and "Lunch" not in words(post.card)


async def test_what_was_opened_from_an_agenda_leads_back_after_an_answer(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "Review friday 9:00", channel)
    agenda = await teams.message(ines, "agenda", channel)
    await teams.click(ines, agenda.post, line_of(agenda.card, "Review"))
    answered = await teams.click(ines, agenda.post, "Yes")
    assert "✓ Yes · 1" in words(answered.card) and "Ines Moreau" in words(answered.card)
    back = await teams.click(ines, agenda.post, "Back")
    assert tabs(back.card) == {"Day", "Week", "Month"} and "you come" in words(back.card)


@pytest.mark.parametrize(
    ("sentence", "button"),
    [("Review friday 9:00", "Delete"), ("Review daily 9:00", "Only this date")],
)
async def test_what_was_opened_from_an_agenda_leads_back_after_it_was_deleted(
    teams: FakeTeams, mara: Someone, sentence: str, button: str
) -> None:
    await an_event(teams, mara, sentence)
    agenda = await teams.message(mara, "agenda friday")
    await teams.click(mara, agenda.post, line_of(agenda.card, "Review"))
    await teams.click(mara, agenda.post, "Delete")
    await teams.click(mara, agenda.post, button)
    undone = await teams.click(mara, agenda.post, "Undo")
    assert "It is again as it was before." in words(undone.card)
    back = await teams.click(mara, agenda.post, "Back")
    assert "Review" in words(back.card) and tabs(back.card) == {"Day", "Week", "Month"}
    await teams.click(mara, agenda.post, line_of(back.card, "Review"))
    await teams.click(mara, agenda.post, "Delete")
    await teams.click(mara, agenda.post, "Keep it" if button == "Delete" else "Keep them all")
    await teams.click(mara, agenda.post, "Delete")
    await teams.click(mara, agenda.post, button)
    back = await teams.click(mara, agenda.post, "Back")
    assert "Nothing is planned." in words(back.card)
