"""The messaging extension, from the compose box of the Playground."""

from __future__ import annotations

import pytest

from tests.browser._days import SPOKEN
from tests.browser._playground import PlaygroundPage

pytestmark = pytest.mark.browser


def test_a_contact_is_found_by_a_few_letters_and_inserted(playground: PlaygroundPage) -> None:
    playground.search("searchContacts", "garn")
    playground.pick("Élodie Garnier")
    assert "Bookbinder" in playground.card_with("Élodie Garnier").text


def test_a_misspelt_name_is_found_too(playground: PlaygroundPage) -> None:
    playground.search("searchContacts", "tanakka")
    playground.page.wait('h1:has-text("Hiroshi Tanaka")')


def test_nothing_found_is_said(playground: PlaygroundPage) -> None:
    playground.search("searchContacts", "qqqq")
    playground.wait_for("No contact was found.")


def test_an_event_is_made_by_the_action_command_and_found_by_its_title(
    playground: PlaygroundPage,
) -> None:
    form = playground.begin_action("newEvent")
    form.fill("Title", "Press visit in Leipzig")
    form.press("Create")
    playground.send()
    assert "Details" in playground.card_with("Press visit in Leipzig").text
    playground.open()
    playground.search("searchEvents", "press vis")
    playground.page.wait('h1:has-text("Press visit in Leipzig")')


def test_a_message_becomes_an_event(playground: PlaygroundPage) -> None:
    playground.say(f"Shall we meet Yusuf {SPOKEN} 14:00?")
    playground.card_with("That was not understood")
    form = playground.begin_action_on("Shall we meet Yusuf", "newEvent")
    assert "meet Yusuf" in form.value("Title")
    form.fill("Title", "Meet Yusuf")
    form.press("Create")
    playground.send()
    assert "2:00" in playground.card_with("Meet Yusuf", "Details").text


def test_a_contact_is_added_by_its_form(playground: PlaygroundPage) -> None:
    playground.say("new contact")
    form = playground.card_with("Company")
    form.fill("Name", "Oda Brandt")
    form.fill("Company", "Brandt Kartonagen")
    form.press("Create")
    playground.card_with("Oda Brandt")
    playground.open()
    playground.search("searchContacts", "kartonag")
    playground.page.wait('h1:has-text("Oda Brandt")')
