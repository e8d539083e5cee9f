"""The contenders of the expansion bench give the same answers, cold, warm and of another month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bench.recurrence.contenders import CONTENDERS
from bench.recurrence.samples import BEGIN, END, samples


@pytest.mark.parametrize("name", sorted(CONTENDERS.keys() - {"Almanac"}))
def test_a_contender_finds_what_almanac_finds(name: str) -> None:
    data = samples(26, 200)
    ours, theirs = CONTENDERS["Almanac"](data), CONTENDERS[name](data)
    month = timedelta(days=30)
    for begin, end in ((BEGIN, END), (BEGIN, END), (BEGIN - 7 * month, BEGIN - 6 * month)):
        answers = [
            sorted(
                start.astimezone(UTC) for start in ask(begin, end) if isinstance(start, datetime)
            )
            for ask in (ours, theirs)
        ]
        assert answers[0] == answers[1]
        assert len(answers[0]) > 100
