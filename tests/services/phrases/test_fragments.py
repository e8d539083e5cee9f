from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from services.phrases.fragments import read_fragment

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("fragment", "language", "day"),
    [
        ("übermorgen", "de", date(2026, 11, 20)),
        ("après-demain", "fr", date(2026, 11, 20)),
        ("3 days ago", "de", date(2026, 11, 15)),
        ("in 2 days", "no such language", date(2026, 11, 20)),
        ("übermorgen", "en", None),
        ("the board", "en", None),
        ("12", "en", None),
        ("x" * 41, "en", None),
        ("tomorrow; drop", "en", None),
        ("in 999999999 years", "en", None),
    ],
)
def test_a_fragment_names_a_day_in_one_language_or_in_english(
    fragment: str, language: str, day: date | None
) -> None:
    assert read_fragment(fragment, TODAY, language) == day


ASKED = """
import sys
sys.path.insert(0, sys.argv[1])
from services import phrases
print(*sys.modules)
phrases.warm()
print(*sys.modules)
"""


@pytest.mark.slow
def test_what_is_slow_to_load_is_loaded_when_that_is_asked_for_and_not_at_the_start() -> None:
    told = subprocess.run(
        [sys.executable, "-I", "-c", ASKED, str(ROOT)], capture_output=True, text=True, check=True
    )
    at_first, later = (set(line.split()) for line in told.stdout.splitlines())
    table = "dateparser.data.date_translation_data.en"
    assert "dateparser" not in at_first and {"dateparser", table} <= later
