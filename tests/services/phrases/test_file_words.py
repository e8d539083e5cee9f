"""What people say of files and feeds; Wednesday 18 November 2026 in Berlin."""

from __future__ import annotations

from datetime import date

import pytest

from services.phrases import Command, ExportData, Unknown, read
from services.phrases.file_words import ExportBook, FileKind, PrintBook, ShowFeed
from tests._builders import BERLIN
from tests._fakes import NOON

TODAY, MONDAY = date(2026, 11, 18), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("export", ExportBook()),
        ("export my calendar please", ExportBook()),
        ("export excel", ExportBook(FileKind.XLSX)),
        ("export to csv", ExportBook(FileKind.CSV)),
        ("export as an ics", ExportBook(FileKind.ICS)),
        ("export Holidays", ExportBook(calendar="Holidays")),
        ("export calendar Holidays as excel", ExportBook(FileKind.XLSX, "Holidays")),
        ("export csv of “Way to go”", ExportBook(FileKind.CSV, "Way to go")),
        ("export Table tennis", ExportBook(calendar="Table tennis")),
        ("export Travel to Rome as ics", ExportBook(FileKind.ICS, "Travel to Rome")),
        ("export pdf", PrintBook(TODAY, True)),
        ("export Holidays as pdf", PrintBook(TODAY, True, "Holidays")),
        ("export my data", ExportData()),
        ("print", PrintBook(TODAY, True)),
        ("print week", PrintBook(TODAY, False)),
        ("print december", PrintBook(date(2026, 12, 1), True)),
        ("print the next week", PrintBook(MONDAY, False)),
        ("print week of 23 november", PrintBook(MONDAY, False)),
        ("print Marketing", PrintBook(TODAY, True, "Marketing")),
        ("print week of Marketing", PrintBook(TODAY, False, "Marketing")),
        ("print next week for the Marketing", PrintBook(MONDAY, False, "Marketing")),
        ("print december of Days of joy", PrintBook(date(2026, 12, 1), True, "Days of joy")),
        ("feed", ShowFeed()),
        ("feed Marketing", ShowFeed("Marketing")),
        ("calendar feed of Way to go", ShowFeed("Way to go")),
    ],
)
def test_a_file_is_asked_for(text: str, command: Command) -> None:
    assert read(text, NOON, BERLIN) == command


@pytest.mark.parametrize("lead", ["export", "print", "feed"])
def test_a_story_is_no_name(lead: str) -> None:
    story = "whatever it was that we spoke about at lunch"
    assert isinstance(read(f"{lead} {story}", NOON, BERLIN), Unknown)
