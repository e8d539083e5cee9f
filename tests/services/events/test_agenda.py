from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.events.agenda import Agenda
from services.events.events import Events
from services.model.books import Book
from services.model.errors import InvalidInput, NotFound
from services.model.events import SeriesException
from services.model.recurrence import Pattern, Rule
from tests._builders import BERLIN, NEW_YORK, a_person, all_day, an_author, an_event_content, timed

INES = an_author()


async def test_an_agenda_is_in_order_with_series_and_whole_days(
    agenda: Agenda, events: Events, calendar: Book
) -> None:
    for content in (
        an_event_content(title="late", when=timed("2026-11-20T18:00")),
        an_event_content(
            title="daily", when=timed("2026-11-02T09:00"), rule=Rule(pattern=Pattern.DAILY)
        ),
        an_event_content(title="fair", when=all_day("2026-11-20", 2)),
        an_event_content(title="elsewhere", when=timed("2026-12-20T18:00")),
    ):
        await events.create(INES, calendar.id, content)
    gone = await events.create(INES, calendar.id, an_event_content(title="gone"))
    await events.delete(INES, calendar.id, gone.id)
    shown = await agenda.between(
        a_person("tom"), calendar.id, date(2026, 11, 20), date(2026, 11, 21), BERLIN
    )
    assert [one.content.title for one in shown] == ["fair", "daily", "late", "daily"]


async def test_days_are_those_of_the_reader(agenda: Agenda, events: Events, calendar: Book) -> None:
    early = an_event_content(when=timed("2026-11-20T02:00"))
    await events.create(INES, calendar.id, early)
    day = date(2026, 11, 19)
    assert await agenda.between(a_person(), calendar.id, day, day, BERLIN) == ()
    assert len(await agenda.between(a_person(), calendar.id, day, day, NEW_YORK)) == 1


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 20), date(2026, 11, 19)),
        (date(2026, 1, 1), date(2027, 1, 2)),
        (date(1, 1, 1), date(1, 1, 1)),
        (date(9999, 12, 31), date(9999, 12, 31)),
    ],
)
async def test_impossible_days_are_refused(
    agenda: Agenda, calendar: Book, first: date, last: date
) -> None:
    with pytest.raises(InvalidInput):
        await agenda.between(a_person(), calendar.id, first, last, BERLIN)


async def test_a_stranger_sees_no_agenda(agenda: Agenda, calendar: Book) -> None:
    day = date(2026, 11, 20)
    with pytest.raises(NotFound):
        await agenda.between(a_person("mallory"), calendar.id, day, day, BERLIN)


async def test_a_moved_occurrence_is_found_far_from_where_it_was(
    agenda: Agenda, events: Events, calendar: Book
) -> None:
    content = an_event_content(
        when=timed("2026-11-02T09:00"),
        rule=Rule(pattern=Pattern.DAILY, until=date(2026, 11, 20)),
    )
    away = replace(content, rule=None, when=timed("2027-02-01T09:00"), title="away")
    start = timed("2026-11-03T09:00").start
    content = replace(content, exceptions=(SeriesException(start, away),))
    await events.create(INES, calendar.id, content)
    shown = await agenda.between(
        a_person(), calendar.id, date(2027, 2, 1), date(2027, 2, 1), BERLIN
    )
    assert [one.content.title for one in shown] == ["away"]
