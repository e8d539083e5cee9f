"""The compose box of any chat: search, make something new, turn a message into an event."""

from __future__ import annotations

import pytest

from tests._teams import Answer, Chat, Dialog, FakeTeams, Someone
from tests.scenarios._house import House, a_contact, an_event, typed_in, words

ADA = {
    "name": "Ada Byron",
    "company": "Analytical Engines",
    "job": "Engineer",
    "email": "ada@engines.example",
    "phone_business": "+45 70 12 34 56",
}


@pytest.mark.parametrize("letters", ["ada", "byr", "analyt", "ada@eng", "7012 34", "+45 70 12"])
async def test_a_contact_is_found_by_name_company_email_and_phone(
    teams: FakeTeams, mara: Someone, letters: str
) -> None:
    await a_contact(teams, mara, ADA)
    await a_contact(teams, mara, {"name": "Grace Hopper", "company": "Harbour"})

    found = await teams.query(mara, "searchContacts", letters)

    assert [row.title for row in found.rows] == ["AB · Ada Byron"]
    assert found.rows[0].preview["text"] == "Engineer · Analytical Engines"


async def test_a_picked_contact_is_inserted_as_a_card(teams: FakeTeams, mara: Someone) -> None:
    await a_contact(teams, mara, ADA)
    [row] = (await teams.query(mara, "searchContacts", "ada")).rows
    for piece in ADA.values():
        assert piece in words(row.card)


async def test_who_is_used_is_found_first_by_that_person_alone_and_stands_there_before_typing(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    for name in ("Robin Abel", "Robin Berg", "Robin Cole"):
        await a_contact(teams, mara, {"name": name})
    rows = (await teams.query(mara, "searchContacts", "robin")).rows
    assert [row.title for row in rows] == ["RA · Robin Abel", "RB · Robin Berg", "RC · Robin Cole"]

    await teams.message(mara, "who is cole")
    house.clock.advance(120)
    await teams.message(mara, "who is berg")
    house.clock.advance(120)
    await teams.message(mara, "who is berg")

    first = ["RB · Robin Berg", "RC · Robin Cole", "RA · Robin Abel"]
    for letters in ("robin", ""):
        rows = (await teams.query(mara, "searchContacts", letters)).rows
        assert [row.title for row in rows] == first


async def test_results_come_in_pages_of_25(teams: FakeTeams, mara: Someone) -> None:
    for number in range(30):
        await a_contact(teams, mara, {"name": f"Robin Number{number:02}"})

    first = await teams.query(mara, "searchContacts", "robin")
    second = await teams.query(mara, "searchContacts", "robin", skip=25)
    third = await teams.query(mara, "searchContacts", "robin", skip=50)

    assert (len(first.rows), len(second.rows), third.rows) == (25, 5, [])
    assert len({row.title for row in first.rows + second.rows}) == 30


async def test_before_typing_those_written_last_are_shown(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await a_contact(teams, mara, ADA)
    house.clock.advance(60)
    await a_contact(teams, mara, {"name": "Grace Hopper"})
    opened = await teams.query(mara, "searchContacts")
    assert [row.title for row in opened.rows] == ["GH · Grace Hopper", "AB · Ada Byron"]


async def test_a_search_without_a_result_says_so(teams: FakeTeams, mara: Someone) -> None:
    opened = await teams.query(mara, "searchContacts")
    assert opened.text == "There are no contacts yet. Add one with \u201cNew contact\u201d."
    found = await teams.query(mara, "searchContacts", "nobody")
    assert found.text == "No contact was found."
    found = await teams.query(mara, "searchEvents", "nothing")
    assert found.text == "No event was found."


@pytest.mark.parametrize("letters", ['"', "*", "OR", "ada\\", "%_'; --", "🙂", "a" * 3000, "-ada"])
async def test_any_letters_can_be_searched_for(
    teams: FakeTeams, mara: Someone, letters: str
) -> None:
    await a_contact(teams, mara, ADA)
    found = await teams.query(mara, "searchContacts", letters)
    assert found.status == 200
    assert found.rows or found.text


async def test_what_was_changed_or_deleted_is_found_as_it_is_now(
    teams: FakeTeams, mara: Someone
) -> None:
    post = await a_contact(teams, mara, ADA)
    await teams.query(mara, "searchContacts", "ada")
    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"company": "Harbour Mills"})
    assert (await teams.query(mara, "searchContacts", "harbour mills")).rows
    assert not (await teams.query(mara, "searchContacts", "analytical")).rows

    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")
    assert not (await teams.query(mara, "searchContacts", "ada")).rows


async def test_an_event_is_found_by_its_title(teams: FakeTeams, mara: Someone) -> None:
    await an_event(teams, mara, "Harvest festival friday 12:30")
    await an_event(teams, mara, "Review friday 9:00")
    [row] = (await teams.query(mara, "searchEvents", "festiv")).rows
    assert row.title == "Harvest festival"
    assert "Fri, 20 Nov 2026" in words(row.card)


async def test_a_search_looks_only_through_what_the_person_may_see(
    teams: FakeTeams, mara: Someone, ines: Someone, priya: Someone, channel: Chat
) -> None:
    await a_contact(teams, mara, ADA)
    await a_contact(teams, mara, {"name": "Adam Harbour"}, channel)

    titles = {row.title for row in (await teams.query(mara, "searchContacts", "ada")).rows}
    assert titles == {"AB · Ada Byron", "AH · Adam Harbour"}
    await teams.message(ines, "contacts", channel)
    titles = {row.title for row in (await teams.query(ines, "searchContacts", "ada")).rows}
    assert titles == {"AH · Adam Harbour"}
    assert not (await teams.query(priya, "searchContacts", "ada")).rows


