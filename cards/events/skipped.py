"""Dates that a new series leaves out, as ``every friday except 25 December`` says.

They travel in the form of a new event as days, and are cancelled occurrences of what it makes. The
form shows them where there are some; of a series that exists each date is cancelled by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from cards.elements import Element
from cards.form import Form
from cards.submitted import Submitted
from cards.wording import say
from services.model.errors import Wrong
from services.model.events import EventContent, SeriesException
from services.model.recurrence import Rule, days
from services.model.times import Start, When

__all__ = [
    "SKIPPED",
    "cancelled",
    "read_skipped",
    "skipped_days",
    "skipped_input",
    "skipped_values",
]

SKIPPED = "skipped"
"""The name of the input."""
MOST = 100
"""Days."""
LETTERS = MOST * len("2026-12-24, ")
_BETWEEN = re.compile(r"[,;\s]+")


def cancelled(
    when: When, rule: Rule | None, left_out: Sequence[date]
) -> tuple[SeriesException, ...]:
    """Return the days of a series that are left out, as its cancelled occurrences."""
    if rule is None:
        return ()
    begin = _day(when.start)
    on_rule = (day for day in sorted(set(left_out)) if any(days(rule, begin, day, day)))
    return tuple(SeriesException(_start_on(when, day), None) for day in on_rule)


def skipped_days(content: EventContent) -> tuple[date, ...]:
    """Return the days on which a series is cancelled."""
    return tuple(_day(each.original) for each in content.exceptions if each.content is None)


def skipped_values(content: EventContent) -> dict[str, str]:
    """Return them as the form carries them, where there are some."""
    days_off = ", ".join(day.isoformat() for day in skipped_days(content)[:MOST])
    return {SKIPPED: days_off} if days_off else {}


def skipped_input(form: Form) -> list[Element]:
    """Return the input, where something stands in it."""
    if not form.values.get(SKIPPED):
        return []
    hint = "2026-12-24, 2026-12-31"
    return form.line(SKIPPED, say(form.language, "Not on these days"), most=LETTERS, hint=hint)


def read_skipped(got: Submitted) -> tuple[date, ...]:
    """Return the days that a form leaves out."""
    typed = filter(None, _BETWEEN.split(got.text(SKIPPED, LETTERS)))
    try:
        return tuple(map(date.fromisoformat, typed))
    except ValueError:
        got.refuse(SKIPPED, Wrong.NOT_A_DATE)
        return ()


def _day(start: Start) -> date:
    return start.date() if isinstance(start, datetime) else start


def _start_on(when: When, day: date) -> Start:
    if isinstance(when.start, datetime):
        return when.start.replace(year=day.year, month=day.month, day=day.day)
    return day
