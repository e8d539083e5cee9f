from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cards.events.event_form import (
    blank_values,
    draft_values,
    form_values,
    read_event_form,
    read_reach_form,
    typed_values,
)
from cards.events.rule_values import rule_of
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import EventContent, Importance, Sensitivity, SeriesException, ShowAs
from services.model.reach import Reach
from services.model.recurrence import Pattern, Rule, Week, Weekday
from services.model.times import Timed
from tests._builders import BERLIN, NEW_YORK, all_day, an_event_content, timed

NOW = datetime(2026, 11, 20, 9, 42, tzinfo=UTC)
WEEKLY = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,))
RARE = Rule(
    pattern=Pattern.MONTHLY_BY_WEEKDAY, weekdays=(Weekday.FRIDAY,), week=Week.THIRD, count=5
)
CANCELLED = (SeriesException(datetime(2026, 11, 27, 12, 30, tzinfo=BERLIN), None),)
TYPED = {
    "title": " Lunch ",
    "start_date": "2026-11-20",
    "start_time": "12:30",
    "end_time": "13:15",
    "zone": "Europe/Berlin",
}


def _fold(content: EventContent) -> int:
    """Equal times may still differ in which of two hours they are."""
    return content.when.start.fold if isinstance(content.when, Timed) else 0


def problems_of(typed: dict[str, object], kept: EventContent | None = None) -> set[Problem]:
    with pytest.raises(InvalidInput) as caught:
        read_event_form(typed, BERLIN, kept)
    return set(caught.value.problems)


@pytest.mark.parametrize(
    "content",
    [
        an_event_content(),
        an_event_content(place="Room 4", text="a\nb", show_as=ShowAs.AWAY, reminder_minutes=25),
        an_event_content(when=all_day(days=3), sensitivity=Sensitivity.PRIVATE),
        an_event_content(when=all_day()),
        an_event_content(when=timed("2026-11-20T22:00", 300, NEW_YORK)),
        an_event_content(rule=WEEKLY, exceptions=CANCELLED),
        an_event_content(rule=replace(WEEKLY, week_start=Weekday.SUNDAY)),
        an_event_content(rule=RARE),
        an_event_content(text="x" * 12_000),
        an_event_content(importance=Importance.HIGH, tags=("fair", "Blue, or so")),
        # an end in another zone, and the second of two equal hours
        an_event_content(
            when=Timed(
                datetime(2026, 11, 20, 12, tzinfo=BERLIN),
                datetime(2026, 11, 20, 14, tzinfo=NEW_YORK),
            )
        ),
        an_event_content(
            when=Timed(
                datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN),
                datetime(2026, 10, 25, 3, 30, tzinfo=BERLIN),
            )
        ),
    ],
)
def test_a_form_that_nobody_touched_changes_nothing(content: EventContent) -> None:
    again = read_event_form(form_values(content, BERLIN), BERLIN, content)
    assert again == content
    assert _fold(again) == _fold(content)


def test_what_was_typed_becomes_content() -> None:
    typed = TYPED | {
        "place": "Café",
        "repeats": "weekly",
        "until": "2026-12-18",
        "reminder": "15",
        "show_as": "free",
        "text": "a\r\nb",
        "all_day": "false",
    }
    assert read_event_form(typed, NEW_YORK) == EventContent(
        title="Lunch",
        when=timed(minutes=45),
        place="Café",
        text="a\nb",
        rule=replace(WEEKLY, until=date(2026, 12, 18)),
        reminder_minutes=15,
        show_as=ShowAs.FREE,
    )


def test_a_form_without_a_zone_means_the_person_s() -> None:
    typed = {name: value for name, value in TYPED.items() if name != "zone"}
    assert read_event_form(typed, NEW_YORK).when == timed(minutes=45, zone=NEW_YORK)


