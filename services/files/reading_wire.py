"""What goes to the process that reads files, and what comes back: plain data.

A request is an :class:`Ask` and the file; what comes back is one :class:`Answer` after the other.
Before an ask, and before each answer, stands its length.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO, Any
from zoneinfo import ZoneInfo

from services.model.books import BookKind
from services.model.contact_lists import ListShape
from services.model.contacts import ContactContent
from services.model.errors import Damaged
from services.model.events import EventContent
from services.model.imports import FileWrong, Incoming, Reading, Trouble
from services.storage.codec import decode, encode

__all__ = [
    "Answer",
    "Ask",
    "What",
    "answer_of",
    "contacts_of",
    "events_of",
    "framed",
    "next_answer",
    "unframed",
]

LENGTH = 4
"""Bytes that say how long an ask is."""


class What(StrEnum):
    """What a file is to be read as."""

    EVENTS = "events"
    CONTACTS = "contacts"
    CALENDAR = "calendar"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Ask:
    """How a file is to be read."""

    what: What
    zone: ZoneInfo
    language: str = "en"
    shape: ListShape = field(default_factory=ListShape)


@dataclass(frozen=True, slots=True)
class Own:
    """A value in a field of a list's own."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """One event or contact of the file, see :class:`~services.model.imports.Incoming`."""

    row: int
    uid: str
    lines: tuple[str, ...] = ()
    own: tuple[Own, ...] = ()
    photo: str = ""
    """In base64."""
    event: EventContent | None = None
    contact: ContactContent | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read, or why nothing was."""

    rows: tuple[Row, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    name: str = ""
    cancelled: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    kind: BookKind | None = None
    wrong: FileWrong | None = None


def framed(message: Ask | Answer) -> bytes:
    """Return a message behind its length."""
    body = encode(message)
    return len(body).to_bytes(LENGTH) + body


def unframed(stream: IO[bytes]) -> tuple[Ask, bytes]:
    """Return a request: the ask, and the file that stands behind it."""
    return decode(Ask, _body(stream, stream.read(LENGTH))), stream.read()


def next_answer(stream: IO[bytes]) -> Answer | None:
    """Return what comes next; ``None`` = nothing more.

    Raises:
        Damaged: it ends in the middle of an answer, or is none.
    """
    length = stream.read(LENGTH)
    return decode(Answer, _body(stream, length)) if length else None


def _body(stream: IO[bytes], length: bytes) -> bytes:
    return stream.read(int.from_bytes(length))


def answer_of(reading: Reading[Any]) -> Answer:
    """Return what was read as an answer."""
    return Answer(
        rows=tuple(map(_row, reading.items)),
        troubles=reading.troubles,
        name=reading.name,
        cancelled=reading.cancelled,
        notes=reading.notes,
    )


def events_of(answer: Answer) -> Reading[EventContent]:
    """Return the events of an answer."""
    items = [Incoming(row.row, row.uid, _there(row.event), row.lines) for row in answer.rows]
    return Reading(tuple(items), answer.troubles, answer.name, answer.cancelled, answer.notes)


def contacts_of(answer: Answer) -> Reading[ContactContent]:
    """Return the contacts of an answer."""
    items = [
        Incoming(
            row.row,
            row.uid,
            _there(row.contact),
            row.lines,
            {each.name: each.value for each in row.own},
            b64decode(row.photo),
        )
        for row in answer.rows
    ]
    return Reading(tuple(items), answer.troubles, answer.name, answer.cancelled, answer.notes)


def _row(item: Incoming[Any]) -> Row:
    content = item.content
    return Row(
        item.row,
        item.uid,
        item.lines,
        tuple(Own(name, value) for name, value in item.own.items()),
        b64encode(item.photo).decode(),
        event=content if isinstance(content, EventContent) else None,
        contact=content if isinstance(content, ContactContent) else None,
    )


def _there(content: Any) -> Any:
    if content is None:
        raise Damaged("an answer of another kind")
    return content
