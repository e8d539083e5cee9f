from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import msgspec
import pytest

from services.model.errors import UnknownZone
from services.storage.clock_faces import pack_start, unpack_datetime, unpack_start
from tests._builders import BERLIN


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 10, 25), "2026-10-25"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), "2026-10-25T02:30:00[Europe/Berlin]"),
        (
            datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1),
            "2026-10-25T02:30:00[Europe/Berlin]~1",
        ),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "2026-10-25T02:30:00Z"),
        (
            datetime(2026, 10, 25, 2, 30, 1, 250_000, tzinfo=BERLIN),
            "2026-10-25T02:30:01.250000[Europe/Berlin]",
        ),
    ],
)
def test_a_time_is_written_and_read_with_all_it_says(value: date, text: str) -> None:
    assert msgspec.json.encode(pack_start(value)).decode() == f'"{text}"'
    back = unpack_start(text)
    assert (back, getattr(back, "fold", 0)) == (value, getattr(value, "fold", 0))


def test_a_time_needs_a_zone_that_has_a_name() -> None:
    with pytest.raises(ValueError, match="named zone"):
        pack_start(datetime(2026, 10, 25, tzinfo=timezone(timedelta(hours=1))))
    for nowhere in ("[Mars/Olympus]", "", "+01:00"):
        with pytest.raises(UnknownZone):
            unpack_datetime(f"2026-10-25T02:30:00{nowhere}")
