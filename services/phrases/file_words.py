"""Files and feeds in words: what to import, what to export, which calendars to subscribe to.

``export``, ``print`` and ``feed`` may name a calendar of the place: ``export Holidays as excel``,
``print week of Marketing``, ``feed Marketing``; without a name the first one is meant. The
commands and their phrases are in the shape of :mod:`services.phrases.table`'s table, which takes
them in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.model.books import BookKind
from services.phrases.asker import Asker
from services.phrases.days import read_days
from services.phrases.names import names_in
from services.phrases.rests import FEW_WORDS, briefly

__all__ = [
    "FILE_PHRASES",
    "ExportBook",
    "FileKind",
    "ImportFile",
    "ImportTemplate",
    "PrintBook",
    "ShowFeed",
    "ShowSubscriptions",
    "Subscribe",
]


class FileKind(StrEnum):
    """What an export may be."""

    ICS = "ics"
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class ImportFile:
    """How do I bring events in, or contacts?"""

    of: BookKind = BookKind.CALENDAR


@dataclass(frozen=True, slots=True)
class ImportTemplate:
    """Give me an empty table to fill in."""

    kind: FileKind = FileKind.XLSX
    of: BookKind = BookKind.CALENDAR


@dataclass(frozen=True, slots=True)
class ExportBook:
    """Give me the calendar as a file."""

    kind: FileKind | None = None
    """``None`` = which are there?"""
    calendar: str = ""
    """Its name; empty = the first one of the place."""


@dataclass(frozen=True, slots=True)
class PrintBook:
    """Give me a page to pin up."""

    day: date
    """Within the week or month that is meant."""
    is_month: bool
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class ShowFeed:
    """The address by which other programs follow the calendar."""

    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Show somebody else's calendar in ours."""

    url: str
    """As it was written; empty where none was."""


@dataclass(frozen=True, slots=True)
class ShowSubscriptions:
    """Which calendars of others are shown in ours?"""


FileCommand = (
    ImportFile | ImportTemplate | ExportBook | PrintBook | ShowFeed | Subscribe | ShowSubscriptions
)
Reader = Callable[[str, Asker], FileCommand | None]

MOST_WORDS = 6
"""Of a calendar's name."""
_KINDS = {
    **{word: FileKind.XLSX for word in ("xlsx", "excel", "spreadsheet", "xls", "table")},
    **{word: FileKind.CSV for word in ("csv", "comma", "text")},
    **{word: FileKind.ICS for word in ("ics", "ical", "icalendar", "file", "outlook", "google")},
}
_FILLER = frozenset({"as", "to", "the", "a", "an", "this", "my", "calendar", "events", "in", "for"})
_WORDS = frozenset({*_KINDS, "pdf"})
_NO_NAMES = frozenset({"calendar", "my calendar", "events", "it", "all", "please", "everything"})
_AS = re.compile(r"(?:(?P<name>.*?)\s+)?(?:as|to|in|into)\s+(?:an?\s+)?(?P<word>\w+)", re.I)
_OF = re.compile(r"(?:of|for|from|please)\b", re.I)
_OF_INSIDE = re.compile(r"\s+(?:of|for|in)\s+(?:the\s+)?", re.I)
_URL = re.compile(r"(?:https?|webcals?)://\S+", re.I)
_LEADING = re.compile(r"^(?:(?:the|of|for|from|this|my|to|calendar|:|-)(?:\s+|$))+", re.I)


def _export(rest: str, asker: Asker) -> FileCommand | None:
    """Read ``excel``, ``Holidays``, ``Holidays as excel``, ``csv of Holidays``."""
    first, _, behind = rest.partition(" ")
    before = _AS.fullmatch(rest)
    if first.casefold() in _WORDS and (not behind or _OF.match(behind)):
        word, name = first, behind
    elif before and before["word"].casefold() in _WORDS:
        word, name = before["word"], before["name"] or ""
    else:
        word, name = "", rest
    name = _name(name)
    if len(name.split()) > MOST_WORDS:
        return None
    if word.casefold() == "pdf":
        return PrintBook(asker.today, is_month=True, calendar=name)
    return ExportBook(_KINDS.get(word.casefold()), name)


def _template(of: BookKind) -> Reader:
    def read(rest: str, _asker: Asker) -> FileCommand | None:
        words = [word for word in rest.casefold().split() if word not in _FILLER]
        kind = _KINDS.get(words[0], FileKind.XLSX) if words else FileKind.XLSX
        return ImportTemplate(FileKind.CSV if kind is FileKind.CSV else FileKind.XLSX, of)

    return read


def _print(rest: str, asker: Asker) -> FileCommand | None:
    """Read days, a calendar's name, or days ``of`` a calendar."""
    fragment = _LEADING.sub("", rest)
    for days, name in ((fragment, ""), *_named(fragment), ("", fragment)):
        found = _page(days, _name(name), asker)
        if found is not None and len(name.split()) <= MOST_WORDS:
            return found
    return None


def _named(fragment: str) -> Iterator[tuple[str, str]]:
    """Yield what is before and behind each ``of``."""
    for found in _OF_INSIDE.finditer(fragment):
        yield fragment[: found.start()], fragment[found.end() :]


def _page(fragment: str, name: str, asker: Asker) -> PrintBook | None:
    word, _, behind = fragment.partition(" ")
    is_week = word.casefold() == "week"
    if word.casefold() in ("week", "month"):
        fragment = _LEADING.sub("", behind)
    if not fragment:
        return PrintBook(asker.today, not is_week, name)
    days = read_days(fragment, asker.today, names_in(asker.language))
    if days is None or days.wrong:
        return None
    is_short = timedelta(days=1) < days.last - days.first <= timedelta(days=7)
    return PrintBook(days.first, not (is_week or is_short), name)


def _feed(rest: str, _asker: Asker) -> FileCommand | None:
    name = _name(rest)
    return ShowFeed(name) if len(name.split()) <= MOST_WORDS else None


def _name(text: str) -> str:
    """Return the name of a calendar, without the words around it."""
    bare = _LEADING.sub("", text).strip(" \"'“”„«»")
    return "" if bare.casefold() in _NO_NAMES else bare


def _subscribe(rest: str, _asker: Asker) -> FileCommand | None:
    found = _URL.search(rest)
    if found is not None:
        return Subscribe(found[0].rstrip(">)]}\"'"))
    return Subscribe("") if len(rest.split()) <= FEW_WORDS else None


FILE_PHRASES: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (
        (
            *("import", "import events", "import calendar", "import file", "import a file"),
            *("upload", "import ics", "import excel", "import csv"),
        ),
        briefly(ImportFile()),
    ),
    (
        ("import template", "template", "excel template", "csv template"),
        _template(BookKind.CALENDAR),
    ),
    (
        ("import contacts", "import contact", "import vcard"),
        briefly(ImportFile(BookKind.CONTACTS)),
    ),
    (
        ("import contacts template", "contacts template", "contact template"),
        _template(BookKind.CONTACTS),
    ),
    (("export", "export calendar", "export events", "download calendar", "download"), _export),
    (("print", "print calendar", "export pdf", "pdf"), _print),
    (
        ("feed", "feed link", "calendar feed", "publish", "publish calendar", "ics link"),
        _feed,
    ),
    (("subscribe", "subscribe to", "add feed", "follow calendar"), _subscribe),
    (
        ("subscriptions", "unsubscribe", "show subscriptions", "feeds", "my subscriptions"),
        briefly(ShowSubscriptions()),
    ),
)
"""English; the first of each is the one that is offered."""
