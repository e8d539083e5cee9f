"""Some days of a calendar as a list, which reads well on a phone and in a wide channel.

An event of several days stands under each of them. Pressing a line shows its details, and the
way back. A page holds 20 lines, since a message of Teams must stay small.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from cards.actions import AgendaShow, EventDetails, EventNew
from cards.buttons import press, tap
from cards.elements import Card, Column, ColumnSet, Element, TextBlock, card, words
from cards.event_actions import FIRST_DAY, LAST_DAY
from cards.parts import fold, small
from cards.viewer import Reader
from cards.when import day_short, days_between, first_day, hours_on, last_day, zone_name
from cards.wording import count, say
from services.model.books import Book, Role
from services.model.events import Occurrence, ShowAs
from services.model.times import Timed

__all__ = ["PAGE", "agenda_card"]

PAGE = 20
Line = tuple[date, Occurrence]


def agenda_card(
    occurrences: Sequence[Occurrence],
    shown: AgendaShow,
    book: Book,
    reader: Reader,
    *,
    today: date,
) -> Card:
    """Return the agenda.

    Args:
        occurrences: what is on these days, sorted by start.
        shown: which days and which page; without a first day it begins today.
        book: the calendar.
        reader: for whom.
        today: the reader's present day.
    """
    first = shown.first or today
    last = first + timedelta(days=shown.days - 1)
    lines = _lines(occurrences, first, last, reader)
    page = min(shown.page, max(0, len(lines) - 1) // PAGE)
    here = AgendaShow(book.id, first, shown.days, page)
    title = book.name or say(reader.language, "Calendar")
    span = days_between(first, last, reader.language)
    body = [
        words(title, size="large", weight="bolder"),
        small(_with_zone(span, reader)),
        *_page(lines[page * PAGE : (page + 1) * PAGE], here, reader, today),
    ]
    if len(lines) > PAGE:
        body.append(small(_which(page, len(lines), reader.language), spacing="medium"))
    buttons = _buttons(here, len(lines), book, reader)
    return card(body, buttons, language=reader.language, fallback=f"{title}, {span}")


def _lines(
    occurrences: Sequence[Occurrence], first: date, last: date, reader: Reader
) -> list[Line]:
    """Return each event under each of its days, whole days first."""
    lines: list[Line] = []
    for occurrence in occurrences:
        when = occurrence.content.when
        day = max(first, first_day(when, reader.zone))
        until = min(last, last_day(when, reader.zone))
        while day <= until:
            lines.append((day, occurrence))
            day += timedelta(days=1)
    return sorted(lines, key=lambda line: (line[0], isinstance(line[1].content.when, Timed)))


def _page(lines: Sequence[Line], here: AgendaShow, reader: Reader, today: date) -> list[Element]:
    language = reader.language
    if not lines:
        return [words(say(language, "Nothing is planned."), subtle=True, spacing="large")]
    body: list[Element] = []
    heading_of: date | None = None
    for day, occurrence in lines:
        if day != heading_of:
            heading_of = day
            body.append(_day_heading(day, today, language))
        body.append(_line(day, occurrence, here, reader))
    return body


def _day_heading(day: date, today: date, language: str) -> Element:
    name = day_short(day, language)
    if day == today:
        name = say(language, "Today, {day}", day=name)
    elif day == today + timedelta(days=1):
        name = say(language, "Tomorrow, {day}", day=name)
    return TextBlock(
        text=name,
        size="default",
        weight="bolder",
        color="accent" if day == today else None,
        wrap=True,
        style="heading",
        separator=True,
        spacing="medium",
    )


def _line(day: date, occurrence: Occurrence, here: AgendaShow, reader: Reader) -> Element:
    content, event = occurrence.content, occurrence.event
    begins, ends = hours_on(content.when, day, reader)
    times: list[Element] = [TextBlock(text=begins)]
    if ends:
        times.append(small(ends))
    title = fold(content.title, 120)
    what: list[Element] = [words(title, weight="bolder")]
    aside = _aside(occurrence, day, reader)
    if aside:
        what.append(small(aside))
    original = occurrence.original.isoformat() if occurrence.original else ""
    details = EventDetails(event.book, event.id, original, here)
    return ColumnSet(
        columns=[Column(items=times, width="64px"), Column(items=what, width="stretch")],
        spacing="default",
        min_height="24px",
        action=tap(details, f"{begins} {title}"),
    )


def _aside(occurrence: Occurrence, day: date, reader: Reader) -> str:
    """Return where it is and what is special, in words: a colour alone would be lost."""
    content, language = occurrence.content, reader.language
    parts = [fold(content.place, 80)] if content.place else []
    begins, ends = first_day(content.when, reader.zone), last_day(content.when, reader.zone)
    if begins != ends:
        number, days = (day - begins).days + 1, (ends - begins).days + 1
        parts.append(say(language, "day {number} of {days}", number=number, days=days))
    if content.show_as is ShowAs.TENTATIVE:
        parts.append(say(language, "tentative"))
    if occurrence.original is not None:
        parts.append(say(language, "repeats"))
    return " · ".join(parts)


def _buttons(here: AgendaShow, lines: int, book: Book, reader: Reader) -> list[Element]:
    language = reader.language
    buttons: list[Element] = []
    if (here.page + 1) * PAGE < lines:
        more = AgendaShow(here.book, here.first, here.days, here.page + 1)
        buttons.append(press(more, say(language, "More")))
    buttons += [
        press(_moved(here, -here.days), say(language, "Earlier")),
        press(AgendaShow(here.book, None, here.days), say(language, "Today")),
        press(_moved(here, here.days), say(language, "Later")),
    ]
    if reader.may(Role.CONTRIBUTOR) and not book.archived:
        buttons.append(press(EventNew(here.book), say(language, "New event")))
    return buttons


def _moved(here: AgendaShow, days: int) -> AgendaShow:
    """Return the agenda so many days on, as far as calendars go."""
    first = (here.first or FIRST_DAY).toordinal() + days
    clamped = min(max(first, FIRST_DAY.toordinal()), LAST_DAY.toordinal())
    return AgendaShow(here.book, date.fromordinal(clamped), here.days)


def _which(page: int, lines: int, language: str) -> str:
    return count(
        language,
        "{first} to {last} of one entry",
        "{first} to {last} of {n} entries",
        lines,
        first=page * PAGE + 1,
        last=min((page + 1) * PAGE, lines),
    )


def _with_zone(span: str, reader: Reader) -> str:
    if not reader.names_zone:
        return span
    return f"{span} · {zone_name(reader.zone, reader.language)}"
