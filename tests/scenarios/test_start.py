"""What happens when the program begins to listen."""

from __future__ import annotations

import threading

from bot.serving import serving
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
