"""Files of strangers are read in a process of their own, with little memory and little time.

What somebody sends may be made to take for ever or to fill the memory. The readers of
:mod:`services.formats` have limits against all that is known of; whatever they miss ends with the
process it is in, and the bot goes on answering. :class:`Apart` starts one for each file:
:mod:`services.reading_child`, which gets nothing of ours but the file, not even the environment,
and gives plain data back. Linux bounds its memory and processor time, macOS the latter, every
system the time on the clock.

:class:`Here` reads in a thread: for tests and measurements of the readers themselves.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from services.formats.ics_read import read_calendar
from services.import_reading import kind_of, read_contacts, read_events
from services.model.books import BookKind
from services.model.contact_lists import ListShape
from services.model.contacts import ContactContent
from services.model.errors import Damaged
from services.model.events import EventContent
from services.model.imports import BadFile, FileWrong, Reading
from services.reading_wire import Answer, Ask, What, contacts_of, events_of, framed
from services.storage.codec import decode

__all__ = ["Apart", "FileReader", "Here"]

WITHIN = 45.0
"""Seconds of processor time for one file; the largest honest one takes a third of it."""
ON_THE_CLOCK = 4
"""So many times as long it may take on the clock: a busy machine gives it a part of itself."""
MEMORY = 1_000_000_000
AT_ONCE = 2
ROOT = Path(__file__).parent.parent
BEGIN = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from services.reading_child import main; sys.exit(main(int(sys.argv[2]), int(sys.argv[3])))"
)
UTC = ZoneInfo("UTC")


class FileReader(Protocol):
    """Reads what somebody sent, or what an address holds; each raises ``BadFile``."""

    async def events(self, data: bytes, home: ZoneInfo, language: str) -> Reading[EventContent]:
        """Return the events of a calendar file or a table."""

    async def contacts(
        self, data: bytes, language: str, shape: ListShape
    ) -> Reading[ContactContent]:
        """Return the contacts of vCards or of a table."""

    async def calendar(self, data: bytes, home: ZoneInfo) -> Reading[EventContent]:
        """Return the events of a calendar file, and of nothing else."""

    async def kind(self, data: bytes) -> BookKind:
        """Return what a file holds."""


class Apart:
    """Reads each file in a process of its own.

    Args:
        within: seconds of processor time that it gets.
        memory: bytes that it gets, where the system can bound that.
    """

    def __init__(self, within: float = WITHIN, memory: int = MEMORY) -> None:
        self._within = within
        self._memory = memory
        self._room = asyncio.Semaphore(AT_ONCE)

    async def events(self, data: bytes, home: ZoneInfo, language: str) -> Reading[EventContent]:
        """Return the events of a calendar file or a table."""
        return events_of(await self._asked(Ask(What.EVENTS, home, language), data))

    async def contacts(
        self, data: bytes, language: str, shape: ListShape
    ) -> Reading[ContactContent]:
        """Return the contacts of vCards or of a table."""
        return contacts_of(await self._asked(Ask(What.CONTACTS, UTC, language, shape), data))

    async def calendar(self, data: bytes, home: ZoneInfo) -> Reading[EventContent]:
        """Return the events of a calendar file, and of nothing else."""
        return events_of(await self._asked(Ask(What.CALENDAR, home), data))

    async def kind(self, data: bytes) -> BookKind:
        """Return what a file holds."""
        answer = await self._asked(Ask(What.KIND, UTC), data)
        return answer.kind or BookKind.CALENDAR

    async def _asked(self, ask: Ask, data: bytes) -> Answer:
        async with self._room:
            answer = await asyncio.to_thread(self._run, framed(ask, data))
        if answer.wrong is not None:
            raise BadFile(answer.wrong)
        return answer

    def _run(self, request: bytes) -> Answer:
        """Start the process and wait for it; one that overruns is killed."""
        seconds = max(1, int(self._within))
        limits = [str(self._memory), str(seconds)]
        command = [sys.executable, "-I", "-c", BEGIN, str(ROOT), *limits]
        try:
            done = subprocess.run(
                command,
                input=request,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                timeout=self._within * ON_THE_CLOCK,
                check=True,
            )
            return decode(Answer, done.stdout)
        except (subprocess.SubprocessError, Damaged) as err:
            raise BadFile(FileWrong.TOO_COMPLEX) from err


class Here:
    """Reads in a thread of this process."""

    async def events(self, data: bytes, home: ZoneInfo, language: str) -> Reading[EventContent]:
        """Return the events of a calendar file or a table."""
        return await asyncio.to_thread(read_events, data, home, language)

    async def contacts(
        self, data: bytes, language: str, shape: ListShape
    ) -> Reading[ContactContent]:
        """Return the contacts of vCards or of a table."""
        return await asyncio.to_thread(read_contacts, data, language, shape)

    async def calendar(self, data: bytes, home: ZoneInfo) -> Reading[EventContent]:
        """Return the events of a calendar file, and of nothing else."""
        return await asyncio.to_thread(read_calendar, data, home)

    async def kind(self, data: bytes) -> BookKind:
        """Return what a file holds."""
        return await asyncio.to_thread(kind_of, data)


def _environment() -> dict[str, str]:
    """Return nothing: what is in ours is no business of a file. Windows needs to know itself."""
    return {"SYSTEMROOT": r"C:\Windows"} if sys.platform == "win32" else {}
