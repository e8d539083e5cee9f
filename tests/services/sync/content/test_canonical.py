from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from hypothesis import given

from services.model.events import EventContent, Importance, SeriesException
from services.model.recurrence import Pattern, Rule, Weekday
from services.sync.content.canonical import Group, canonical, differing, overlay
from tests._builders import BERLIN, NEW_YORK, all_day, an_event_content, timed
from tests.services.sync._strategies import contents

WEEKLY = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,))
VIENNA = ZoneInfo("Europe/Vienna")


def test_blank_lines_and_runs_of_spaces_are_no_difference() -> None:
    one = an_event_content(
        title=" Lunch  at the quay", text="Bring\r\n\r\n a \N{NO-BREAK SPACE}hat"
    )
    other = an_event_content(title="Lunch at the quay ", text="Bring\na hat\n")
    assert not differing(one, other)


def test_a_line_break_between_words_is_a_difference() -> None:
    assert differing(an_event_content(text="a b"), an_event_content(text="a\nb")) == {Group.TEXT}


def test_a_single_event_is_where_its_instants_are() -> None:
    in_berlin = an_event_content(when=timed("2026-11-20T12:30", zone=BERLIN))
    in_new_york = an_event_content(when=timed("2026-11-20T06:30", zone=NEW_YORK))
    assert not differing(in_berlin, in_new_york)


def test_a_series_also_goes_on_in_its_zone() -> None:
    in_berlin = an_event_content(when=timed("2026-11-20T12:30", zone=BERLIN), rule=WEEKLY)
    in_new_york = an_event_content(when=timed("2026-11-20T06:30", zone=NEW_YORK), rule=WEEKLY)
    assert differing(in_berlin, in_new_york) == {Group.WHEN}


def test_two_names_of_the_same_clock_are_no_difference() -> None:
    in_berlin = an_event_content(when=timed("2026-11-20T12:30", zone=BERLIN), rule=WEEKLY)
    in_vienna = an_event_content(when=timed("2026-11-20T12:30", zone=VIENNA), rule=WEEKLY)
    assert not differing(in_berlin, in_vienna)


def test_the_first_day_of_the_week_matters_only_where_weeks_are_skipped() -> None:
    from_sunday = replace(WEEKLY, week_start=Weekday.SUNDAY)
    one, other = an_event_content(rule=WEEKLY), an_event_content(rule=from_sunday)
    assert not differing(one, other)
    one = replace(one, rule=replace(WEEKLY, interval=2))
    other = replace(other, rule=replace(from_sunday, interval=2))
    assert differing(one, other) == {Group.WHEN}


def test_days_of_a_rule_have_no_order() -> None:
    by_weekday = Rule(
        pattern=Pattern.MONTHLY_BY_WEEKDAY, weekdays=(Weekday.FRIDAY, Weekday.MONDAY), interval=1
    )
    turned = replace(by_weekday, weekdays=(Weekday.MONDAY, Weekday.FRIDAY))
    assert not differing(an_event_content(rule=by_weekday), an_event_content(rule=turned))


def test_a_cancelled_occurrence_is_a_difference_of_when() -> None:
    series = an_event_content(rule=WEEKLY)
    gone = SeriesException(timed("2026-11-27T12:30").start, None)
    assert differing(series, replace(series, exceptions=(gone,))) == {Group.WHEN}


def test_the_order_of_exceptions_is_no_difference() -> None:
    first = SeriesException(timed("2026-11-27T12:30").start, None)
    second = SeriesException(timed("2026-12-04T12:30").start, an_event_content(title="Late"))
    series = an_event_content(rule=WEEKLY, exceptions=(first, second))
    assert not differing(series, replace(series, exceptions=(second, first)))


def test_exceptions_of_an_all_day_series_are_kept_under_days() -> None:
    gone = SeriesException(all_day("2026-11-27").start, None)
    series = an_event_content(when=all_day(), rule=WEEKLY, exceptions=(gone,))
    assert differing(series, replace(series, exceptions=())) == {Group.WHEN}


@given(contents(), contents())
def test_laying_over_what_differs_makes_equal(one: EventContent, other: EventContent) -> None:
    assert canonical(overlay(one, other, differing(one, other))) == canonical(other)


@given(contents())
def test_canonical_values_can_be_hashed(content: EventContent) -> None:
    assert {canonical(content)}


def test_two_ways_to_write_a_mark_are_no_difference() -> None:
    one = an_event_content(text="**a _b_** \\*c\\*\n\n- tea")
    other = an_event_content(text="**a** **_b_** *c*\n- tea")
    assert not differing(one, other)


def test_a_mark_is_a_difference() -> None:
    one = an_event_content(text="a b")
    for text in ("**a** b", "_a b_", "- a b", "1. a b", "[a b](https://a.example)"):
        assert differing(one, an_event_content(text=text)) == {Group.TEXT}


def test_tags_have_no_order_and_no_capitals() -> None:
    one = an_event_content(tags=("Harbour", "trade  fair"))
    assert not differing(one, an_event_content(tags=("Trade fair", "harbour")))
    assert differing(one, an_event_content(tags=("Harbour",))) == {Group.TAGS}


def test_importance_is_a_group_of_its_own() -> None:
    urgent = an_event_content(importance=Importance.HIGH)
    assert differing(an_event_content(), urgent) == {Group.IMPORTANCE}
