from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.pace import LIMITS, Pace


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
