"""Events as lines of a list: when, what, and what is special; pressing one shows its details."""

from __future__ import annotations

from datetime import date, timedelta

from cards.buttons import tap
from cards.elements import Column, ColumnSet, Element, Spacing, TextBlock, words
from cards.events.event_actions import EventDetails
from cards.events.event_title import titled
from cards.parts import fold, small
from cards.viewer import Reader
from cards.views.sight import Entry, Sight
from cards.when import day_short, days_of, hours_on, spoken_hours
from cards.wording import say
from services.model.answers import Answer, own_answer
from services.model.events import Importance, Occurrence, ShowAs
from services.model.settings import Holiday, Marked

__all__ = [
    "MARKS",
    "aside",
    "beside",
    "day_heading",
    "day_name",
    "details_of",
    "holiday_line",
    "line",
    "line_of",
]

TIMES = "64px"
ANSWERED = {
    Answer.YES: "\N{CHECK MARK} you come",
    Answer.MAYBE: "you may come",
    Answer.NO: "you do not come",
}


def day_name(day: date, today: date, language: str) -> str:
    """Return how a heading calls a day: ``Today, Fri 20 Nov``."""
    name = day_short(day, language)
    if day == today:
        return say(language, "Today, {day}", day=name)
    if day == today + timedelta(days=1):
        return say(language, "Tomorrow, {day}", day=name)
    return name


def day_heading(day: date, today: date, language: str) -> Element:
    """Return the heading over the lines of a day."""
    return TextBlock(
        text=day_name(day, today, language),
        size="default",
        weight="bolder",
        color="accent" if day == today else None,
        wrap=True,
        style="heading",
        separator=True,
        spacing="medium",
    )


def line(
    day: date, occurrence: Occurrence, sight: Sight, *, spacing: Spacing = "default", note: str = ""
) -> Element:
    """Return an event under the heading of one of its days; ``note`` is said beside its place."""
    reader = sight.reader
    begins, ends = hours_on(occurrence.when, day, reader)
    title = titled(occurrence.written, 120, reader.language)
    what: list[Element] = [words(title, weight="bolder")]
    special = " · ".join(part for part in (beside(occurrence, day, sight), note) if part)
    if special:
        what.append(small(special))
    return ColumnSet(
        columns=[_times(begins, ends), Column(items=what, width="stretch")],
        spacing=spacing,
        min_height="24px",
        action=tap(details_of(occurrence, sight), f"{spoken_hours(begins, ends)} {title}"),
    )


def _times(begins: str, ends: str) -> Column:
    lines: list[Element] = [TextBlock(text=begins)]
    if ends:
        lines.append(small(ends))
    return Column(items=lines, width=TIMES)


def line_of(
    day: date, entry: Entry, sight: Sight, *, spacing: Spacing = "default", note: str = ""
) -> Element:
    """Return a line of a list, of an event or of a holiday."""
    if isinstance(entry, Holiday):
        return holiday_line(entry, sight, spacing=spacing)
    return line(day, entry, sight, spacing=spacing, note=note)


MARKS = {
    Marked.OFF: "Holiday",
    Marked.BIRTHDAY: "Birthday",
    Marked.ANNIVERSARY: "Anniversary",
}


def holiday_line(holiday: Holiday, sight: Sight, *, spacing: Spacing = "default") -> Element:
    """Return a holiday or birthday as a line that nobody can open: it is no event."""
    marked = say(sight.language, MARKS[holiday.what])
    label = TextBlock(text=marked, color="good", weight="bolder")
    return ColumnSet(
        columns=[
            Column(items=[label], width=TIMES),
            Column(items=[words(fold(holiday.name, 120))], width="stretch"),
        ],
        spacing=spacing,
    )


def beside(occurrence: Occurrence, day: date, sight: Sight) -> str:
    """Return what is said beside an event: the reader's answer, what is special, and where."""
    answer = own_answer(sight.answers, occurrence)
    parts = (
        say(sight.language, ANSWERED[answer]) if answer else "",
        aside(occurrence, day, sight.reader),
        sight.calendar_of(occurrence),
    )
    return " · ".join(part for part in parts if part)


def details_of(occurrence: Occurrence, sight: Sight) -> EventDetails:
    """Return what shows all there is of it, and the way back to this picture."""
    event = occurrence.event
    original = occurrence.original.isoformat() if occurrence.original else ""
    return EventDetails(event.book, event.id, original, sight.shown)


def aside(occurrence: Occurrence, day: date, reader: Reader) -> str:
    """Return where it is and what is special, in words: a colour alone would be lost."""
    content, language = occurrence.written, reader.language
    parts = [fold(content.place, 80)] if content.place else []
    begins, ends = days_of(occurrence.when, reader.zone)
    if begins != ends:
        number, days = (day - begins).days + 1, (ends - begins).days + 1
        parts.append(say(language, "day {number} of {days}", number=number, days=days))
    if content.show_as is ShowAs.TENTATIVE:
        parts.append(say(language, "tentative"))
    if content.importance is Importance.HIGH:
        parts.append(say(language, "important"))
    if occurrence.original is not None:
        parts.append(say(language, "repeats"))
    return " · ".join(parts)
