"""The main job, as a person sees it: both calendars in step, in both directions."""

from __future__ import annotations

import pytest

from tests.browser._days import DAY, SPOKEN
from tests.browser._mailbox import MailboxPage
from tests.browser._playground import PlaygroundPage

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("connected")]


def test_the_account_card_tells_how_the_connection_stands(playground: PlaygroundPage) -> None:
    playground.say("account")
    card = playground.card_with("Your Microsoft account")
    assert "Connected" in card.text
    assert "mara@lindenhof.example" in card.text


def test_an_event_from_the_chat_arrives_in_outlook(
    playground: PlaygroundPage, mailbox: MailboxPage
) -> None:
    playground.create("lunch with Ines", f"{SPOKEN} 12:30 for 45 min")
    mailbox.show(DAY)
    assert "12:30 to 13:15" in mailbox.wait_for("lunch with Ines")
    assert mailbox.count("lunch with Ines") == 1


def test_an_edit_in_outlook_comes_back_to_the_post(
    playground: PlaygroundPage, mailbox: MailboxPage
) -> None:
    playground.create("Colour proof", f"{SPOKEN} 16:00")
    mailbox.show(DAY)
    mailbox.wait_for("Colour proof")
    mailbox.rename("Colour proof", "Second colour proof")
    playground.card_with("Second colour proof")  # the same post, updated in place


def test_an_event_added_in_outlook_is_on_the_agenda(
    playground: PlaygroundPage, mailbox: MailboxPage
) -> None:
    mailbox.show(DAY)
    mailbox.add("Fitting at the tailor", DAY, "17:30", "18:00")
    playground.wait_while_asking(f"agenda {SPOKEN}", "Fitting at the tailor")


def test_an_event_deleted_in_the_chat_leaves_outlook(
    playground: PlaygroundPage, mailbox: MailboxPage
) -> None:
    card = playground.create("Passing thought", f"{SPOKEN} 19:00")
    mailbox.show(DAY)
    mailbox.wait_for("Passing thought")
    card.press("Delete")
    playground.card_with("Delete this event?").press("Delete")
    playground.card_with("Deleted by")
    mailbox.wait_until_gone("Passing thought")
