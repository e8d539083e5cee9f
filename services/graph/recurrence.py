"""Translate rules of repeating events to and from Graph's ``patternedRecurrence``.

:func:`rule_to_graph` and :func:`rule_from_graph` are each other's inverse for every rule that
:func:`services.model.recurrence.check` accepts and Outlook has a word for.

Source: Microsoft Graph ``recurrencePattern``, ``recurrenceRange``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.model.errors import Unreadable
from services.model.recurrence import Pattern, Rule, Week, Weekday, check

__all__ = ["rule_from_graph", "rule_to_graph"]

TYPES = {
    Pattern.DAILY: "daily",
    Pattern.WEEKLY: "weekly",
    Pattern.MONTHLY_BY_DAY: "absoluteMonthly",
    Pattern.MONTHLY_BY_WEEKDAY: "relativeMonthly",
    Pattern.YEARLY_BY_DAY: "absoluteYearly",
    Pattern.YEARLY_BY_WEEKDAY: "relativeYearly",
}
PATTERNS = {word: pattern for pattern, word in TYPES.items()}
BY_DAY = (Pattern.MONTHLY_BY_DAY, Pattern.YEARLY_BY_DAY)
BY_WEEKDAY = (Pattern.MONTHLY_BY_WEEKDAY, Pattern.YEARLY_BY_WEEKDAY)
YEARLY = (Pattern.YEARLY_BY_DAY, Pattern.YEARLY_BY_WEEKDAY)

LAST_YEAR = 2200
"""An end beyond this is no end: some clients write the year 4500 or 9999 for "for ever"."""


def rule_to_graph(rule: Rule, start: date, zone: str) -> dict[str, Any]:
    """Return the ``recurrence`` of a series whose first day is ``start``.

    Graph refuses a field that does not belong to the pattern, so each carries its own alone.

    Raises:
        KeyError: Outlook has no word for it: see :func:`services.model.recurrence.is_outlooks`.
    """
    return {"pattern": _pattern(rule), "range": _range(rule, start, zone)}


def _pattern(rule: Rule) -> dict[str, Any]:
    pattern: dict[str, Any] = {"type": TYPES[rule.pattern], "interval": rule.interval}
    if rule.weekdays:
        pattern["daysOfWeek"] = [day.name.lower() for day in rule.weekdays]
    if rule.pattern is Pattern.WEEKLY:
        pattern["firstDayOfWeek"] = rule.week_start.name.lower()
    if rule.day is not None:
        pattern["dayOfMonth"] = rule.day
    if rule.week is not None:
        pattern["index"] = rule.week.name.lower()
    if rule.month is not None:
        pattern["month"] = rule.month
    return pattern


def _range(rule: Rule, start: date, zone: str) -> dict[str, Any]:
    span: dict[str, Any] = {"startDate": start.isoformat(), "recurrenceTimeZone": zone}
    if rule.until is not None:
        return span | {"type": "endDate", "endDate": rule.until.isoformat()}
    if rule.count is not None:
        return span | {"type": "numbered", "numberOfOccurrences": rule.count}
    return span | {"type": "noEnd"}


def rule_from_graph(recurrence: Mapping[str, Any], start: date) -> Rule:
    """Return the rule of a series that begins on ``start``.

    Graph fills every field it knows, so what the pattern does not use is left aside.

    Raises:
        Unreadable: ``rule``: no pattern of ours says this.
    """
    try:
        rule = _read(recurrence["pattern"], recurrence.get("range") or {})
        check(rule, start)
    except (KeyError, TypeError, ValueError) as err:
        raise Unreadable("rule") from err
    return rule


def _read(pattern: Mapping[str, Any], span: Mapping[str, Any]) -> Rule:
    kind = PATTERNS[pattern["type"]]
    by_weekday, weekly = kind in BY_WEEKDAY, kind is Pattern.WEEKLY
    until, count = _end(span)
    return Rule(
        pattern=kind,
        interval=pattern.get("interval") or 1,
        weekdays=_weekdays(pattern.get("daysOfWeek")) if by_weekday or weekly else (),
        day=pattern["dayOfMonth"] if kind in BY_DAY else None,
        week=Week[(pattern.get("index") or "first").upper()] if by_weekday else None,
        month=pattern["month"] if kind in YEARLY else None,
        week_start=_weekday(pattern.get("firstDayOfWeek") or "sunday")
        if weekly
        else Weekday.MONDAY,
        until=until,
        count=count,
    )


def _end(span: Mapping[str, Any]) -> tuple[date | None, int | None]:
    """Return the last day, or how many times; neither for a series without an end."""
    kind = span.get("type", "noEnd")
    if kind == "numbered":
        return None, span["numberOfOccurrences"]
    if kind == "endDate":
        until = date.fromisoformat(span["endDate"])
        return (until if until.year <= LAST_YEAR else None), None
    if kind != "noEnd":
        raise ValueError("unknown range")
    return None, None


def _weekdays(names: list[str] | None) -> tuple[Weekday, ...]:
    return tuple(sorted({_weekday(name) for name in names or ()}))


def _weekday(name: str) -> Weekday:
    return Weekday[name.upper()]
