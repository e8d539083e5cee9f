"""Draws cards in Chromium by the Node script of ``tests/cards/gallery``."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from cards.elements import Card

HERE = Path(__file__).parent
MODULES = HERE.parent / "browser"


def draw(
    cards: Mapping[str, Card],
    out: Path,
    chromium: str,
    *,
    scale: int = 1,
    widths: Sequence[int] = (600, 320),
    themes: Sequence[str] = ("light", "dark"),
) -> dict[str, list[str]]:
    """Draw each card at each width in each theme; return the faults of each picture."""
    work = {
        "modules": str(MODULES.resolve()),
        "chromium": chromium,
        "out": str(out.resolve()),
        "scale": scale,
        "cards": cards,
        "themes": list(themes),
        "widths": list(widths),
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
