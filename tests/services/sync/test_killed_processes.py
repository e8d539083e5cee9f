"""Real processes and real kills: SIGKILL in the middle of a pass, over one SQLite file."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

import aiohttp
import pytest

from sandbox.entra.directory import Registration
from sandbox.server import Sandbox
from services.model.events import Author
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import open_store
from tests._builders import an_event_content, timed
from tests._fakes import FrozenClock
from tests.services._office import CLIENT_ID, MARA, MARA_ID, REDIRECT, Office, an_instance
from tests.services.sync._process import start

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no such signal"),
]

RING = "k1:" + base64.b64encode(b"r" * 32).decode()
AUTHOR = Author(MARA_ID, "Mara")
NEXT_LIFE = 310.0
"""By then nothing holds what the dead one held."""
PATIENCE = 60.0


@dataclass
class Scene:
    """What outlives the processes, and the one that works now."""

    folder: Path
    clock: FrozenClock
    people: Office
    sandbox: Sandbox
    ahead: float = 0.0
    process: BaseProcess | None = None
    alive: int = 0
    """Its process id, until it is killed."""

    async def start(self) -> None:
        """Start the next process, when nothing holds what the last one held."""
        self.ahead += NEXT_LIFE
        self.clock.move_to(datetime.now(UTC) + timedelta(seconds=self.ahead))
        file, box = str(self.folder / "almanac.db"), self.sandbox
        arguments = (file, RING, box.graph_url, box.authority, box.ca_file, str(self.ahead))
        self.process, heard = start(*arguments)
        self.alive = self.process.pid or 0
        with heard:
            assert await asyncio.to_thread(heard.recv) == "working"

    def kill(self) -> None:
        if self.alive:
            os.kill(self.alive, signal.SIGKILL)
        self.alive = 0

    async def die(self) -> None:
        """Wait until the process is dead."""
        assert self.process is not None
        await asyncio.to_thread(self.process.join, PATIENCE)
        assert self.process.exitcode == -signal.SIGKILL

    async def create(self, *titles: str) -> None:
        book = (await self.people.link()).book
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT12:00")
        for title in titles:
            content = an_event_content(title=title, when=timed(tomorrow))
            await self.people.events.create(AUTHOR, book, content)

    async def is_quiet(self) -> bool:
        link = await self.people.link()
        titles = sorted(event.content.title for event in await self.people.team())
        is_equal = titles == self.people.subjects()
        return is_equal and not await self.people.store.links.intents(link)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    clock = FrozenClock(datetime.now(UTC))
    records = await SqliteRecords.open(tmp_path / "almanac.db", clock)
    sandbox = Sandbox(clock, [Registration(CLIENT_ID, "secret", frozenset({REDIRECT}))])
    await sandbox.start(port=0)
    try:
        async with aiohttp.ClientSession() as session:
            store = await open_store(records, KeyRing.parse(RING), clock)
            people = an_instance(clock, store, sandbox, session, None)
            await people.sign_in()
            await people.work()  # with nothing on either side the first pass asks no question
            made = Scene(tmp_path, clock, people, sandbox)
            yield made
            made.kill()
            if made.process is not None:
                await made.die()
    finally:
        await sandbox.stop()
        await records.close()


@contextmanager
def killing_after_a_write(scene: Scene) -> Iterator[None]:
    """Let the first write of a process take effect, and kill it before it hears the answer."""
    listeners = scene.sandbox.mailbox(MARA).listeners
    listeners.append(lambda change: scene.kill())
    yield
    listeners.pop()


@contextmanager
def killing_before_a_write(scene: Scene) -> Iterator[None]:
    scene.sandbox.faults.interpose(scene.kill, method="POST", path="/events")
    yield
    scene.sandbox.faults.clear()


@pytest.mark.parametrize("killing", [killing_after_a_write, killing_before_a_write])
async def test_a_process_killed_around_a_write_leaves_nothing_doubled_or_lost(
    scene: Scene, killing: Callable[[Scene], AbstractContextManager[None]]
) -> None:
    for number in range(2):
        await scene.create(*(f"{number}-{each}" for each in range(3)))
        with killing(scene):
            await scene.start()
            await scene.die()
    await in_step(scene, 6)


async def test_processes_killed_at_any_moment_leave_nothing_doubled_or_lost(scene: Scene) -> None:
    random = Random(7)
    for number in range(3):
        await scene.create(*(f"{number}-{each}" for each in range(6)))
        await scene.start()
        await asyncio.sleep(random.uniform(1, 2))  # it claims its first task after a second
        scene.kill()
        await scene.die()
    await in_step(scene, 18)


async def in_step(scene: Scene, number: int) -> None:
    """Let a process live until both sides are equal, and look whether all is well."""
    await scene.start()
    for _ in range(int(PATIENCE * 10)):
        if await scene.is_quiet():
            break
        await asyncio.sleep(0.1)  # another process tells no event
    assert (await scene.people.link()).last_problem == ""
    titles = scene.people.subjects()
    assert len(titles) == len(set(titles)) == number
    link = await scene.people.link()
    assert len(await scene.people.store.links.pairs(link)) == number
    assert scene.sandbox.mailbox(MARA).mails == []
