from dataclasses import replace
from datetime import date

import pytest

from cards.choices import before
from cards.repeats import Repeat, in_words, repeat_of, rule_for
from services.model.recurrence import Pattern, Rule, Week, Weekday

FRIDAY = date(2026, 11, 20)
WORKDAYS = tuple(Weekday(day) for day in range(5))


@pytest.mark.parametrize("repeat", [each for each in Repeat if each is not Repeat.KEEP])
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
