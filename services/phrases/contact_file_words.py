"""Contact lists taken along, what is in them twice, what they celebrate: commands and phrases."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from services.phrases.asker import Asker
from services.phrases.rests import briefly

__all__ = [
    "CONTACT_FILE_PHRASES",
    "ContactFileCommand",
    "ExportContacts",
    "FindDuplicates",
    "ShowBirthdays",
]


@dataclass(frozen=True, slots=True)
class ExportContacts:
    """Give me the contacts as a file."""

    ending: str = ""
    """``xlsx``, ``vcf`` or ``csv``; empty = which are there?"""
    text: str = ""
    """Only who is found by these words."""


@dataclass(frozen=True, slots=True)
class FindDuplicates:
    """Who is in the list twice?"""


@dataclass(frozen=True, slots=True)
class ShowBirthdays:
    """Whose birthday is next?"""


ContactFileCommand = ExportContacts | FindDuplicates | ShowBirthdays
Reader = Callable[[str, Asker], ContactFileCommand | None]

_KINDS = {
    **{word: "xlsx" for word in ("xlsx", "excel", "spreadsheet", "xls", "table")},
    **{word: "csv" for word in ("csv", "comma", "text")},
    **{word: "vcf" for word in ("vcf", "vcard", "vcards", "file")},
}
_AS = re.compile(r"(?:(?P<text>.*?)\s+)?(?:as|to|in|into)\s+(?:an?\s+)?(?P<word>\w+)", re.I)
_LEADING = re.compile(r"^(?:(?:the|of|for|from|with|group|in)\s+)+", re.I)


def _export(rest: str, _asker: Asker) -> ExportContacts | None:
    """Read ``excel``, ``customers``, ``customers as vcard``, ``group:board as csv``."""
    found = _AS.fullmatch(rest)
    if rest.casefold() in _KINDS:
        return ExportContacts(_KINDS[rest.casefold()])
    if found and found["word"].casefold() in _KINDS:
        text = _LEADING.sub("", found["text"] or "")
        return ExportContacts(_KINDS[found["word"].casefold()], text)
    return ExportContacts("", _LEADING.sub("", rest))


CONTACT_FILE_PHRASES: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (("export contacts", "export contact list", "download contacts"), _export),
    (
        ("duplicates", "find duplicates", "show duplicates", "merge contacts"),
        briefly(FindDuplicates()),
    ),
    (
        ("birthdays", "show birthdays", "next birthdays", "birthday", "anniversaries"),
        briefly(ShowBirthdays()),
    ),
)
"""English; the first of each is the one that is offered."""
