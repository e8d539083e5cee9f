"""Files of strangers are read in a process of their own, with little memory and little time.

What somebody sends may be made to take for ever or to fill the memory. The readers of
:mod:`services.formats` have limits against all that is known of; whatever they miss ends with the
process it is in, and the bot goes on answering. :class:`Apart` starts one for each file:
:mod:`services.files.reading_child`, which gets nothing of ours but the file, not even the
environment, and gives plain data back; contacts in portions while it reads on, checked and tidied
there. Linux bounds its memory and processor time, macOS the latter, every system the time on the
clock.

:class:`Here` reads in a thread: for tests and measurements of the readers themselves.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterator
from contextlib import aclosing, contextmanager, suppress
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import IO, Protocol
from zoneinfo import ZoneInfo

from services.files.contact_fitting import Portion, fitted
from services.files.import_reading import kind_of, read_contacts, read_events
from services.files.reading_wire import (
    Answer,
    Ask,
    S,
    What,
    answer_in,
    events_of,
    framed,
    next_said,
    portion_in,
)
from services.formats.ics_read import read_calendar
from services.model.books import BookKind
from services.model.contact_lists import ListShape
from services.model.errors import Broken, Damaged
from services.model.events import EventContent
from services.model.imports import BadFile, FileWrong, Reading

__all__ = ["Apart", "FileReader", "Here", "in_one"]

WITHIN = 120.0
"""Seconds of processor time for one file: a workbook of 50,000 contacts takes some 20."""
ON_THE_CLOCK = 4
"""So many times as long it may take on the clock: a busy machine gives it a part of itself."""
MEMORY = 1_000_000_000
AT_ONCE = 2
ROOT = Path(__file__).parents[2]
BEGIN = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from services.files.reading_child import main; "
    "sys.exit(main(int(sys.argv[2]), int(sys.argv[3])))"
)
UTC = ZoneInfo("UTC")


class FileReader(Protocol):
    """Reads what somebody sent, or what an address holds; each raises ``BadFile``."""

    async def events(self, data: bytes, home: ZoneInfo, language: str) -> Reading[EventContent]:
        """Return the events of a calendar file or a table."""

    def contacts(
        self, file: AsyncIterable[bytes], language: str, shape: ListShape, region: str
    ) -> AsyncGenerator[Portion, None]:
        """Yield the contacts of vCards or of a table in portions; close it if you leave early.

        Args:
            file: in pieces.
            language: of whoever sent it.
            shape: the groups and fields of the list into which they shall go.
            region: where its numbers are at home: two capitals, or nothing.
        """

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
        self, file: AsyncIterable[bytes], language: str, shape: ListShape, region: str
    ) -> AsyncGenerator[Portion, None]:
        """Yield the contacts of vCards or of a table in portions; close it if you leave early."""
        ask = Ask(What.CONTACTS, UTC, language, shape, region)
        async with aclosing(self._answers(ask, file, portion_in)) as portions:
            async for portion in portions:
                yield portion

    async def calendar(self, data: bytes, home: ZoneInfo) -> Reading[EventContent]:
        """Return the events of a calendar file, and of nothing else."""
        return events_of(await self._asked(Ask(What.CALENDAR, home), data))

    async def kind(self, data: bytes) -> BookKind:
        """Return what a file holds."""
        answer = await self._asked(Ask(What.KIND, UTC), data)
        return answer.kind or BookKind.CALENDAR

    async def _asked(self, ask: Ask, data: bytes) -> Answer:
        async with aclosing(self._answers(ask, in_one(data), answer_in)) as answers:
            return await anext(answers)

    async def _answers(
        self, ask: Ask, file: AsyncIterable[bytes], read: Callable[[bytes], S]
    ) -> AsyncGenerator[S, None]:
        """Yield what a process of its own answers; one that overruns is killed."""
        async with self._room:
            reading = await asyncio.to_thread(_Process, self._within, self._memory)
            try:
                await asyncio.to_thread(reading.hand_over, framed(ask))
                async for piece in file:
                    await asyncio.to_thread(reading.hand_over, piece)
                await asyncio.to_thread(reading.ask)
                while (answer := await asyncio.to_thread(reading.answer, read)) is not None:
                    if answer.wrong is not None:
                        raise BadFile(answer.wrong)
                    yield answer
            finally:
                await asyncio.to_thread(reading.end)


class _Process:
    """A process that reads one file; each method waits for it, and is called in a thread."""

    def __init__(self, within: float, memory: int) -> None:
        limits = [str(memory), str(max(1, int(within)))]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", BEGIN, str(ROOT), *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self._left = within * ON_THE_CLOCK
        """Seconds that it may still let others wait; while it waits for them none pass."""

    def hand_over(self, piece: bytes) -> None:
        """Give it the next of what it is to read."""
        with self._waiting(), suppress(BrokenPipeError):
            self._pipe(self._process.stdin).write(piece)

    def ask(self) -> None:
        """Let it answer: it has everything."""
        with self._waiting(), suppress(BrokenPipeError):
            self._pipe(self._process.stdin).close()

    def answer(self, read: Callable[[bytes], S]) -> S | None:
        """Return what it says next; ``None`` when it has said everything.

        Raises:
            BadFile: it was ended by one of its limits.
        """
        try:
            with self._waiting():
                found = next_said(self._pipe(self._process.stdout), read)
        except Damaged as err:
            raise BadFile(FileWrong.TOO_COMPLEX) from err
        if found is None and self._process.wait() != 0:
            raise BadFile(FileWrong.TOO_COMPLEX)
        return found

    def end(self) -> None:
        """Let go of it, whatever it is doing."""
        self._process.kill()
        self.ask()  # somebody may have gone in the middle of handing over
        self._pipe(self._process.stdout).close()
        self._process.wait()

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """Kill it where it lets somebody wait for longer than it may."""
        began, clock = monotonic(), Timer(max(self._left, 0), self._process.kill)
        clock.start()
        try:
            yield
        finally:
            clock.cancel()
            self._left -= monotonic() - began

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise Broken("a process without pipes")
        return pipe


class Here:
    """Reads in a thread of this process."""

    async def events(self, data: bytes, home: ZoneInfo, language: str) -> Reading[EventContent]:
        """Return the events of a calendar file or a table."""
        return await asyncio.to_thread(read_events, data, home, language)

    async def contacts(
        self, file: AsyncIterable[bytes], language: str, shape: ListShape, region: str
    ) -> AsyncGenerator[Portion, None]:
        """Yield the contacts of vCards or of a table in portions; close it if you leave early."""
        data = b"".join([piece async for piece in file])
        portions = read_contacts(data, language, shape)
        while (reading := await asyncio.to_thread(next, portions, None)) is not None:
            yield await asyncio.to_thread(fitted, reading, shape, region)

    async def calendar(self, data: bytes, home: ZoneInfo) -> Reading[EventContent]:
        """Return the events of a calendar file, and of nothing else."""
        return await asyncio.to_thread(read_calendar, data, home)

    async def kind(self, data: bytes) -> BookKind:
        """Return what a file holds."""
        return await asyncio.to_thread(kind_of, data)


async def in_one(data: bytes) -> AsyncGenerator[bytes, None]:
    """Yield a file that is at hand, as if it came in pieces."""
    yield data


def _environment() -> dict[str, str]:
    """Return nothing: what is in ours is no business of a file. Windows needs to know itself."""
    return {"SYSTEMROOT": r"C:\Windows"} if sys.platform == "win32" else {}
