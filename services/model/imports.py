"""What a file holds that somebody wants to import, and what is wrong with it, before it is written.

A reader of :mod:`services.formats` makes a :class:`Reading` of a file;
:mod:`services.files.imports` compares it with the book and makes a :class:`Preview`, which a card
shows. The same shapes serve calendars and contact lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from services.model.books import Book, BookKind
from services.model.contacts import ContactContent
from services.model.errors import Refused
from services.model.events import EventContent

__all__ = [
    "BadFile",
    "Double",
    "DoubleChoices",
    "Doubles",
    "DoublesPage",
    "FileWrong",
    "Imported",
    "Incoming",
    "Preview",
    "Reading",
    "Snag",
    "Trouble",
]


class FileWrong(StrEnum):
    """Why a file cannot be taken at all."""

    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    """Nested, packed or repeated beyond what an honest program writes."""
    UNKNOWN_KIND = "unknown_kind"
    NOT_A_CALENDAR = "not_a_calendar"
    NOT_CONTACTS = "not_contacts"
    NOT_A_TABLE = "not_a_table"
    NO_COLUMNS = "no_columns"
    """A table without the columns that are needed."""
    NO_CONTACT_COLUMNS = "no_contact_columns"
    NO_KNOWN_COLUMNS = "no_known_columns"
    """A table that may be one of either: no column of it tells which."""
    EMPTY = "empty"
    EXPIRED = "expired"
    """It was sent too long ago, or has been imported already."""
    SOMEBODY_ELSES = "somebody_elses"
    """It waits for whoever has sent it, and for nobody else."""
    UNREACHABLE = "unreachable"
    """It could not be fetched from where it lies."""


class BadFile(Refused):
    """A file that cannot be taken; ``why`` leads to the sentence."""

    def __init__(self, why: FileWrong) -> None:
        super().__init__(why.value)
        self.why = why


class Snag(StrEnum):
    """Why one row is left out, or not taken whole."""

    NO_TITLE = "no_title"
    NO_START = "no_start"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    ENDS_BEFORE_START = "ends_before_start"
    OUT_OF_RANGE = "out_of_range"
    TOO_LONG = "too_long"
    UNKNOWN_ZONE = "unknown_zone"
    UNKNOWN_RULE = "unknown_rule"
    TOO_OFTEN = "too_often"
    """It repeats several times a day."""
    CUT_OFF = "cut_off"
    TOO_MANY_PEOPLE = "too_many_people"
    READ_ONLY = "read_only"
    TWICE = "twice"
    NO_NAME = "no_name"
    BAD_PHOTO = "bad_photo"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_LINK = "not_a_link"
    UNKNOWN_FIELD = "unknown_field"
    """A value that a field of the contact list does not take."""
    IN_NOTES = "in_notes"
    """More of a kind than there are fields: what is over stands in the notes."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about one row of a file."""

    row: int
    """As a person counts: the row of a table, the number of an event in a calendar."""
    about: str
    """Its title as far as it could be read."""
    snag: Snag
    skipped: bool = True
    """False where the row is taken, but not all of it."""


class Doubles(StrEnum):
    """What becomes of a contact of a file that is likely there already."""

    MERGE = "merge"
    """What it says more goes to the one that is there."""
    SKIP = "skip"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Double:
    """A contact of a file, and the one of the list, or of an earlier row, that it is likely."""

    row: int
    about: str
    there: str
    """The name of the other."""
    choice: Doubles = Doubles.MERGE
    """What becomes of it."""


@dataclass(frozen=True, slots=True)
class DoubleChoices:
    """What somebody wants of contacts that are likely there already."""

    all: Doubles = Doubles.MERGE
    rows: Mapping[int, Doubles] = field(default_factory=dict)
    """Where it is something else, by the row of the file."""

    def of(self, row: int) -> Doubles:
        """Return what becomes of the contact of a row, if it is a double."""
        return self.rows.get(row, self.all)


@dataclass(frozen=True, slots=True)
class DoublesPage:
    """Some of the pairs of an import, and where they stand among all."""

    pairs: Sequence[Double]
    """Each with what shall become of it by now."""
    first: int
    """How many stand before them."""
    total: int
    size: int
    """Of a whole page."""

    @property
    def before(self) -> int | None:
        """The number of the page before; ``None`` = this is the first."""
        return self.first // self.size - 1 if self.first else None

    @property
    def after(self) -> int | None:
        """The number of the next page; ``None`` = this is the last."""
        is_last = self.first + len(self.pairs) >= self.total
        return None if is_last else self.first // self.size + 1


C = TypeVar("C", bound=EventContent | ContactContent)


@dataclass(frozen=True, slots=True)
class Incoming(Generic[C]):
    """One event or contact of a file."""

    row: int
    uid: str
    """By which it is known again, the next time that the same is imported."""
    content: C
    lines: tuple[str, ...] = ()
    """What the file says of it that we have no field for, see ``Event.lines``."""
    own: Mapping[str, str] = field(default_factory=dict)
    """What it says in fields of the list's own, by their names in small letters."""
    photo: bytes = field(default=b"", repr=False)
    """A picture of it, as it lies in the file: nobody has looked yet whether it is one."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[C]):
    """A file, read."""

    items: tuple[Incoming[C], ...]
    troubles: tuple[Trouble, ...] = ()
    name: str = ""
    """What the file calls itself."""
    cancelled: tuple[str, ...] = ()
    """UIDs of what the file says is off."""
    notes: tuple[str, ...] = ()
    """How it was read where there was a choice: ``day_first``, ``month_first``, in which row its
    headings are (``heading:3``) and in which sheet (``sheet:Staff``), and which columns nobody
    understands (``unread:Colour, Size``)."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do."""

    book: Book
    kind: BookKind
    file: str
    """The file's name, or what it calls itself."""
    token: str
    """Leads to the file, which waits for a while."""
    new: int
    changed: int
    same: int
    """Already there, just so."""
    gone: int
    """There, and called off by the file."""
    titles: tuple[str, ...]
    """Of the first few that would be written."""
    troubles: Sequence[Trouble]
    notes: tuple[str, ...] = ()
    doubles: Sequence[Double] = ()
    """Of contacts: what is likely there already; counted as ``choice`` says."""
    choice: Doubles = Doubles.MERGE
    dropped: int = 0
    """How many of the doubles are left out."""

    @property
    def writes(self) -> int:
        """How many would be written."""
        return self.new + self.changed + self.gone


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has done."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    left_out: int = 0
