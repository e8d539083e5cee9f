"""Find a browser that Playwright's Chromium driver can steer."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

__all__ = ["NODE_MODULES", "chromium_or_skip"]

NODE_MODULES = Path(__file__).parent / "node_modules"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def chromium_or_skip() -> str:
    """Return the browser's path; without one, skip loudly here and fail in CI."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    found = found or next((place for place in PLACES if Path(place).exists()), None)
    if found and (NODE_MODULES / "playwright-core").exists() and shutil.which("node"):
        return found
    missing = "Node parts: run `make setup`" if found else "no Chromium, Chrome or Edge was found"
    if os.environ.get("CI"):  # noqa: TID251  (tests may: only the program itself must not)
        pytest.fail(f"browser tests cannot run: {missing}")
    pytest.skip(f"BROWSER TESTS DID NOT RUN: {missing}")
