"""The table of ``docs/parity.md`` is whole, and what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

HOUSE = Path(__file__).parents[1]
ROW = re.compile(r"^\| ([CK])(\d+) \|([^|]+)\|([^|]+)\|$", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+)`")
REASONED = {"C60", "C63"}
"""Rows about those who run it: a sentence, and nothing that a test could show."""


def rows() -> dict[str, str]:
    """The last column, by the row's number."""
    page = (HOUSE / "docs" / "parity.md").read_text(encoding="utf-8")
    found = [(kind + number, answer.strip()) for kind, number, _, answer in ROW.findall(page)]
    assert len(found) == len(dict(found)), "a number has two rows"
    return dict(found)


def test_every_number_has_a_row() -> None:
    numbers = [f"C{n}" for n in range(1, 64)] + [f"K{n}" for n in range(1, 35)]
    assert list(rows()) == numbers


def test_every_row_names_a_test_or_says_why_not() -> None:
    for number, answer in rows().items():
        is_open = answer == "not yet" or answer.startswith("no: ") or number in REASONED
        assert is_open or NAMED.search(answer), number


def test_every_test_that_is_named_exists() -> None:
    files = (
        file for file in (HOUSE / "tests").rglob("test_*.py") if "node_modules" not in str(file)
    )
    sources = (file.read_text(encoding="utf-8") for file in files)
    written = {name for source in sources for name in re.findall(r"def (test_\w+)\(", source)}
    named = set(NAMED.findall((HOUSE / "docs" / "parity.md").read_text(encoding="utf-8")))
    assert named - written == set()
