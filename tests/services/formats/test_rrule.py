"""Rules as text: read beside python-dateutil, written so that both mean the same, or refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from services.formats.rrule import BadRule, read_rrule, to_rrule
from services.model.errors import Wrong
from services.model.recurrence import (
    Frequency,
    NumberedDay,
    Parts,
    Pattern,
    Rule,
    Week,
    Weekday,
    days,
    is_outlooks,
    simplest,
)
from tests.services.model._rules import part_rules

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)
TEXTS = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=10;COUNT=5",
    "FREQ=DAILY;BYMONTH=1;BYDAY=SU,MO,TU",
    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO",
    "FREQ=WEEKLY;BYMONTH=1,2;BYDAY=TU",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYDAY=1FR",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU",
    "FREQ=MONTHLY;BYDAY=-2MO",
    "FREQ=MONTHLY;BYMONTHDAY=-3",
    "FREQ=MONTHLY;BYMONTHDAY=2,15",
    "FREQ=MONTHLY;BYMONTHDAY=1,-1",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
    "FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10,11,12,13,14,15",
    "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
    "FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYMONTHDAY=10,11;BYSETPOS=2",
    "FREQ=MONTHLY;BYDAY=5MO",
    "FREQ=MONTHLY;BYDAY=2TU;BYMONTH=3,9",
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=6,7",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=1,2,3",
    "FREQ=YEARLY;INTERVAL=3;BYYEARDAY=1,100,200",
    "FREQ=YEARLY;BYDAY=20MO",
    "FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
    "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO,SU",
    "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SA;WKST=SU",
    "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
    "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
    "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30",
    "FREQ=YEARLY;BYYEARDAY=366",
    "FREQ=YEARLY;BYMONTH=10;BYDAY=MO,TU;BYSETPOS=2",
]
"""Shapes of the examples in RFC 5545 and of what calendar programs write."""


def first_days(text: str, start: datetime, most: int = 20) -> list[date]:
    """What python-dateutil says."""
    rule = rrule.rrulestr(text, dtstart=start.replace(tzinfo=None))
    return [moment.date() for moment in islice(rule, most)]


@pytest.mark.parametrize("start", [MONDAY, datetime(2024, 2, 29, 18, 30, tzinfo=BERLIN)])
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_means_the_days_that_it_means_to_dateutil(text: str, start: datetime) -> None:
    expected = first_days(text, start)
    rule = read_rrule(text, start)
    assert list(days(rule, start.date(), start.date(), expected[-1])) == expected
    written = to_rrule(rule, start)
    assert first_days(written, start) == expected
    assert read_rrule(written, start) == rule


@pytest.mark.slow
@settings(max_examples=60)
@given(part_rules())
def test_the_plainest_way_to_say_a_rule_means_the_same_days(made: tuple[Rule, date]) -> None:
    rule, start = made
    expected = list(islice(days(rule, start, start, date.max), 12))
    plain = simplest(rule)
    assert list(islice(days(plain, start, start, date.max), 12)) == expected
    assert simplest(plain) == plain
    read = read_rrule(to_rrule(plain, start), start)
    assert list(islice(days(read, start, start, date.max), 12)) == expected
    assert to_rrule(read, start) == to_rrule(plain, start)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("FREQ=DAILY", Rule(pattern=Pattern.DAILY)),
        (
            "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
            Rule(pattern=Pattern.WEEKLY, weekdays=tuple(Weekday(n) for n in range(5))),
        ),
        ("RRULE:FREQ=WEEKLY;", Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.MONDAY,))),
        (
            "freq=weekly;interval=2;wkst=su",
            Rule(
                pattern=Pattern.WEEKLY,
                interval=2,
                weekdays=(Weekday.MONDAY,),
                week_start=Weekday.SUNDAY,
            ),
        ),
        ("FREQ=MONTHLY", Rule(pattern=Pattern.MONTHLY_BY_DAY, day=23)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", Rule(pattern=Pattern.MONTHLY_BY_DAY, day=31)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(31,))),
        (
            "FREQ=MONTHLY;BYDAY=-1FR",
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, weekdays=(Weekday.FRIDAY,), week=Week.LAST),
        ),
        ("FREQ=YEARLY", Rule(pattern=Pattern.YEARLY_BY_DAY, day=23, month=11)),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
            Rule(pattern=Pattern.YEARLY_BY_DAY, day=29, month=2),
        ),
        (
            "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
            Rule(
                pattern=Pattern.YEARLY_BY_WEEKDAY,
                weekdays=(Weekday.SUNDAY,),
                week=Week.SECOND,
                month=5,
            ),
        ),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            Rule(
                pattern=Pattern.BY_PARTS,
                parts=Parts(frequency=Frequency.YEARLY, months=(2,), month_days=(29,)),
            ),
        ),
        (
            "FREQ=MONTHLY;BYDAY=5MO",
            Rule(
                pattern=Pattern.BY_PARTS,
                parts=Parts(
                    frequency=Frequency.MONTHLY, weekdays=(NumberedDay(Weekday.MONDAY, 5),)
                ),
            ),
        ),
    ],
)
def test_what_outlook_can_say_is_kept_as_outlook_says_it(text: str, rule: Rule) -> None:
    assert read_rrule(text, MONDAY) == rule
    assert is_outlooks(rule) is (rule.parts is None and not rule.days)


def test_every_day_by_parts_is_every_day() -> None:
    parts = Parts(frequency=Frequency.DAILY)
    rule = Rule(pattern=Pattern.BY_PARTS, interval=3, parts=parts)
    assert simplest(rule) == Rule(pattern=Pattern.DAILY, interval=3)


def test_weekdays_with_a_number_and_without_are_both_meant() -> None:
    rule = read_rrule("FREQ=MONTHLY;BYDAY=MO,1FR", MONDAY)  # dateutil takes them for one condition
    found = list(days(rule, date(2027, 1, 1), date(2027, 1, 1), date(2027, 1, 31)))
    assert found == [date(2027, 1, day) for day in (1, 4, 11, 18, 25)]


def test_a_position_counts_in_the_whole_first_week() -> None:
    rule = read_rrule("FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=1", MONDAY)
    wednesday = date(2026, 11, 25)  # dateutil begins to count here, and finds the Friday
    assert next(days(rule, wednesday, wednesday, date.max)) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("value", "last"),
    [
        ("20261130", date(2026, 11, 30)),
        ("20261130T080000Z", date(2026, 11, 30)),  # 9:00 in Berlin: the start itself
        ("20261130T075959Z", date(2026, 11, 29)),
        ("20261130T090000", date(2026, 11, 30)),
        ("20261130T235959Z", date(2026, 11, 30)),
    ],
)
def test_an_end_is_the_last_day_on_which_the_event_can_start(value: str, last: date) -> None:
    assert read_rrule(f"FREQ=DAILY;UNTIL={value}", MONDAY).until == last


def test_an_end_is_written_as_the_start_is() -> None:
    rule = Rule(pattern=Pattern.DAILY, until=date(2026, 12, 24))
    assert to_rrule(rule, MONDAY) == "FREQ=DAILY;UNTIL=20261224T225959Z"
    assert to_rrule(rule, date(2026, 11, 23)) == "FREQ=DAILY;UNTIL=20261224"
    assert read_rrule("FREQ=DAILY;UNTIL=20261224T225959Z", date(2026, 11, 23)) == rule


def test_a_count_that_is_too_high_to_keep_is_kept_as_its_last_day() -> None:
    assert read_rrule("FREQ=DAILY;COUNT=999", MONDAY).count == 999
    longer = read_rrule("FREQ=DAILY;COUNT=1096", MONDAY)
    assert (longer.count, longer.until) == (None, date(2029, 11, 22))
    assert read_rrule("FREQ=DAILY;COUNT=999999999", MONDAY) == Rule(pattern=Pattern.DAILY)


def test_a_time_of_day_may_say_again_what_the_start_says() -> None:
    rule = read_rrule("FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0", MONDAY)
    assert rule == Rule(pattern=Pattern.DAILY)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("FREQ=SECONDLY", Wrong.TOO_OFTEN),
        ("FREQ=MINUTELY;INTERVAL=30", Wrong.TOO_OFTEN),
        ("FREQ=HOURLY", Wrong.TOO_OFTEN),
        ("FREQ=DAILY;BYHOUR=9,17", Wrong.TOO_OFTEN),
        ("FREQ=DAILY;BYHOUR=10", Wrong.NOT_A_RULE),
        ("FREQ=DAILY;BYMINUTE=x", Wrong.NOT_A_RULE),
        ("", Wrong.NOT_A_RULE),
        ("INTERVAL=2", Wrong.NOT_A_RULE),
        ("FREQ=NEVER", Wrong.NOT_A_RULE),
        ("FREQ=DAILY;FREQ=WEEKLY", Wrong.NOT_A_RULE),
        ("FREQ=DAILY;BYEASTER=1", Wrong.NOT_A_RULE),
        ("FREQ=WEEKLY;BYDAY=1MO", Wrong.NOT_A_RULE),
        ("FREQ=WEEKLY;BYDAY=XX", Wrong.NOT_A_RULE),
        ("FREQ=MONTHLY;BYDAY=6MO", Wrong.NOT_A_RULE),
        ("FREQ=YEARLY;BYDAY=1MO;BYWEEKNO=3", Wrong.NOT_A_RULE),
        ("FREQ=MONTHLY;BYMONTHDAY=32", Wrong.NOT_A_RULE),
        ("FREQ=MONTHLY;BYMONTHDAY=0", Wrong.NOT_A_RULE),
        ("FREQ=YEARLY;BYMONTH=13", Wrong.NOT_A_RULE),
        ("FREQ=DAILY;BYSETPOS=1", Wrong.NOT_A_RULE),
        ("FREQ=DAILY;COUNT=x", Wrong.NOT_A_RULE),
        ("FREQ=DAILY;UNTIL=yesterday", Wrong.NOT_A_RULE),
        ("FREQ=DAILY;UNTIL=00010101T000000Z", Wrong.NOT_A_RULE),
        (f"FREQ=YEARLY;BYYEARDAY={','.join(['1'] * 3000)}", Wrong.NOT_A_RULE),
        ("FREQ=DAILY;COUNT=0", Wrong.OUT_OF_RANGE),
        ("FREQ=DAILY;COUNT=-3", Wrong.OUT_OF_RANGE),
        ("FREQ=DAILY;INTERVAL=0", Wrong.OUT_OF_RANGE),
        ("FREQ=DAILY;UNTIL=20200101", Wrong.OUT_OF_RANGE),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", Wrong.OUT_OF_RANGE),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", Wrong.OUT_OF_RANGE),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYYEARDAY=1", Wrong.OUT_OF_RANGE),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", Wrong.OUT_OF_RANGE),
        ("FREQ=YEARLY;COUNT=999;INTERVAL=99", Wrong.OUT_OF_RANGE),
    ],
)
def test_what_is_no_rule_of_ours_is_refused(text: str, wrong: Wrong) -> None:
    with pytest.raises(BadRule) as refused:
        read_rrule(text, MONDAY)
    assert [(each.field, each.wrong) for each in refused.value.problems] == [("repeats", wrong)]
    assert refused.value.reason


@given(st.text(max_size=60))
def test_any_text_is_a_rule_or_is_refused(text: str) -> None:
    try:
        rule = read_rrule(f"FREQ={text}", MONDAY)
    except BadRule:
        return
    assert replace(rule, until=None, count=None)
