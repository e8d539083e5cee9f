"""Files and feeds in words: what to import, what to export, which calendars to subscribe to.

The commands and their phrases, in the shape of :mod:`services.phrases.grammar`'s table, which
takes them in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.phrases.asker import Asker
from services.phrases.days import read_days
from services.phrases.names import names_in

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
    """How do I bring events in?"""


@dataclass(frozen=True, slots=True)
class ImportTemplate:
    """Give me an empty table to fill in."""

    kind: FileKind = FileKind.XLSX


@dataclass(frozen=True, slots=True)
class ExportBook:
    """Give me the calendar as a file."""

    kind: FileKind | None = None
    """``None`` = which are there?"""


@dataclass(frozen=True, slots=True)
class PrintBook:
    """Give me a page to pin up."""

    day: date
    """Within the week or month that is meant."""
    is_month: bool


@dataclass(frozen=True, slots=True)
class ShowFeed:
    """The address by which other programs follow the calendar."""


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

FEW_WORDS = 4
_KINDS = {
    **{word: FileKind.XLSX for word in ("xlsx", "excel", "spreadsheet", "xls", "table")},
    **{word: FileKind.CSV for word in ("csv", "comma", "text")},
    **{word: FileKind.ICS for word in ("ics", "ical", "icalendar", "file", "outlook", "google")},
}
_FILLER = frozenset({"as", "to", "the", "a", "an", "this", "my", "calendar", "events", "in", "for"})
_URL = re.compile(r"(?:https?|webcals?)://\S+", re.I)
_LEADING = re.compile(r"^(?:(?:the|of|for|this|to|calendar|:|-)(?:\s+|$))+", re.I)


def _briefly(command: FileCommand) -> Reader:
    return lambda rest, _: command if len(rest.split()) <= FEW_WORDS else None


def _export(rest: str, asker: Asker) -> FileCommand | None:
    words = [word for word in rest.casefold().split() if word not in _FILLER]
    if words and words[0] == "pdf":
        return PrintBook(asker.today, is_month=True)
    if not words:
        return ExportBook()
    kind = _KINDS.get(words[0])
    return ExportBook(kind) if kind is not None and len(words) == 1 else None


def _template(rest: str, _asker: Asker) -> FileCommand | None:
    words = [word for word in rest.casefold().split() if word not in _FILLER]
    kind = _KINDS.get(words[0], FileKind.XLSX) if words else FileKind.XLSX
    return ImportTemplate(FileKind.CSV if kind is FileKind.CSV else FileKind.XLSX)


def _print(rest: str, asker: Asker) -> FileCommand | None:
    fragment = _LEADING.sub("", rest)
    word, _, behind = fragment.partition(" ")
    is_week = word.casefold() == "week"
    if word.casefold() in ("week", "month"):
        fragment = _LEADING.sub("", behind)
    if not fragment:
        return PrintBook(asker.today, not is_week)
    days = read_days(fragment, asker.today, names_in(asker.language))
    if days is None or days.wrong:
        return None
    is_short = timedelta(days=1) < days.last - days.first <= timedelta(days=7)
    return PrintBook(days.first, not (is_week or is_short))


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
        _briefly(ImportFile()),
    ),
    (("import template", "template", "excel template", "csv template"), _template),
    (("export", "export calendar", "export events", "download calendar", "download"), _export),
    (("print", "print calendar", "export pdf", "pdf"), _print),
    (
        ("feed", "feed link", "calendar feed", "publish", "publish calendar", "ics link"),
        _briefly(ShowFeed()),
    ),
    (("subscribe", "subscribe to", "add feed", "follow calendar"), _subscribe),
    (
        ("subscriptions", "unsubscribe", "show subscriptions", "feeds", "my subscriptions"),
        _briefly(ShowSubscriptions()),
    ),
)
"""English; the first of each is the one that is offered."""
