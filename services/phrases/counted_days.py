"""Days that are counted from others: ``in two weeks on monday``, ``tomorrow to friday``.

Patterns and readers, as :mod:`services.phrases.days` takes them in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from services.phrases.day_readers import DAY, WEEK, Days, amount_in, one_day, week_of
from services.phrases.names import Names
from services.phrases.vocabulary import NEVER, Words

__all__ = ["counted_patterns", "in_some_time", "next_days"]

Reader = Callable[[re.Match[str], date, Names], Days | None]
SO_MANY_DAYS = {7: 1, 8: 1, 14: 2, 15: 2}
"""How many weeks are said so: *heute in 8 Tagen*, *dans 15 jours*."""


def counted_patterns(names: Names, since: str, joint: str) -> list[tuple[str, Reader]]:
    """Return the patterns, the most particular first."""
    words, weekday = names.words, rf"({names.weekday_pattern}|{names.short_weekday_pattern})"
    weeks = rf"{_number(words)}\s+(?:{words.week})"
    near = rf"(?:{weekday}|({words.today})|({words.tomorrow}))"
    once = r"(?<!for\s)(?<!times\s)(?<!once\s)(?<!twice\s)"
    of, on = r"(?:(?:of|de|i)\s+)?", rf"(?:(?:{words.on})\s+)?"
    return [
        (rf"(?:{words.within})\s+{weeks}\s+{on}{weekday}", _read_weeks_ahead),
        (rf"(?<!for\s){weeks}\s+(?:{words.since})\s+{near}", _read_weeks_after),
        (rf"{once}{weeks}\s+on\s+{weekday}()", _read_weeks_after),
        (rf"{near},?\s+(?:{words.within})\s+{weeks}", _read_near_and_weeks),
        (rf"{near},?\s+(?:{words.within})\s+(\d{{1,2}})\s+(?:{words.day})", _read_near_and_days),
        (rf"{weekday}\s+(?:({words.in_a_week})|{words.in_two_weeks})", _read_hence),
        (rf"{weekday},?\s+{of}(?:({words.next_week})|{words.week_after_next})", _read_of_week),
        (rf"(?:({words.next_week})|{words.week_after_next}),?\s+{on}{weekday}", _read_in_week),
        (rf"(?:{words.after_next})\s+{weekday}|{weekday}\s+after\s+next", _read_after_next),
        (rf"{since}(?:({words.today})|({words.tomorrow})){joint}{weekday}", _read_until_day),
    ]


def in_some_time(words: Words) -> str:
    """Return how ``in 3 days`` is said."""
    number = _number(words)
    unit = rf"(?:({words.day})|({words.week})|({words.month})|({words.year}))"
    return rf"(?:{words.within})\s+{number}\s+{unit}"


def next_days(words: Words) -> str:
    """Return how ``the next 3 days`` is said."""
    unit = rf"(?:{words.day}|({words.week}))"
    number = rf"(?:(\d{{1,2}})|({'|'.join(words.numbers) or NEVER}))"
    return words.next_days.replace("#", number).replace("@", unit)


def _number(words: Words) -> str:
    return rf"(?:(\d{{1,3}})|({words.one})|({words.two})|({words.three}))"


def _coming(weekday: str, today: date, names: Names) -> date:
    return today + (names.weekday(weekday) - today.weekday()) % 7 * DAY


def _near(weekday: str | None, is_today: str | None, today: date, names: Names) -> date:
    """Return a weekday, today or else tomorrow."""
    if weekday:
        return _coming(weekday, today, names)
    return today if is_today else today + DAY


def _read_weeks_ahead(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``in two weeks on monday``."""
    monday = week_of(today + amount_in(match) * WEEK).first
    return one_day(monday + names.weekday(match[5]) * DAY)


def _read_weeks_after(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``a week from monday``, ``a week on monday``, ``two weeks from tomorrow``."""
    begin = _near(match[5], match[6], today, names)
    return one_day(begin + amount_in(match) * WEEK)


def _read_near_and_weeks(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``friday in two weeks``, ``heute in einer Woche``."""
    digits, one, two = match[4], match[5], match[6]
    amount = int(digits) if digits else 1 if one else 2 if two else 3
    return one_day(_near(match[1], match[2], today, names) + amount * WEEK)


def _read_near_and_days(match: re.Match[str], today: date, names: Names) -> Days | None:
    """Read ``Dienstag in 14 Tagen``, ``tomorrow in 8 days``."""
    days = int(match[4])
    if days in SO_MANY_DAYS:
        return one_day(_near(match[1], match[2], today, names) + SO_MANY_DAYS[days] * WEEK)
    return None if match[1] else one_day(_near(match[1], match[2], today, names) + days * DAY)


def _read_hence(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``vendredi en huit``: a week after the coming one."""
    return one_day(_coming(match[1], today, names) + (WEEK if match[2] else 2 * WEEK))


def _read_of_week(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``thursday next week``."""
    return _of_week(match[1], bool(match[2]), today, names)


def _read_in_week(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``next week on thursday``, ``übernächste Woche Montag``."""
    return _of_week(match[2], bool(match[1]), today, names)


def _read_after_next(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``übernächsten Freitag``, ``friday after next``: of the week after next."""
    return _of_week(match[1] or match[2], False, today, names)


def _of_week(weekday: str, is_next: bool, today: date, names: Names) -> Days:
    monday = week_of(today + (WEEK if is_next else 2 * WEEK)).first
    return one_day(monday + names.weekday(weekday) * DAY)


def _read_until_day(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``tomorrow to friday``."""
    first = today if match[1] else today + DAY
    return Days(first, first + (names.weekday(match[3]) - first.weekday()) % 7 * DAY)
