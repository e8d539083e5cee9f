"""Draw every sample card: ``python -m tests.cards.gallery [name part]``.

Pictures go to build/gallery, at the width of a chat and of a phone, light and dark. Ends with 1
where a picture has a fault.
"""

import sys
from pathlib import Path

import pytest

from tests.browser._chromium import chromium_or_skip
from tests.cards._drawing import draw
from tests.cards._samples import SAMPLES

OUT = Path("build/gallery")


def main() -> int:
    wanted = {
        name: make()
        for name, make in SAMPLES.items()
        if any(part in name for part in sys.argv[1:] or [""])
    }
    try:
        chromium = chromium_or_skip()
    except pytest.skip.Exception as missing:
        print(missing)
        return 2
    drawn = draw(wanted, OUT, chromium, scale=2)
    for picture, problems in drawn.items():
        for problem in problems:
            print(f"{picture}: {problem}")
    print(f"{len(drawn)} pictures in {OUT}")
    return 1 if any(drawn.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
