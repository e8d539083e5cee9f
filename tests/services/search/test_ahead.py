from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from services.model.errors import TooOld
from services.search.ahead import ahead


async def test_everything_comes_in_order_and_the_next_is_fetched_meanwhile() -> None:
    fetched: list[int] = []

    async def pages() -> AsyncIterator[int]:
        for page in range(4):
            fetched.append(page)
            yield page

    seen = []
    async for page in ahead(pages()):
        await asyncio.sleep(0)
        assert fetched[-1] == min(page + 1, 3)
        seen.append(page)
    assert seen == [0, 1, 2, 3]


async def test_what_goes_wrong_goes_on() -> None:
    async def pages() -> AsyncIterator[int]:
        yield 1
        raise TooOld

    pages_ahead = ahead(pages())
    assert await anext(pages_ahead) == 1
    with pytest.raises(TooOld):
        await anext(pages_ahead)


async def test_who_stops_early_leaves_nothing_running() -> None:
    ended = asyncio.Event()

    async def pages() -> AsyncIterator[int]:
        try:
            yield 1
            await asyncio.Event().wait()
        finally:
            ended.set()

    pages_ahead = ahead(pages())
    assert await anext(pages_ahead) == 1
    await pages_ahead.aclose()
    await ended.wait()
