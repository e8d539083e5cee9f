from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.imports.__main__ import measure
from bench.imports.crowd import a_crowd, measure_crowd


async def test_every_kind_of_file_is_measured_to_its_end(tmp_path: Path) -> None:
    rows = await measure(tmp_path, 40)
    names = [row[0] for row in rows]
    assert "ICS, imported" in names and "xlsx, imported" in names
    assert all(float(row[2]) >= 0 for row in rows)


@pytest.mark.slow
async def test_a_crowd_of_contacts_is_measured_to_its_end(tmp_path: Path) -> None:
    rows = await measure_crowd(a_crowd(tmp_path, 40, "xlsx"), 40)
    assert [row[0] for row in rows] == [
        "contacts, xlsx, looked at",
        "contacts, xlsx, imported",
        "contacts, xlsx, duplicates of that list",
    ]
    assert float(rows[0][4]) > 0, "the reader's own time"
    if sys.platform == "linux":
        ours, readers, together = map(float, rows[0][5:])
        assert 0 < readers < together <= ours + readers + 1  # each is rounded to a MiB
