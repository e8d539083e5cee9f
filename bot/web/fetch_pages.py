"""Files that are fetched in a browser: one's own data at ``/export``, others at ``/files``.

Programs that look at links in messages ahead of their reader would use a token up, so looking (GET)
shows a page with a button, and only pressing that (POST) hands the file out. A token that is used,
too old or made up has one answer. One's own data is good for one fetch, a file for as long as it
waits.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from aiohttp import web

from bot.web.pages import browser_language, page
from cards.wording import say
from services.files.exports import FileToFetch

__all__ = ["FILES", "OWN_DATA", "FetchPages", "zipped"]


OWN_DATA: Mapping[str, str] = {
    "title": "Your data",
    "told": "A zip file with everything that Almanac keeps of you. It can be fetched once: keep it "
    "in a safe place.",
    "button": "Fetch my data",
    "gone": "This link is too old, or was used before. Please write “export my data” to Almanac "
    "again.",
}
FILES: Mapping[str, str] = {
    "title": "Your file",
    "told": "A file that somebody asked Almanac for.",
    "button": "Download",
    "gone": "This link is too old. Please ask Almanac for the file again.",
}
"""What the pages say."""
_NOT_PLAIN = re.compile(r"[^\w .-]", re.A)
Fetch = Callable[[str], Awaitable[FileToFetch | None]]


class FetchPages:
    """The doors: ``look`` shows the button, ``fetch`` hands the file out; ``words`` are a table."""

    def __init__(
        self, words: Mapping[str, str], is_there: Callable[[str], Awaitable[bool]], fetch: Fetch
    ) -> None:
        self._words = words
        self._is_there = is_there
        self._fetch = fetch

    async def look(self, request: web.Request) -> web.Response:
        """Show the button."""
        language = browser_language(request)
        if not await self._is_there(request.match_info["id"]):
            return self._gone(language)
        words = self._words
        return page(
            say(language, words["title"]),
            say(language, words["told"]),
            button=say(language, words["button"]),
            language=language,
        )

    async def fetch(self, request: web.Request) -> web.Response:
        """Hand the file out."""
        file = await self._fetch(request.match_info["id"])
        if file is None:
            return self._gone(browser_language(request))
        headers = {"Content-Disposition": _kept_as(file.name), "Content-Type": file.media}
        return web.Response(body=file.data, headers=headers)

    def _gone(self, language: str) -> web.Response:
        return page(
            say(language, "Nothing to fetch here"),
            say(language, self._words["gone"]),
            language=language,
            status=404,
        )


def _kept_as(name: str) -> str:
    """Return what a browser is told of a file's name, in letters of any script: RFC 6266."""
    plain = _NOT_PLAIN.sub("_", name)
    told = f'attachment; filename="{plain}"'
    return told if plain == name else f"{told}; filename*=UTF-8''{quote(name, safe='')}"


def zipped(fetch: Callable[[str], Awaitable[bytes | None]]) -> Fetch:
    """Return what hands somebody's own data out, as a file with a name."""

    async def named(token: str) -> FileToFetch | None:
        data = await fetch(token)
        return None if data is None else FileToFetch("almanac-data.zip", "application/zip", data)

    return named
