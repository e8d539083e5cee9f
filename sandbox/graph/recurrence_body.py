"""Reads a ``patternedRecurrence``: six patterns, three ranges, and nothing that they do not use.

https://learn.microsoft.com/graph/api/resources/recurrencepattern
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sandbox.graph.checks import Checker, choice, failed, integer, list_of, record, text
from sandbox.items import Content
from sandbox.recurrence import INDEXES, WEEKDAYS, Recurrence
from sandbox.zones import zone_named

__all__ = ["read_recurrence"]

_WEEKDAY = choice(" ".join(WEEKDAYS))
_PATTERN: Checker = record(
    type=choice("daily weekly absoluteMonthly relativeMonthly absoluteYearly relativeYearly"),
    interval=integer,
    month=integer,
    dayOfMonth=integer,
    daysOfWeek=list_of(_WEEKDAY),
    firstDayOfWeek=_WEEKDAY,
    index=choice(" ".join(INDEXES)),
)
_RANGE: Checker = record(
    type=choice("endDate noEnd numbered"),
    startDate=text,
    endDate=text,
    recurrenceTimeZone=text,
    numberOfOccurrences=integer,
)
_USES: Mapping[str, frozenset[str]] = {
    "daily": frozenset(),
    "weekly": frozenset({"daysOfWeek"}),
    "absoluteMonthly": frozenset({"dayOfMonth"}),
    "relativeMonthly": frozenset({"daysOfWeek"}),
    "absoluteYearly": frozenset({"dayOfMonth", "month"}),
    "relativeYearly": frozenset({"daysOfWeek", "month"}),
}
"""What a pattern needs; what another one needs must be absent or zero."""


_NO_DAY = "0001-01-01"
"""What Graph answers where a range has no last day."""


def read_recurrence(value: Mapping[str, Any], content: Content) -> Recurrence:
    """Return the recurrence of an event that starts as ``content`` does.

    Raises:
        Refusal: 400.
    """
    pattern, range_ = value.get("pattern"), value.get("range")
    _PATTERN("recurrencePattern", pattern)
    _RANGE("recurrenceRange", range_)
    if not pattern or not range_ or pattern.get("type") is None or range_.get("type") is None:
        raise failed()
    _check_pattern(pattern)
    starts_on = _day(range_.get("startDate"))
    if starts_on != content.start.date():
        raise failed()
    ends_on, count = _end(range_, starts_on)
    zone = range_.get("recurrenceTimeZone") or content.start_zone
    zone_named(zone)
    return Recurrence(
        type=pattern["type"],
        interval=pattern["interval"],
        days_of_week=tuple(pattern.get("daysOfWeek") or ()),
        first_day_of_week=pattern.get("firstDayOfWeek") or "sunday",
        day_of_month=pattern.get("dayOfMonth") or 0,
        month=pattern.get("month") or 0,
        index=pattern.get("index") or "first",
        starts_on=starts_on,
        ends_on=ends_on,
        count=count,
        zone=zone,
    )


def _check_pattern(pattern: Mapping[str, Any]) -> None:
    needed = _USES[pattern["type"]]
    for name in ("daysOfWeek", "dayOfMonth", "month"):
        if bool(pattern.get(name)) != (name in needed):
            raise failed()
    if pattern["type"] == "weekly" and not pattern.get("firstDayOfWeek"):
        raise failed()
    # What Graph itself answers where a pattern has none of it is taken, and nothing else.
    if not pattern["type"].startswith("relative") and pattern.get("index") not in (None, "first"):
        raise failed()
    within = (
        1 <= (pattern.get("interval") or 0) <= 999
        and 0 <= (pattern.get("dayOfMonth") or 0) <= 31
        and 0 <= (pattern.get("month") or 0) <= 12
    )
    if not within:
        raise failed()


def _end(range_: Mapping[str, Any], starts_on: date) -> tuple[date | None, int | None]:
    """Return the last day or the number of occurrences; what another range needs is refused."""
    if range_["type"] != "endDate" and range_.get("endDate") not in (None, _NO_DAY):
        raise failed()
    if range_["type"] != "numbered" and range_.get("numberOfOccurrences"):
        raise failed()
    if range_["type"] == "noEnd":
        return None, None
    if range_["type"] == "numbered":
        count = range_.get("numberOfOccurrences") or 0
        if not 1 <= count <= 999:
            raise failed()
        return None, count
    ends_on = _day(range_.get("endDate"))
    if ends_on < starts_on:
        raise failed()
    return ends_on, None


def _day(value: str | None) -> date:
    try:
        return date.fromisoformat(value or "")
    except ValueError as err:
        raise failed() from err
