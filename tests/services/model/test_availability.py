"""Times that suit everybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.model.availability import Block, Diary, Proposal, WorkHours, propose, state_at
from services.model.events import ShowAs
from services.model.recurrence import Weekday
from tests._builders import BERLIN, NEW_YORK, a_person

HOUR = timedelta(hours=1)
KOLKATA = ZoneInfo("Asia/Kolkata")
THURSDAY = datetime(2026, 11, 19, tzinfo=UTC)
"""Midnight in UTC: one o'clock in Berlin."""


def at(hour: float) -> datetime:
    """An hour of that Thursday in Berlin."""
    return datetime(2026, 11, 19, tzinfo=BERLIN).astimezone(UTC) + hour * HOUR


def a_diary(name: str, *blocks: Block, zone: ZoneInfo = BERLIN) -> Diary:
    hours = WorkHours(zone=zone)
    return Diary(person=a_person(name), name=name, blocks=tuple(sorted(blocks)), hours=hours)


def busy(start: float, end: float, show_as: ShowAs = ShowAs.BUSY) -> Block:
    return Block(at(start), at(end), show_as)


def found(*diaries: Diary, length: timedelta = HOUR, most: int = 5) -> list[Proposal]:
    return propose(diaries, at(0), at(24), length, most=most)


def test_a_time_that_suits_all_comes_first_and_in_order() -> None:
    ines, omar = a_diary("ines", busy(9, 11)), a_diary("omar", busy(12, 17))
    first, *others = found(ines, omar)
    assert first == Proposal(at(9), at(10), ("ines",))
    assert [(one.start, one.suits_all) for one in others][1] == (at(11), True)


def test_only_what_suits_all_is_proposed_where_that_is_enough() -> None:
    chosen = found(a_diary("ines", busy(9, 12)), a_diary("omar"), most=3)
    assert [one.start for one in chosen] == [at(12), at(13), at(14)]
    assert all(one.suits_all for one in chosen)


def test_somebody_elsewhere_can_meet_and_somebody_away_cannot() -> None:
    there = a_diary("ines", busy(9, 17, ShowAs.ELSEWHERE))
    assert found(there, most=1)[0].suits_all
    gone = a_diary("omar", busy(9, 17, ShowAs.AWAY))
    assert found(there, gone, most=1)[0].busy == ("omar",)


def test_what_is_tentative_is_said() -> None:
    perhaps = a_diary("ines", busy(9, 17, ShowAs.TENTATIVE))
    assert found(perhaps, most=1)[0].tentative == ("ines",)


def test_a_time_that_nobody_can_make_is_no_time() -> None:
    assert found(a_diary("ines", busy(0, 24)), a_diary("omar", busy(0, 24))) == []


def test_everybody_is_at_work() -> None:
    """Nine in New York is 15:00 in Berlin, five in the afternoon in Kolkata 12:30."""
    both = found(a_diary("ines"), a_diary("ben", zone=NEW_YORK))
    assert [one.start for one in both] == [at(15), at(16)]
    assert found(a_diary("priya", zone=KOLKATA), a_diary("ben", zone=NEW_YORK)) == []


def test_nobody_works_at_the_weekend() -> None:
    hours = WorkHours(zone=BERLIN, days=(Weekday.SATURDAY,))
    assert not hours.hold(at(10), at(11))
    assert hours.hold(at(48 + 10), at(48 + 11))
    assert not hours.hold(at(48 + 16.5), at(48 + 17.5))


def test_hours_follow_the_clock_when_it_changes() -> None:
    hours = WorkHours(zone=BERLIN)
    for day in (datetime(2026, 3, 27, 9, tzinfo=BERLIN), datetime(2026, 3, 30, 9, tzinfo=BERLIN)):
        start = day.astimezone(UTC)
        assert hours.hold(start, start + HOUR)
        assert not hours.hold(start - HOUR, start)


@pytest.mark.parametrize(
    ("blocks", "state"),
    [
        ((), ShowAs.FREE),
        ((busy(9, 10, ShowAs.TENTATIVE), busy(9, 10)), ShowAs.BUSY),
        ((busy(9, 9.5, ShowAs.AWAY), busy(9.5, 10)), ShowAs.AWAY),
        ((busy(8, 9), busy(10, 11)), ShowAs.FREE),
    ],
)
def test_the_weightiest_counts(blocks: tuple[Block, ...], state: ShowAs) -> None:
    assert state_at(a_diary("ines", *blocks), at(9), at(10)) is state


BLOCKS = st.lists(
    st.builds(
        lambda start, length: busy(start / 4, (start + length) / 4),
        st.integers(0, 90),
        st.integers(1, 20),
    ),
    max_size=8,
)


@given(st.lists(BLOCKS, min_size=1, max_size=3), st.sampled_from([15, 30, 45, 60, 90]))
def test_a_proposal_is_within_all_hours_and_says_who_cannot(
    days: list[list[Block]], minutes: int
) -> None:
    diaries = [a_diary(f"p{n}", *blocks) for n, blocks in enumerate(days)]
    chosen = found(*diaries, length=timedelta(minutes=minutes))
    for one in chosen:
        assert one.end - one.start == timedelta(minutes=minutes)
        assert all(diary.hours.hold(one.start, one.end) for diary in diaries)
        taken = {
            diary.name
            for diary in diaries
            if any(block.start < one.end and block.end > one.start for block in diary.blocks)
        }
        assert set(one.busy) == taken
    assert all(a.end <= b.start for a, b in pairwise(chosen))
