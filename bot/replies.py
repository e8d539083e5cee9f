"""What a handler may answer, as plain data; :mod:`bot.answers` turns it into Teams' JSON.

A handler returns one reply, several, or ``None`` (nothing to say). At most one of them is *the
answer* to a button, dialog or search; each :class:`Say` and :class:`Edit` beside it goes out as
an act of its own. :class:`Tell` suits every way of asking. Which reply suits which way::

    chat                 Say Tell Edit
    card                 Replace Tell             (and Say, Edit)
    open, submit         Dialog Done Tell         (and Say, Edit)
    search, link         Results Tell
    choices              Choices
    file                 Say Tell Edit
    consent              (Say, Edit)
    compose, composed    Dialog Insert Done Tell  (and Say, Edit)

``Replace`` in the chat (a button of a client that knows no ``Action.Execute``) edits the message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Raw

from bot.files import FileDone, FileOffer
from services.model.books import Book
from services.model.posts import Days

__all__ = [
    "Card",
    "Choices",
    "Dialog",
    "Done",
    "Edit",
    "Found",
    "Insert",
    "PostAbout",
    "Replace",
    "Replies",
    "Reply",
    "Results",
    "Say",
    "Tell",
]

Card = Mapping[str, Any]
"""An Adaptive Card as plain JSON."""


@dataclass(frozen=True, slots=True)
class PostAbout:
    """What a message shows: remember it, so that it can be kept up to date in place."""

    book: Book
    item: str = ""
    """The id of an event or contact."""
    days: Days | None = None
    """Or some days of a calendar."""
    also: tuple[Book, ...] = ()
    """The other calendars that these days are of: it follows them as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A message in the conversation: words, a card, or both."""

    text: str = ""
    card: Card | None = None
    summary: str = ""
    """What the notification and the chat list say; taken from the card's fallbackText if empty."""
    about: PostAbout | None = None
    shows: str = ""
    """What else the message is there for, where it is about no item (:mod:`bot.marks`)."""
    file: FileOffer | FileDone | None = None
    """A file instead of a card: in the personal chat alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Another card for an earlier message of the bot; by default for the one that was pressed."""

    card: Card
    activity_id: str = ""
    about: PostAbout | None = None
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Tell:
    """One sentence, in whatever form the way of asking has for it."""

    text: str


@dataclass(frozen=True, slots=True)
class Replace:
    """The card that was pressed becomes this one, for the person who pressed it."""

    card: Card
    about: PostAbout | None = None
    is_form: bool = False
    """They will type into it: the message is let be meanwhile (:mod:`bot.open_forms`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """A dialog that shows a card; as an answer to its own button it goes on with this one."""

    title: str
    card: Card
    width: str | int = "medium"
    height: str | int = "medium"


@dataclass(frozen=True, slots=True)
class Done:
    """The dialog closes; a text is shown in it first."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One result of a search: a row to pick, and the card that is then put into the message.

    Both may be written out as JSON already, since the same people are found again and again.
    """

    card: Card | Raw
    preview: Mapping[str, Any] | Raw
    """The row, as an attachment (:mod:`cards.preview` draws it)."""


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, or the one card that a link becomes."""

    found: Sequence[Found]
    layout: str = "list"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a field of a card proposes: pairs of a title and the value that is sent for it."""

    found: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Insert:
    """An action command ends: this card goes into the message that is being written."""

    found: Found


Reply = Say | Edit | Tell | Replace | Dialog | Done | Results | Choices | Insert
Replies = Reply | Sequence[Reply] | None
