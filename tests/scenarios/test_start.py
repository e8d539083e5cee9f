"""What happens when the program begins to listen, and when it ends."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

import pytest
from aiohttp import ClientError, web

from bot.serving import ANSWERED_WITHIN, serving
from services.sync.worker import STOPPED_WITHIN
from tests._ports import out_of_the_way
from tests.scenarios._house import House


async def test_what_is_slow_to_load_is_loaded_beside_the_first_requests(house: House) -> None:
    begun, may_end = threading.Event(), threading.Event()
    threads: list[threading.Thread] = []

    def warm() -> None:
        threads.append(threading.current_thread())
        begun.set()
        assert may_end.wait(60)

    port = out_of_the_way()
    async with serving(house.almanac, "127.0.0.1", port, warm=warm):
        async with house.browser.get(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.status == 200
        assert begun.wait(60)
        may_end.set()
    assert threads and threads[0] is not threading.main_thread()


async def test_a_request_that_never_ends_holds_nobody_up(house: House) -> None:
    asked, port = asyncio.Event(), out_of_the_way()

    async def hang(request: web.Request) -> web.Response:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError("nobody has set it")

    app = web.Application()
    app.router.add_get("/", hang)
    async with asyncio.timeout(30):
        hanging = serving(
            replace(house.almanac, web=app), "127.0.0.1", port, warm=lambda: None, within=0.05
        )
        async with hanging:
            asking = asyncio.ensure_future(house.browser.get(f"http://127.0.0.1:{port}/"))
            await asked.wait()
        with pytest.raises(ClientError):
            await asking
    assert ANSWERED_WITHIN + STOPPED_WITHIN < 30
