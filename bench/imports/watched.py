"""What this process and the readers beside it hold in memory, while something is done.

Their sum at one moment is what a machine must have: the most of each, added up, is more than was
ever there. Read from ``/proc`` some twenty times a second, so it is nothing where there is none.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

__all__ = ["Watched"]

EVERY = 0.05
"""Seconds."""
READER = b"reading_child"
"""What stands in the command of a reader: a copy of us that is about to be one is none yet."""
PROC = Path("/proc")


class Watched:
    """The most that was there while the block ran, in MiB."""

    def __init__(self) -> None:
        self.ours = self.readers = self.together = 0.0
        self._done = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watched:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            ours, readers = _memory("self"), sum(map(_memory, _readers()))
            self.ours = max(self.ours, ours)
            self.readers = max(self.readers, readers)
            self.together = max(self.together, ours + readers)
            if self._done.wait(EVERY):
                return


def _memory(process: str) -> float:
    with suppress(OSError):
        pages = int((PROC / process / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    return 0.0


def _readers() -> Iterator[str]:
    for task in (PROC / "self/task").glob("*/children"):
        with suppress(OSError):
            for process in task.read_text().split():
                if READER in (PROC / process / "cmdline").read_bytes():
                    yield process
