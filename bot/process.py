"""The process that the program runs in: its clock, and how it is asked to end."""

from __future__ import annotations

import asyncio
import signal
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
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, ended.set)
        except NotImplementedError:  # Windows has no handlers in the loop
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(ended.set))
    return ended
