"""Docstrings lead to modules that are there; they are named from the root, or from their folder."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("app.py", "bot", "cards", "services", "sandbox", "manifest", "bench", "tests")
MODULE = re.compile(r":mod:`(?:[^`<]*<)?~?([\w.]+)>?`")


def test_a_module_that_is_named_exists() -> None:
    paths = [path for each in FOLDERS for path in (ROOT / each).rglob("*.py")]
    paths = [path for path in [ROOT / "app.py", *paths] if "node_modules" not in path.parts]
    there = {path.relative_to(ROOT).with_suffix("") for path in paths}
    there |= {path.parent for path in there if path.name == "__init__"}
    lost = []
    for path in paths:
        text = re.sub(r"\s*\n\s*", " ", path.read_text(encoding="utf-8"))
        for name in MODULE.findall(text):
            told = Path(*name.split("."))
            if not {told, path.relative_to(ROOT).parent / told} & there:
                lost.append(f"{path.relative_to(ROOT)}: {name}")
    assert len(there) > 800
    assert not lost
