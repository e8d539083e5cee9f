"""Moments are read and written as the standard library does it, only sooner."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.graph.times import instant_from_graph, moment_from_graph, when_to_graph
from services.graph.zones import UTC_ZONE, zone_to_graph
from services.model.times import Timed

ZONES = st.sampled_from([ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), UTC_ZONE])
DAYS = st.one_of(
    st.dates(date(1970, 1, 1), date(2100, 1, 1)),
    # Hours that are skipped, and hours that come twice.
    st.sampled_from([date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1)]),
)
WALLS = st.builds(datetime.combine, DAYS, st.times()).map(lambda wall: wall.replace(fold=0))


@given(WALLS, ZONES)
def test_a_wall_clock_of_a_zone_is_read_in_whole_seconds(wall: datetime, zone: ZoneInfo) -> None:
    said = {"dateTime": f"{wall.isoformat(timespec='microseconds')}0", "timeZone": zone.key}
    meant = wall.replace(microsecond=0, tzinfo=zone).astimezone(UTC)
    assert moment_from_graph(said) == meant
    assert moment_from_graph({**said, "timeZone": zone_to_graph(zone)}) == meant


@given(WALLS, st.integers(-12, 12))
def test_an_offset_is_heeded(wall: datetime, hours: int) -> None:
    text = f"{wall.isoformat(timespec='microseconds')}{hours:+03}:00"
    meant = wall.replace(microsecond=0, tzinfo=UTC) - timedelta(hours=hours)
    assert instant_from_graph(text) == moment_from_graph({"dateTime": text}) == meant


@given(WALLS, ZONES)
def test_what_is_written_says_the_instant_in_whole_seconds(wall: datetime, zone: ZoneInfo) -> None:
    for fold in (0, 1):
        start = wall.replace(tzinfo=zone, fold=fold)
        said = when_to_graph(Timed(start, start), UTC_ZONE, repeats=False)["start"]
        assert len(said["dateTime"]) == len("2026-10-25T02:30:00")
        assert moment_from_graph(said) == start.astimezone(UTC).replace(microsecond=0)
