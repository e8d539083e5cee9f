"""A week of a calendar, a row for each day: seven columns cannot be read on a phone.

A row holds the first few events of its day and leads to the day itself. A message of Teams must
stay small, so the fuller the week, the fewer of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cards.buttons import tap
from cards.elements import (
    Column,
    ColumnSet,
    Container,
    Element,
    RichTextBlock,
    TextBlock,
    TextRun,
    words,
)
from cards.events.event_lines import MARKS, beside, day_name, details_of
from cards.events.event_title import titled
from cards.parts import TOUCHED, fold
from cards.text import clean
from cards.views.sight import ByDay, Sight
from cards.when import hours_on, spoken_hours, weekday_short
from cards.wording import count, say
from services.model.events import Occurrence
from services.model.settings import Holiday, View

__all__ = ["week_body"]

MOST = 28
"""Events in a whole week."""
FEWEST = 2
"""Of a day, however full the others are."""
LEAF = "48px"


def week_body(found: ByDay, sight: Sight) -> list[Element]:
    """Return the rows."""
    each = _a_day([len(found.get(day, ())) for day in sight.days])
    return [_row(day, found.get(day, ()), each, sight) for day in sight.days]


def _a_day(counts: Sequence[int]) -> int:
    """Return how many events of each day can be shown."""
    most = max([*counts, FEWEST])
    while most > FEWEST and sum(min(number, most) for number in counts) > MOST:
        most -= 1
    return most


def _row(day: date, occurrences: Sequence[Occurrence], most: int, sight: Sight) -> Element:
    language = sight.language
    shown: list[Element] = [_holiday(each, sight) for each in sight.off.get(day, ())]
    shown += [_event(day, one, sight) for one in occurrences[:most]]
    if (more := len(occurrences) - most) > 0:
        shown.append(_more(day, more, sight))
    if not shown:
        shown.append(TextBlock(text=say(language, "Free"), size="small", subtle=True))
    today = day == sight.today
    leaf: list[Element] = [
        TextBlock(text=weekday_short(day, language), size="small", subtle=not today or None),
        TextBlock(
            text=str(day.day),
            size="large",
            weight="bolder" if today else None,
            color="accent" if today else None,
            spacing="none",
        ),
    ]
    to_day = tap(sight.seen(View.DAY, day), day_name(day, sight.today, language))
    return ColumnSet(
        columns=[
            Column(items=leaf, width=LEAF, action=to_day),
            Column(items=shown, width="stretch", vertical="center"),
        ],
        separator=True,
        spacing="small",
    )


def _holiday(holiday: Holiday, sight: Sight) -> Element:
    marked = say(sight.language, MARKS[holiday.what])
    runs = [
        TextRun(text=f"{marked}  ", color="good", weight="bolder"),
        TextRun(text=clean(fold(holiday.name, 80))),
    ]
    return RichTextBlock(inlines=runs, spacing="small")


def _event(day: date, occurrence: Occurrence, sight: Sight) -> Element:
    begins, ends = hours_on(occurrence.when, day, sight.reader)
    title = titled(occurrence.written, 80, sight.language)
    special = beside(occurrence, day, sight)
    runs = [
        TextRun(text=f"{_hours(begins, ends)}  ", subtle=True),
        TextRun(text=clean(title), weight="bolder"),
    ]
    if special:
        runs.append(TextRun(text=f"  {clean(special)}", size="small", subtle=True))
    return Container(
        items=[RichTextBlock(inlines=runs)],
        spacing="small",
        min_height=TOUCHED,
        action=tap(details_of(occurrence, sight), f"{spoken_hours(begins, ends)} {title}"),
    )


def _hours(begins: str, ends: str) -> str:
    is_range = begins[:1].isdigit() and ends[:1].isdigit()
    return f"{begins}\N{EN DASH}{ends}" if is_range else f"{begins} {ends}".strip()


def _more(day: date, more: int, sight: Sight) -> Element:
    said = count(sight.language, "and one more", "and {n} more", more)
    line = words(said, size="small", subtle=True)
    to_day = tap(sight.seen(View.DAY, day), said)
    return Container(items=[line], spacing="small", min_height=TOUCHED, action=to_day)
