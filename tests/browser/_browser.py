"""A real Chromium that a test steers: ``Browser.start(path)``, then pages by name.

The work is done by ``_driver.js`` with playwright-core; this side only says what to do and reads
what came of it. Every step waits for its element on that side, so no test ever sleeps (but see
:meth:`Page.outlast`).
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Browser", "BrowserProblem", "Page"]

HERE = Path(__file__).parent
PATIENCE_SECONDS = 120
"""For one step; a busy machine needs many times what an idle one does."""


class BrowserProblem(AssertionError):
    """A step could not be done; says which, and what the browser thought of it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One tab, found again by its name; ``popup`` is the one that was followed last."""

    browser: Browser
    name: str

    def open(self, url: str) -> None:
        self._do("open", url=url)

    def click(self, selector: str) -> None:
        self._do("click", selector=selector)

    def follow(self, selector: str) -> None:
        """Press what opens another page, and wait for that: the ``popup``."""
        self._do("follow", selector=selector)

    def fill(self, selector: str, text: str) -> None:
        self._do("fill", selector=selector, text=text)

    def choose(self, selector: str, text: str) -> None:
        self._do("choose", selector=selector, text=text)

    def type(self, text: str) -> None:
        self._do("type", text=text)

    def press(self, key: str) -> None:
        self._do("press", key=key)

    def wait(self, selector: str, state: str = "visible") -> None:
        self._do("wait", selector=selector, state=state)

    def seek(self, selector: str, state: str = "visible") -> None:
        """Load the page again and again until it shows the element (``hidden``: no longer)."""
        self._do("seek", selector=selector, state=state)

    def outlast(self, milliseconds: int) -> None:
        """Let a timer of the page run out that nothing on the page tells of.

        The page itself counts: however late its timers are, the earlier one goes off first.
        """
        self._do("outlast", milliseconds=str(milliseconds))

    def text(self, selector: str) -> str:
        """Return what the first such element shows, which may be drawn anew meanwhile."""
        return str(self._do("text", selector=selector))

    def count(self, selector: str) -> int:
        return int(self._do("count", selector=selector))

    def value(self, selector: str) -> str:
        return str(self._do("value", selector=selector))

    def address(self) -> str:
        return str(self._do("address"))

    def picture(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._do("picture", path=str(path))

    def _do(self, verb: str, **details: str) -> Any:
        return self.browser.order({"page": self.name, "do": verb, **details})


class Browser:
    """The process that holds the browser."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._hear({"do": "start"})

    @classmethod
    def start(cls, executable: str) -> Browser:
        """Launch it without a window."""
        command = ["node", str(HERE / "_driver.js"), executable, str(PATIENCE_SECONDS * 1000)]
        return cls(
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        )

    def page(self, name: str) -> Page:
        """Return the page of this name; it is opened when first used."""
        return Page(self, name)

    def order(self, order: dict[str, str]) -> Any:
        """Have one step done and return what came of it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._hear(order)

    def close(self) -> None:
        """Close the browser and wait until it is gone."""
        self._process.communicate(timeout=PATIENCE_SECONDS)

    def _hear(self, order: dict[str, str]) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise BrowserProblem(f"{order}: the browser is gone")
        heard = json.loads(line)
        if "problem" in heard:
            raise BrowserProblem(f"{order}: {heard['problem']}")
        return heard.get("answer")
