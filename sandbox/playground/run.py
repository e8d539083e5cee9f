"""Start the Microsoft 365 Agents Playground beside the bot, and stop it again.

``async with running_playground(...) as playground: await playground.ready()`` is all there is to
it; between the two there is a second for other work.
The child is a Node process with ``loopback.js`` loaded first: it cannot be reached from another
machine, and it ends with us even when we are killed, since it watches the pipe that we hold.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import socket
from asyncio import FIRST_COMPLETED
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sandbox.people import SamplePerson, Tenant
from sandbox.playground.config import write_config

__all__ = ["Playground", "PlaygroundUnavailable", "running_playground"]

HERE = Path(__file__).parent
CLI = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
READY = "Listening on "
START_SECONDS = 120.0
STOP_SECONDS = 3.0
ELSEWHERE = range(10_240, 32_000)
"""Ports that no system gives away by itself: so nobody has one before the child listens there."""


class PlaygroundUnavailable(Exception):
    """It cannot be started; the text says what is missing."""


class Playground:
    """A Playground in a process of its own."""

    def __init__(self, process: Process, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._said: list[str] = []
        self._answers = asyncio.Event()
        self.chatter = asyncio.create_task(self._listen(process))
        """Ends with the process."""

    async def ready(self) -> None:
        """Return when it answers.

        Raises:
            PlaygroundUnavailable: it did not come up; the text ends with what it said last.
        """
        answers = asyncio.create_task(self._answers.wait())
        try:
            await asyncio.wait(
                {answers, self.chatter}, timeout=START_SECONDS, return_when=FIRST_COMPLETED
            )
        finally:
            answers.cancel()
        if self._answers.is_set():
            return
        if not self.chatter.done():
            self._said.append(f"it did not answer within {START_SECONDS:.0f} seconds")
        raise PlaygroundUnavailable("the Playground did not start: " + " / ".join(self._said[-5:]))

    async def _listen(self, process: Process) -> None:
        """Read what it says to the end, so that it never waits for a full pipe."""
        assert process.stdout is not None  # it was made with a pipe
        async for line in process.stdout:
            if self._answers.is_set():
                continue
            self._said.append(line.decode(errors="replace").strip())
            if self._said[-1] == f"{READY}{self.port}":
                self._answers.set()
            elif self._said[-1].startswith(READY):
                return  # somebody took the port in between; the bot was told another address


@asynccontextmanager
async def running_playground(
    bot_endpoint: str, people: Sequence[SamplePerson], tenant: Tenant, port: int, work_dir: Path
) -> AsyncIterator[Playground]:
    """Start it, and keep it running while the block runs; :meth:`Playground.ready` waits for it.

    Args:
        bot_endpoint: where it delivers what is typed, ``http://127.0.0.1:3978/api/messages``.
        people: exactly five; the first is the one at the keyboard.
        tenant: where they work.
        port: where its page should be; a busy one, and 0, is replaced by a free one.
        work_dir: for its configuration and log; made when missing.

    Raises:
        PlaygroundUnavailable: node or the npm package is missing.
    """
    node = shutil.which("node")
    if node is None:
        raise PlaygroundUnavailable("Node.js is not installed (https://nodejs.org, 20 or newer)")
    if not CLI.exists():
        raise PlaygroundUnavailable("the Playground is not installed: run `make setup`")
    write_config(work_dir, people, tenant)
    port = _free_port(port)
    command = [node, "-r", str(HERE / "loopback.js"), str(CLI), "start", "--dt"]
    command += ["-p", str(port), "-e", bot_endpoint]
    command += ["--su", f"http://127.0.0.1:{port}/_connector"]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=work_dir, stdin=PIPE, stdout=PIPE, stderr=STDOUT
    )
    playground = Playground(process, port)
    try:
        yield playground
    finally:
        await _end(process)
        await playground.chatter


async def _end(process: Process) -> None:
    """Close the pipe that ``loopback.js`` watches; that reaches a child on every system."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


def _free_port(wanted: int) -> int:
    for port in (*filter(None, [wanted]), *random.sample(ELSEWHERE, 20)):
        with socket.socket() as probe:
            if os.name == "posix":  # on Windows it would take a port from whoever listens there
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise PlaygroundUnavailable("no port is free")
