"""Where a found event is shown: at the time that somebody who looks for it means."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from services.events.event_search import nearest
from services.model.events import Event, SeriesException
from services.model.recurrence import Pattern, Rule, Weekday
from tests._builders import BERLIN, all_day, an_event, an_event_content, timed
from tests._fakes import NOON

WEEKLY = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.MONDAY,))
FIRST = timed("2026-11-02T10:00")


def day_of(event: Event) -> date:
    start = nearest(event, NOON, BERLIN).content.when.start
    return start.date() if isinstance(start, datetime) else start


def test_a_single_event_is_where_it_is() -> None:
    event = an_event(when=timed("2020-01-01T10:00"))
    assert nearest(event, NOON, BERLIN).content == event.content


def test_a_series_is_where_it_comes_next() -> None:
    assert day_of(an_event(when=FIRST, rule=WEEKLY)) == date(2026, 11, 23)


def test_what_is_on_now_is_next() -> None:
    daily = Rule(pattern=Pattern.DAILY)
    assert day_of(an_event(when=timed("2026-11-01T12:30", 90), rule=daily)) == date(2026, 11, 18)


def test_a_cancelled_occurrence_is_not_next() -> None:
    gone = SeriesException(datetime(2026, 11, 23, 10, tzinfo=BERLIN), None)
    event = an_event(when=FIRST, rule=WEEKLY, exceptions=(gone,))
    assert day_of(event) == date(2026, 11, 30)


@pytest.mark.parametrize("rule", [{"until": date(2026, 11, 10)}, {"count": 2}])
def test_a_series_that_is_over_is_where_it_was_last(rule: dict[str, object]) -> None:
    over = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.MONDAY,), **rule)  # type: ignore[arg-type]
    assert day_of(an_event(when=FIRST, rule=over)) == date(2026, 11, 9)


def test_a_rare_series_is_found_years_ahead() -> None:
    leap = Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(29,), months=(2,), interval=12)
    event = an_event(when=all_day("2024-02-29"), rule=leap)
    assert day_of(event) == date(2028, 2, 29)


def test_a_series_of_which_nothing_is_left_is_where_it_began() -> None:
    once = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.MONDAY,), count=1)
    gone = SeriesException(FIRST.start, None)
    event = an_event(an_event_content(when=FIRST, rule=once, exceptions=(gone,)))
    assert nearest(event, NOON, BERLIN).content == event.content
