"""Long work in short pieces, so that whoever else the event loop serves has a turn in between.

:func:`in_turns` goes around whatever makes many things one by one, when each takes so long that
all of them together would keep answers waiting: a sync has two requests in flight, and what it
prepares meanwhile must not leave the service with nothing to do.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

__all__ = ["in_turns"]

T = TypeVar("T")


async def in_turns(things: Iterable[T], at_a_time: int) -> AsyncIterator[T]:
    """Yield things as they are made; after each ``at_a_time`` of them others have a turn."""
    for number, thing in enumerate(things, start=1):
        yield thing
        if number % at_a_time == 0:
            await asyncio.sleep(0)
