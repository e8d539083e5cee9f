"""What goes to the process that reads files, and what comes back: plain data.

A request is an :class:`Ask` and the file. What comes back is an :class:`Answer`, or one
:class:`~services.files.contact_fitting.Portion` of contacts after the other; before each stands its
length. Portions are MessagePack, which takes a tenth of the time that a stored record does: no
program of another day has to read them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO, Protocol, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from services.files.contact_fitting import Portion
from services.model.books import BookKind
from services.model.contact_lists import ListShape
from services.model.errors import Damaged
from services.model.events import EventContent
from services.model.imports import FileWrong, Incoming, Reading, Trouble
from services.storage.codec import decode, encode

__all__ = [
    "Answer",
    "Ask",
    "Said",
    "What",
    "answer_in",
    "answer_of",
    "events_of",
    "framed",
    "next_said",
    "portion_in",
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
    region: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One event of the file, see :class:`~services.model.imports.Incoming`."""

    row: int
    uid: str
    event: EventContent
    lines: tuple[str, ...] = ()


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


class Said(Protocol):
    """An answer of either kind."""

    @property
    def wrong(self) -> FileWrong | None:
        """Why nothing was read."""


S = TypeVar("S", bound=Said)


def framed(message: Ask | Answer | Portion) -> bytes:
    """Return a message behind its length."""
    is_portion = isinstance(message, Portion)
    body = msgspec.msgpack.encode(message) if is_portion else encode(message)
    return len(body).to_bytes(LENGTH) + body


def unframed(stream: IO[bytes]) -> tuple[Ask, bytes]:
    """Return a request: the ask, and the file that stands behind it."""
    return decode(Ask, _body(stream, stream.read(LENGTH))), stream.read()


def next_said(stream: IO[bytes], read: Callable[[bytes], S]) -> S | None:
    """Return what comes next, which :func:`answer_in` or :func:`portion_in` reads.

    Returns:
        ``None``: nothing more.

    Raises:
        Damaged: it ends in the middle of an answer, or is none.
    """
    length = stream.read(LENGTH)
    return read(_body(stream, length)) if length else None


def answer_in(body: bytes) -> Answer:
    """Return an answer to whatever asks for no contacts; ``Damaged`` where it is none."""
    return decode(Answer, body)


def portion_in(body: bytes) -> Portion:
    """Return some contacts; ``Damaged`` where it is something else."""
    try:
        return msgspec.msgpack.decode(body, type=Portion)
    except msgspec.DecodeError as err:
        raise Damaged("a portion is not what it should be") from err


def _body(stream: IO[bytes], length: bytes) -> bytes:
    return stream.read(int.from_bytes(length))


def answer_of(reading: Reading[EventContent]) -> Answer:
    """Return the events that were read as an answer."""
    return Answer(
        rows=tuple(Row(item.row, item.uid, item.content, item.lines) for item in reading.items),
        troubles=reading.troubles,
        name=reading.name,
        cancelled=reading.cancelled,
        notes=reading.notes,
    )


def events_of(answer: Answer) -> Reading[EventContent]:
    """Return the events of an answer."""
    items = tuple(Incoming(row.row, row.uid, row.event, row.lines) for row in answer.rows)
    return Reading(items, answer.troubles, answer.name, answer.cancelled, answer.notes)
