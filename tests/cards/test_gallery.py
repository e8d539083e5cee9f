"""Every card is drawn by the real renderer, as wide as a chat and as a phone, light and dark."""

from pathlib import Path

import pytest

from tests.browser._chromium import chromium_or_skip
from tests.cards._drawing import draw
from tests.cards._samples import SAMPLES

pytestmark = pytest.mark.browser


def test_no_picture_has_a_fault(tmp_path: Path) -> None:
    drawn = draw({name: make() for name, make in SAMPLES.items()}, tmp_path, chromium_or_skip())
    assert len(drawn) == 4 * len(SAMPLES)
    assert {picture: faults for picture, faults in drawn.items() if faults} == {}
