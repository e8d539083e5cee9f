from __future__ import annotations

from typing import Any

from bot.marks import SHOWS, marked
from tests._teams_cards import buttons

LINK = {"type": "Action.OpenUrl", "url": "https://x.example"}
CARD: dict[str, Any] = {
    "type": "AdaptiveCard",
    "body": [
        {"type": "ColumnSet", "selectAction": {"type": "Action.Execute", "data": {"verb": "a"}}},
        {"type": "Input.ChoiceSet", "choices.data": {"type": "Data.Query", "dataset": "people"}},
    ],
    "actions": [
        {"type": "Action.Execute", "verb": "b", "data": {"verb": "b", "back": {"verb": "c"}}},
        {"type": "Action.Submit", "data": {"verb": "d", "msteams": {"type": "task/fetch"}}},
        LINK,
    ],
    "refresh": {"action": {"type": "Action.Execute", "verb": "e", "data": {"verb": "e"}}},
}


def test_every_button_carries_what_the_message_shows() -> None:
    card = dict(marked(CARD, "event-1"))
    shown = [button["data"][SHOWS] for button in buttons(card) if "data" in button]
    assert shown == ["event-1"] * 3
    assert card["refresh"]["action"]["data"][SHOWS] == "event-1"
    assert card["actions"][0]["data"]["back"] == {"verb": "c"}


def test_nothing_else_is_touched() -> None:
    card = dict(marked(CARD, "event-1"))
    assert card["body"][1] == CARD["body"][1]
    assert card["actions"][2] == LINK
    assert SHOWS not in CARD["actions"][0]["data"], "the card that was given stays as it was"


def test_without_anything_to_show_the_card_is_as_it_is() -> None:
    assert marked(CARD, "") is CARD


def test_a_new_mark_takes_the_place_of_an_old_one() -> None:
    card = dict(marked(marked(CARD, "form/x"), "event-1"))
    assert card["actions"][0]["data"][SHOWS] == "event-1"
