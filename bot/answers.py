"""Replies become Teams' JSON: messages to send, and the bodies that answer invokes.

Every body is a plain dict, for the SDK's own serialiser breaks on its own answers; the tests read
them all with Microsoft's models. A reply that does not suit the way of asking is a bug of the
handler and raises :class:`Unsuitable`.

Reference: https://learn.microsoft.com/microsoftteams/platform/bots/invoke and
https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Raw

from bot.files import file_attachment
from bot.marks import mark_of, marked
from bot.replies import (
    Card,
    Choices,
    Dialog,
    Done,
    Edit,
    Found,
    Insert,
    Replace,
    Replies,
    Reply,
    Results,
    Say,
    Tell,
)
from bot.turn import Turn, Way
from services.model.conversations import Conversation
from services.model.errors import Broken

__all__ = ["Unsuitable", "body_of", "message_of", "refusal", "sort_out", "spoken"]

ADAPTIVE = "application/vnd.microsoft.card.adaptive"
SENTENCE = "application/vnd.microsoft.activity.message"
CHOICES = "application/vnd.microsoft.search.searchResponse"
ERROR = "application/vnd.microsoft.error"

Json = dict[str, Any]


class Unsuitable(Broken):
    """A handler gave a reply that its way of asking cannot show."""


def sort_out(replies: Replies) -> tuple[list[Say | Edit], Reply | None]:
    """Return what is to be sent, and the one reply that is the answer itself."""
    if replies is None:
        return [], None
    several: Sequence[Reply] = replies if isinstance(replies, Sequence) else (replies,)
    acts = [reply for reply in several if isinstance(reply, Say | Edit)]
    answers = [reply for reply in several if not isinstance(reply, Say | Edit)]
    if len(answers) > 1:
        raise Unsuitable("more than one answer")
    return acts, answers[0] if answers else None


def spoken(answer: Reply | None, beside: Sequence[Say | Edit] = ()) -> list[Say | Edit]:
    """Return the messages that say an answer where there is no invoke to answer.

    A card for the one who pressed has no place there when the message is edited for all anyway.
    """
    match answer:
        case None:
            return []
        case Tell(text=text):
            return [Say(text=text)]
        case Replace(card=card, about=about):
            edited = any(isinstance(act, Edit) and not act.activity_id for act in beside)
            return [] if edited else [Edit(card=card, about=about)]
    raise Unsuitable(f"{type(answer).__name__} in a chat")


def message_of(act: Say | Edit, place: Conversation, turn: Turn | None = None) -> Json:
    """Return the message for the connector; an answer to words hangs on them."""
    thread = f";messageid={turn.thread}" if turn and turn.thread else ""
    message: Json = {
        "type": "message",
        "from": {"id": place.bot_id},
        "conversation": {"id": place.id + thread},
    }
    if turn:
        message["recipient"] = {"id": turn.teams_id, "name": turn.name}
        if turn.way in (Way.CHAT, Way.FILE):
            message["replyToId"] = turn.activity_id
    if isinstance(act, Say) and act.text:
        message |= {"text": act.text, "textFormat": "plain"}
    if act.card is not None:
        message["attachments"] = [_attachment(marked(act.card, mark_of(act)))]
        given = act.summary if isinstance(act, Say) else ""
        if summary := given or act.card.get("fallbackText"):
            message["summary"] = summary
    if isinstance(act, Say) and act.file is not None:
        message["attachments"] = [file_attachment(act.file)]
        message["summary"] = act.summary or act.file.name
    return message


def body_of(way: Way, answer: Reply | None) -> Json | None:
    """Return the body that answers an invoke; ``None`` = an empty answer says it all."""
    match way:
        case Way.CARD:
            return _card_answer(answer)
        case Way.SEARCH | Way.LINK:
            return _search_answer(answer)
        case Way.CHOICES:
            return _choices_answer(answer)
        case _:
            return _task_answer(answer)


def refusal(way: Way | None, status: int, code: str, message: str) -> tuple[int, Json]:
    """Return status and body for an invoke that cannot be taken at all.

    A card's button is answered 200 with the failure inside, as Teams wants it.
    """
    error = {"code": code, "message": message}
    if way is Way.CARD:
        return 200, {"statusCode": status, "type": ERROR, "value": error}
    return status, {"error": error}


def _card_answer(answer: Reply | None) -> Json:
    match answer:
        case Replace(card=card):
            return {"statusCode": 200, "type": ADAPTIVE, "value": card}
        case Tell(text=text):
            return {"statusCode": 200, "type": SENTENCE, "value": text}
        case None:
            return {"statusCode": 200, "type": SENTENCE, "value": ""}
    raise Unsuitable(f"{type(answer).__name__} for a card's button")


def _search_answer(answer: Reply | None) -> Json | None:
    match answer:
        case Results(found=found, layout=layout):
            rows = [_row(one) for one in found]
            return _extension(type="result", attachmentLayout=layout, attachments=rows)
        case Tell(text=text):
            return _extension(type="message", text=text)
        case None:
            return None
    raise Unsuitable(f"{type(answer).__name__} for a search")


def _choices_answer(answer: Reply | None) -> Json:
    """Return what a field proposes; for a sentence there is no room, so nothing is proposed."""
    match answer:
        case Choices(found=found):
            results = [{"title": title, "value": value} for title, value in found]
        case Tell() | None:
            results = []
        case _:
            raise Unsuitable(f"{type(answer).__name__} for what a field proposes")
    return {"statusCode": 200, "type": CHOICES, "value": {"results": results}}


def _task_answer(answer: Reply | None) -> Json | None:
    match answer:
        case Dialog():
            value = {
                "title": answer.title,
                "width": answer.width,
                "height": answer.height,
                "card": _attachment(answer.card),
            }
            return {"task": {"type": "continue", "value": value}}
        case Done(text=text) | Tell(text=text):
            return {"task": {"type": "message", "value": text}} if text else None
        case Insert(found=found):
            return _extension(type="result", attachmentLayout="list", attachments=[_row(found)])
        case None:
            return None
    raise Unsuitable(f"{type(answer).__name__} for a dialog")


def _extension(**values: Any) -> Json:
    return {"composeExtension": values}


def _attachment(card: Card | Raw) -> Json:
    return {"contentType": ADAPTIVE, "content": card}


def _row(found: Found) -> Json:
    return _attachment(found.card) | {"preview": found.preview}
