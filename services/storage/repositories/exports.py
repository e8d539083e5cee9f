"""Files that wait for the person who asked for them: sealed, for a day, good for one fetch.

The token is all that leads to a file. It is 256 random bits and is kept as a hash alone, so
neither the store nor a log can give one away.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from services.model.errors import Stale
from services.model.identity import Person
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.repositories.batches import remove_all
from services.storage.sealed import Opened, Remove, Seal, SealedPartition
from services.storage.vault import Vault

__all__ = ["ExportRecords"]

_KIND, _PIECE = "export", "piece"
_PIECE_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class _Waiting:
    person: Person
    pieces: int


class ExportRecords:
    """Keeps files for people, and hands each out once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def put(self, person: Person, data: bytes, expires_at: datetime) -> str:
        """Keep a file until it is taken, or until ``expires_at``; return its token."""
        token = secrets.token_urlsafe(32)
        pieces = range(0, len(data), _PIECE_BYTES)
        partition = await self._pieces(person, token)
        for number, start in enumerate(pieces):
            body = data[start : start + _PIECE_BYTES]
            piece = Seal(kind=_PIECE, id=str(number), body=body, expires_at=expires_at)
            await partition.commit([piece])
        # Last of all: what is only half there is never found.
        waiting = encode(_Waiting(person, len(pieces)))
        seal = Seal(kind=_KIND, id=_hash(token), body=waiting, expires_at=expires_at)
        await (await places.exports(self._vault)).commit([seal])
        return token

    async def is_there(self, token: str) -> bool:
        """Tell whether a file waits behind a token."""
        return await self._find(token) is not None

    async def take(self, token: str) -> bytes | None:
        """Return the file, once; ``None`` when it was taken, has expired or never was."""
        opened = await self._find(token)
        if opened is None:
            return None
        index = await places.exports(self._vault)
        try:
            await index.commit([Remove(kind=_KIND, id=opened.id, expect=opened.etag)])
        except Stale:
            return None  # two came at once, and the other one has it
        waiting = decode(_Waiting, opened.body)
        partition = await self._pieces(waiting.person, token)
        pieces = [await partition.get(_PIECE, str(number)) for number in range(waiting.pieces)]
        found = [piece for piece in pieces if piece is not None]
        await remove_all(partition, found)
        return b"".join(piece.body for piece in found)

    async def remove_all_of(self, person: Person) -> None:
        """Let nobody fetch what waits for a person; the pieces expire by themselves."""
        index = await places.exports(self._vault)
        waiting = await index.find(_KIND)
        await remove_all(
            index, [each for each in waiting if decode(_Waiting, each.body).person == person]
        )

    async def _find(self, token: str) -> Opened | None:
        return await (await places.exports(self._vault)).get(_KIND, _hash(token))

    async def _pieces(self, person: Person, token: str) -> SealedPartition:
        return await places.export(self._vault, person, _hash(token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
