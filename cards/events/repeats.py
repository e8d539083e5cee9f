"""How a series repeats, in words and as the choices of a form.

A form offers six choices (:class:`Repeat`), which are :func:`rule_for` the first day, and a custom
one. A rule that a form was opened with and that the six cannot say is a choice of its own:
:func:`in_words` tells the person what it is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum

from babel.dates import get_day_names, get_month_names
from babel.lists import format_list

from cards.events.rule_words import numbered, parts_in_words
from cards.when import day_long, locale_of
from cards.wording import count, say
from services.model.recurrence import Pattern, Rule, Week, Weekday

__all__ = ["TITLES", "Repeat", "in_words", "repeat_of", "rule_for"]

WORKDAYS = tuple(Weekday(day) for day in range(5))
LONGEST_MONTH = 31


class Repeat(StrEnum):
    """What a form offers."""

    NONE = "none"
    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    CUSTOM = "custom"
    """As further inputs say: :mod:`cards.events.custom_rule`."""
    KEEP = "keep"


TITLES = {
    Repeat.NONE: "Does not repeat",
    Repeat.DAILY: "Every day",
    Repeat.WEEKDAYS: "Every working day (Monday to Friday)",
    Repeat.WEEKLY: "Every week",
    Repeat.MONTHLY: "Every month",
    Repeat.YEARLY: "Every year",
    Repeat.CUSTOM: "Custom…",
}

EVERY = {
    Pattern.DAILY: ("Every day", "Every {n} days"),
    Pattern.WEEKLY: ("Every week on {days}", "Every {n} weeks on {days}"),
    Pattern.MONTHLY_BY_DAY: ("Every month on day {day}", "Every {n} months on day {day}"),
    Pattern.MONTHLY_BY_WEEKDAY: (
        "Every month on the {week} {days}",
        "Every {n} months on the {week} {days}",
    ),
    Pattern.MONTHLY_BY_DAYS: (
        "Every month on day {numbers}{of_months}",
        "Every {n} months on day {numbers}{of_months}",
    ),
    Pattern.YEARLY_BY_DAY: ("Every year on {day} {month}", "Every {n} years on {day} {month}"),
    Pattern.YEARLY_BY_WEEKDAY: (
        "Every year on the {week} {days} of {month}",
        "Every {n} years on the {week} {days} of {month}",
    ),
}
WEEKS = {
    Week.FIRST: "first",
    Week.SECOND: "second",
    Week.THIRD: "third",
    Week.FOURTH: "fourth",
    Week.LAST: "last",
}


def rule_for(repeat: Repeat, first: date, until: date | None) -> Rule | None:
    """Return the rule of a choice for a series that starts on ``first``; none for KEEP."""
    weekday = Weekday(first.weekday())
    match repeat:
        case Repeat.DAILY:
            return Rule(pattern=Pattern.DAILY, until=until)
        case Repeat.WEEKDAYS:
            return Rule(pattern=Pattern.WEEKLY, weekdays=WORKDAYS, until=until)
        case Repeat.WEEKLY:
            return Rule(pattern=Pattern.WEEKLY, weekdays=(weekday,), until=until)
        case Repeat.MONTHLY:
            return Rule(pattern=Pattern.MONTHLY_BY_DAY, day=first.day, until=until)
        case Repeat.YEARLY:
            return Rule(
                pattern=Pattern.YEARLY_BY_DAY, day=first.day, month=first.month, until=until
            )
        case _:
            return None


def repeat_of(rule: Rule | None, first: date) -> Repeat:
    """Return the choice that says exactly this rule."""
    if rule is None:
        return Repeat.NONE
    bare = replace(rule, week_start=Weekday.MONDAY)
    for repeat in TITLES:
        if rule_for(repeat, first, rule.until) == bare:
            return repeat
    return Repeat.KEEP


def in_words(rule: Rule, language: str) -> str:
    """Return the rule as a sentence: ``Every 2 weeks on Mon and Wed, until Fri, 18 Dec 2026``."""
    every = _every(rule, language)
    if rule.until is not None:
        until = day_long(rule.until, language)
        return say(language, "{every}, until {until}", every=every, until=until)
    if rule.count is not None:
        times = count(language, "once", "{n} times", rule.count)
        return say(language, "{every}, {times}", every=every, times=times)
    return every


def _every(rule: Rule, language: str) -> str:
    """Return the rule without its end."""
    if rule.parts is not None:
        return parts_in_words(rule.parts, rule.interval, language)
    if rule.pattern is Pattern.WEEKLY and rule.weekdays == WORKDAYS and rule.interval == 1:
        return say(language, TITLES[Repeat.WEEKDAYS])
    if rule.pattern is Pattern.MONTHLY_BY_DAY and rule.day == LONGEST_MONTH:
        # Of shorter months it is their last day, so that is what it means in each.
        whole_week = tuple(Weekday)
        rule = replace(
            rule, pattern=Pattern.MONTHLY_BY_WEEKDAY, week=Week.LAST, weekdays=whole_week
        )
    values = _parts(rule, language)
    if rule.pattern is Pattern.WEEKLY and rule.interval == 2 and len(rule.weekdays) == 1:
        return say(language, "Every second {days}", **values)
    one, many = EVERY[rule.pattern]
    return count(language, one, many, rule.interval, **values)


def _parts(rule: Rule, language: str) -> dict[str, object]:
    locale = locale_of(language)
    names = get_day_names("wide", "stand-alone", locale)
    months = get_month_names("wide", "format", locale)
    days = [str(names[day]) for day in rule.weekdays]
    return {
        "days": _days(rule, days, language),
        "day": rule.day,
        "week": say(language, WEEKS[rule.week]) if rule.week else "",
        "month": months[rule.month] if rule.month else "",
        "numbers": numbered(rule.days, language),
        "of_months": _of_months([str(months[month]) for month in rule.months], language),
    }


def _of_months(names: list[str], language: str) -> str:
    if not names:
        return ""
    return say(
        language, ", in {months} only", months=format_list(names, locale=locale_of(language))
    )


def _days(rule: Rule, names: list[str], language: str) -> str:
    """Return the weekdays; with an ordinal, "the first weekday" says more than five names."""
    if rule.week and rule.weekdays == WORKDAYS:
        return say(language, "working day")
    if rule.week and len(names) == 7:
        return say(language, "day")
    return format_list(names, "or" if rule.week else "standard", locale=locale_of(language))
