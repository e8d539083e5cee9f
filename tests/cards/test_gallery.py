"""Every card is drawn by the real renderer, as wide as a chat and as a phone, light and dark."""

from pathlib import Path

import pytest

from tests.cards._drawing import IS_POSSIBLE, draw
from tests.cards._samples import SAMPLES

pytestmark = pytest.mark.browser


def test_no_picture_has_a_fault(tmp_path: Path) -> None:
    if not IS_POSSIBLE:
        pytest.skip("Chromium, Node or the Node parts are missing: make setup")
    drawn = draw({name: make() for name, make in SAMPLES.items()}, tmp_path)
    assert len(drawn) == 4 * len(SAMPLES)
    assert {picture: faults for picture, faults in drawn.items() if faults} == {}