def test_all_day_asks_for_no_times() -> None:
    typed = {"title": "Fair", "all_day": "true", "start_date": "2026-11-20", "start_time": "??"}
    assert read_event_form(typed, BERLIN).when == all_day()
    typed["end_date"] = "2026-11-22"
    assert read_event_form(typed, BERLIN).when == all_day(days=3)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"title": "  "}, Problem("title", Wrong.MISSING)),
        ({"title": None}, Problem("title", Wrong.MISSING)),
        ({"title": ["x"]}, Problem("title", Wrong.MISSING)),
        ({"title": "x" * 5_000}, Problem("title", Wrong.TOO_LONG, 200)),
        ({"place": "x" * 501}, Problem("place", Wrong.TOO_LONG, 500)),
        ({"text": "x" * 10_001}, Problem("text", Wrong.TOO_LONG, 10_000)),
        ({"start_date": ""}, Problem("start_date", Wrong.MISSING)),
        ({"start_date": "2026-02-31"}, Problem("start_date", Wrong.NOT_A_DATE)),
        ({"start_date": "tomorrow"}, Problem("start_date", Wrong.NOT_A_DATE)),
        ({"start_date": "9999-12-31"}, Problem("start_date", Wrong.OUT_OF_RANGE)),
        ({"end_date": "2026-11-31"}, Problem("end_date", Wrong.NOT_A_DATE)),
        ({"start_time": ""}, Problem("start_time", Wrong.MISSING)),
        ({"start_time": "25:00"}, Problem("start_time", Wrong.NOT_A_TIME)),
        ({"start_time": "12:30+02:00"}, Problem("start_time", Wrong.NOT_A_TIME)),
        ({"end_time": ""}, Problem("end_time", Wrong.MISSING)),
        ({"end_time": "12:00"}, Problem("end_time", Wrong.ENDS_BEFORE_START)),
        ({"end_date": "2026-11-19"}, Problem("end_date", Wrong.ENDS_BEFORE_START)),
        (
            {"end_date": "2026-11-19", "all_day": "true"},
            Problem("end_date", Wrong.ENDS_BEFORE_START),
        ),
        ({"start_date": "?", "all_day": "true"}, Problem("start_date", Wrong.NOT_A_DATE)),
        ({"zone": "Mars/Olympus"}, Problem("zone", Wrong.UNKNOWN_ZONE)),
        ({"zone": "../../etc/passwd"}, Problem("zone", Wrong.UNKNOWN_ZONE)),
        (
            {"start_date": "2026-03-29", "start_time": "02:30"},
            Problem("start_time", Wrong.SKIPPED_BY_CLOCK_CHANGE),
        ),
        ({"repeats": "hourly"}, Problem("repeats", Wrong.NOT_A_CHOICE)),
        ({"repeats": "keep"}, Problem("repeats", Wrong.NOT_A_CHOICE)),
        (
            {"repeats": "weekdays", "start_date": "2026-11-21"},
            Problem("repeats", Wrong.OUT_OF_RANGE),
        ),
        ({"repeats": "daily", "until": "2026-11-19"}, Problem("until", Wrong.OUT_OF_RANGE)),
        ({"repeats": "daily", "until": "2026-06-31"}, Problem("until", Wrong.NOT_A_DATE)),
        ({"reminder": "soon"}, Problem("reminder", Wrong.NOT_A_CHOICE)),
        ({"reminder": "123456"}, Problem("reminder", Wrong.NOT_A_CHOICE)),
        ({"skipped": "24 December"}, Problem("skipped", Wrong.NOT_A_DATE)),
        ({"show_as": "invisible"}, Problem("show_as", Wrong.NOT_A_CHOICE)),
    ],
)
def test_what_cannot_be_is_refused_at_its_input(typed: dict[str, object], problem: Problem) -> None:
    assert problem in problems_of({**TYPED, **typed})


def test_every_problem_is_told_at_once() -> None:
    typed: dict[str, object] = {**TYPED, "title": "", "start_time": "noon", "zone": "Nowhere"}
    assert {problem.field for problem in problems_of(typed)} == {"title", "start_time", "zone"}


def test_a_new_event_takes_any_minutes_before_as_a_sentence_says_one_that_exists_its_own() -> None:
    assert read_event_form({**TYPED, "reminder": "7"}, BERLIN).reminder_minutes == 7
    kept = an_event_content(reminder_minutes=25)
    typed: dict[str, object] = {**form_values(kept, BERLIN), "reminder": "7"}
    assert problems_of(typed, kept) == {Problem("reminder", Wrong.NOT_A_CHOICE)}


