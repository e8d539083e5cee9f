"""Rules of repeating events as RFC 5545 writes them: ``FREQ=WEEKLY;INTERVAL=2;BYDAY=TU``.

:func:`read_rrule` and :func:`to_rrule` are each other's inverse, as far as dates go. What the text
leaves to the start of its series (the weekday of ``FREQ=WEEKLY``) is filled in when it is read, so
a rule says all by itself. Almanac keeps days: an hour or a minute may only repeat what the start
says, and a rule that comes several times a day is refused.

Source: RFC 5545, sections 3.3.10 and 3.8.5.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from services.model.errors import InvalidInput, Problem, Wrong
from services.model.recurrence import (
    MAX_COUNT,
    Frequency,
    NumberedDay,
    Parts,
    Pattern,
    Rule,
    Weekday,
    check,
    check_parts,
    completed,
    days,
    simplest,
)
from services.model.times import Start

__all__ = ["BadRule", "read_rrule", "to_rrule"]

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NUMBERS = {
    "month_days": "BYMONTHDAY",
    "months": "BYMONTH",
    "year_days": "BYYEARDAY",
    "weeks": "BYWEEKNO",
    "positions": "BYSETPOS",
}
TOO_OFTEN = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
ENDS = ("COUNT", "UNTIL")
KNOWN = {"FREQ", "INTERVAL", "WKST", "BYDAY", *ENDS, *NUMBERS.values(), *CLOCK}
FREQUENCIES = {
    Pattern.DAILY: "DAILY",
    Pattern.WEEKLY: "WEEKLY",
    Pattern.MONTHLY_BY_DAY: "MONTHLY",
    Pattern.MONTHLY_BY_DAYS: "MONTHLY",
    Pattern.MONTHLY_BY_WEEKDAY: "MONTHLY",
    Pattern.YEARLY_BY_DAY: "YEARLY",
    Pattern.YEARLY_BY_WEEKDAY: "YEARLY",
}
SHORTEST_MONTH = 28
LONGEST_TEXT = 4000
MOST_COUNTED = 50_000
"""A count beyond this is no end: every day for a hundred years and more."""


class BadRule(InvalidInput):
    """A text that no rule of ours says."""

    def __init__(self, reason: str, wrong: Wrong = Wrong.NOT_A_RULE) -> None:
        super().__init__(Problem("repeats", wrong))
        self.reason = reason
        """For who reads the program's answer to a file; it quotes nothing."""


def read_rrule(text: str, start: Start) -> Rule:
    """Return the rule of a series that starts with ``start``.

    Args:
        text: the value of an ``RRULE``, with or without that name before it.
        start: the first start of the series: aware, or a day.

    Raises:
        BadRule: it is no rule (``NOT_A_RULE``), one that comes several times a day
            (``TOO_OFTEN``), or no day fits it (``OUT_OF_RANGE``).
    """
    try:
        given = _parted(text)
        if given["FREQ"] in TOO_OFTEN or any("," in given.get(name, "") for name in CLOCK):
            raise BadRule("several times a day", Wrong.TOO_OFTEN)
        _demand_clock_of(start, given)
        rule = _rule(given, start)
        check_parts(rule)
        rule = _ended(simplest(rule), given, start)
    except (KeyError, OverflowError, ValueError) as err:
        raise BadRule("a part that is none") from err
    try:
        check(rule, _day(start))
    except ValueError as err:
        raise BadRule(str(err), Wrong.OUT_OF_RANGE) from err
    return rule


def to_rrule(rule: Rule, start: Start) -> str:
    """Return the rule as the value of an ``RRULE``.

    Where a pattern of ours means more than RFC 5545 says in one word (on the 31st, or on the last
    day of shorter months) the rule is written out: ``BYMONTHDAY=28,29,30,31;BYSETPOS=-1``.
    """
    said = _said_parts(rule.parts) if rule.parts else _said(rule)
    said["INTERVAL"] = "" if rule.interval == 1 else str(rule.interval)
    if rule.week_start or rule.pattern is Pattern.WEEKLY:
        said["WKST"] = DAYS[rule.week_start]
    if rule.count is not None:
        said["COUNT"] = str(rule.count)
    if rule.until is not None:
        said["UNTIL"] = _until(rule.until, start)
    return ";".join(f"{name}={value}" for name, value in said.items() if value)


def _parted(text: str) -> dict[str, str]:
    """Return the parts by their names; each stands once."""
    text = "".join(text.split()).upper().removeprefix("RRULE:").strip(";")
    if len(text) > LONGEST_TEXT:
        raise ValueError("too long")
    pairs = [part.partition("=")[::2] for part in text.split(";")]
    if len(dict(pairs)) < len(pairs) or not KNOWN.issuperset(dict(pairs)):
        raise ValueError("unknown, or given twice")
    return dict(pairs)


