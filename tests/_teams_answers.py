"""What a client of Teams makes of the bot's answers: a card, a dialog, rows, a sentence.

:func:`read_invoke` reads the answer of an invoke with Microsoft's own models; one that a client
could not show fails the test.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from microsoft_teams.api.models import (
    AdaptiveCardActionCardResponse,
    AdaptiveCardActionMessageResponse,
    MessagingExtensionActionResponse,
    MessagingExtensionResponse,
    TaskModuleResponse,
)

from tests._teams_connector import ADAPTIVE, Chat, Posted, check_card

__all__ = ["Answer", "Dialog", "Row", "read_invoke"]


@dataclass
class Dialog:
    """A dialog that is open at somebody's client."""

    title: str
    card: dict[str, Any]
    chat: Chat
    command_id: str = ""
    """Of the action command that opened it; empty for a card's button."""


@dataclass
class Row:
    """A row of search results, and the card behind it."""

    preview: dict[str, Any]
    card: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self.preview.get("title", ""))


@dataclass
class Answer:
    """What the bot answered, and what it posted meanwhile."""

    status: int
    body: Any
    text: str = ""
    """The sentence, by whichever way of asking."""
    posts: list[Posted] = field(default_factory=list)
    edited: list[Posted] = field(default_factory=list)
    dialog: Dialog | None = None
    rows: list[Row] = field(default_factory=list)
    error: str = ""
    """The code of a refusal."""
    _card: dict[str, Any] | None = None

    @property
    def post(self) -> Posted:
        assert len(self.posts) == 1, f"{len(self.posts)} messages, not one"
        return self.posts[0]

    @property
    def card(self) -> dict[str, Any]:
        """The card that took the place of the pressed one, or the one of the message."""
        return self.post.card if self._card is None else self._card

    @property
    def has_card(self) -> bool:
        return self._card is not None


def read_invoke(name: str, answer: Answer, chat: Chat) -> None:
    """Read the answer of an invoke as a client of Teams does, with Microsoft's models."""
    status, body = answer.status, answer.body
    assert status < 500 or status == 501, f"{name}: {status} shows nothing in Teams"
    if status != 200:
        answer.error = body["error"]["code"]
    elif name == "adaptiveCard/action":
        _read_card_answer(answer)
    elif body and name != "application/search":
        _read_task_or_extension(name, answer, chat)


def _read_card_answer(answer: Answer) -> None:
    body = answer.body
    assert body.keys() == {"statusCode", "type", "value"}, body.keys()
    if body["type"] == "application/vnd.microsoft.error":
        answer.error, answer.text = body["value"]["code"], body["value"]["message"]
        assert body["statusCode"] in (400, 500)
    elif body["type"] == "application/vnd.microsoft.activity.message":
        answer.text = AdaptiveCardActionMessageResponse.model_validate(body).value
    else:
        AdaptiveCardActionCardResponse.model_validate(body)
        check_card(body["value"])
        answer._card = body["value"]


def _read_task_or_extension(name: str, answer: Answer, chat: Chat) -> None:
    body = answer.body
    if name.startswith("task/"):
        TaskModuleResponse.model_validate(body)
    elif name in ("composeExtension/query", "composeExtension/queryLink"):
        MessagingExtensionResponse.model_validate(body)
    else:
        MessagingExtensionActionResponse.model_validate(body)
    [kind] = body
    if kind == "task":
        _read_task(body["task"], answer, chat)
    else:
        _read_extension(body["composeExtension"], answer)


def _read_task(task: dict[str, Any], answer: Answer, chat: Chat) -> None:
    if task["type"] == "message":
        answer.text = task["value"]
        return
    info = task["value"]
    assert info["card"]["contentType"] == ADAPTIVE
    check_card(info["card"]["content"])
    answer.dialog = Dialog(info["title"], info["card"]["content"], chat)


def _read_extension(extension: dict[str, Any], answer: Answer) -> None:
    if extension["type"] == "message":
        answer.text = extension["text"]
    elif extension["type"] == "auth":
        answer.text = extension["suggestedActions"]["actions"][0]["value"]
    else:
        assert extension["type"] == "result", extension["type"]
        assert len(extension["attachments"]) <= 25
        for attachment in extension["attachments"]:
            assert attachment["contentType"] == ADAPTIVE
            check_card(attachment["content"])
            preview = attachment["preview"]
            assert preview["contentType"].endswith((".card.thumbnail", ".card.hero"))
            answer.rows.append(Row(preview["content"], attachment["content"]))
