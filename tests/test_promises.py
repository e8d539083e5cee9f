"""The table of promises in ``docs/storage.md`` names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEADING = "## What is promised, and the test that shows it"


def test_every_promise_names_a_test_that_is_there() -> None:
    told = (ROOT / "docs" / "storage.md").read_text(encoding="utf-8")
    rows = [row for row in told.partition(HEADING)[2].splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 40
    there = set()
    for path in (ROOT / "tests").rglob("*.py"):
        there.update(re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8")))
    for row in rows:
        shown_by = re.findall(r"`(test_\w+)`", row)
        files = re.findall(r"`(tests/[\w/]+\.py)`", row)
        assert shown_by or files, row
        assert set(shown_by) <= there, set(shown_by) - there
        assert all((ROOT / file).is_file() for file in files), row
