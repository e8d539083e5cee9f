"""A month of a calendar: a leaf of whole weeks, and below it what comes next.

Each day shows its number and up to three dots, which is all there is room for on a phone; pressing
it shows the day. The list below begins with the day that is looked at. Made of ``ColumnSet``: a
cell of a ``Table`` that can be pressed loses its role for screen readers.
"""

from __future__ import annotations

from datetime import date

from cards.buttons import tap
from cards.elements import Column, ColumnSet, Container, Element, TextBlock
from cards.events.event_lines import day_heading, day_name, line_of
from cards.parts import TOUCHED, small
from cards.text import clean
from cards.views.agenda import nothing
from cards.views.sight import ByDay, Sight
from cards.when import weekday_short
from cards.wording import count, say
from services.model.settings import View
from services.model.spans import week_number, weeks_of

__all__ = ["month_body"]

LISTED = 8
"""Events below the leaf."""
MOST_DOTS = 3
DOT, MORE = "\N{BULLET}", "+"
STAR = "\N{BLACK STAR}"
"""Of a holiday, whose name stands in the list and is said to screen readers."""
WEEK_COLUMN = "24px"
TALL = "40px"


def month_body(found: ByDay, sight: Sight) -> list[Element]:
    """Return the leaf and the list."""
    weeks = weeks_of(sight.day, sight.first_weekday)
    rows = [_names(weeks[0], sight), *(_week(week, found, sight) for week in weeks)]
    return [*rows, *_coming(found, sight)]


def _names(week: tuple[date, ...], sight: Sight) -> Element:
    columns = [
        Column(items=[_weekday(day, sight.language)], width="stretch")
        for day in week
        if sight.has_place(day)
    ]
    if sight.book.settings.week_numbers:
        empty = TextBlock(text="\N{NO-BREAK SPACE}", size="small")
        columns.insert(0, Column(items=[empty], width=WEEK_COLUMN))
    return ColumnSet(columns=_close(columns), spacing="medium")


def _weekday(day: date, language: str) -> TextBlock:
    return TextBlock(text=weekday_short(day, language), size="small", subtle=True, align="center")


def _week(week: tuple[date, ...], found: ByDay, sight: Sight) -> Element:
    columns = [_cell(day, len(found.get(day, ())), sight) for day in week if sight.has_place(day)]
    if sight.book.settings.week_numbers:
        columns.insert(0, _number(week[0], sight))
    return ColumnSet(columns=_close(columns), spacing="small", min_height=TALL, separator=True)


def _close(columns: list[Column]) -> list[Column]:
    """Let the columns touch, so that every pixel of a narrow leaf is of use."""
    for column in columns:
        column.spacing = "none"
    return columns


def _number(first: date, sight: Sight) -> Column:
    number = week_number(first)
    title = say(sight.language, "Week {number}", number=number)
    return Column(
        items=[TextBlock(text=str(number), size="small", subtle=True)],
        width=WEEK_COLUMN,
        action=tap(sight.seen(View.WEEK, first), title),
    )


def _cell(day: date, events: int, sight: Sight) -> Column:
    today, of_month = day == sight.today, day.month == sight.day.month
    number = TextBlock(
        text=str(day.day),
        align="center",
        weight="bolder" if today else "default" if of_month else "lighter",
        color="accent" if today else None,
        subtle=None if of_month else True,
    )
    items: list[Element] = [number]
    dots = STAR if sight.off.get(day) else ""
    dots += DOT * min(events, MOST_DOTS) + (MORE if events > MOST_DOTS else "")
    if dots:
        items.append(TextBlock(text=dots, align="center", color="accent", spacing="none"))
    to_day = tap(sight.seen(View.DAY, day), _said(day, events, sight))
    return Column(items=items, width="stretch", action=to_day)


def _said(day: date, events: int, sight: Sight) -> str:
    """Return what a screen reader says of a cell: ``Fri 20 Nov, 3 events``."""
    name = ", ".join(
        (
            day_name(day, sight.today, sight.language),
            *(clean(each.name) for each in sight.off.get(day, ())),
        )
    )
    if not events:
        return name
    return f"{name}, {count(sight.language, 'one event', '{n} events', events)}"


def _coming(found: ByDay, sight: Sight) -> list[Element]:
    """Return the first events from the day that is looked at until the month ends."""
    days = [d for d in sight.span.days if d >= sight.day and d.month == sight.day.month]
    lines = [(day, entry) for day in days for entry in sight.entries(found, day)]
    body: list[Element] = []
    heading_of: date | None = None
    for day, entry in lines[:LISTED]:
        if day != heading_of:
            heading_of = day
            body.append(day_heading(day, sight.today, sight.language))
        body.append(line_of(day, entry, sight))
    if more := len(lines[LISTED:]):
        body.append(_more(lines[LISTED][0], days[-1], more, sight))
    return body or [nothing(sight.language)]


def _more(first: date, last: date, more: int, sight: Sight) -> Element:
    said = count(sight.language, "and one more this month", "and {n} more this month", more)
    rest = sight.seen(View.AGENDA, first, days=(last - first).days + 1)
    return Container(
        items=[small(said)], spacing="medium", min_height=TOUCHED, action=tap(rest, said)
    )
