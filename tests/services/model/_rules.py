"""Rules by parts for tests, and the same rules for python-dateutil.

python-dateutil walks to the year 9999 for a rule that never fits, so each generated rule is made
around a day that fits it. Where it departs from RFC 5545 (it takes ``BYDAY=MO,1TU`` for both at
once, cuts the first week before it counts ``BYSETPOS``, and misses 1 January 2011 in week 52),
generated rules keep away; tests of their own say what is right there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from dateutil import rrule
from hypothesis import strategies as st

from services.model.recurrence import (
    Frequency,
    NumberedDay,
    Parts,
    Pattern,
    Rule,
    Weekday,
    check,
    days,
    last_day,
)

__all__ = ["FREQUENCIES", "agrees", "judged_parts", "part_rules"]

FREQUENCIES = {
    Frequency.DAILY: rrule.DAILY,
    Frequency.WEEKLY: rrule.WEEKLY,
    Frequency.MONTHLY: rrule.MONTHLY,
    Frequency.YEARLY: rrule.YEARLY,
}
INNER_WEEKS = range(2, 52)
"""Those that lie in one year, always."""
midnight = datetime.min.time()


@st.composite
def part_rules(draw: st.DrawFn) -> tuple[Rule, date]:
    """A rule by parts, and a start on a day that fits."""
    day = draw(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
    frequency = draw(st.sampled_from(Frequency))
    week_start = draw(st.sampled_from((Weekday.MONDAY, Weekday.SUNDAY, Weekday.WEDNESDAY)))
    names = draw(
        st.sets(st.sampled_from(["days", "months", "month_days", "year_days"]), max_size=3)
    )
    is_inside = week_start is Weekday.MONDAY and day.isocalendar().week in INNER_WEEKS
    weeks = frequency is Frequency.YEARLY and is_inside and draw(st.booleans())
    by_months = "months" in names
    parts = Parts(
        frequency=frequency,
        weekdays=draw(_weekdays(day, frequency, by_months, weeks)) if "days" in names else (),
        months=draw(_with(day.month, st.integers(1, 12))) if by_months else (),
        month_days=draw(_month_days(day)) if "month_days" in names else (),
        year_days=draw(_year_days(day)) if "year_days" in names else (),
        weeks=draw(_with(day.isocalendar().week, st.sampled_from(INNER_WEEKS))) if weeks else (),
        positions=draw(_positions()),
    )
    if not (parts.weekdays or parts.month_days or parts.year_days or parts.weeks):
        weekday = NumberedDay(Weekday(day.weekday()))
        parts = Parts(frequency=frequency, weekdays=(weekday,), months=parts.months)
    if parts.positions and frequency is Frequency.WEEKLY:
        day -= timedelta(days=(day.weekday() - week_start) % 7)
    interval = draw(st.sampled_from((1, 1, 2, 3, 5)))
    rule = Rule(pattern=Pattern.BY_PARTS, interval=interval, week_start=week_start, parts=parts)
    return rule, day


def judged_parts(rule: Rule, start: date, **ends: Any) -> rrule.rrule:
    """The same rule for python-dateutil."""
    parts = rule.parts
    assert parts is not None
    return rrule.rrule(
        FREQUENCIES[parts.frequency],
        dtstart=datetime.combine(start, midnight),
        interval=rule.interval,
        wkst=int(rule.week_start),
        byweekday=[rrule.weekday(int(day.weekday), day.number or None) for day in parts.weekdays]
        or None,
        bymonth=parts.months or None,
        bymonthday=parts.month_days or None,
        byyearday=parts.year_days or None,
        byweekno=parts.weeks or None,
        bysetpos=parts.positions or None,
        **ends,
    )


def agrees(made: tuple[Rule, date]) -> None:
    """Fail unless a rule's first days are those of python-dateutil, and it ends where it should."""
    rule, start = made
    check(rule, start)
    expected = [moment.date() for moment in islice(judged_parts(rule, start), 5)]
    assert list(days(rule, start, start, expected[-1])) == expected
    ended = replace(rule, count=len(expected))
    assert last_day(ended, start) == expected[-1]
    assert list(days(ended, start, start, date.max)) == expected
    until = replace(rule, until=expected[-1] + timedelta(days=1))
    assert last_day(until, start) in (expected[-1], expected[-1] + timedelta(days=1))


def _with(one: int, more: st.SearchStrategy[int]) -> st.SearchStrategy[tuple[int, ...]]:
    return st.sets(more, max_size=3).map(lambda also: tuple(sorted({one, *also})))


@st.composite
def _weekdays(
    draw: st.DrawFn, day: date, frequency: Frequency, by_months: bool, weeks: bool
) -> tuple[NumberedDay, ...]:
    also = draw(st.sets(st.sampled_from(Weekday), max_size=3)) | {Weekday(day.weekday())}
    numbered = frequency in (Frequency.MONTHLY, Frequency.YEARLY) and not weeks
    if not numbered or draw(st.booleans()):
        return tuple(NumberedDay(each) for each in sorted(also))
    in_month = by_months or frequency is Frequency.MONTHLY
    begin = day.replace(day=1) if in_month else date(day.year, 1, 1)
    most = 5 if in_month else 53
    own = (day - begin).days // 7 + 1
    found = {NumberedDay(Weekday(day.weekday()), own)}
    for each in also:
        number = draw(st.integers(1, most))
        found.add(NumberedDay(each, draw(st.sampled_from((number, -number)))))
    return tuple(sorted(found))


@st.composite
def _month_days(draw: st.DrawFn, day: date) -> tuple[int, ...]:
    following = day.replace(day=28) + timedelta(days=4)
    from_end = (day - following.replace(day=1)).days
    one = draw(st.sampled_from((day.day, from_end)))
    return draw(_with(one, st.sampled_from([*range(-31, 0), *range(1, 32)])))


@st.composite
def _year_days(draw: st.DrawFn, day: date) -> tuple[int, ...]:
    number = day.timetuple().tm_yday
    from_end = (day - date(day.year + 1, 1, 1)).days
    one = draw(st.sampled_from((number, from_end)))
    return draw(_with(one, st.sampled_from([*range(-366, 0), *range(1, 367)])))


@st.composite
def _positions(draw: st.DrawFn) -> tuple[int, ...]:
    if not draw(st.booleans()):
        return ()
    return draw(_with(draw(st.sampled_from((1, -1))), st.sampled_from([-3, -2, 2, 3, 4, 300])))
