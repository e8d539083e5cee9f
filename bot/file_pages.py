"""Files in a browser: ``/files/{token}``, for those who are no app's own chat away.

Programs that look at links ahead of their reader get a page with a button, as for one's own data
(:mod:`bot.export_pages`); pressing it (POST) hands the file out, for as long as it waits.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.pages import browser_language, page
from cards.wording import say
from services.exports import FileToFetch

__all__ = ["FilePages"]


class FilePages:
    """The doors: ``look`` shows the button, ``fetch`` hands the file out."""

    def __init__(
        self,
        is_there: Callable[[str], Awaitable[bool]],
        fetch: Callable[[str], Awaitable[FileToFetch | None]],
    ) -> None:
        self._is_there = is_there
        self._fetch = fetch

    async def look(self, request: web.Request) -> web.Response:
        """Show the button."""
        language = browser_language(request)
        if not await self._is_there(request.match_info["id"]):
            return _gone(language)
        return page(
            say(language, "Your file"),
            say(language, "A file that somebody asked Almanac for."),
            button=say(language, "Download"),
            language=language,
        )

    async def fetch(self, request: web.Request) -> web.Response:
        """Hand the file out."""
        file = await self._fetch(request.match_info["id"])
        if file is None:
            return _gone(browser_language(request))
        ascii_name = file.name.encode("ascii", "replace").decode().replace("?", "_")
        headers = {
            "Content-Disposition": f'attachment; filename="{ascii_name}"',
            "Content-Type": file.media,
        }
        return web.Response(body=file.data, headers=headers)


def _gone(language: str) -> web.Response:
    return page(
        say(language, "Nothing to fetch here"),
        say(language, "This link is too old. Please ask Almanac for the file again."),
        language=language,
        status=404,
    )
