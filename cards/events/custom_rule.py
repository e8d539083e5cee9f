"""A custom repetition in a form: every so many weeks, on which weekdays, in which months.

:func:`custom_inputs` draws the inputs, :func:`custom_values` fills them from a rule, and
:func:`read_custom` makes a rule of them, in Outlook's words where there are some. What the inputs
leave out is taken from the first day, as calendar programs do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from babel.dates import get_day_names, get_month_names

from cards.elements import Choice, ChoiceSet, Element
from cards.events.rule_words import ordinal
from cards.form import Form, side_by_side
from cards.submitted import Submitted
from cards.when import locale_of
from cards.wording import say
from services.model.errors import Wrong
from services.model.recurrence import (
    MAX_COUNT,
    MAX_INTERVAL,
    Frequency,
    NumberedDay,
    Parts,
    Pattern,
    Rule,
    Weekday,
    as_parts,
    check_parts,
    completed,
    first_day,
    simplest,
)

__all__ = ["FIELDS", "custom_inputs", "custom_values", "read_custom"]

FIELDS = (
    *("every", "unit", "on_days", "which", "month_days", "in_months"),
    *("year_days", "weeks", "positions", "week_start", "times"),
)
UNITS = {
    Frequency.DAILY: "days",
    Frequency.WEEKLY: "weeks",
    Frequency.MONTHLY: "months",
    Frequency.YEARLY: "years",
}
WHICH = (1, 2, 3, 4, 5, -1, -2)
NUMBERED = frozenset({Frequency.MONTHLY, Frequency.YEARLY})
SEPARATORS = re.compile(r"[\s,;.]+")
LONGEST = 200
LAST = "last"


def custom_inputs(form: Form) -> list[Element]:
    """Return the inputs, for the form of an event whose repetition is a custom one."""
    language = form.language
    every = say(language, "Every how many"), say(language, "Days, weeks, months or years")
    return [
        side_by_side(
            form.line("every", every[0], most=3, hint="1"),
            form.choose("unit", every[1], _units(language)),
        ),
        side_by_side(
            _several(form, "on_days", say(language, "On these weekdays"), _weekdays(language)),
            _several(form, "in_months", say(language, "Only in these months"), _months(language)),
        ),
        side_by_side(
            form.choose("which", say(language, "Which of the weekdays"), _which(language)),
            form.line(
                "month_days",
                say(language, "On days of the month"),
                most=LONGEST,
                hint=say(language, "1, 15, last"),
            ),
        ),
        side_by_side(
            form.line("weeks", say(language, "Weeks of the year"), most=LONGEST, hint="1, 27"),
            form.line("year_days", say(language, "Days of the year"), most=LONGEST, hint="1, 100"),
        ),
        side_by_side(
            form.line(
                "positions",
                say(language, "Of all these only number"),
                most=LONGEST,
                hint=say(language, "1, last"),
            ),
            form.choose("week_start", say(language, "Weeks begin on"), _weekdays(language)),
        ),
        *form.line("times", say(language, "Ends after so many times"), most=3, hint="10"),
    ]


def custom_values(rule: Rule) -> dict[str, str]:
    """Return a rule as the strings of the inputs.

    Weekdays with several numbers are the one thing that they have no room for: the first number
    is shown for all.
    """
    parts = as_parts(rule)
    numbers = [day.number for day in parts.weekdays]
    is_numbered = parts.frequency in NUMBERED and len(parts.weekdays) > 1
    one = is_numbered and len(parts.positions) == 1 and parts.positions[0] in WHICH
    which = parts.positions[0] if one else numbers[0] if numbers else 0
    return {
        "every": str(rule.interval),
        "unit": parts.frequency.value,
        "on_days": ",".join(dict.fromkeys(str(int(day.weekday)) for day in parts.weekdays)),
        "which": str(which),
        "month_days": _said(parts.month_days),
        "in_months": ",".join(map(str, parts.months)),
        "year_days": _said(parts.year_days),
        "weeks": _said(parts.weeks),
        "positions": "" if one else _said(parts.positions),
        "week_start": str(int(rule.week_start)),
        "times": str(rule.count or ""),
    }


def read_custom(got: Submitted, first: date, until: date | None) -> Rule | None:
    """Return the rule that the inputs say for a series that starts on ``first``.

    What is wrong is noted beside the input.
    """
    if "unit" not in got.values:
        got.refuse("repeats", Wrong.MISSING)
        return None
    known = len(got.problems)
    frequency = got.choice("unit", Frequency, Frequency.WEEKLY)
    parts = _parts(got, frequency)
    times = _number(got, "times", MAX_COUNT)
    if times is not None and until is not None:
        got.refuse("times", Wrong.NOT_A_CHOICE)
    rule = Rule(
        pattern=Pattern.BY_PARTS,
        interval=_number(got, "every", MAX_INTERVAL) or 1,
        week_start=_week_start(got),
        parts=completed(parts, first),
        until=until,
        count=times,
    )
    if len(got.problems) > known:
        return None
    return _possible(got, simplest(rule), first)


def _parts(got: Submitted, frequency: Frequency) -> Parts:
    days = sorted({Weekday(n) for n in _chosen(got, "on_days", range(7))})
    which = next(iter(_chosen(got, "which", (0, *WHICH))), 0)
    if which and frequency not in NUMBERED:
        got.refuse("which", Wrong.NOT_A_RULE)
    parts = Parts(
        frequency=frequency,
        weekdays=tuple(NumberedDay(day) for day in days),
        month_days=_numbers(got, "month_days", 31),
        months=tuple(sorted(set(_chosen(got, "in_months", range(1, 13))))),
        year_days=_numbers(got, "year_days", 366),
        weeks=_numbers(got, "weeks", 53),
        positions=_numbers(got, "positions", 366),
    )
    if not which or not days:
        return parts
    if len(days) == 1 and not parts.weeks:
        return replace(parts, weekdays=(NumberedDay(days[0], which),))
    return parts if parts.positions else replace(parts, positions=(which,))


def _possible(got: Submitted, rule: Rule, first: date) -> Rule | None:
    """Return the rule if there are days that fit it."""
    try:
        check_parts(rule)
        first_day(rule, first)
    except (OverflowError, ValueError):
        got.refuse("unit", Wrong.NOT_A_RULE)
        return None
    return rule


def _several(form: Form, name: str, label: str, choices: list[Choice]) -> list[Element]:
    """Return an input for any number of choices."""
    several = ChoiceSet(
        id=name,
        label=label,
        spacing="medium",
        choices=choices,
        value=form.typed(name),
        several=True,
        style="compact",
    )
    return [several, *form.below(name)]


def _units(language: str) -> list[Choice]:
    return [Choice(title=say(language, word), value=unit.value) for unit, word in UNITS.items()]


def _which(language: str) -> list[Choice]:
    every = Choice(title=say(language, "each"), value="0")
    return [every, *(Choice(title=ordinal(n, language), value=str(n)) for n in WHICH)]


def _weekdays(language: str) -> list[Choice]:
    names = get_day_names("wide", "stand-alone", locale_of(language))
    return [Choice(title=str(names[day]), value=str(day)) for day in range(7)]


def _months(language: str) -> list[Choice]:
    names = get_month_names("wide", "stand-alone", locale_of(language))
    return [Choice(title=str(names[month]), value=str(month)) for month in range(1, 13)]


def _said(numbers: tuple[int, ...]) -> str:
    ordered = sorted(numbers, key=lambda number: (number < 0, number))
    return ", ".join(LAST if number == -1 else str(number) for number in ordered)


def _chosen(got: Submitted, name: str, possible: Iterable[int]) -> list[int]:
    words = {str(number): number for number in possible}
    chosen = [word for word in got.raw(name).split(",") if word]
    if not words.keys() >= set(chosen):
        got.refuse(name, Wrong.NOT_A_CHOICE)
    return [words[word] for word in chosen if word in words]


def _numbers(got: Submitted, name: str, most: int) -> tuple[int, ...]:
    """Return numbers from 1, or from -1 counted from the end."""
    words = [word.casefold() for word in SEPARATORS.split(got.text(name, LONGEST)) if word]
    try:
        numbers = {-1 if word == LAST else int(word) for word in words}
    except ValueError:
        got.refuse(name, Wrong.NOT_A_NUMBER)
        return ()
    if not all(1 <= abs(number) <= most for number in numbers):
        got.refuse(name, Wrong.OUT_OF_RANGE)
        return ()
    return tuple(sorted(numbers))


def _number(got: Submitted, name: str, most: int) -> int | None:
    """Return a number from 1; ``None`` where nothing is said."""
    value = got.raw(name)
    if not value:
        return None
    if not value.isdecimal():
        got.refuse(name, Wrong.NOT_A_NUMBER)
        return None
    if not 1 <= int(value[:6]) <= most:
        got.refuse(name, Wrong.OUT_OF_RANGE)
        return None
    return int(value)


def _week_start(got: Submitted) -> Weekday:
    return Weekday(next(iter(_chosen(got, "week_start", range(7))), 0))
