"""Names of zones, both ways, over every row of the table."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from tzlocal.windows_tz import tz_win, win_tz

from services.graph.zones import UTC_ZONE, zone_from_graph, zone_to_graph


@pytest.mark.parametrize("name", sorted(win_tz))
def test_every_windows_name_survives_the_way_in_and_out(name: str) -> None:
    zone = zone_from_graph(name)
    assert zone is not None
    assert zone_to_graph(zone) == name


def test_every_iana_name_goes_out_as_a_name_that_comes_back() -> None:
    for name in tz_win:
        zone = zone_from_graph(name)
        if zone is not None:
            assert zone_from_graph(zone_to_graph(zone)) is not None


@pytest.mark.parametrize("name", ["UTC", "utc", "Etc/UTC", "tzone://Microsoft/Utc", "Etc/GMT"])
def test_utc_has_many_names_and_one_zone(name: str) -> None:
    assert zone_from_graph(name) == UTC_ZONE


def test_an_iana_name_is_read_as_it_is() -> None:
    assert zone_from_graph("Europe/Vienna") == ZoneInfo("Europe/Vienna")


@pytest.mark.parametrize(
    "name", [None, "", "tzone://Microsoft/Custom", "Customized Time Zone", "../etc/passwd", "\0"]
)
def test_a_name_that_nobody_knows_is_no_zone(name: str | None) -> None:
    assert zone_from_graph(name) is None
