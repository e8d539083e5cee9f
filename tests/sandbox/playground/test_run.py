from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.people import PEOPLE, TENANT
from sandbox.playground.config import write_config
from sandbox.playground.run import CLI, running_playground

PRELOADED = Path(CLI).parents[3] / "loopback.js"
installed = pytest.mark.skipif(
    shutil.which("node") is None or not CLI.exists(), reason="the Playground is not installed"
)


def test_the_configuration_names_the_five_of_the_sandbox(tmp_path: Path) -> None:
    config = json.loads(write_config(tmp_path, PEOPLE, TENANT).read_text(encoding="utf-8"))
    assert config["tenantId"] == TENANT.id
    assert config["currentUser"]["aadObjectId"] == PEOPLE[0].object_id
    others = [user["aadObjectId"] for user in config["users"]]
    assert others[:4] == [person.object_id for person in PEOPLE[1:]]
    assert len({user["id"] for user in config["users"]} | {config["currentUser"]["id"]}) == 6


def test_another_number_of_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="exactly 5"):
        write_config(tmp_path, PEOPLE[:4], TENANT)


@installed
@pytest.mark.slow
async def test_it_answers_on_loopback_only_and_is_gone_afterwards(tmp_path: Path) -> None:
    async with (
        a_bot() as endpoint,
        running_playground(endpoint, PEOPLE, TENANT, 0, tmp_path) as playground,
    ):
        await playground.ready()
        port = playground.port
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{playground.url}/_internal/v1/config") as answer,
        ):
            assert answer.status == 200
            assert TENANT.id in await answer.text()
        assert not is_open("::1", port)
        assert all(not is_open(address, port) for address in addresses_of_this_machine())
    assert not is_open("127.0.0.1", port)


@installed
@pytest.mark.slow
async def test_a_busy_port_is_replaced_by_a_free_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        taken = busy.getsockname()[1]
        endpoint = "http://127.0.0.1:9/api/messages"
        async with running_playground(endpoint, PEOPLE, TENANT, taken, tmp_path) as playground:
            await playground.ready()
            assert playground.port != taken


@installed
@pytest.mark.slow
async def test_a_page_that_says_goodbye_and_lingers_is_in_nobodys_way(tmp_path: Path) -> None:
    async with (
        a_bot() as endpoint,
        running_playground(endpoint, PEOPLE, TENANT, 0, tmp_path) as playground,
        aiohttp.ClientSession() as session,
    ):
        await playground.ready()
        page = await asyncio.to_thread(say_goodbye_and_stay, playground.port)
        with page:
            for _ in range(2):
                async with session.get(f"{playground.url}/_internal/v1/config") as answer:
                    assert answer.status == 200, await answer.text()


@installed
def test_what_nobody_catches_in_the_playground_does_not_end_it() -> None:
    code = "Promise.reject(new Error('lost')); setTimeout(() => console.log('it lives'), 1)"
    node = subprocess.Popen(
        ["node", "-r", str(PRELOADED), "-e", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert node.stdout is not None
    said = node.stdout.readline()  # first: it ends as soon as nobody holds its input any more
    _, complained = node.communicate(timeout=60)
    assert said == "it lives\n"
    assert "lost" in complained


def say_goodbye_and_stay(port: int) -> socket.socket:
    """Follow what the Playground does, as its page does, and close that, but not the connection."""
    page = socket.create_connection(("127.0.0.1", port), timeout=60)
    page.sendall(
        b"GET /_ws/log/stream HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
        b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    assert page.recv(9) == b"HTTP/1.1 "
    page.sendall(b"\x88\x80\0\0\0\0")  # RFC 6455, 5.5.1: close, no reason, mask of zeros
    while page.recv(4096):
        pass
    return page


@asynccontextmanager
async def a_bot() -> AsyncIterator[str]:
    """A door that says yes to everything; the Playground waits until it is there."""

    async def accept(request: web.Request) -> web.Response:
        return web.json_response({})

    app = web.Application()
    app.router.add_post("/api/messages", accept)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/api/messages"))


def is_open(address: str, port: int) -> bool:
    try:
        with socket.create_connection((address, port), timeout=1):
            return True
    except OSError:
        return False


def addresses_of_this_machine() -> set[str]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return set()
    return {str(info[4][0]) for info in found} - {"127.0.0.1"}
