"""A rule by parts in words: ``Every month on Friday, if that is day 13``.

What :mod:`cards.events.repeats` has no sentence for is said part by part, each with a sentence of
its own, so that a language may put them in its own order of words.
"""

from __future__ import annotations

from babel.dates import get_day_names, get_month_names
from babel.lists import format_list

from cards.when import locale_of
from cards.wording import count, say
from services.model.recurrence import Frequency, NumberedDay, Parts, Weekday

__all__ = ["numbered", "parts_in_words"]

EVERY = {
    Frequency.DAILY: ("Every day", "Every {n} days"),
    Frequency.WEEKLY: ("Every week", "Every {n} weeks"),
    Frequency.MONTHLY: ("Every month", "Every {n} months"),
    Frequency.YEARLY: ("Every year", "Every {n} years"),
}
ORDINALS = {
    1: "first",
    2: "second",
    3: "third",
    4: "fourth",
    5: "fifth",
    -1: "last",
    -2: "last but one",
}
WORKDAYS = tuple(NumberedDay(Weekday(day)) for day in range(5))


def parts_in_words(parts: Parts, interval: int, language: str) -> str:
    """Return the rule without its end."""
    every = count(language, *EVERY[parts.frequency], interval)
    said = [
        *_weekdays(parts, language),
        *_numbers(parts.month_days, "on day {numbers} of the month", language),
        *_numbers(parts.year_days, "on day {numbers} of the year", language),
        *_numbers(parts.weeks, "in week {numbers}", language),
        *_months(parts.months, language),
    ]
    if parts.positions and not _is_nth(parts):
        in_order = sorted(parts.positions, key=lambda number: (number < 0, abs(number)))
        which = _list([ordinal(number, language) for number in in_order], language)
        said.append(say(language, "of these only the {which}", which=which))
    return ", ".join([" ".join([every, *said[:1]]), *said[1:]])


def numbered(numbers: tuple[int, ...], language: str) -> str:
    """Return numbers from either end: ``1, 15 and the last``."""
    names = [str(number) for number in numbers if number > 0]
    for number in sorted((number for number in numbers if number < 0), reverse=True):
        if number == -1:
            names.append(say(language, "the last"))
        else:
            names.append(say(language, "{n} from the end", n=-number))
    return _list(names, language)


def ordinal(number: int, language: str) -> str:
    """Return which one of several: ``second``."""
    if number in ORDINALS:
        return say(language, ORDINALS[number])
    if number < 0:
        return say(language, "{n} from the end", n=-number)
    return say(language, "number {n}", n=number)


def _weekdays(parts: Parts, language: str) -> list[str]:
    if not parts.weekdays:
        return []
    names = get_day_names("wide", "stand-alone", locale_of(language))
    is_working = parts.weekdays == WORKDAYS
    if _is_nth(parts):
        which = ordinal(parts.positions[0], language)
        any_of = [str(names[day.weekday]) for day in parts.weekdays]
        day = format_list(any_of, "or", locale=locale_of(language))
        day = say(language, "working day") if is_working else day
        return [say(language, "on the {which} {day}", which=which, day=day)]
    if is_working:
        return [say(language, "on working days")]
    days = [
        say(language, "the {which} {day}", which=ordinal(day.number, language), day=name)
        if day.number
        else name
        for day in parts.weekdays
        for name in [str(names[day.weekday])]
    ]
    return [say(language, "on {days}", days=_list(days, language))]


def _is_nth(parts: Parts) -> bool:
    """Say whether the one position is that of a weekday, such as the last working day."""
    others = parts.month_days or parts.year_days or parts.weeks
    is_plain = parts.weekdays and not any(day.number for day in parts.weekdays)
    return bool(is_plain and len(parts.positions) == 1 and not others)


def _months(months: tuple[int, ...], language: str) -> list[str]:
    names = get_month_names("wide", "format", locale_of(language))
    said = _list([str(names[month]) for month in months], language)
    return [say(language, "in {months}", months=said)] if months else []


def _numbers(numbers: tuple[int, ...], sentence: str, language: str) -> list[str]:
    if not numbers:
        return []
    return [say(language, sentence, numbers=numbered(numbers, language))]


def _list(names: list[str], language: str) -> str:
    return format_list(names, locale=locale_of(language))
