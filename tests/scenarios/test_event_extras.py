"""All that an event may have beside what, when and where: made, shown, and taken away again."""

from __future__ import annotations

from tests._teams import Chat, FakeTeams, Someone
from tests._teams_cards import button
from tests.scenarios._house import House, line_of, words

WHEN = {"start_date": "2026-11-20", "start_time": "16:00", "end_time": "17:00"}
ALL = {
    "color": "red",
    "emoji": "🎉",
    "place": "Kaistrasse 7, Kiel",
    "meeting_url": "https://teams.example/join/1",
    "links": "Agenda https://files.example/agenda.docx\nhttps://files.example/plan.pdf",
    "importance": "high",
    "show_as": "tentative",
    "tags": "#fair",
}


async def test_an_event_has_all_that_its_form_asks_for_and_none_of_it_again(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "new event")
    created = await teams.click(mara, heard.post, "Create", {"title": "Opening", **WHEN, **ALL})
    assert "🟥 🎉 Opening" in words(created.card)
    assert button(created.card, "Join")["url"] == "https://teams.example/join/1"
    details = await teams.click(mara, heard.post, "Details")
    assert button(details.card, "Agenda")["url"] == "https://files.example/agenda.docx"
    assert "maps" in button(details.card, "Show it")["url"], "the way to a map"
    assert "High" in words(details.card) and "Tentative" in words(details.card)
    agenda = await teams.message(mara, "agenda")
    said = words(agenda.card)
    assert "🟥 🎉 Opening" in said and "tentative · important" in said

    await teams.click(mara, heard.post, "Edit")
    bare = dict.fromkeys(("emoji", "meeting_url", "links", "place"), "") | {"color": "none"}
    saved = await teams.click(mara, heard.post, "Save", bare)
    assert "Opening" in words(saved.card) and "🟥" not in words(saved.card)


async def test_people_are_picked_and_typed_and_their_time_counts(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "new event", channel)
    typed = {"title": "Fair", "show_as": "away", **WHEN}
    wrong = await teams.click(mara, heard.post, "Create", {**typed, "people": "who-is-that"})
    assert "Somebody is in no place with Almanac." in words(wrong.card)
    whom = {"people": ines.object_id, "others": "Mr Ortega, mara"}
    created = await teams.click(mara, heard.post, "Create", whom)
    assert "With Ines Moreau, Mr Ortega, Mara Lindqvist" in words(created.card)
    away = await teams.message(ines, "who is away this week", channel)
    assert "Ines Moreau" in words(away.card) and "Mara Lindqvist" in words(away.card)
    proposed = await teams.message(mara, "new event Lunch with Ines friday 12:30", channel)
    assert "With Ines Moreau" in words(proposed.card), "whom a sentence names"
    made = await teams.click(mara, proposed.post, "Create")
    assert "With Ines Moreau" in words(made.card)
    found = await teams.message(ines, "find ortega", channel)
    assert line_of(found.card, "Fair")
