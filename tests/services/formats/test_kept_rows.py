"""Rows that are gone through twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from itertools import islice
from typing import Any

from services.formats.kept_rows import KeptRows

MOMENT = datetime.fromisoformat("2026-11-20T09:30")


class Counted:
    """Rows that count how often somebody begins with them."""

    def __init__(self) -> None:
        self.begun = 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        self.begun += 1
        yield from ([number, "Ada", None, 1.5, True, MOMENT, time(9)] for number in range(1_200))


def test_the_source_is_gone_through_once_and_the_rows_come_back_as_they_were() -> None:
    source = Counted()
    rows = KeptRows(source)
    assert list(rows) == list(rows) == list(rows) == list(Counted())
    assert source.begun == 1


def test_rows_of_which_somebody_saw_the_beginning_alone_are_read_again() -> None:
    source = Counted()
    rows = KeptRows(source)
    assert [row[0] for row in islice(rows, 3)] == [0, 1, 2]
    assert len(list(rows)) == 1_200
    assert source.begun == 2
