from __future__ import annotations

from pathlib import Path

from bench.imports.__main__ import measure


async def test_every_kind_of_file_is_measured_to_its_end(tmp_path: Path) -> None:
    rows = await measure(tmp_path, 40)
    names = [row[0] for row in rows]
    assert "ICS, imported" in names and "xlsx, imported" in names
    assert "contacts, xlsx, imported" in names and "duplicates of that list" in names
    assert all(float(row[2]) >= 0 for row in rows)
