"""Custom repetitions in a form: every rule that the inputs can say is read back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from cards.events.custom_rule import FIELDS, custom_values, read_custom
from cards.submitted import Submitted
from services.formats.rrule import read_rrule
from services.model.errors import Wrong
from services.model.recurrence import (
    Frequency,
    Pattern,
    Rule,
    Week,
    Weekday,
    as_parts,
    days,
    simplest,
)
from tests.services.model._rules import part_rules

FIRST = date(2026, 11, 24)
"""A Tuesday."""
WEEK = {"every": "1", "unit": "weekly"}


def read(typed: Mapping[str, str], until: date | None = None) -> tuple[Rule | None, Submitted]:
    got = Submitted.of(typed, FIELDS)
    return read_custom(got, FIRST, until), got


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (WEEK, "FREQ=WEEKLY;BYDAY=TU"),
        ({"every": "", "unit": "daily"}, "FREQ=DAILY"),
        ({"every": "2", "unit": "weekly", "on_days": "0,2"}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"),
        (
            {"every": "2", "unit": "weekly", "on_days": "6,0", "week_start": "6", "times": "10"},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;COUNT=10",
        ),
        ({"unit": "monthly"}, "FREQ=MONTHLY;BYMONTHDAY=24"),
        ({"unit": "monthly", "on_days": "1", "which": "2"}, "FREQ=MONTHLY;BYDAY=2TU"),
        ({"unit": "monthly", "on_days": "1", "which": "-2"}, "FREQ=MONTHLY;BYDAY=-2TU"),
        (
            {"unit": "monthly", "on_days": "0,1,2,3,4", "which": "-1"},
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ),
        (
            {"unit": "monthly", "on_days": "0,1", "which": "1", "positions": "2; last"},
            "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=2,-1",
        ),
        ({"unit": "monthly", "which": "2"}, "FREQ=MONTHLY;BYMONTHDAY=24"),
        ({"unit": "monthly", "month_days": "1, 15 Last"}, "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
        (
            {"unit": "monthly", "month_days": "13", "on_days": "4"},
            "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        ),
        (
            {"unit": "yearly", "in_months": "2", "month_days": "29"},
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        ),
        (
            {"unit": "yearly", "weeks": "20, -1", "on_days": "0"},
            "FREQ=YEARLY;BYWEEKNO=20,-1;BYDAY=MO",
        ),
        (
            {"unit": "yearly", "weeks": "20", "on_days": "0", "which": "1"},
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;BYSETPOS=1",
        ),
        ({"unit": "yearly", "year_days": "100,200"}, "FREQ=YEARLY;BYYEARDAY=100,200"),
        ({"unit": "daily", "in_months": "1,2"}, "FREQ=DAILY;BYMONTH=1,2"),
    ],
)
def test_the_inputs_say_a_rule(typed: dict[str, str], text: str) -> None:
    rule, got = read(typed)
    assert got.problems == []
    assert rule == read_rrule(text, FIRST)
    again, _ = read(custom_values(read_rrule(text, FIRST)))
    assert again == rule


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({}, [("repeats", Wrong.MISSING)]),
        ({"unit": "hourly"}, [("unit", Wrong.NOT_A_CHOICE)]),
        (WEEK | {"every": "often"}, [("every", Wrong.NOT_A_NUMBER)]),
        (WEEK | {"every": "0"}, [("every", Wrong.OUT_OF_RANGE)]),
        (WEEK | {"every": "1000000"}, [("every", Wrong.OUT_OF_RANGE)]),
        (WEEK | {"times": "1000"}, [("times", Wrong.OUT_OF_RANGE)]),
        (WEEK | {"on_days": "7"}, [("on_days", Wrong.NOT_A_CHOICE)]),
        (WEEK | {"which": "1"}, [("which", Wrong.NOT_A_RULE)]),
        (WEEK | {"month_days": "first"}, [("month_days", Wrong.NOT_A_NUMBER)]),
        (WEEK | {"month_days": "32"}, [("month_days", Wrong.OUT_OF_RANGE)]),
        (WEEK | {"month_days": "1 " * 200}, [("month_days", Wrong.TOO_LONG)]),
        (
            {"unit": "yearly", "in_months": "2", "month_days": "30"},
            [("unit", Wrong.NOT_A_RULE)],
        ),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_input(
    typed: dict[str, str], problems: list[tuple[str, Wrong]]
) -> None:
    rule, got = read(typed)
    assert rule is None
    assert [(each.field, each.wrong) for each in got.problems] == problems


def test_an_end_is_a_day_or_a_number_and_not_both() -> None:
    rule, _ = read(WEEK, until=date(2027, 3, 2))
    assert rule is not None and rule.until == date(2027, 3, 2)
    rule, got = read(WEEK | {"times": "3"}, until=date(2027, 3, 2))
    assert rule is None
    assert [(each.field, each.wrong) for each in got.problems] == [("times", Wrong.NOT_A_CHOICE)]


@pytest.mark.slow
@given(made=part_rules())
def test_whatever_has_room_in_the_inputs_means_the_same_days(made: tuple[Rule, date]) -> None:
    rule, start = made
    plain = simplest(rule)
    numbers = {day.number for day in as_parts(plain).weekdays}
    if numbers == {0} or (
        len(as_parts(plain).weekdays) == 1 and numbers <= {0, 1, 2, 3, 4, 5, -1, -2}
    ):
        got = Submitted.of(custom_values(plain), FIELDS)
        again = read_custom(got, start, None)
        assert got.problems == []
        assert again is not None
        last = date(start.year + 3, 12, 31)
        assert list(days(again, start, start, last)) == list(days(rule, start, start, last))


@pytest.mark.parametrize(
    "rule",
    [
        Rule(pattern=Pattern.DAILY, interval=3),
        Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.MONDAY, Weekday.FRIDAY)),
        *(Rule(pattern=Pattern.MONTHLY_BY_DAY, day=day) for day in (1, 28, 29, 30, 31)),
        Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(-1, 15), months=(1, 7)),
        Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, weekdays=(Weekday.FRIDAY,), week=Week.LAST),
        Rule(pattern=Pattern.YEARLY_BY_DAY, day=31, month=12),
        Rule(pattern=Pattern.YEARLY_BY_DAY, day=29, month=2),
        Rule(pattern=Pattern.YEARLY_BY_DAY, day=28, month=2),
        Rule(
            pattern=Pattern.YEARLY_BY_WEEKDAY,
            weekdays=(Weekday.MONDAY, Weekday.TUESDAY),
            week=Week.SECOND,
            month=5,
        ),
    ],
)
def test_outlooks_rules_are_their_own_parts(rule: Rule) -> None:
    parts = as_parts(rule)
    said = Rule(pattern=Pattern.BY_PARTS, interval=rule.interval, parts=parts)
    assert simplest(said) == replace(rule)
    assert Frequency(parts.frequency)
