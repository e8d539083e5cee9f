"""The card of one contact list: what may be done with it, and what no longer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.books.calendars import one_calendar
from services.model.books import Book
from tests._builders import a_contact_list
from tests._teams_cards import buttons
from tests.cards._calendar_samples import OWNER, READER
from tests.cards._reading import words

LIST = a_contact_list(name="Press")
ARCHIVED = replace(LIST, archived=True, retired=True)


@pytest.mark.parametrize(("book", "adds"), [(LIST, True), (ARCHIVED, False)])
def test_contacts_are_brought_into_a_list_by_whoever_may_add_to_it(book: Book, adds: bool) -> None:
    owners = [each.get("title") for each in buttons(one_calendar(book, OWNER, held=81))]
    readers = [each.get("title") for each in buttons(one_calendar(book, READER, held=81))]
    assert ("Import" in owners) is adds and "Export" in owners
    assert "Import" not in readers and "Export" in readers


def test_an_archived_list_speaks_of_no_agenda() -> None:
    said = words(one_calendar(ARCHIVED, OWNER, held=81))
    assert "This is archived: it can be read, not changed." in said and "agenda" not in said
