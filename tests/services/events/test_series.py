"""Series of which one occurrence, some or all are changed or cancelled: content in, content out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.events.occurrences import by_start, occurrences
from services.events.series import cancelled, changed, occurring
from services.model.events import Event, EventContent, SeriesException
from services.model.reach import Reach
from services.model.recurrence import Pattern, Rule, Weekday, check
from services.model.times import Timed, bounds
from tests._builders import BERLIN, all_day, an_event, an_event_content, timed

TUESDAYS = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.TUESDAY,))
FIRST, SECOND, THIRD, FOURTH = (date(2026, 12, day) for day in (1, 8, 15, 22))
STANDUP = an_event_content(title="Stand-up", when=timed("2026-12-01T09:00", 30), rule=TUESDAYS)


def at(day: date, hour: int = 9) -> Timed:
    return timed(f"{day}T{hour:02}:00", 30)


def shown(*series: EventContent | None) -> list[tuple[str, str]]:
    """What stands in December, and what it is called."""
    begin, end = datetime(2026, 11, 1, tzinfo=BERLIN), datetime(2027, 1, 1, tzinfo=BERLIN)
    events: list[Event] = [replace(an_event(), content=each) for each in series if each]
    found = [one for event in events for one in occurrences(event, begin, end, BERLIN)]
    return [
        (f"{one.content.when.start:%d %H}", one.content.title) for one in by_start(found, BERLIN)
    ]


def of(day: date, series: EventContent = STANDUP, **anew: object) -> EventContent:
    """The form of an occurrence, with something changed."""
    one = occurring(series, day)
    assert one is not None
    return replace(one, **{"rule": series.rule, **anew})  # type: ignore[arg-type]


TITLES = [("01 09", "Stand-up"), ("08 09", "Stand-up"), ("15 09", "Stand-up")]
REST = [("22 09", "Stand-up"), ("29 09", "Stand-up")]


def test_one_alone_becomes_an_exception() -> None:
    kept, goes_on = changed(
        STANDUP, SECOND, Reach.ONE, of(SECOND, title="Retro", when=at(SECOND, 15))
    )
    assert goes_on is None
    assert shown(kept) == [TITLES[0], ("08 15", "Retro"), TITLES[2], *REST]
    assert kept.exceptions[0].original == at(SECOND).start
    back, _ = changed(kept, SECOND, Reach.ONE, of(SECOND))
    assert back == STANDUP, "who says again what the rule says has no exception"


def test_this_and_following_is_two_series() -> None:
    kept, goes_on = changed(
        STANDUP, THIRD, Reach.FOLLOWING, of(THIRD, title="Sync", when=at(THIRD, 11))
    )
    assert kept.rule == replace(TUESDAYS, until=SECOND)
    assert goes_on is not None and goes_on.rule == TUESDAYS
    assert shown(kept, goes_on) == [
        *TITLES[:2],
        ("15 11", "Sync"),
        ("22 11", "Sync"),
        ("29 11", "Sync"),
    ]


def test_from_the_first_on_is_all_of_them() -> None:
    kept, goes_on = changed(STANDUP, FIRST, Reach.FOLLOWING, of(FIRST, title="Sync"))
    assert goes_on is None
    assert kept == replace(STANDUP, title="Sync")


def test_all_move_by_as_much_as_the_one_that_was_changed() -> None:
    wednesdays = replace(TUESDAYS, weekdays=(Weekday.WEDNESDAY,))
    moved = of(THIRD, when=at(date(2026, 12, 16), 10), rule=wednesdays)
    kept, goes_on = changed(STANDUP, THIRD, Reach.ALL, moved)
    assert goes_on is None
    assert kept.when == at(date(2026, 12, 2), 10)
    assert [when for when, _ in shown(kept)] == ["02 10", "09 10", "16 10", "23 10", "30 10"]


def test_a_count_is_shared_out() -> None:
    series = replace(STANDUP, rule=replace(TUESDAYS, count=5))
    kept, goes_on = changed(series, FOURTH, Reach.FOLLOWING, of(FOURTH, series, title="Sync"))
    assert goes_on is not None and goes_on.rule is not None
    assert (kept.rule, goes_on.rule.count) == (replace(TUESDAYS, until=THIRD), 2)
    longer = of(FOURTH, series, rule=replace(TUESDAYS, count=9))
    _, goes_on = changed(series, FOURTH, Reach.FOLLOWING, longer)
    assert goes_on is not None and goes_on.rule == longer.rule, "another number was meant as it is"


RETRO = SeriesException(at(SECOND).start, of(SECOND, title="Retro", rule=None))
LATE = SeriesException(at(FOURTH).start, of(FOURTH, when=at(date(2026, 12, 23), 14), rule=None))
OFF = SeriesException(at(THIRD).start, None)
BUSY = replace(STANDUP, exceptions=(RETRO, OFF, LATE))


def test_exceptions_go_with_their_half_and_follow_what_they_left_to_the_series() -> None:
    fifth = date(2026, 12, 29)
    kept, goes_on = changed(BUSY, fifth, Reach.FOLLOWING, of(fifth, BUSY, title="Sync"))
    assert kept.exceptions == BUSY.exceptions
    assert goes_on is not None and goes_on.exceptions == ()

    kept, goes_on = changed(BUSY, SECOND, Reach.FOLLOWING, of(SECOND, BUSY, place="Room Linde"))
    assert kept.exceptions == ()
    assert goes_on is not None
    assert shown(kept, goes_on) == [
        ("01 09", "Stand-up"),
        ("08 09", "Retro"),
        ("23 14", "Stand-up"),
        ("29 09", "Stand-up"),
    ]
    late = goes_on.exceptions[-1].content
    assert late is not None and late.place == "Room Linde"


def test_all_are_changed_and_exceptions_keep_what_is_their_own() -> None:
    kept, _ = changed(BUSY, FIRST, Reach.ALL, of(FIRST, BUSY, title="Sync", when=at(FIRST, 8)))
    assert shown(kept) == [
        ("01 08", "Sync"),
        ("08 08", "Retro"),
        ("23 14", "Sync"),
        ("29 08", "Sync"),
    ]


def test_what_is_changed_of_an_exception_for_all_leaves_its_own_day_to_it() -> None:
    kept, _ = changed(BUSY, FOURTH, Reach.ALL, of(FOURTH, BUSY, title="Sync"))
    assert shown(kept) == [
        ("01 09", "Sync"),
        ("08 09", "Retro"),
        ("23 14", "Sync"),
        ("29 09", "Sync"),
    ]


def test_without_a_rule_all_become_one() -> None:
    kept, goes_on = changed(BUSY, FIRST, Reach.ALL, of(FIRST, BUSY, rule=None))
    assert (shown(kept), kept.exceptions, goes_on) == ([TITLES[0]], (), None)


def test_whole_days_take_no_hours_from_an_exception() -> None:
    days = of(FIRST, BUSY, when=all_day("2026-12-01"))
    kept, _ = changed(BUSY, FIRST, Reach.ALL, days)
    assert [each.original for each in kept.exceptions] == [SECOND, THIRD, FOURTH]
    late = kept.exceptions[-1].content
    assert late is not None and late.when == all_day("2026-12-22")


def test_one_is_cancelled_and_again_nothing_happens() -> None:
    left = cancelled(STANDUP, SECOND, Reach.ONE)
    assert left is not None
    assert shown(left) == [TITLES[0], TITLES[2], *REST]
    assert occurring(left, SECOND) is None
    assert cancelled(left, SECOND, Reach.ONE) == left
    assert cancelled(STANDUP, date(2026, 12, 2), Reach.ONE) == STANDUP


def test_this_and_following_are_cancelled_by_an_end() -> None:
    left = cancelled(BUSY, THIRD, Reach.FOLLOWING)
    assert left == replace(STANDUP, rule=replace(TUESDAYS, until=SECOND), exceptions=(RETRO,))
    assert left is not None and cancelled(left, THIRD, Reach.FOLLOWING) == left
    assert cancelled(BUSY, FIRST, Reach.FOLLOWING) is None


def test_a_series_of_which_all_are_cancelled_is_over() -> None:
    series: EventContent | None = replace(STANDUP, rule=replace(TUESDAYS, count=2))
    for day in (FIRST, SECOND):
        assert series is not None
        series = cancelled(series, day, Reach.ONE)
    assert series is None


def test_a_single_event_has_no_occurrences() -> None:
    single = replace(STANDUP, rule=None)
    assert occurring(single, FIRST) is None
    assert cancelled(single, FIRST, Reach.FOLLOWING) == single


@given(
    pattern=st.sampled_from(
        [
            Rule(pattern=Pattern.DAILY, interval=3),
            TUESDAYS,
            Rule(pattern=Pattern.MONTHLY_BY_DAY, day=31),
            Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(-1, 1, 15)),
        ]
    ),
    count=st.integers(1, 30),
    where=st.integers(0, 40),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Auckland"]),
)
def test_a_split_loses_no_occurrence_and_doubles_none(
    pattern: Rule, count: int, where: int, zone: str
) -> None:
    start = datetime(2026, 1, 31, 2, 30, tzinfo=ZoneInfo(zone))
    rule = replace(pattern, count=count)
    check(rule, start.date())
    when = Timed(start, start + timedelta(minutes=45))
    series = replace(STANDUP, rule=rule, when=when)
    begin, end = datetime(2026, 1, 1, tzinfo=BERLIN), datetime(2040, 1, 1, tzinfo=BERLIN)

    def instants(*contents: EventContent | None) -> list[datetime]:
        events = [replace(an_event(), content=each) for each in contents if each]
        found = [one for event in events for one in occurrences(event, begin, end, BERLIN)]
        return sorted(bounds(one.content.when, BERLIN)[0] for one in found)

    whole = instants(series)
    moment = whole[where % len(whole)]
    day = moment.astimezone(ZoneInfo(zone)).date()
    one = occurring(series, day)
    assert one is not None
    kept, goes_on = changed(series, day, Reach.FOLLOWING, replace(one, rule=rule, title="Other"))
    assert instants(kept, goes_on) == whole
