"""Fetching one's own data in a browser: ``/export/{token}``.

The token is good for one fetch. Programs that look at links in messages ahead of their reader would
use it up, so looking (GET) shows a page with a button, and only pressing that (POST) hands the file
out. A token that is used, too old or made up has one answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.pages import browser_language, page
from cards.wording import say

__all__ = ["ExportPages"]

NAME = "almanac-data.zip"


class ExportPages:
    """The doors of a fetch: ``is_there`` looks, ``fetch`` takes."""

    def __init__(
        self,
        is_there: Callable[[str], Awaitable[bool]],
        fetch: Callable[[str], Awaitable[bytes | None]],
    ) -> None:
        self._is_there = is_there
        self._fetch = fetch

    async def look(self, request: web.Request) -> web.Response:
        """Show the button."""
        language = browser_language(request)
        if not await self._is_there(request.match_info["id"]):
            return _gone(language)
        return page(
            say(language, "Your data"),
            say(
                language,
                "A zip file with everything that Almanac keeps of you. It can be fetched once: "
                "keep it in a safe place.",
            ),
            button=say(language, "Fetch my data"),
            language=language,
        )

    async def fetch(self, request: web.Request) -> web.Response:
        """Hand the file out."""
        data = await self._fetch(request.match_info["id"])
        if data is None:
            return _gone(browser_language(request))
        headers = {"Content-Disposition": f'attachment; filename="{NAME}"'}
        return web.Response(body=data, content_type="application/zip", headers=headers)


def _gone(language: str) -> web.Response:
    return page(
        say(language, "Nothing to fetch here"),
        say(
            language,
            "This link is too old, or was used before. Please write “export my data” to Almanac "
            "again.",
        ),
        language=language,
        status=404,
    )
