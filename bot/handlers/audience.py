"""Who sees what a button was pressed on, and whom an answer is for.

An answer to a button is one person's view in the card's place; the message below it is what
everybody reads and what is there tomorrow. In a chat with others a form stands either in a message
of its own, which its asker asked for in words and which turns into what was made, or in one
person's view of another message (an agenda), which stays what it is.
"""

from __future__ import annotations

from bot.replies import Card, Edit, PostAbout, Replace, Replies
from bot.turn import Turn
from services.model.identity import ConversationKind

__all__ = ["asked_by", "for_all", "is_for_all", "stands_alone", "with_its_form", "with_its_message"]

FORM = "form/"


def asked_by(turn: Turn) -> str:
    """Return what the message of a form shows: a form that this person asked for."""
    return f"{FORM}{turn.person.object_id}"


def stands_alone(turn: Turn) -> bool:
    """Whether the message that was pressed is a form, whoever asked for it."""
    return turn.kind is ConversationKind.PERSONAL or turn.shows.startswith(FORM)


def is_for_all(turn: Turn, shown: str) -> bool:
    """Whether the message that was pressed shows this very thing to all who read it."""
    return turn.kind is ConversationKind.PERSONAL or turn.shows == shown


def for_all(about: PostAbout, message: Card, answer: Card) -> Replies:
    """Return the answer for the one who pressed, and the message for all who read it."""
    return [Edit(card=message, about=about), Replace(answer)]


def with_its_form(turn: Turn, message: Card, answer: Replace) -> Replies:
    """Return the answer, and what becomes for all of a form that this person had asked for."""
    return [Edit(card=message), answer] if turn.shows == asked_by(turn) else answer


def with_its_message(turn: Turn, about: PostAbout, message: Card, answer: Card) -> Replies:
    """Return the answer, and the message where that is about the same; other posts follow."""
    return for_all(about, message, answer) if is_for_all(turn, about.item) else Replace(answer)
