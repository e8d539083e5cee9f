"""Start the Microsoft 365 Agents Playground beside the bot, and stop it again.

``async with running_playground(...) as url: print(url)`` is all there is to it.
The child is a Node process with ``loopback.js`` loaded first: it cannot be reached from another
machine, and it ends with us even when we are killed, since it watches the pipe that we hold.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sandbox.people import SamplePerson, Tenant
from sandbox.playground.config import write_config

__all__ = ["PlaygroundUnavailable", "running_playground"]

HERE = Path(__file__).parent
CLI = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
READY = "Listening on "
START_SECONDS = 30.0
STOP_SECONDS = 3.0


class PlaygroundUnavailable(Exception):
    """It cannot be started; the text says what is missing."""


@asynccontextmanager
async def running_playground(
    bot_endpoint: str, people: Sequence[SamplePerson], tenant: Tenant, port: int, work_dir: Path
) -> AsyncIterator[str]:
    """Start it, wait until it answers, and keep it running while the block runs.

    Args:
        bot_endpoint: where it delivers what is typed, ``http://127.0.0.1:3978/api/messages``.
        people: exactly five; the first is the one at the keyboard.
        tenant: where they work.
        port: where its page should be; a busy one is replaced by a free one.
        work_dir: for its configuration and log; made when missing.

    Yields:
        The address of its page.

    Raises:
        PlaygroundUnavailable: node or the npm package is missing, or it did not come up.
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
    chatter: asyncio.Task[None] | None = None
    try:
        await _wait_until_ready(process, port)
        chatter = asyncio.create_task(_drain(process))
        yield f"http://127.0.0.1:{port}"
    finally:
        await _end(process)
        if chatter is not None:
            await chatter


async def _wait_until_ready(process: Process, port: int) -> None:
    assert process.stdout is not None  # it was made with a pipe
    said: list[str] = []
    try:
        async with asyncio.timeout(START_SECONDS):
            async for line in process.stdout:
                said.append(line.decode(errors="replace").strip())
                if said[-1] == f"{READY}{port}":
                    return
                if said[-1].startswith(READY):
                    break  # somebody took the port in between; the bot was told another address
    except TimeoutError:
        said.append(f"it did not answer within {START_SECONDS:.0f} seconds")
    raise PlaygroundUnavailable("the Playground did not start: " + " / ".join(said[-5:]))


async def _end(process: Process) -> None:
    """Close the pipe that ``loopback.js`` watches; that reaches a child on every system."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


async def _drain(process: Process) -> None:
    """Read and drop its chatter, so that it never waits for a full pipe."""
    assert process.stdout is not None
    while await process.stdout.read(65536):
        pass


def _free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise PlaygroundUnavailable("no port is free")