def _demand_clock_of(start: Start, given: Mapping[str, str]) -> None:
    """Demand that hour, minute and second are those of the start, where a rule names them."""
    clock = start.timetz() if isinstance(start, datetime) else None
    for name, own in zip(CLOCK, ("hour", "minute", "second"), strict=True):
        if name in given and (clock is None or int(given[name]) != getattr(clock, own)):
            raise ValueError("another time of day")


def _rule(given: Mapping[str, str], start: Start) -> Rule:
    """Return the rule without its end."""
    frequency = Frequency(given["FREQ"].lower())
    week_start = Weekday(DAYS.index(given.get("WKST", "MO")))
    interval = int(given.get("INTERVAL", "1"))
    parts = Parts(
        frequency=frequency,
        weekdays=tuple(sorted({_weekday(word) for word in _words(given, "BYDAY")})),
        **{name: _numbers(given, word) for name, word in NUMBERS.items()},
    )
    if frequency is Frequency.DAILY and parts == Parts(frequency=frequency):
        return Rule(pattern=Pattern.DAILY, interval=interval)
    parts = completed(parts, _day(start))
    return Rule(pattern=Pattern.BY_PARTS, interval=interval, week_start=week_start, parts=parts)


def _ended(rule: Rule, given: Mapping[str, str], start: Start) -> Rule:
    """Return the rule with its end; a count that is too high to keep becomes a last day.

    Raises:
        ValueError: the end is none.
    """
    if "UNTIL" in given:
        rule = replace(rule, until=_last(given["UNTIL"], start))
    if "COUNT" not in given:
        return rule
    count = int(given["COUNT"])
    if count <= MAX_COUNT:
        return replace(rule, count=count)
    if count > MOST_COUNTED:
        return rule
    begin = _day(start)
    counted = islice(days(rule, begin, begin, date.max), count - 1, None)
    return replace(rule, until=next(counted, None))


def _weekday(word: str) -> NumberedDay:
    return NumberedDay(Weekday(DAYS.index(word[-2:])), int(word[:-2] or "0"))


def _words(given: Mapping[str, str], name: str) -> list[str]:
    return given[name].split(",") if name in given else []


def _numbers(given: Mapping[str, str], name: str) -> tuple[int, ...]:
    return tuple(sorted({int(word) for word in _words(given, name)}))


def _said_parts(parts: Parts) -> dict[str, str]:
    named = [f"{day.number or ''}{DAYS[day.weekday]}" for day in parts.weekdays]
    numbers: dict[str, Any] = {word: getattr(parts, name) for name, word in NUMBERS.items()}
    return {
        "FREQ": parts.frequency.upper(),
        "BYDAY": ",".join(named),
        **{word: _joined(those) for word, those in numbers.items()},
    }


def _said(rule: Rule) -> dict[str, str]:
    said = {"FREQ": FREQUENCIES[rule.pattern]}
    said["BYMONTH"] = _joined(rule.months or ((rule.month,) if rule.month else ()))
    said["BYDAY"] = ",".join(DAYS[day] for day in rule.weekdays)
    said["BYMONTHDAY"] = _joined(rule.days)
    if rule.day is not None:
        cut = range(min(rule.day, SHORTEST_MONTH), rule.day + 1)
        said["BYMONTHDAY"] = _joined(cut)
        said["BYSETPOS"] = "-1" if len(cut) > 1 else ""
    if rule.week is not None:
        said["BYSETPOS"] = str(int(rule.week))
    return said


def _joined(numbers: Any) -> str:
    return ",".join(str(number) for number in numbers)


def _last(value: str, start: Start) -> date:
    """Return the last possible day: an end before that day's start leaves the day out."""
    if len(value) == len("YYYYMMDD") or not isinstance(start, datetime):
        return datetime.strptime(value[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day
    zone = UTC if value.endswith("Z") else start.tzinfo
    end = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=zone)
    there = end.astimezone(start.tzinfo)
    return there.date() - timedelta(days=there.time() < start.time())


def _until(last: date, start: Start) -> str:
    """Return the end of a series: a day where its start is one, else an instant in UTC."""
    if not isinstance(start, datetime):
        return f"{last:%Y%m%d}"
    zone = start.tzinfo if isinstance(start.tzinfo, ZoneInfo) else UTC
    end = datetime.combine(last, time(23, 59, 59), zone).astimezone(UTC)
    return f"{end:%Y%m%dT%H%M%SZ}"


def _day(start: Start) -> date:
    return start.date() if isinstance(start, datetime) else start
