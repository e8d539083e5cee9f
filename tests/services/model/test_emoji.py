"""One emoji, however many code points it has."""

from __future__ import annotations

import pytest

from services.model.emoji import is_emoji


@pytest.mark.parametrize(
    "text",
    [
        *("🎉", "✈️", "☕", "👍🏽", "❤️", "🇩🇰", "5️⃣", "#️⃣", "👩‍🚀", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️‍🌈"),
    ],
)
def test_an_emoji_is_one(text: str) -> None:
    assert is_emoji(text)


@pytest.mark.parametrize("text", ["", "a", "5", "🎉🎉", "🎉 ", "🎉a", "<b>", "🇩", "日", "👩‍" * 30])
def test_anything_else_is_none(text: str) -> None:
    assert not is_emoji(text)
