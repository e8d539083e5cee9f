from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.events.windows import Window
from services.model.times import Timed
from tests._builders import BERLIN, NEW_YORK, all_day, timed

NOVEMBER = datetime(2026, 11, 1, tzinfo=BERLIN), datetime(2026, 12, 1, tzinfo=BERLIN)


def window(zone: ZoneInfo = BERLIN) -> Window:
    return Window(*NOVEMBER, zone)


@pytest.mark.parametrize(
    ("start", "minutes", "is_held"),
    [
        ("2026-10-15T09:00", 60, False),
        ("2026-10-31T23:00", 60, False),
        ("2026-10-31T23:00", 61, True),
        ("2026-11-01T00:00", 0, True),
        ("2026-11-15T09:00", 60, True),
        ("2026-11-30T23:59", 1, True),
        ("2026-12-01T00:00", 0, False),
        ("2026-12-15T09:00", 60, False),
        ("2026-10-01T09:00", 90 * 24 * 60, True),
    ],
)
def test_far_from_an_edge_a_glance_says_what_instants_say_near_it(
    start: str, minutes: int, is_held: bool
) -> None:
    assert window().holds(timed(start, minutes)) is is_held


def test_of_an_hour_that_comes_twice_the_instants_are_compared() -> None:
    closes = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    before = Window(closes - timedelta(days=30), closes, BERLIN)
    first = datetime(2026, 10, 25, 2, 45, tzinfo=BERLIN)
    second = first.replace(fold=1)
    assert before.holds(Timed(first, first)) and not before.holds(Timed(second, second))


def test_each_zone_has_its_own_days_of_a_window() -> None:
    late = datetime(2026, 11, 5, 9, tzinfo=NEW_YORK)
    assert [f"{day:%m-%d}" for day in window().days(late)] == ["10-31", "11-30"]
    assert [f"{day:%m-%d}" for day in window().days(all_day("2026-11-05").start)] == [
        "11-01",
        "12-01",
    ]


def test_an_event_from_one_zone_to_another_is_judged_by_its_instants() -> None:
    took_off = datetime(2026, 10, 31, 22, tzinfo=BERLIN)
    landed = datetime(2026, 10, 31, 20, tzinfo=NEW_YORK)
    assert window().holds(Timed(took_off, landed))
    assert not window().holds(Timed(took_off, landed - timedelta(hours=1)))
