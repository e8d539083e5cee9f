"""Every card is drawn by the real renderer, as wide as a chat and as a phone, light and dark."""

from pathlib import Path

import pytest

from tests.browser._chromium import chromium_or_skip
from tests.cards._drawing import draw, find_faults
from tests.cards._samples import SAMPLES

pytestmark = pytest.mark.browser

UNFINISHED = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [{"type": "TextBlock", "text": "Lunch with ${name}"}],
}


def test_no_card_has_a_fault() -> None:
    found = find_faults({name: make() for name, make in SAMPLES.items()}, chromium_or_skip())
    assert len(found) == 4 * len(SAMPLES)
    assert {picture: faults for picture, faults in found.items() if faults} == {}


def test_pictures_of_a_card_tell_its_faults(tmp_path: Path) -> None:
    drawn = draw({"lunch": UNFINISHED}, tmp_path, chromium_or_skip())
    assert set(drawn) == {
        f"lunch-{width}-{theme}.png" for width in (600, 320) for theme in ("light", "dark")
    }
    for picture, faults in drawn.items():
        assert faults == ["unresolved: Lunch with ${name}"]
        assert (tmp_path / picture).read_bytes().startswith(b"\x89PNG")
