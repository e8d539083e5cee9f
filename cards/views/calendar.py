"""A calendar in one of its four views: what stands around the agenda, the day, week or month.

:func:`calendar_card` is the door; :func:`cards.views.sight.window_of` says what must be read for
it. Each view leads to the others and to the time before and after, for the one who presses; the
message itself stays what it is for everybody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cards.action import ALL, HERE
from cards.buttons import link_column, press, tap
from cards.elements import (
    Card,
    Column,
    ColumnSet,
    Container,
    Element,
    TextBlock,
    card,
    words,
)
from cards.events.event_actions import AgendaChoose, AgendaShow, EventNew
from cards.parts import TOUCHED, small
from cards.viewer import Reader
from cards.views.agenda import PAGE, agenda_body, lines_of, page_of
from cards.views.day import day_body
from cards.views.find_actions import AwayShow
from cards.views.month import month_body
from cards.views.sight import ByDay, Sight, window_of
from cards.views.time_actions import FreeBusyShow, TimesFind
from cards.views.week import week_body
from cards.when import days_between, month_long, zone_name
from cards.wording import say
from services.model.answers import Given
from services.model.books import Book, Role
from services.model.events import Occurrence
from services.model.settings import Holiday, View
from services.model.spans import stepped, week_number

__all__ = ["calendar_card"]

BODIES = {
    View.AGENDA: agenda_body,
    View.DAY: day_body,
    View.WEEK: week_body,
    View.MONTH: month_body,
}
NAMES = {View.AGENDA: "Agenda", View.DAY: "Day", View.WEEK: "Week", View.MONTH: "Month"}
PAGED = (View.AGENDA, View.DAY)


def calendar_card(
    occurrences: Sequence[Occurrence],
    shown: AgendaShow,
    book: Book,
    reader: Reader,
    *,
    today: date,
    refresh_for: Sequence[str] = (),
    calendars: Sequence[Book] = (),
    holidays: Sequence[Holiday] = (),
    answers: Sequence[Given] = (),
) -> Card:
    """Return the calendar as a picture of some of its days.

    Args:
        occurrences: what is on within the span of :func:`window_of`, sorted by start.
        shown: which days, which view and which page; without a first day it is about today.
        book: the calendar.
        reader: for whom.
        today: the reader's present day.
        refresh_for: on a post, the ``29:`` ids of those who get a view of their own.
        calendars: those of the place, where all of them are shown.
        holidays: within the span.
        answers: what the reader has answered to what is on.
    """
    sight = window_of(
        shown, book, reader, today, calendars=calendars, holidays=holidays, answers=answers
    )
    found = sight.by_day(occurrences)
    title, span = book.name or say(reader.language, "Calendar"), _span(sight)
    body = [
        words(title, size="large", weight="bolder"),
        small(_with_zone(span, reader)),
        _tabs(sight),
        *_filters(sight),
        *BODIES[shown.kind](found, sight),
        _beside(sight),
    ]
    return card(
        body,
        _buttons(found, sight),
        language=reader.language,
        fallback=f"{title}, {span}",
        refresh=tap(shown, say(reader.language, "Refresh")) if refresh_for else None,
        refresh_for=refresh_for,
    )


def _span(sight: Sight) -> str:
    if sight.shown.kind is View.MONTH:
        return month_long(sight.day, sight.language)
    span = days_between(sight.span.first, sight.span.last, sight.language)
    if sight.shown.kind is View.WEEK and sight.book.settings.week_numbers:
        number = week_number(sight.span.first)
        return f"{say(sight.language, 'Week {number}', number=number)} · {span}"
    return span


def _tabs(sight: Sight) -> Element:
    """Return the four views beside each other; the one that is shown cannot be pressed."""
    return ColumnSet(columns=[_tab(view, sight) for view in View], spacing="small")


def _tab(view: View, sight: Sight) -> Column:
    here = view is sight.shown.kind
    name = say(sight.language, NAMES[view])
    label = TextBlock(
        text=name, color="accent", weight="bolder" if here else None, subtle=None if here else True
    )
    if here:
        return Column(items=[TextBlock(text=f"\N{BULLET} {name}", weight="bolder")], width="auto")
    there = tap(sight.seen(view, sight.day), name)
    return Column(items=[label], width="auto", min_height=TOUCHED, action=there)


def _filters(sight: Sight) -> list[Element]:
    """Return what the picture leaves out, and the way to see all."""
    language, parts = sight.language, []
    if sight.shown.tag:
        parts.append(f"#{sight.shown.tag.lstrip('#')}")
    if sight.shown.who:
        parts.append(say(language, "with {name}", name=sight.shown.who))
    if not parts:
        return []
    said = say(language, "Only {what}. Show all", what=" ".join(parts))
    everything = replace(sight.shown, tag=None, who=None, page=0)
    line = Container(
        items=[small(said)], spacing="small", min_height=TOUCHED, action=tap(everything, said)
    )
    return [line]


def _buttons(found: ByDay, sight: Sight) -> list[Element]:
    language, shown = sight.language, sight.shown
    buttons: list[Element] = []
    if shown.kind in PAGED:
        lines = lines_of(found, sight)
        page = page_of(lines, sight)
        if (page + 1) * PAGE < len(lines):
            buttons.append(press(replace(shown, page=page + 1), say(language, "More")))
    buttons += [
        press(_moved(sight, -1), say(language, "Earlier")),
        press(replace(shown, first=None, page=0), say(language, "Today")),
        press(_moved(sight, 1), say(language, "Later")),
        press(AgendaChoose(shown), say(language, "Go to …")),
    ]
    if sight.reader.may(Role.CONTRIBUTOR) and not sight.book.archived:
        buttons.append(press(EventNew(sight.book.id), say(language, "New event")))
    return buttons


def _beside(sight: Sight) -> Element:
    """Return what else may be asked; as links, for a card has room for six buttons."""
    language, book = sight.language, HERE if sight.shown.book == ALL else sight.book.id
    day = sight.shown.first if sight.shown.kind is View.DAY else None
    asked = (
        (AwayShow(book, sight.shown.first), say(language, "Who is away")),
        (FreeBusyShow(book, day), say(language, "Free and busy")),
        (TimesFind(book), say(language, "Find a time")),
    )
    links = [link_column(action, name) for action, name in asked]
    return ColumnSet(columns=links, spacing="medium", separator=True)


def _moved(sight: Sight, by: int) -> AgendaShow:
    shown = sight.shown
    return replace(shown, first=stepped(shown.kind, sight.day, by, days=shown.days), page=0)


def _with_zone(span: str, reader: Reader) -> str:
    if not reader.names_zone:
        return span
    return f"{span} · {zone_name(reader.zone, reader.language)}"
