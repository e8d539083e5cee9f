"""Events that are found in the compose box and put into messages; Wednesday 18 November 2026."""

from __future__ import annotations

import pytest

from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import House, an_event, words
from tests.scenarios.test_calendars import a_calendar
from tests.scenarios.test_pages_and_links import id_in


async def found(teams: FakeTeams, who: Someone, text: str) -> list[str]:
    return [row.title for row in (await teams.query(who, "searchEvents", text)).rows]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("today", ["Walk"]),
        ("next week", ["Standup", "Budget review", "Standup"]),
        ("budget", ["Budget review", "Budget plan"]),
        ("budget next week", ["Budget review"]),
        ("budget from december", ["Budget plan"]),
        ("budget until 30 november", ["Budget review"]),
        ("#board", ["Budget review"]),
        ("with ines", ["Lunch with Ines"]),
        ("with Ines tomorrow", ["Lunch with Ines"]),
        ("in Gym", ["Swim"]),
        ("swim in gym friday", ["Swim"]),
        ("lunch in", ["Lunch with Ines"]),
    ],
)
async def test_a_search_is_narrowed_down_by_what_is_typed(
    calendar: None, teams: FakeTeams, mara: Someone, typed: str, titles: list[str]
) -> None:
    assert sorted(await found(teams, mara, typed)) == sorted(titles)


@pytest.fixture
async def calendar(teams: FakeTeams, mara: Someone) -> None:
    for sentence in (
        "Walk today 18:00",
        "Budget review 24 november 9:00 #board",
        "Budget plan 10 december 9:00",
        "Lunch with Ines tomorrow 12:00",
        "Standup every monday and friday 9:00 from 23 november until 30 november",
    ):
        await an_event(teams, mara, sentence)
    await a_calendar(teams, mara, "Gym")
    form = await teams.message(mara, "new event")
    [choice] = [one for one in form.card["body"] if one.get("id") == "in_book"]
    [gym] = [one["value"] for one in choice["choices"] if one["title"] == "Gym"]
    typed = {"title": "Swim", "in_book": gym, "start_date": "2026-11-20"}
    await teams.click(mara, form.post, "Create", typed)


async def test_a_date_of_a_series_is_found_by_its_day(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "Standup every monday 9:00")
    [row] = (await teams.query(mara, "searchEvents", "standup 30 november")).rows
    assert "Mon, 30 Nov 2026" in words(row.card) and "Mon, 30 Nov 2026" in row.preview["text"]
    [row] = (await teams.query(mara, "searchEvents", "standup")).rows
    assert "Mon, 23 Nov 2026" in row.preview["text"]


async def test_a_card_in_a_message_stays_right_for_those_who_may_see_it(
    teams: FakeTeams, mara: Someone, ines: Someone, priya: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    await teams.message(ines, "agenda", channel)
    elsewhere = teams.group_chat("lunch", [mara, ines, priya])
    [row] = (await teams.query(mara, "searchEvents", "review")).rows
    sent = teams.insert(mara, row, elsewhere)
    assert "09:00" in words(sent.card)
    heard = await teams.message(mara, "move review to 11:00", channel)
    await teams.click(mara, heard.post, "Move")

    for who in (mara, ines):
        looked = await teams.refresh(who, sent)
        assert "11:00" in words(looked.card)
        assert "11:00" in words((await teams.refresh(who, sent)).card), "it goes on"
    assert f"8:orgid:{priya.object_id}" not in sent.card["refresh"]["userIds"]
    stranger = await teams.execute(
        priya, sent, "event.live", sent.card["refresh"]["action"]["data"]
    )
    assert "Review" not in str(stranger.body)

    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")
    assert "This event is gone." in words((await teams.refresh(ines, sent)).card)


async def test_what_the_compose_box_makes_and_what_a_link_becomes_stays_right_too(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    dialog = (await teams.action_fetch(mara, "newEvent")).dialog
    assert dialog
    [made] = (await teams.submit_dialog(mara, dialog, "Create", {"title": "Kick-off"})).rows
    url = f"{house.url}/e/{id_in(made.card, 'event')}"
    [pasted] = (await teams.unfurl(mara, url)).rows
    sent = [teams.insert(mara, row, teams.group_chat("x", [mara])) for row in (made, pasted)]
    heard = await teams.message(mara, "rename kick-off to Great beginning")
    await teams.click(mara, heard.post, "Rename")
    for message in sent:
        assert "Great beginning" in words((await teams.refresh(mara, message)).card)
