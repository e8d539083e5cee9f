"""What a person can write, and what comes of it, in a real Playground."""

from __future__ import annotations

import pytest

from tests.browser._days import DAY, SPOKEN
from tests.browser._playground import PlaygroundPage

pytestmark = pytest.mark.browser


def test_installed_it_says_what_to_try(playground: PlaygroundPage) -> None:
    playground.mock("Uninstall application")
    playground.mock("Install application")
    card = playground.card_with("Hello, this is Almanac")
    assert "agenda" in card.text
    assert "connect" in card.text


def test_help_shows_what_can_be_written(playground: PlaygroundPage) -> None:
    playground.say("help")
    assert "new event" in playground.card_with("What you can write").text


def test_unknown_words_are_answered_with_the_nearest_commands(playground: PlaygroundPage) -> None:
    playground.say("agneda")
    assert "agenda" in playground.card_with("That was not understood").text


def test_a_sentence_is_understood_confirmed_and_on_the_agenda(playground: PlaygroundPage) -> None:
    playground.say(f"new event coffee with Priya {SPOKEN} 12:30 for 45 min")
    card = playground.card_with("Create this event?")
    assert "coffee with Priya" in card.text
    card.press("Create")
    playground.card_with("coffee with Priya", "Details")
    playground.say(f"agenda {SPOKEN}")
    assert "coffee with Priya" in playground.card_with("Your calendar", "Earlier").text


def test_an_empty_form_is_filled_in_and_becomes_an_event(playground: PlaygroundPage) -> None:
    playground.say("new event")
    form = playground.card_with("Starts on")
    form.fill("Title", "Paper samples")
    form.fill("Place", "Room 5")
    form.press("Create")
    assert "Room 5" in playground.card_with("Paper samples", "Details").text


def test_a_form_that_cannot_be_taken_keeps_what_was_typed(playground: PlaygroundPage) -> None:
    playground.say("new event")
    form = playground.card_with("Starts on")
    form.fill("Title", "Backwards")
    form.fill_time("Start time", "09:00")
    form.fill_time("End time", "08:00")
    form.press("Create")
    again = playground.card_with("The end is before the start")
    assert again.value("Title") == "Backwards"
    again.fill_time("End time", "10:00")
    again.press("Create")
    playground.card_with("Backwards", "Details")


def test_an_event_is_edited_on_its_card(playground: PlaygroundPage) -> None:
    playground.create("Draft of the poster", f"{SPOKEN} 15:00").press("Edit")
    form = playground.card_with("Edit event")
    assert form.value("Title") == "Draft of the poster"
    form.fill("Title", "Proof of the poster")
    form.press("Save")
    playground.card_with("Proof of the poster", "Details")


def test_an_event_is_deleted_after_a_question(playground: PlaygroundPage) -> None:
    playground.create("Not needed", f"{SPOKEN} 15:00").press("Delete")
    playground.card_with("Delete this event?").press("Delete")
    assert "Not needed" in playground.card_with("Deleted by Mara Lindqvist").text
    playground.say(f"agenda {SPOKEN}")
    assert "Not needed" not in playground.card_with("Your calendar", "Earlier").text


def test_a_channel_has_its_own_calendar(playground: PlaygroundPage) -> None:
    playground.enter("Launch")
    playground.post(f"new event Launch party {SPOKEN} 18:00")
    playground.card_with("Create this event?").press("Create")
    playground.card_with("Launch party", "Details")
    playground.post(f"agenda {SPOKEN}")
    playground.card_with(f"{DAY:%Y} · ")  # a post that many read names its zone
    playground.enter("Personal Chat")
    playground.say(f"agenda {SPOKEN}")
    assert "Launch party" not in playground.card_with("Your calendar", "Earlier").text