def test_days_that_are_left_out_become_cancelled_dates_where_the_rule_has_them() -> None:
    typed = {**TYPED, "repeats": "weekly", "skipped": "2026-11-27; 2026-11-28, 2026-11-27"}
    content = read_event_form(typed, BERLIN)
    (cancelled,) = content.exceptions
    assert cancelled.original == content.when.start + timedelta(days=7)
    assert cancelled.content is None
    assert form_values(content, BERLIN)["skipped"] == "2026-11-27"
    assert read_event_form({**typed, "repeats": "none"}, BERLIN).exceptions == ()
    whole = read_event_form({**typed, "all_day": "true"}, BERLIN)
    assert [each.original for each in whole.exceptions] == [date(2026, 11, 27)]


def test_exceptions_stay_as_long_as_there_is_a_series() -> None:
    kept = an_event_content(rule=WEEKLY, exceptions=CANCELLED)
    typed = form_values(kept, BERLIN)
    assert read_event_form(typed | {"start_time": "11:00"}, BERLIN, kept).exceptions == CANCELLED
    assert read_event_form(typed | {"repeats": "daily"}, BERLIN, kept).exceptions == CANCELLED
    assert read_event_form(typed | {"repeats": "none"}, BERLIN, kept).exceptions == ()


def test_a_rare_rule_can_be_kept_with_another_last_day() -> None:
    kept = an_event_content(rule=RARE)
    typed = form_values(kept, BERLIN)
    assert rule_of(typed["repeats"]) == replace(RARE, until=None)
    # "keep" is what a card of an earlier version sends.
    for value in (typed["repeats"], "keep"):
        again = typed | {"repeats": value}
        assert read_event_form(again, BERLIN, kept).rule == RARE
        until = read_event_form(again | {"until": "2027-03-19"}, BERLIN, kept).rule
        assert until == replace(RARE, until=date(2027, 3, 19), count=None)
    moved = typed | {"start_date": "2026-11-21", "end_date": ""}
    assert Problem("repeats", Wrong.OUT_OF_RANGE) in problems_of({**moved}, kept)


def test_moving_a_weekly_event_moves_its_weekday() -> None:
    kept = an_event_content(rule=WEEKLY)
    moved = read_event_form(form_values(kept, BERLIN) | {"start_date": "2026-11-19"}, BERLIN, kept)
    assert moved.rule == replace(WEEKLY, weekdays=(Weekday.THURSDAY,))
    assert moved.when == timed("2026-11-19T12:30")


def test_an_empty_form_offers_the_next_full_hour() -> None:
    values = blank_values(NOW, BERLIN)
    assert (values["start_date"], values["start_time"]) == ("2026-11-20", "11:00")
    assert (values["end_date"], values["end_time"]) == ("", "11:30")
    assert values["zone"] == "Europe/Berlin"


def test_half_an_hour_over_midnight_ends_on_the_next_day() -> None:
    kathmandu = ZoneInfo("Asia/Kathmandu")
    values = blank_values(datetime(2026, 11, 20, 17, 5, tzinfo=UTC), kathmandu)
    assert (values["start_time"], values["end_time"]) == ("23:45", "00:15")
    assert values["end_date"] == "2026-11-21"


def test_a_draft_fills_what_was_told() -> None:
    told = draft_values(NOW, BERLIN, title="Lunch", when=timed(), place="Café", rule=WEEKLY)
    assert (told["title"], told["start_time"], told["repeats"]) == ("Lunch", "12:30", "weekly")
    bare = draft_values(NOW, BERLIN, title="Lunch", when=None, place="", rule=None)
    assert (bare["title"], bare["start_time"]) == ("Lunch", "11:00")


def test_no_time_stands_in_the_place_of_one_that_is_none() -> None:
    problems = [Problem("start_time", Wrong.NOT_A_TIME, typed="25:00")]
    told = draft_values(
        NOW, BERLIN, title="Lunch", when=timed(), place="", rule=None, problems=problems
    )
    assert (told["start_date"], told["start_time"], told["end_time"]) == ("2026-11-20", "", "")


def test_only_the_inputs_of_the_form_are_taken_from_a_button() -> None:
    data = {"verb": "event.new", "book": "b", "title": "Lunch", "place": 7}
    assert typed_values(data) == {"title": "Lunch"}


