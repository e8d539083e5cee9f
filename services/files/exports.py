"""Files that people take with them: kept, sealed, until they are fetched or their time is over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from services.model.identity import Person
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["Exports", "FileToFetch", "Kept", "file_name"]

KEPT_FOR = timedelta(hours=24)
MEDIA = {
    "ics": "text/calendar; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "vcf": "text/vcard; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_KEPT_LETTERS = re.compile(r"[^\w .-]")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that waits."""

    token: str
    hours: int
    """How long."""


@dataclass(frozen=True, slots=True)
class FileToFetch:
    """A file with what a browser has to be told of it."""

    name: str
    media: str
    data: bytes


class Exports:
    """Use cases of files that go out, whatever they hold."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def keep(self, person: Person, name: str, data: bytes) -> Kept:
        """Keep a file for a day; whoever has the token may fetch it."""
        media = MEDIA.get(name.rpartition(".")[2], "application/octet-stream")
        expires_at = self._clock.now() + KEPT_FOR
        token = await self._store.exports.put(person, data, expires_at, name=name, media=media)
        return Kept(token, int(KEPT_FOR.total_seconds() // 3600))

    async def is_there(self, token: str) -> bool:
        """Whether a file waits that a browser may have."""
        waiting = await self._store.exports.look(token)
        return waiting is not None and waiting.media in MEDIA.values()

    async def fetch(self, token: str) -> FileToFetch | None:
        """Return a file to a browser; it stays until its time is over."""
        if not await self.is_there(token):
            return None
        found = await self._store.exports.read(token)
        return found and FileToFetch(found[0].name, found[0].media, found[1])

    async def read(self, person: Person, token: str) -> bytes | None:
        """Return a person's own file."""
        found = await self._store.exports.read(token)
        return found[1] if found is not None and found[0].person == person else None

    async def drop(self, person: Person, token: str) -> None:
        """Let go of a person's own file."""
        waiting = await self._store.exports.look(token)
        if waiting is not None and waiting.person == person:
            await self._store.exports.take(token)


def file_name(name: str, ending: str) -> str:
    """Return a name that every system takes as one: letters, digits, blanks."""
    kept = " ".join(_KEPT_LETTERS.sub(" ", name).split()).strip(". ")[:60]
    return f"{kept or 'Almanac'}.{ending}"
