"""Rules of series, both ways."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from services.graph.recurrence import TYPES, rule_from_graph, rule_to_graph
from services.model.errors import Unreadable
from services.model.recurrence import Pattern, Rule, Week, Weekday, check, is_outlooks
from tests.services.graph._strategies import rules

START = date(2026, 11, 24)  # a Tuesday


def as_graph_fills_it(recurrence: dict[str, Any]) -> dict[str, Any]:
    """Graph answers with every field, zero or default where the pattern has no use for it."""
    pattern = {
        "month": 0,
        "dayOfMonth": 0,
        "firstDayOfWeek": "sunday",
        "index": "first",
        "daysOfWeek": [],
    }
    span = {"endDate": "0001-01-01", "numberOfOccurrences": 0}
    return {
        "pattern": pattern | recurrence["pattern"],
        "range": span | recurrence["range"],
    }


@given(rules(START))
def test_every_rule_comes_back_as_it_went(rule: Rule) -> None:
    check(rule, START)
    sent = rule_to_graph(rule, START, "UTC")
    assert rule_from_graph(as_graph_fills_it(sent), START) == rule


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        (Rule(pattern=Pattern.DAILY, interval=3), {"type": "daily", "interval": 3}),
        (
            Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.TUESDAY, Weekday.FRIDAY)),
            {
                "type": "weekly",
                "interval": 1,
                "daysOfWeek": ["tuesday", "friday"],
                "firstDayOfWeek": "monday",
            },
        ),
        (
            Rule(pattern=Pattern.MONTHLY_BY_DAY, day=24),
            {"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 24},
        ),
        (
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, weekdays=(Weekday.TUESDAY,), week=Week.LAST),
            {"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["tuesday"], "index": "last"},
        ),
        (
            Rule(pattern=Pattern.YEARLY_BY_DAY, day=24, month=11),
            {"type": "absoluteYearly", "interval": 1, "dayOfMonth": 24, "month": 11},
        ),
        (
            Rule(
                pattern=Pattern.YEARLY_BY_WEEKDAY,
                weekdays=(Weekday.TUESDAY,),
                week=Week.FOURTH,
                month=11,
            ),
            {
                "type": "relativeYearly",
                "interval": 1,
                "daysOfWeek": ["tuesday"],
                "index": "fourth",
                "month": 11,
            },
        ),
    ],
)
def test_each_pattern_carries_its_own_fields_alone(rule: Rule, pattern: dict[str, Any]) -> None:
    assert rule_to_graph(rule, START, "UTC")["pattern"] == pattern


def test_outlook_has_a_word_for_six_patterns_and_for_no_other() -> None:
    sayable = {each for each in Pattern if is_outlooks(Rule(pattern=each))}
    assert sayable == set(TYPES)
    with pytest.raises(KeyError):
        rule_to_graph(Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(1, 15)), START, "UTC")


def test_the_three_ranges() -> None:
    def span(**end: Any) -> dict[str, Any]:
        found = rule_to_graph(Rule(pattern=Pattern.DAILY, **end), START, "UTC")["range"]
        return {k: v for k, v in found.items() if k not in ("startDate", "recurrenceTimeZone")}

    assert span() == {"type": "noEnd"}
    assert span(until=date(2026, 12, 1)) == {"type": "endDate", "endDate": "2026-12-01"}
    assert span(count=5) == {"type": "numbered", "numberOfOccurrences": 5}


def test_an_end_in_the_far_future_is_no_end() -> None:
    span = {"type": "endDate", "endDate": "4500-08-31"}
    rule = rule_from_graph({"pattern": {"type": "daily", "interval": 1}, "range": span}, START)
    assert rule == Rule(pattern=Pattern.DAILY)


@pytest.mark.parametrize(
    "recurrence",
    [
        {},
        {"pattern": {"type": "hourly", "interval": 1}},
        {"pattern": {"type": "daily", "interval": 5000}},
        {"pattern": {"type": "weekly", "daysOfWeek": []}},
        {"pattern": {"type": "weekly", "daysOfWeek": ["someday"]}},
        {"pattern": {"type": "absoluteMonthly", "dayOfMonth": 0}},
        {"pattern": {"type": "absoluteMonthly"}},
        {"pattern": {"type": "relativeMonthly", "daysOfWeek": ["monday"], "index": "fifth"}},
        {"pattern": {"type": "daily"}, "range": {"type": "endDate", "endDate": "soon"}},
        {"pattern": {"type": "daily"}, "range": {"type": "whenever"}},
        {"pattern": {"type": "daily"}, "range": {"type": "endDate", "endDate": "2020-01-01"}},
    ],
)
def test_a_rule_that_we_cannot_say_is_named(recurrence: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match="rule"):
        rule_from_graph(recurrence, START)
