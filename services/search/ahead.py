"""Reading ahead: the next page comes while this one is worked on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TypeVar

__all__ = ["ahead"]

T = TypeVar("T")


async def ahead(pages: AsyncIterator[T]) -> AsyncGenerator[T, None]:
    """Yield what an iterator yields, and let it fetch one more meanwhile."""

    async def fetch() -> T | None:
        return await anext(pages, None)

    fetching = asyncio.create_task(fetch())
    try:
        while (page := await fetching) is not None:
            fetching = asyncio.create_task(fetch())
            yield page
    finally:
        fetching.cancel()
