"""The table of failure modes in ``docs/sync.md`` is whole, and what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

HOUSE = Path(__file__).parents[4]
ROW = re.compile(r"^\| F(\d+) \|([^|]+)\|([^|]+)\|$", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+)`")


def rows() -> dict[int, str]:
    """The last column of the table, by the number of the mode."""
    page = (HOUSE / "docs" / "sync.md").read_text(encoding="utf-8")
    _, _, after = page.partition("\n## Failure modes\n")
    table, _, _ = after.partition("\n## ")
    found = [(int(number), answer) for number, _, answer in ROW.findall(table)]
    assert len(found) == len(dict(found)), "a mode has two rows"
    return dict(found)


def written_tests() -> set[str]:
    files = (HOUSE / "tests").rglob("test_*.py")
    sources = (
        file.read_text(encoding="utf-8") for file in files if "node_modules" not in str(file)
    )
    return {name for source in sources for name in re.findall(r"def (test_\w+)\(", source)}


def test_every_mode_has_a_row() -> None:
    assert list(rows()) == list(range(1, 39))


def test_every_row_names_a_test_of_its_number() -> None:
    for number, answer in rows().items():
        assert any(name.startswith(f"test_f{number}_") for name in NAMED.findall(answer)), number


def test_every_test_that_is_named_exists() -> None:
    named = {name for answer in rows().values() for name in NAMED.findall(answer)}
    assert named - written_tests() == set()
