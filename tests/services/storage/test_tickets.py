"""Tickets: words that only we can read, and that nobody can make up."""

from __future__ import annotations

import pytest

from services.storage.tickets import Tickets

TICKETS = Tickets(b"s" * 32, b"n" * 32)


def test_a_ticket_brings_its_words_back_and_says_nothing_itself() -> None:
    ticket = TICKETS.write("tenant\nbook\nphoto")
    assert TICKETS.read(ticket) == "tenant\nbook\nphoto"
    assert TICKETS.write("tenant\nbook\nphoto") == ticket
    assert TICKETS.write("tenant\nbook\nphotp")[:16] != ticket[:16]
    assert "book" not in ticket


@pytest.mark.parametrize("forged", ["", "abc", "=", "a" * 600, "ü", "Zm9yZ2Vk" * 10])
def test_what_is_no_ticket_of_ours_says_nothing(forged: str) -> None:
    assert TICKETS.read(forged) is None


def test_a_changed_ticket_and_one_for_another_purpose_say_nothing() -> None:
    ticket = TICKETS.write("words")
    flipped = ("B" if ticket[20] == "A" else "A").join((ticket[:20], ticket[21:]))
    assert TICKETS.read(flipped) is None
    assert Tickets(b"t" * 32, b"n" * 32).read(ticket) is None
