"""The demo as ``make run`` starts it, in a process of its own, on ports that nobody has."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue

from tests._ports import out_of_the_way

__all__ = ["Demo", "a_demo"]

ROOT = Path(__file__).parents[2]
START_SECONDS = 240
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+\S*")


@dataclass(frozen=True, slots=True)
class Demo:
    """Where it is."""

    playground: str
    mailbox: str
    """Mara's week in the sandbox, "as in Outlook"."""


@contextmanager
def a_demo(work_dir: Path) -> Iterator[Demo]:
    """Start it, read the addresses that it prints, and end it as Ctrl-C does.

    Raises:
        AssertionError: it did not come up, or had ended before; the text has what it said.
    """
    environ = os.environ | {  # noqa: TID251  (for the child: it reads its settings from there)
        "PORT": str(out_of_the_way()),
        "SANDBOX_PORT": str(out_of_the_way()),
        "PLAYGROUND_PORT": str(out_of_the_way()),
        "ALMANAC_DATA_DIR": str(work_dir),
        "HOST": "127.0.0.1",
        "TZ": "Europe/Berlin",
    }
    process = subprocess.Popen(
        [sys.executable, "app.py", "--demo", "--playground"],
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    lines: Queue[str | None] = Queue()
    listener = threading.Thread(target=listen, args=(process, lines), daemon=True)
    listener.start()
    try:
        yield where_it_is(lines)
        if process.poll() is not None:
            raise AssertionError(f"the demo has ended by itself; it said:\n{rest_of(lines)}")
    finally:
        process.terminate()
        process.wait(30)
        listener.join()


def where_it_is(lines: Queue[str | None]) -> Demo:
    """Read what it says until it has said where to go."""
    said, mailbox = "", ""
    while True:
        try:
            line = lines.get(timeout=START_SECONDS)
        except Empty:
            raise AssertionError(f"the demo has not come up; it said:\n{said}") from None
        if line is None:
            raise AssertionError(f"the demo has ended; it said:\n{said}")
        said += line
        address = ADDRESS.search(line)
        if address and "/sandbox/mailbox/" in address[0]:
            mailbox = address[0]
        if address and line.startswith("Open "):
            return Demo(address[0], mailbox)


def rest_of(lines: Queue[str | None]) -> str:
    """Read what it says to its end, which has come."""
    return "".join(iter(lines.get, None))


def listen(process: subprocess.Popen[str], lines: Queue[str | None]) -> None:
    """Hand on each line, to the end: a pipe that nobody empties would stop the demo."""
    assert process.stdout is not None
    with process.stdout as says:
        for line in says:
            lines.put(line)
    lines.put(None)
