"""Draws cards in Chromium by the Node script of ``tests/cards/gallery``."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from cards.elements import Card

HERE = Path(__file__).parent
MODULES = HERE.parent / "browser"
THEMES = ("light", "dark")
WIDTHS = (600, 320)


def draw(
    cards: Mapping[str, Card], out: Path, chromium: str, *, scale: int = 1
) -> dict[str, list[str]]:
    """Draw each card at each width in each theme; return the faults of each picture."""
    return _look(cards, chromium, {"out": str(out.resolve()), "scale": scale})


def find_faults(cards: Mapping[str, Card], chromium: str) -> dict[str, list[str]]:
    """Return the same faults, which are those of the page; pictures of it take as long again."""
    return _look(cards, chromium, {"out": None, "scale": 1})


def _look(
    cards: Mapping[str, Card], chromium: str, how: Mapping[str, object]
) -> dict[str, list[str]]:
    work = {
        "modules": str(MODULES.resolve()),
        "chromium": chromium,
        "cards": cards,
        "themes": THEMES,
        "widths": WIDTHS,
        **how,
    }
    with TemporaryDirectory() as folder:
        file = Path(folder) / "work.json"
        file.write_text(json.dumps(work))
        run = subprocess.run(
            ["node", str(HERE / "gallery/draw.mjs"), str(file)],
            capture_output=True,
            text=True,
            timeout=1200,
            check=False,
        )
    if run.returncode:
        raise RuntimeError(run.stderr)
    return {entry["picture"]: entry["problems"] for entry in json.loads(run.stdout)}
