"""The pages of a delta round, each requested while the one before it is processed.

:func:`pages` yields them. Processing a page takes about as long as the service needs for the next
one, so one page is requested ahead; never more, since the reader may stop at any page.

Source: Microsoft Graph delta query overview.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from services.graph.mailbox import Mailbox
from services.graph.odata import values
from services.model.errors import Unreadable

__all__ = ["Page", "pages"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as Graph says it."""

    items: list[dict[str, Any]]
    delta_link: str | None
    """On the last page: where the next round goes on."""


async def pages(
    mailbox: Mailbox, target: str, params: Mapping[str, str] | None = None
) -> AsyncGenerator[Page, None]:
    """Yield the pages of a round.

    Args:
        mailbox: whose round it is.
        target: where it begins, or the delta link of the round before.
        params: the query of a beginning.

    Raises:
        Expired: the delta link is no longer known; start a full round.
        Rejected: among others with status 404: there is no such folder.
        Unreadable: ``delta``: a page that leads nowhere.
    """
    asked = asyncio.create_task(mailbox.request("GET", target, params=params))
    try:
        while True:
            body = (await asked).body
            following, delta_link = body.get("@odata.nextLink"), body.get("@odata.deltaLink")
            if not following and not delta_link:
                raise Unreadable("delta")
            items = values(body)
            if not following:
                yield Page(items, delta_link)
                return
            asked = asyncio.create_task(mailbox.request("GET", following))
            yield Page(items, None)
    finally:
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
