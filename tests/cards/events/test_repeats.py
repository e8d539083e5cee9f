from dataclasses import replace
from datetime import date

import pytest

from cards.events.choices import before
from cards.events.repeats import Repeat, in_words, repeat_of, rule_for
from cards.events.rule_values import rule_of, rule_value
from services.formats.rrule import read_rrule
from services.model.recurrence import Pattern, Rule, Week, Weekday

FRIDAY = date(2026, 11, 20)
WORKDAYS = tuple(Weekday(day) for day in range(5))


@pytest.mark.parametrize("repeat", sorted(set(Repeat) - {Repeat.KEEP, Repeat.CUSTOM}))
def test_a_choice_is_found_again_in_its_rule(repeat: Repeat) -> None:
    rule = rule_for(repeat, FRIDAY, date(2026, 12, 18) if repeat is not Repeat.NONE else None)
    assert repeat_of(rule, FRIDAY) is repeat


def test_where_the_week_begins_makes_no_difference_to_a_choice() -> None:
    rule = rule_for(Repeat.WEEKLY, FRIDAY, None)
    assert rule is not None
    assert repeat_of(replace(rule, week_start=Weekday.SUNDAY), FRIDAY) is Repeat.WEEKLY


def test_a_rule_that_no_choice_says_is_kept() -> None:
    rule = Rule(pattern=Pattern.DAILY, interval=3)
    assert repeat_of(rule, FRIDAY) is Repeat.KEEP
    assert rule_for(Repeat.KEEP, FRIDAY, None) is None
    assert rule_for(Repeat.CUSTOM, FRIDAY, None) is None


MONTHLY, YEARLY = Pattern.MONTHLY_BY_WEEKDAY, Pattern.YEARLY_BY_WEEKDAY


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (Rule(pattern=Pattern.DAILY), "Every day"),
        (Rule(pattern=Pattern.DAILY, interval=3, count=10), "Every 3 days, 10 times"),
        (Rule(pattern=Pattern.DAILY, count=1), "Every day, once"),
        (
            Rule(pattern=Pattern.WEEKLY, weekdays=WORKDAYS),
            "Every working day (Monday to Friday)",
        ),
        (
            Rule(pattern=Pattern.WEEKLY, weekdays=WORKDAYS, interval=2),
            "Every 2 weeks on Monday, Tuesday, Wednesday, Thursday and Friday",
        ),
        (
            Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.MONDAY,), until=FRIDAY),
            "Every week on Monday, until Fri, 20 Nov 2026",
        ),
        (Rule(pattern=Pattern.MONTHLY_BY_DAY, day=24), "Every month on day 24"),
        (Rule(pattern=Pattern.MONTHLY_BY_DAY, day=31), "Every month on the last day"),
        (
            Rule(pattern=Pattern.MONTHLY_BY_DAY, day=31, interval=3, count=4),
            "Every 3 months on the last day, 4 times",
        ),
        (
            Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(-2, -1, 1, 15)),
            "Every month on day 1, 15, the last and 2 from the end",
        ),
        (
            Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(1,), months=(1, 7), interval=2),
            "Every 2 months on day 1, in January and July only",
        ),
        (
            Rule(pattern=MONTHLY, week=Week.LAST, weekdays=(Weekday.SUNDAY,)),
            "Every month on the last Sunday",
        ),
        (
            Rule(pattern=MONTHLY, week=Week.FIRST, weekdays=WORKDAYS),
            "Every month on the first working day",
        ),
        (
            Rule(pattern=MONTHLY, week=Week.SECOND, weekdays=tuple(Weekday)),
            "Every month on the second day",
        ),
        (
            Rule(pattern=MONTHLY, week=Week.THIRD, weekdays=(Weekday.MONDAY, Weekday.FRIDAY)),
            "Every month on the third Monday or Friday",
        ),
        (Rule(pattern=Pattern.YEARLY_BY_DAY, day=24, month=12), "Every year on 24 December"),
        (
            Rule(pattern=YEARLY, week=Week.FOURTH, weekdays=(Weekday.THURSDAY,), month=11),
            "Every year on the fourth Thursday of November",
        ),
    ],
)
def test_a_rule_is_told_in_words(rule: Rule, sentence: str) -> None:
    assert in_words(rule, "en") == sentence


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (0, "At the start"),
        (1, "1 minute before"),
        (90, "90 minutes before"),
        (120, "2 hours before"),
        (1440, "1 day before"),
        (20160, "2 weeks before"),
    ],
)
def test_a_reminder_is_told_in_the_largest_whole_unit(minutes: int, sentence: str) -> None:
    assert before(minutes, "en") == sentence


TUESDAY = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.TUESDAY,), interval=2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Every second Tuesday"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270303",
            "Every second Tuesday, until Wed, 3 Mar 2027",
        ),
        ("FREQ=DAILY;BYMONTH=1,2", "Every day in January and February"),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=MO", "Every 2 days on Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,FR;BYMONTH=6", "Every week on Monday and Friday, in June"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "Every month on Friday, on day 13 of the month"),
        ("FREQ=MONTHLY;BYDAY=1MO,-1FR", "Every month on the first Monday and the last Friday"),
        ("FREQ=MONTHLY;BYDAY=-2MO;COUNT=3", "Every month on the last but one Monday, 3 times"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            "Every month on the last but one working day",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=7,-3",
            "Every month on Monday and Tuesday, of these only the number 7 and 3 from the end",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=5;BYMONTH=1",
            "Every month on the fifth Monday or Tuesday, in January",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYMONTHDAY=13",
            "Every month on working days, on day 13 of the month",
        ),
        ("FREQ=YEARLY;BYDAY=20MO", "Every year on the number 20 Monday"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "Every year on day 29 of the month, in February"),
        (
            "FREQ=YEARLY;INTERVAL=2;BYYEARDAY=100,-1",
            "Every 2 years on day 100 and the last of the year",
        ),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "Every year on Monday, in week 20"),
    ],
)
def test_every_part_of_a_rule_has_words(text: str, sentence: str) -> None:
    rule = read_rrule(text, date(2026, 11, 24))
    assert in_words(rule, "en-GB") == sentence
    assert rule_of(rule_value(rule)) == replace(rule, until=None)
