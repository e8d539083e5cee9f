from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.model.retry_after import seconds_asked

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("-3", -3.0),
        ("Fri, 20 Nov 2026 12:01:30 GMT", 90.0),
        ("Fri, 20 Nov 2026 11:59:00 GMT", -60.0),
        ("Fri, 20 Nov 2026 13:00:00 +0100", 0.0),
        ("Fri, 20 Nov 2026 12:00:05 -0000", 5.0),
        ("Fri, 20 Nov 2026 12:00:05", 5.0),
    ],
)
def test_a_number_or_a_date_is_understood(said: str, seconds: float) -> None:
    assert seconds_asked(said, NOW) == seconds


@pytest.mark.parametrize("said", ["", "soon", "inf", "nan", "1e999", "2026-11-20T12:01:30Z"])
def test_anything_else_is_no_time(said: str) -> None:
    assert seconds_asked(said, NOW) is None