RARE_RULES = (
    RARE,
    Rule(pattern=Pattern.DAILY, interval=3),
    Rule(pattern=Pattern.WEEKLY, interval=2, weekdays=(Weekday.FRIDAY,), week_start=Weekday.SUNDAY),
    Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(-1, 20), months=(2, 11)),
    Rule(pattern=Pattern.YEARLY_BY_WEEKDAY, week=Week.THIRD, weekdays=(Weekday.FRIDAY,), month=11),
)


@pytest.mark.parametrize("rule", RARE_RULES)
def test_a_rule_that_no_choice_says_makes_a_new_event_all_the_same(rule: Rule) -> None:
    proposed = an_event_content(rule=rule)
    assert read_event_form(form_values(proposed, BERLIN), BERLIN) == proposed
    ended = form_values(proposed, BERLIN) | {"until": "2027-12-31"}
    told = read_event_form(ended, BERLIN).rule
    assert told == replace(rule, until=date(2027, 12, 31), count=None)


@pytest.mark.parametrize(
    "value",
    [
        "pattern=weekly;interval=0;weekdays=4",
        "pattern=weekly;interval=2",
        "pattern=daily;interval=1;days=1",
        f"pattern=daily;interval={'9' * 5000}",
        "pattern=hourly;interval=1",
        "pattern=weekly;interval=1;weekdays=9",
        "a=b;;=",
    ],
)
def test_a_rule_that_no_form_of_ours_has_sent_is_refused(value: str) -> None:
    assert problems_of({**TYPED, "repeats": value}) == {Problem("repeats", Wrong.NOT_A_CHOICE)}


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("fair, print", ("fair", "print")),
        ("#fair #print", ("fair", "print")),
        ("#trade fair; #print,", ("trade fair", "print")),
        ("", ()),
        ("C#, #", ("C#",)),
    ],
)
def test_tags_are_typed_with_commas_or_signs(typed: str, tags: tuple[str, ...]) -> None:
    assert read_event_form(TYPED | {"tags": typed}, BERLIN).tags == tags


def test_an_importance_is_one_of_three() -> None:
    assert read_event_form(TYPED | {"importance": "high"}, BERLIN).importance is Importance.HIGH
    wrong = problems_of({**TYPED, "importance": "most"})
    assert wrong == {Problem("importance", Wrong.NOT_A_CHOICE)}


def test_a_form_of_an_earlier_version_takes_nothing_away() -> None:
    kept = an_event_content(importance=Importance.LOW, tags=("fair",))
    old = {name: value for name, value in form_values(kept, BERLIN).items() if name != "tags"}
    del old["importance"]
    assert read_event_form(old | {"title": "Supper"}, BERLIN, kept) == replace(kept, title="Supper")


def test_a_zone_that_nobody_knows_is_known_once_somebody_sets_the_time() -> None:
    kept = an_event_content(zone_guessed=True)
    typed = form_values(kept, BERLIN)
    assert read_event_form(typed | {"title": "Brunch"}, BERLIN, kept).zone_guessed
    assert not read_event_form(typed | {"start_time": "11:00"}, BERLIN, kept).zone_guessed


def test_one_date_may_go_where_its_rule_has_none() -> None:
    kept = an_event_content(rule=RARE)
    moved = form_values(kept, BERLIN) | {"start_date": "2026-11-21", "until": "2026-11-01"}
    reach, content = read_reach_form(moved | {"reach": "one"}, BERLIN, kept)
    assert (reach, content.rule) == (Reach.ONE, None)
    with pytest.raises(InvalidInput):
        read_reach_form(moved | {"reach": "all"}, BERLIN, kept)
    same = form_values(kept, BERLIN) | {"reach": "following"}
    assert read_reach_form(same, BERLIN, kept) == (Reach.FOLLOWING, kept)


def test_a_custom_series_begins_on_its_first_day_and_ends_after_it() -> None:
    custom: dict[str, object] = {
        **TYPED,
        "repeats": "custom",
        "unit": "monthly",
        "on_days": "1",
        "which": "2",
    }
    content = read_event_form(custom | {"until": "2026-12-08"}, BERLIN)
    assert content.rule is not None and content.rule.week is Week.SECOND
    assert problems_of(custom | {"until": "2026-12-07"}) == {Problem("until", Wrong.OUT_OF_RANGE)}