async def test_a_member_who_never_spoke_finds_the_contacts_of_the_channel_in_its_compose_box(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await a_contact(teams, mara, ADA, channel)
    opened = await teams.query(ines, "searchContacts", where=channel)
    assert [row.title for row in opened.rows] == ["AB · Ada Byron"]


async def test_a_new_event_of_the_compose_box_goes_into_the_message(
    teams: FakeTeams, mara: Someone
) -> None:
    dialog = shown(await teams.action_fetch(mara, "newEvent"))
    inserted = await teams.submit_dialog(mara, dialog, "Create", {"title": "Kick-off"}, times=3)
    [row] = inserted.rows
    assert "Kick-off" in words(row.card)
    agenda = await teams.message(mara, "agenda")
    assert words(agenda.card).splitlines().count("Kick-off") == 1


async def test_a_message_becomes_an_event(teams: FakeTeams, mara: Someone) -> None:
    text = "Can we meet tomorrow at 3pm in Room Linde?"
    answer = await teams.action_fetch(mara, "newEvent", message=text, sender="Ines Moreau")
    dialog = shown(answer)
    values = typed_in(dialog.card)
    assert (values["start_date"], values["start_time"]) == ("2026-11-19", "15:00")
    assert values["place"] == "Room Linde"
    assert values["title"] == "Can we meet?"
    assert values["text"].startswith(f"Ines Moreau: {text}")

    inserted = await teams.submit_dialog(mara, dialog, "Create")
    assert "Room Linde" in words(inserted.rows[0].card)
    agenda = await teams.message(mara, "agenda tomorrow")
    assert "15:00" in words(agenda.card)


async def test_an_event_from_a_message_is_with_whom_it_mentions_or_names(
    teams: FakeTeams, mara: Someone, ines: Someone, priya: Someone, channel: Chat
) -> None:
    await teams.message(ines, "agenda", channel)
    await teams.message(mara, "agenda", channel)
    text = "Lunch with Ines and <at>Priya</at> in May, may I ask? Friday 12:30"
    answer = await teams.action_fetch(
        mara, "newEvent", where=channel, message=text, mentioned=[priya]
    )
    values = typed_in(shown(answer).card)
    assert values["people"] == ines.object_id
    assert values["others"] == priya.name
    inserted = await teams.submit_dialog(mara, shown(answer), "Create")
    assert ines.name in words(inserted.rows[0].card) and priya.name in words(inserted.rows[0].card)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "&lt;b&gt;hi&lt;/b&gt; <a href='x'>link</a>",
        "word " * 4000,
        "🙂",
        "31 February at 25:00",
    ],
)
async def test_any_message_opens_the_form(teams: FakeTeams, mara: Someone, text: str) -> None:
    answer = await teams.action_fetch(mara, "newEvent", message=text or " ")
    assert "title" in typed_in(shown(answer).card)


async def test_a_new_contact_of_the_compose_box_goes_into_the_message(
    teams: FakeTeams, mara: Someone
) -> None:
    dialog = shown(await teams.action_fetch(mara, "newContact"))
    inserted = await teams.submit_dialog(mara, dialog, "Create", ADA)
    assert inserted.rows[0].title == "AB · Ada Byron"


async def test_in_a_channel_the_compose_box_makes_events_of_the_channel(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    """Ines is a member who has never been seen, and Teams' list of members has not been asked."""
    dialog = shown(await teams.action_fetch(ines, "newEvent", where=channel))
    assert "Harbour · Launch" in words(dialog.card)
    await teams.submit_dialog(ines, dialog, "Create", {"title": "Launch party"})
    agenda = await teams.message(mara, "agenda", channel)
    assert "Launch party" in words(agenda.card)


async def test_a_member_whom_no_list_names_yet_may_use_the_compose_box(
    house: House, teams: FakeTeams, priya: Someone, mara: Someone, channel: Chat
) -> None:
    dialog = shown(await teams.action_fetch(priya, "newEvent", where=channel))
    assert "Harbour · Launch" in words(dialog.card)


async def test_in_a_chat_without_the_app_the_compose_box_means_ones_own_calendar(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    elsewhere = teams.group_chat("lunch", [mara, ines])
    dialog = shown(await teams.action_fetch(mara, "newEvent", where=elsewhere))
    assert "Your calendar" in words(dialog.card)
    inserted = await teams.submit_dialog(mara, dialog, "Create", {"title": "Secret plan"})
    assert inserted.rows
    own = await teams.message(mara, "agenda")
    assert "Secret plan" in words(own.card)


def shown(answer: Answer) -> Dialog:
    assert answer.dialog, answer.text
    return answer.dialog


async def test_a_card_that_somebody_puts_into_a_message_is_no_question(
    teams: FakeTeams, mara: Someone
) -> None:
    card_alone = '<span class="inline-compose-card" id="card-1"></span>'
    assert (await teams.message(mara, card_alone)).posts == []
    heard = await teams.message(mara, f"help {card_alone}")
    assert len(heard.posts) == 1


async def test_a_form_of_the_compose_box_that_is_sent_again_with_other_values_changes_what_it_made(
    teams: FakeTeams, mara: Someone
) -> None:
    for command, name in (("newEvent", "title"), ("newContact", "name")):
        dialog = (await teams.action_fetch(mara, command)).dialog
        assert dialog
        await teams.submit_dialog(mara, dialog, "Create", {name: "First thought"})
        again = await teams.submit_dialog(mara, dialog, "Create", {name: "Better"})
        assert again.dialog and "Mara Lindqvist has created this" in words(again.dialog.card)
        saved = await teams.submit_dialog(mara, again.dialog, "Save")
        assert saved.rows[0].title.endswith("Better")
