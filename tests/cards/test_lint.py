"""The judge is judged: each broken card is refused, and for what is wrong with it."""

import copy
from typing import Any

import pytest

from tests.cards._lint import lint

GOOD: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
    "lang": "en",
    "fallbackText": "A card",
    "body": [{"type": "TextBlock", "text": "Hello"}],
}
TITLE = {"type": "Input.Text", "id": "title", "label": "Title"}
PICK: dict[str, Any] = {
    "type": "Input.ChoiceSet",
    "id": "pick",
    "label": "Pick",
    "style": "compact",
    "choices": [{"title": "A", "value": "a"}],
}
RUN = {"type": "Action.Execute", "title": "Go", "verb": "a.b", "data": {"verb": "a.b"}}


def with_body(*elements: Any) -> dict[str, Any]:
    return copy.deepcopy(GOOD | {"body": list(elements)})


def with_actions(*actions: Any) -> dict[str, Any]:
    return copy.deepcopy(GOOD | {"actions": list(actions)})


def test_good_cards_pass() -> None:
    assert lint(GOOD) == []
    assert lint(with_body(TITLE, PICK)) == []
    assert lint(with_actions(RUN)) == []


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "no version": ({k: v for k, v in GOOD.items() if k != "version"}, "version"),
    "a later version": (GOOD | {"version": "1.6"}, "version"),
    "a region in lang": (GOOD | {"lang": "en-US"}, "lang"),
    "no fallback": (GOOD | {"fallbackText": ""}, "fallbackText"),
    "unknown on the card": (GOOD | {"colour": "red"}, "unknown colour"),
    "body no list": (GOOD | {"body": {}}, "no list"),
    "unknown type": (with_body({"type": "TextBlok", "text": "a"}), "did you mean TextBlock"),
    "no type": (with_body({"text": "a"}), "no element"),
    "misspelt": (with_body({"type": "TextBlock", "text": "a", "wrapp": True}), "did you mean wrap"),
    "quite unknown": (with_body({"type": "TextBlock", "text": "a", "zzz": 1}), "unknown zzz"),
    "no close type": (with_body({"type": "Zzz"}), "unknown type Zzz"),
    "wrong colour": (with_body({"type": "TextBlock", "text": "a", "color": "purple"}), "color"),
    "wrong type": (with_body({"type": "TextBlock", "text": "a", "wrap": "true"}), "wrap"),
    "null": (with_body({"type": "TextBlock", "text": "a", "size": None}), "size"),
    "a bool as number": (with_body(TITLE | {"maxLength": True}), "maxLength"),
    "text missing": (with_body({"type": "TextBlock"}), "text is missing"),
    "long and unwrapped": (with_body({"type": "TextBlock", "text": "a" * 13}), "wrap"),
    "unresolved": (with_body({"type": "TextBlock", "text": "${name}"}), "unresolved"),
    "a date function": (with_body({"type": "TextBlock", "text": "{{DATE(x)}}"}), "unresolved"),
    "an action in the body": (with_body(RUN), "not here"),
    "a column in the body": (
        with_body({"type": "Column", "items": [], "width": "auto"}),
        "not here",
    ),
    "a narrow styled column": (
        with_body(
            {
                "type": "ColumnSet",
                "columns": [{"type": "Column", "items": [], "width": "60px", "style": "good"}],
            }
        ),
        "72 px",
    ),
    "id twice": (with_body(TITLE, TITLE), "id twice"),
    "no label": (with_body({"type": "Input.Text", "id": "x"}), "label is missing"),
    "no sentence": (with_body(TITLE | {"isRequired": True}), "without a sentence"),
    "no such date": (with_body(TITLE | {"type": "Input.Date", "value": "2026-02-31"}), "shown"),
    "no such time": (with_body(TITLE | {"type": "Input.Time", "value": "25:00"}), "shown"),
    "a value that is no choice": (with_body(PICK | {"value": "b"}), "no choice"),
    "a choice twice": (with_body(PICK | {"choices": PICK["choices"] * 2}), "twice"),
    "an odd choice": (with_body(PICK | {"choices": [{"title": "A"}]}), "choices"),
    "an empty choice": (with_body(PICK | {"choices": [{"title": "", "value": "a"}]}), "choices"),
    "a toggle of its own mind": (
        with_body({"type": "Input.Toggle", "id": "t", "title": "T", "value": "yes"}),
        "neither",
    ),
    "seven buttons": (with_actions(*[RUN] * 7), "7 primary"),
    "no name": (with_actions(RUN | {"title": " "}), "no name"),
    "two verbs": (with_actions(RUN | {"verb": "c.d"}), "another verb"),
    "javascript": (
        with_actions({"type": "Action.OpenUrl", "title": "Go", "url": "javascript:alert(1)"}),
        "a link to javascript",
    ),
    "plain http": (
        with_actions({"type": "Action.OpenUrl", "title": "Go", "url": "http://x.example"}),
        "a link to http",
    ),
    "a refresh for a crowd": (
        GOOD | {"refresh": {"action": RUN, "userIds": ["29:x"] * 61}},
        "60 people",
    ),
    "too large": (with_body({"type": "TextBlock", "text": "a" * 50_000, "wrap": True}), "bytes"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_card_is_refused(name: str) -> None:
    card, why = BROKEN[name]
    assert any(why in fault for fault in lint(card)), lint(card)
