from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telling.pace import LIMITS, MOST_LANES, Lane, Lanes, Pace
from services.model.errors import Throttled


def test_seven_go_out_at_once_and_the_eighth_waits() -> None:
    pace = Pace()
    for _ in range(7):
        assert pace.wait(0.0) == 0.0
        pace.count(0.0)
    assert pace.wait(0.0) == 1.0
    assert pace.wait(0.9) > 0


def test_an_hour_of_quiet_makes_it_idle() -> None:
    pace = Pace()
    assert pace.is_idle(0)
    pace.count(0.0)
    assert not pace.is_idle(3600)
    assert pace.is_idle(3601)


@pytest.mark.slow
@given(st.lists(st.floats(0, 3), min_size=1, max_size=150))
def test_no_window_ever_holds_more_than_its_limit(gaps: list[float]) -> None:
    pace, now, sent = Pace(), 0.0, []
    for gap in gaps:
        now += gap
        now += pace.wait(now)
        pace.count(now)
        sent.append(now)
    for most, seconds in LIMITS:
        for moment in sent:
            window = [at for at in sent if moment <= at < moment + seconds - 1e-6]
            assert len(window) <= most


async def test_those_who_come_at_once_keep_the_pace_together() -> None:
    """The clock goes on while somebody waits, and others come meanwhile."""
    now, sent = [0.0], []

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(0)
        now[0] += seconds

    async def send(lane: Lane) -> None:
        async with lane.lock:
            await lane.keep_pace()
            sent.append(now[0])

    lanes: Lanes[str] = Lanes(((2, 1.0),), sleep, lambda: now[0])
    await asyncio.gather(*(send(lanes.to("general")) for _ in range(6)))
    assert sent == [0.0, 0.0, 1.0, 1.0, 2.0, 2.0]


async def test_who_would_wait_too_long_comes_again() -> None:
    lanes: Lanes[str] = Lanes(((1, 60.0),), asyncio.sleep, lambda: 0.0)
    await lanes.to("general").keep_pace()
    with pytest.raises(Throttled) as caught:
        await lanes.to("general").keep_pace()
    assert caught.value.retry_after == 60.0


async def test_idle_lanes_are_forgotten_and_busy_ones_stay() -> None:
    now = [0.0]
    lanes: Lanes[int] = Lanes(((1, 5.0),), asyncio.sleep, lambda: now[0])
    old = lanes.to(0)
    await old.keep_pace()
    now[0] = 6.0
    await lanes.to(1).keep_pace()
    for place in range(2, MOST_LANES):
        lanes.to(place)
    busy = lanes.to(1)
    lanes.to(MOST_LANES)
    assert lanes.to(1) is busy
    assert lanes.to(0) is not old
