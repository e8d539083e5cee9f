"""What the activity feed says, in plain words of whoever is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cards.viewer import Viewer
from cards.watching.activity_note import LINE, PREVIEW, activity_note
from services.model.events import Event, Occurrence
from services.model.notices import (
    ChangesNotice,
    DigestNotice,
    News,
    ReminderNotice,
    WatchNotice,
    What,
)
from services.model.settings import Holiday, Marked
from services.model.watching import Watcher
from tests._builders import BERLIN, a_book, a_contact, a_person, an_event

NOW = datetime(2026, 11, 20, 11, 15, tzinfo=UTC)
BOOK = a_book(name="Harbour")
WATCHER = Watcher(book=BOOK.id, to=a_person(), zone=BERLIN, reminded_until=NOW, told_until=NOW)
FIRST, LAST = date(2026, 11, 20), date(2026, 11, 26)
CAKE = Holiday(FIRST, "Ada (41)", Marked.BIRTHDAY)


def one(title: str) -> Occurrence:
    event: Event = an_event(title=title)
    return Occurrence.of(event)


def news(*titles: str) -> ChangesNotice:
    told = tuple(News(What.NEW, one(title).event) for title in titles)
    return ChangesNotice(WATCHER, BOOK, told)


@pytest.mark.parametrize(
    ("notice", "line", "preview"),
    [
        (
            ReminderNotice(WATCHER, BOOK, (one("Lunch"),), NOW),
            "Soon: Lunch",
            "Lunch, Fri, 20 Nov 2026, 12:30",
        ),
        (news("Lunch"), "One change in Harbour", "Lunch, Fri, 20 Nov 2026"),
        (news("Lunch", "Fair"), "2 changes in Harbour", "Fair, Fri, 20 Nov 2026"),
        (DigestNotice(WATCHER, BOOK, FIRST, FIRST, (one("A"), one("B"))), "Fri, 20 Nov", "A · B"),
        (DigestNotice(WATCHER, BOOK, FIRST, LAST, (one("A"),)), "Fri, 20", "A"),
        (DigestNotice(WATCHER, BOOK, FIRST, FIRST, (), marks=(CAKE,)), "Fri, 20", "Ada (41)"),
    ],
)
def test_a_notice_is_a_line_and_a_preview(notice: WatchNotice, line: str, preview: str) -> None:
    note = activity_note(notice, BOOK, Viewer(BERLIN))
    assert note.line.startswith(line) and note.topic == "Harbour"
    assert note.preview.startswith(preview)


def test_it_is_short_and_holds_nothing_that_deceives() -> None:
    long = activity_note(news(*["\u202egnp.exe " + "x" * 300] * 9), BOOK, Viewer(BERLIN))
    assert len(long.preview) <= PREVIEW and "\u202e" not in long.preview
    bare = activity_note(news("Lunch"), a_book(name="y" * 300), Viewer(BERLIN))
    assert len(bare.line) <= LINE and len(bare.topic) <= LINE
    assert activity_note(news("Lunch"), a_book(name=""), Viewer(BERLIN)).topic == "Calendar"


def test_of_a_contact_list_the_names_are_said() -> None:
    told = ChangesNotice(WATCHER, BOOK, (News(What.NEW, a_contact()),))
    assert activity_note(told, BOOK, Viewer(BERLIN)).preview == "Ada Byron"
