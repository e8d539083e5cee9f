from __future__ import annotations

from datetime import date

import pytest

from services.phrases.fragments import read_fragment, warm

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


def test_languages_may_be_loaded_ahead() -> None:
    warm(("en", "de"))
