"""Files that wait for a person: sealed, for a while, on their way out or on their way in.

The token is all that leads to a file. It is 256 random bits and is kept as a hash; itself, sealed,
only in the task that is about to use it. So neither the store nor a log can give one away.
:meth:`ExportRecords.take` hands a file out once; :meth:`ExportRecords.read` leaves it where it is
until it expires. What belongs to a file, such as what somebody wants of it, lies beside it as long.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from services.model.errors import Stale
from services.model.identity import Person
from services.model.imports import BadFile, FileWrong
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.repositories.batches import commit_all, remove_all
from services.storage.sealed import Opened, Remove, Seal, SealedPartition
from services.storage.vault import Vault

__all__ = ["ExportRecords", "WaitingFile"]

_KIND, _PIECE, _BESIDE = "export", "piece", "beside"
_PIECE_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """What waits behind a token, without its content."""

    person: Person
    pieces: int
    name: str = ""
    media: str = ""
    """Its type, as a browser is told: ``text/calendar``."""
    size: int = 0
    expires_at: datetime | None = None
    """Of what lies beside it, too."""


class ExportRecords:
    """Keeps files for people, and hands each out once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def put(
        self,
        person: Person,
        data: bytes,
        expires_at: datetime,
        *,
        name: str = "",
        media: str = "",
    ) -> str:
        """Keep a file until it is taken, or until ``expires_at``; return its token."""
        token = secrets.token_urlsafe(32)
        pieces = range(0, len(data), _PIECE_BYTES)
        partition = await self._pieces(person, token)
        for number, start in enumerate(pieces):
            body = data[start : start + _PIECE_BYTES]
            piece = Seal(kind=_PIECE, id=str(number), body=body, expires_at=expires_at)
            await partition.commit([piece])
        # Last of all: what is only half there is never found.
        waiting = encode(WaitingFile(person, len(pieces), name, media, len(data), expires_at))
        seal = Seal(kind=_KIND, id=_hash(token), body=waiting, expires_at=expires_at)
        await (await places.exports(self._vault)).commit([seal])
        return token

    async def take(self, token: str) -> bytes | None:
        """Return the file, once; ``None`` when it was taken, has expired or never was.

        ``None``, too, where a piece of it is lost: a file that is cut short is none.
        """
        found = await self.read(token)
        is_ours = await self.drop(token)  # two may come at once: one of them has it
        return found[1] if found is not None and is_ours else None

    async def drop(self, token: str) -> bool:
        """Take a file away unread; return whether it was there."""
        opened = await self._find(token)
        if opened is None:
            return False
        index = await places.exports(self._vault)
        try:
            await index.commit([Remove(kind=_KIND, id=opened.id, expect=opened.etag)])
        except Stale:
            return False
        waiting = decode(WaitingFile, opened.body)
        partition = await self._pieces(waiting.person, token)
        pieces = [Remove(kind=_PIECE, id=str(number)) for number in range(waiting.pieces)]
        await commit_all(partition, pieces)
        await remove_all(partition, await partition.find(_BESIDE))
        return True

    async def waiting(self, person: Person, token: str) -> WaitingFile:
        """Return what waits for a person behind a token.

        Raises:
            BadFile: nothing does any more, or it waits for somebody else.
        """
        found = await self.look(token)
        if found is None:
            raise BadFile(FileWrong.EXPIRED)
        if found.person != person:
            raise BadFile(FileWrong.SOMEBODY_ELSES)
        return found

    async def look(self, token: str) -> WaitingFile | None:
        """Return what waits behind a token, if anything does."""
        opened = await self._find(token)
        return None if opened is None else decode(WaitingFile, opened.body)

    async def read(self, token: str) -> tuple[WaitingFile, bytes] | None:
        """Return a file and leave it where it is; ``None`` as of :meth:`take`."""
        waiting = await self.look(token)
        if waiting is None:
            return None
        whole = BytesIO()  # so it is never there twice
        try:
            async for piece in self.pieces(token):
                whole.write(piece)
        except BadFile:
            return None
        return waiting, whole.getvalue()

    async def pieces(self, token: str) -> AsyncIterator[bytes]:
        """Yield what waits behind a token, piece by piece, and leave it where it is.

        Raises:
            BadFile: it waits no longer, or a piece of it is lost.
        """
        waiting = await self.look(token)
        if waiting is None:
            raise BadFile(FileWrong.EXPIRED)
        partition = await self._pieces(waiting.person, token)
        for number in range(waiting.pieces):
            piece = await partition.get(_PIECE, str(number))
            if piece is None:
                raise BadFile(FileWrong.EXPIRED)
            yield piece.body

    async def put_beside(self, token: str, name: str, body: bytes) -> None:
        """Lay something beside a file that waits, in the place of what lay there by that name."""
        waiting = await self.look(token)
        if waiting is not None:
            partition = await self._pieces(waiting.person, token)
            seal = Seal(kind=_BESIDE, id=name, body=body, expires_at=waiting.expires_at)
            await partition.commit([seal])

    async def beside(self, token: str, name: str) -> bytes | None:
        """Return what lies beside a file by a name, if anything does."""
        waiting = await self.look(token)
        if waiting is None:
            return None
        partition = await self._pieces(waiting.person, token)
        found = await partition.get(_BESIDE, name)
        return found.body if found else None

    async def remove_all_of(self, person: Person) -> None:
        """Let nobody fetch what waits for a person; the pieces expire by themselves."""
        index = await places.exports(self._vault)
        waiting = await index.find(_KIND)
        await remove_all(
            index, [each for each in waiting if decode(WaitingFile, each.body).person == person]
        )

    async def _find(self, token: str) -> Opened | None:
        return await (await places.exports(self._vault)).get(_KIND, _hash(token))

    async def _pieces(self, person: Person, token: str) -> SealedPartition:
        return await places.export(self._vault, person, _hash(token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
