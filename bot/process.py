"""The process that the program runs in: its clock, and how it is asked to end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from datetime import UTC, datetime

__all__ = ["SystemClock", "end_of_process"]


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present in UTC."""
        return datetime.now(UTC)


def end_of_process() -> asyncio.Event:
    """Return what is set when the process is asked to end, from now on."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _asking():
        try:
            loop.add_signal_handler(number, ended.set)
        except NotImplementedError:  # Windows has no handlers in the loop
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(ended.set))
    return ended


def _asking() -> Iterator[signal.Signals]:
    """Yield the signals by which a process is asked to end."""
    yield from (signal.SIGINT, signal.SIGTERM)
    # A terminal that is closed asks as well, where there is such a thing; not under nohup.
    hung_up = getattr(signal, "SIGHUP", None)
    if hung_up is not None and signal.getsignal(hung_up) is not signal.SIG_IGN:
        yield hung_up
