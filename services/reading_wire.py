"""What goes to the process that reads files, and what comes back: plain data.

A request is the length of an :class:`Ask`, the ask, and the file; the answer is an :class:`Answer`.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from services.model.books import BookKind
from services.model.contact_lists import ListShape
from services.model.contacts import ContactContent
from services.model.errors import Damaged
from services.model.events import EventContent
from services.model.imports import FileWrong, Incoming, Reading, Trouble
from services.storage.codec import decode, encode

__all__ = ["Answer", "Ask", "What", "answer_of", "contacts_of", "events_of", "framed", "unframed"]

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


def framed(ask: Ask, data: bytes) -> bytes:
    """Return a request as bytes."""
    head = encode(ask)
    return len(head).to_bytes(LENGTH) + head + data


def unframed(request: bytes) -> tuple[Ask, bytes]:
    """Return what :func:`framed` put together."""
    end = LENGTH + int.from_bytes(request[:LENGTH])
    return decode(Ask, request[LENGTH:end]), request[end:]


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
