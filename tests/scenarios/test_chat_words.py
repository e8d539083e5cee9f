"""What people write to the bot, and what it answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests._teams import Chat, FakeTeams, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import line_of, words


@pytest.fixture(params=["personal", "channel"])
def place(request: pytest.FixtureRequest, teams: FakeTeams, mara: Someone, channel: Chat) -> Chat:
    return channel if request.param == "channel" else teams.personal_chat(mara)


async def test_help_names_what_can_be_written(teams: FakeTeams, mara: Someone, place: Chat) -> None:
    heard = await teams.message(mara, "help", place)
    said = words(heard.card)
    for phrase in ("agenda tomorrow", "new event lunch with Ines friday 12:30", "contacts Ines"):
        assert phrase in said


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("agenda", "Wed, 18 Nov - Tue, 24 Nov 2026"),
        ("agenda tomorrow", "Thu, 19 Nov 2026"),
        ("agenda next week", "Mon, 23 Nov - Sun, 29 Nov 2026"),
        ("agenda 24 December", "Thu, 24 Dec 2026"),
    ],
)
async def test_an_agenda_shows_the_days_that_were_asked_for(
    teams: FakeTeams, mara: Someone, place: Chat, sentence: str, days: str
) -> None:
    heard = await teams.message(mara, sentence, place)
    assert days in words(heard.card)
    assert "Nothing is planned." in words(heard.card)


async def test_a_sentence_is_shown_to_be_confirmed_and_only_then_made(
    teams: FakeTeams, mara: Someone, place: Chat
) -> None:
    heard = await teams.message(mara, "new event lunch with Ines friday 12:30 for 45 min", place)
    said = words(heard.card)
    assert "Create this event?" in said and "lunch with Ines" in said
    assert "Fri, 20 Nov 2026, 12:30 - 13:15" in said
    before = await teams.message(mara, "agenda", place)
    assert "Nothing is planned." in words(before.card)

    created = await teams.click(mara, heard.post, "Create")

    assert "Created." in words(created.card)
    after = await teams.message(mara, "agenda", place)
    assert "lunch with Ines" in words(after.card)
    assert "lunch with Ines" in words(heard.post.card)


async def test_what_was_understood_can_be_corrected(
    teams: FakeTeams, mara: Someone, place: Chat
) -> None:
    heard = await teams.message(mara, "new event lunch with Ines friday 12:30", place)
    form = await teams.click(mara, heard.post, "Correct")
    assert "lunch with Ines" in words(form.card)

    saved = await teams.click(mara, heard.post, "Create", {"title": "Lunch with all"})

    assert "Lunch with all" in words(saved.card)
    assert "Fri, 20 Nov 2026" in words(saved.card)


async def test_a_sentence_that_cannot_be_becomes_a_form_with_a_sentence_beside_the_field(
    teams: FakeTeams, mara: Someone, place: Chat
) -> None:
    heard = await teams.message(mara, "new event party 31 February 20:00", place)
    said = words(heard.card)
    assert "There is no such day." in said
    assert "party" in said


async def test_new_event_alone_shows_an_empty_form(
    teams: FakeTeams, mara: Someone, place: Chat
) -> None:
    heard = await teams.message(mara, "new event", place)
    assert "What is it about?" in words(heard.card)
    made = await teams.click(mara, heard.post, "Create", {"title": "Stand-up"})
    assert "Stand-up" in words(made.card)


async def test_unknown_text_gets_the_nearest_commands(
    teams: FakeTeams, mara: Someone, place: Chat
) -> None:
    heard = await teams.message(mara, "agneda tomorow", place)
    said = words(heard.card)
    assert "That was not understood." in said
    assert "agneda tomorow" in said
    assert "agenda" in said.splitlines()


@pytest.mark.parametrize("sentence", ["agenda 29 february 2027", "free busy 31.2."])
async def test_a_day_that_cannot_be_is_told(teams: FakeTeams, mara: Someone, sentence: str) -> None:
    heard = await teams.message(mara, sentence)
    assert words(heard.card).splitlines()[0] == "There is no such day."


@pytest.mark.parametrize("sentence", ["", "🙂", "a" * 5000, "<b>bold</b> \\ **x** [a](b)", "?!"])
async def test_any_text_gets_an_answer(
    teams: FakeTeams, mara: Someone, place: Chat, sentence: str
) -> None:
    heard = await teams.message(mara, sentence, place)
    assert words(heard.card)


async def test_an_offer_can_be_pressed(teams: FakeTeams, mara: Someone, place: Chat) -> None:
    heard = await teams.message(mara, "whatever you like", place)
    help_card = await teams.click(mara, heard.post, "Help")
    assert "What you can write" in words(help_card.card)


async def test_the_mention_of_the_bot_is_no_part_of_the_text(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "new event Almanac demo friday 12:30", channel)
    assert "Almanac demo" in words(heard.card).splitlines()
    assert "<at>" not in words(heard.card)


async def test_the_answer_to_a_thread_is_in_the_thread(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "agenda", channel, thread="1600000000777")
    assert heard.post.thread == "1600000000777"


async def test_the_buttons_of_an_agenda_turn_its_pages(
    teams: FakeTeams, mara: Someone, place: Chat
) -> None:
    heard = await teams.message(mara, "agenda", place)
    later = await teams.click(mara, heard.post, "Later")
    assert "Wed, 25 Nov - Tue, 1 Dec 2026" in words(later.card)
    earlier = await teams.click(mara, heard.post, "Earlier")
    assert "Wed, 18 Nov - Tue, 24 Nov 2026" in words(earlier.card)


async def test_an_event_card_leads_to_its_details_and_back(
    teams: FakeTeams, mara: Someone, place: Chat
) -> None:
    heard = await teams.message(mara, "new event Review friday 9:00 in Room Linde", place)
    await teams.click(mara, heard.post, "Create")
    titles = {action["title"] for action in buttons(heard.post.card_for(mara))}
    assert {"Edit", "Delete", "Details"} <= titles

    details = await teams.click(mara, heard.post, "Details")
    assert "Created by Mara Lindqvist" in words(details.card)
    back = await teams.click(mara, heard.post, "Back")
    assert "Created by" not in words(back.card)


async def test_a_line_of_the_agenda_leads_to_the_details_and_back_to_the_agenda(
    teams: FakeTeams, mara: Someone, place: Chat
) -> None:
    made = await teams.message(mara, "new event Review friday 9:00", place)
    await teams.click(mara, made.post, "Create")
    heard = await teams.message(mara, "agenda", place)
    line = next(a for a in buttons(heard.card) if "Review" in a["title"])

    details = await teams.click(mara, heard.post, line["title"])
    assert "Created by Mara Lindqvist" in words(details.card)
    back = await teams.click(mara, heard.post, "Back")
    assert "Wed, 18 Nov - Tue, 24 Nov 2026" in words(back.card)


@pytest.mark.parametrize(
    "words_said", ["new event Review friday 9:00", "new event Review weekly friday 9:00"]
)
async def test_an_event_that_was_edited_from_the_agenda_leads_back_to_it(
    teams: FakeTeams, mara: Someone, place: Chat, words_said: str
) -> None:
    made = await teams.message(mara, words_said, place)
    await teams.click(mara, made.post, "Create")
    heard = await teams.message(mara, "agenda", place)
    await teams.click(mara, heard.post, line_of(heard.card, "Review"))

    await teams.click(mara, heard.post, "Edit")
    await teams.click(mara, heard.post, "Dates and more choices")
    kept = await teams.click(mara, heard.post, "Cancel")
    assert "Created by Mara Lindqvist" in words(kept.card)

    await teams.click(mara, heard.post, "Edit")
    again = await teams.click(mara, heard.post, "Save", {"title": "x" * 501})
    assert "Nothing is saved yet" in words(again.card)
    saved = await teams.click(mara, heard.post, "Save", {"title": "Retro"})
    assert "Saved" in words(saved.card) and "Retro" in words(saved.card)
    back = await teams.click(mara, heard.post, "Back")
    assert "Wed, 18 Nov - Tue, 24 Nov 2026" in words(back.card) and "Retro" in words(back.card)


async def test_a_reader_finds_commands_in_their_own_language(
    teams: FakeTeams, mara: Someone
) -> None:
    mara = replace(mara, language="de-DE")
    heard = await teams.message(mara, "hilfe")
    said = words(heard.card)
    assert "alle kalender" in said and "neuer termin Mittagessen mit Ines Freitag 12:30" in said

    unknown = await teams.message(mara, "hilffe bitte")
    assert "hilfe" in words(unknown.card).splitlines()
    assert "Hilfe" in {action["title"] for action in buttons(unknown.card)}

    made = await teams.message(mara, "Termin Zahnarzt Freitag 10 Uhr")
    await teams.click(mara, made.post, "Erstellen")
    agenda = await teams.message(mara, "termine am freitag")
    assert "Zahnarzt" in words(agenda.card)
