"""How a process is asked to end."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WAITS = """
import asyncio, signal, sys
from bot.process import end_of_process

async def wait():
    ended = end_of_process()
    print("ready", signal.getsignal(signal.SIGHUP) == signal.SIG_IGN, flush=True)
    await ended.wait()
    print("ended", flush=True)

# Whoever runs these tests may ignore both, and a child would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_IGN if "nohup" in sys.argv else signal.SIG_DFL)
asyncio.run(wait())
"""


def waiting(*arguments: str) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WAITS, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, process.stdout.readline()


@pytest.mark.skipif(sys.platform == "win32", reason="a process there is sent no signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_process_ends_in_order_when_it_is_asked_to(name: str) -> None:
    """Also by a terminal that is closed: what it has in temporary folders goes with it."""
    process, said = waiting()
    assert said == "ready False\n"
    process.send_signal(signal.Signals[name])
    assert process.communicate(timeout=60)[0] == "ended\n"
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a process there is sent no signals")
def test_what_was_started_to_outlive_its_terminal_does() -> None:
    process, said = waiting("nohup")
    assert said == "ready True\n", "nobody listens to it"
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=60)[0] == "ended\n"
    assert process.returncode == 0
