"""Rules of vCalendar 1.0, and of those who keep to no standard, in the words of RFC 5545."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.formats.rrule import read_rrule
from services.formats.rule_dialects import as_rrule


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("D1 #5", "FREQ=DAILY;INTERVAL=1;COUNT=5"),
        ("D2", "FREQ=DAILY;INTERVAL=2;COUNT=2"),
        ("W2 MO WE #0", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"),
        ("w1  mo 20270301T090000Z", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;UNTIL=20270301T090000Z"),
        ("MP1 1+ MO 1- FR #3", "FREQ=MONTHLY;INTERVAL=1;BYDAY=1MO,-1FR;COUNT=3"),
        ("MD1 1 15 LD #4", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1,15,-1;COUNT=4"),
        ("MD1 2- #4", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-2;COUNT=4"),
        ("YM1 6 12 #0", "FREQ=YEARLY;INTERVAL=1;BYMONTH=6,12"),
        ("YD1 100 20300101", "FREQ=YEARLY;INTERVAL=1;BYYEARDAY=100;UNTIL=20300101"),
    ],
)
def test_each_kind_is_said_and_read(old: str, new: str) -> None:
    assert as_rrule(old) == new
    start = datetime(2027, 1, 4, 9, tzinfo=UTC)
    assert read_rrule(as_rrule(old), start) == read_rrule(new, start)


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY", "FREQ=MONTHLY;BYDAY=1MO", "M1 #5", "W1 MO #", "D", "D1 #5 #6", ""]
)
def test_what_is_no_such_rule_stays_as_it_is(rule: str) -> None:
    assert as_rrule(rule) == rule


def test_numbers_and_parts_that_mean_nothing_are_left_out() -> None:
    assert as_rrule("FREQ=WEEKLY;BYDAY=+1MO,-2WE;COUNT=4") == "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4"
    assert as_rrule("FREQ=DAILY;X-NAME=1;COUNT=4") == "FREQ=DAILY;COUNT=4"
