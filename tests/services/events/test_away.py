"""Who is away, out of calendars that not everybody may see."""

from __future__ import annotations

from datetime import date

import pytest

from services.books.books import Books
from services.books.sharing import Sharing
from services.events.away import Away
from services.events.events import Events
from services.model.books import Book, BookKind
from services.model.errors import NotFound
from services.model.events import ShowAs
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    a_person,
    a_person_home,
    all_day,
    an_author,
    an_event_content,
)

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 22)


@pytest.fixture
def away(store: Store, sharing: Sharing) -> Away:
    return Away(store, sharing)


async def out(
    events: Events, book: Book, title: str, by: str = "ines", show_as: ShowAs = ShowAs.AWAY
) -> None:
    content = an_event_content(title=title, when=all_day("2026-11-18"), show_as=show_as)
    await events.create(an_author(by), book.id, content)


async def test_absences_stand_under_their_people(
    away: Away, events: Events, calendar: Book
) -> None:
    await out(events, calendar, "Dentist")
    await out(events, calendar, "Fair", "tom", ShowAs.ELSEWHERE)
    await out(events, calendar, "Ines and Tom on holiday")
    await out(events, calendar, "Review", show_as=ShowAs.BUSY)
    found = await away.between(a_person(), [calendar.id], FIRST, LAST, BERLIN)
    titles = {one.name: [each.content.title for each in one.occurrences] for one in found}
    assert titles == {
        "Ines": ["Dentist", "Ines and Tom on holiday"],
        "Tom": ["Fair", "Ines and Tom on holiday"],
    }


async def test_somebodys_own_calendar_speaks_of_who_writes_in_it(
    away: Away, events: Events, books: Books
) -> None:
    own = await books.at_home(
        an_author(), a_person_home(), BookKind.CALENDAR, zone=BERLIN, language="en"
    )
    await out(events, own, "Dentist")
    (absence,) = await away.between(a_person(), [own.id], FIRST, LAST, BERLIN)
    assert absence.name == "Ines"


async def test_other_days_and_other_peoples_calendars_are_not_looked_at(
    away: Away, events: Events, calendar: Book
) -> None:
    await out(events, calendar, "Dentist")
    later = date(2026, 12, 1)
    assert await away.between(a_person(), [calendar.id], later, later, BERLIN) == ()
    with pytest.raises(NotFound):
        await away.between(a_person("eve"), [calendar.id], FIRST, LAST, BERLIN)
