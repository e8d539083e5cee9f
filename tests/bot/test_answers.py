"""Each reply in each way of asking: its shape, or the refusal to guess one."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answers import Unsuitable, body_of, message_of, sort_out, spoken
from bot.replies import (
    Choices,
    Dialog,
    Done,
    Edit,
    Insert,
    Replace,
    Reply,
    Results,
    Say,
    Tell,
)
from bot.turn import Way
from tests._builders import a_channel
from tests.bot._wired import a_card, a_found

CARD = a_card("A card")
DIALOG = Dialog(title="A dialog", card=CARD)
SPOKEN = {Way.CHAT, Way.FILE, Way.CONSENT}
"""Answered by messages."""
TASK = (Way.OPEN, Way.SUBMIT, Way.COMPOSE, Way.COMPOSED)

SUITS: dict[str, tuple[Reply, set[Way]]] = {
    "Tell": (Tell("x"), set(Way) - SPOKEN),
    "Replace": (Replace(CARD), {Way.CARD}),
    "Dialog": (DIALOG, set(TASK)),
    "Done": (Done("x"), set(TASK)),
    "Insert": (Insert(a_found("x")), set(TASK)),
    "Results": (Results([a_found("x")]), {Way.SEARCH, Way.LINK}),
    "Choices": (Choices([("Ada", "1")]), {Way.CHOICES}),
}


@pytest.mark.parametrize("way", sorted(set(Way) - SPOKEN))
@pytest.mark.parametrize("name", SUITS)
def test_a_reply_suits_some_ways_and_is_refused_by_the_others(name: str, way: Way) -> None:
    reply, ways = SUITS[name]
    if way in ways:
        assert body_of(way, reply)
    else:
        with pytest.raises(Unsuitable):
            body_of(way, reply)


def test_nothing_to_say_is_an_empty_answer() -> None:
    assert body_of(Way.SUBMIT, None) is None
    assert body_of(Way.SUBMIT, Done()) is None
    assert body_of(Way.SEARCH, None) is None
    empty: dict[str, Any] = body_of(Way.CARD, None) or {}
    assert empty["value"] == ""


def test_there_is_one_answer_and_any_number_of_messages() -> None:
    acts, answer = sort_out([Say(text="a"), Replace(CARD), Edit(card=CARD)])
    assert (len(acts), answer) == (2, Replace(CARD))
    assert sort_out(None) == ([], None)
    with pytest.raises(Unsuitable):
        sort_out([Tell("a"), Replace(CARD)])


def test_only_some_answers_can_be_said_in_a_chat() -> None:
    assert spoken(None) == []
    assert spoken(Tell("x")) == [Say(text="x")]
    assert spoken(Replace(CARD)) == [Edit(card=CARD)]
    with pytest.raises(Unsuitable):
        spoken(DIALOG)


def test_a_message_names_its_place_and_says_in_short_what_it_holds() -> None:
    place = a_channel()
    message = message_of(Say(text="Look", card=CARD, summary="In short"), place)
    assert message["conversation"] == {"id": place.id}
    assert (message["text"], message["summary"]) == ("Look", "In short")
    assert "replyToId" not in message
    assert message_of(Edit(card=CARD), place)["summary"] == "A card"
