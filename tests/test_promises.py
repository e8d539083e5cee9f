"""The tables of promises in ``docs/`` name tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEADING = "## What is promised, and the test that shows it"


@pytest.mark.parametrize(("page", "at_least"), [("storage.md", 40), ("sync.md", 60)])
def test_every_promise_names_a_test_that_is_there(page: str, at_least: int) -> None:
    told = (ROOT / "docs" / page).read_text(encoding="utf-8")
    table, _, _ = told.partition(HEADING)[2].partition("\n## ")
    rows = [row for row in table.splitlines() if row.startswith("| ")][1:]
    assert len(rows) > at_least
    there = set()
    for path in (ROOT / "tests").rglob("*.py"):
        there.update(re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8")))
    for row in rows:
        shown_by = re.findall(r"`(test_\w+)`", row)
        files = re.findall(r"`(tests/[\w/]+\.py)`", row)
        assert shown_by or files, row
        assert set(shown_by) <= there, set(shown_by) - there
        assert all((ROOT / file).is_file() for file in files), row
