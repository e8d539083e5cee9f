"""Looking for events and people, and for who is away; Wednesday 18 November 2026 in Berlin."""

from __future__ import annotations

from tests._teams import Chat, FakeTeams, Someone
from tests._teams_cards import buttons, inputs
from tests.scenarios._house import House, a_contact, an_event, line_of, words
from tests.scenarios.test_calendars import a_calendar


async def test_any_field_of_an_event_is_looked_for(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "Review friday 9:00 in Room Linde #budget")
    form = await teams.message(mara, "new event")
    typed = {"title": "Walk", "text": "About the **budget** of next year"}
    await teams.click(mara, form.post, "Create", typed)
    await an_event(teams, mara, "Lunch friday 12:00")

    found = words((await teams.message(mara, "find budget")).card)
    assert "2 events" in found and "for “budget”" in found
    assert "Review" in found and "Walk" in found and "Lunch" not in found
    assert "Walk" in words((await teams.message(mara, "events about next year")).card)
    assert "Review" in words((await teams.message(mara, "find event linde")).card)


async def test_what_comes_next_stands_first_and_a_series_where_it_comes_next(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "Budget old 2 november 2026 9:00")
    await an_event(teams, mara, "Budget late 24 december 9:00")
    await an_event(teams, mara, "Budget weekly every monday 10:00 from 2 november 2026")
    found = words((await teams.message(mara, "find budget")).card)
    assert found.index("Budget weekly") < found.index("Budget late") < found.index("Budget old")
    assert "Mon, 23 Nov 2026" in found


async def test_a_found_event_leads_to_its_details_and_back(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "Budget review friday 9:00")
    heard = await teams.message(mara, "find budget")
    details = await teams.click(mara, heard.post, line_of(heard.card, "Budget review"))
    assert "Created by Mara Lindqvist" in words(details.card)
    back = await teams.click(mara, heard.post, "Back")
    assert "for “budget”" in words(back.card)


async def test_what_was_found_is_paged(teams: FakeTeams, mara: Someone) -> None:
    for number in range(17):
        await an_event(teams, mara, f"Budget {number:02} {number + 1} december 9:00")
    heard = await teams.message(mara, "events budget")
    assert "17 events" in words(heard.card) and "Budget 15" not in words(heard.card)
    more = await teams.click(mara, heard.post, "More")
    assert "Budget 15" in words(more.card) and "Budget 14" not in words(more.card)
    back = await teams.click(mara, heard.post, "Back")
    assert "Budget 14" in words(back.card)


async def test_people_are_found_beside_events(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "Lunch with Ada friday 12:00")
    await a_contact(teams, mara, {"name": "Ada Byron", "company": "Engines"})
    heard = await teams.message(mara, "find ada")
    said = words(heard.card)
    assert "Lunch with Ada" in said and "People" in said and "Ada Byron" in said
    assert "Engines" in words((await teams.click(mara, heard.post, "Ada Byron")).card)


async def test_in_a_channel_only_what_is_the_channels_is_found(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "Budget of mine friday 9:00")
    await an_event(teams, mara, "Budget of ours friday 10:00", channel)
    post = (await teams.message(mara, "find budget", channel)).post
    assert "Budget of ours" in words(post.card) and "Budget of mine" not in words(post.card)
    own = words((await teams.message(mara, "find budget")).card)
    assert "Budget of ours" in own and "Budget of mine" in own and "Harbour · Launch" in own


async def test_all_calendars_of_a_channel_are_looked_through(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "Budget of ours friday 10:00", channel)
    await a_calendar(teams, mara, "Travel", channel)
    form = await teams.message(mara, "new event", channel)
    (choice,) = (one for one in inputs(form.card) if one["id"] == "in_book")
    (travel,) = (one["value"] for one in choice["choices"] if "Travel" in one["title"])
    typed = {"title": "Budget of trips", "in_book": travel}
    await teams.click(mara, form.post, "Create", typed)
    said = words((await teams.message(ines, "find budget", channel)).card)
    assert "Budget of ours" in said and "Budget of trips" in said and "Travel" in said


async def test_nothing_found_is_said(teams: FakeTeams, mara: Someone) -> None:
    assert "Nothing was found." in words((await teams.message(mara, "find xyzzy")).card)
    assert "No event was found." in words((await teams.message(mara, "events xyzzy")).card)


async def away(teams: FakeTeams, who: Someone, sentence: str, where: Chat) -> None:
    """Make an event that shows its people as away."""
    heard = await teams.message(who, "new event", where)
    title, day = sentence.rsplit(" ", 1)
    typed = {
        "title": title,
        "show_as": "away",
        "all_day": "true",
        "start_date": day,
        "end_date": day,
    }
    created = await teams.click(who, heard.post, "Create", typed)
    assert "Created." in words(created.card)


async def test_who_is_away_is_told_person_by_person(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await away(teams, mara, "Dentist 2026-11-19", channel)
    await away(teams, mara, "Ines on holiday 2026-11-20", channel)
    await away(teams, ines, "Fair 2026-11-26", channel)
    await an_event(teams, mara, "Review friday 9:00", channel)

    heard = await teams.message(mara, "who is away this week", channel)
    lines = words(heard.card).splitlines()
    assert "Mon, 16 Nov - Sun, 22 Nov 2026 · Berlin time" in lines
    ines_at, mara_at = lines.index("Ines Moreau"), lines.index("Mara Lindqvist")
    assert "Ines on holiday" in "".join(lines[ines_at:mara_at])
    assert "Dentist" in "".join(lines[mara_at:]) and "Review" not in "".join(lines)

    later = await teams.click(mara, heard.post, "Later")
    assert "Fair" in words(later.card) and "Dentist" not in words(later.card)
    await teams.click(mara, heard.post, line_of(later.card, "Fair"))
    back = await teams.click(mara, heard.post, "Back")
    assert "Mon, 23 Nov - Sun, 29 Nov 2026" in words(back.card)
    assert any(a["title"] == "Earlier" for a in buttons(back.card))


async def test_a_sentence_says_that_somebody_is_not_there(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    asked = await teams.message(mara, "new event Vacation 19-20 november", channel)
    assert "Shown as\nAway" in words(asked.card), "before it is made"
    await teams.click(mara, asked.post, "Create")
    heard = await teams.message(mara, "who is away this week", channel)
    assert "Mara Lindqvist" in words(heard.card) and "Vacation" in words(heard.card)


async def test_somebodys_own_chat_knows_the_absences_of_all_their_calendars(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    await away(teams, mara, "Dentist 2026-11-19", channel)
    said = words((await teams.message(mara, "who is away")).card)
    assert "Mara Lindqvist" in said and "Dentist" in said
    nobody = words((await teams.message(mara, "who is away next month")).card)
    assert "Nobody is away, as far as the calendar says." in nobody
