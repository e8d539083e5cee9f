"""Pictures of contacts on both sides of a link.

:class:`Album` is what is asked of Outlook, bytes in and bytes out. :class:`TeamPictures` knows
which picture of the list such bytes are: Exchange encodes what it is given anew, and may scale it,
so two that look the same are one picture, under the id that the list has for it. What is new is
kept for as long as a history lasts, since it may lose a merge and be wanted back.
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, runtime_checkable

from services.contacts.photos import photo_id
from services.contacts.pictures import as_jpeg, is_like, portrait
from services.model.accounts import RemoteId
from services.model.books import Book
from services.model.contacts import PhotoId
from services.storage.store import Store

__all__ = ["KEPT_FOR", "Album", "TeamPictures"]

KEPT_FOR = timedelta(days=30)


@runtime_checkable
class Album(Protocol):
    """The pictures of an Outlook folder's contacts."""

    async def picture(self, id: RemoteId) -> bytes | None:
        """Return the picture of a contact, ``None`` where there is none, or no such contact."""

    async def set_picture(self, id: RemoteId, jpeg: bytes) -> None:
        """Give a contact another picture.

        Raises:
            Stale: it is gone.
        """


@dataclass(frozen=True, slots=True)
class TeamPictures:
    """The pictures of a contact list."""

    store: Store
    book: Book

    async def to_send(self, photo: PhotoId) -> bytes | None:
        """Return a picture as a JPEG; ``None`` where the list does not have it any more."""
        png = await self._find(photo)
        return None if png is None else await to_thread(as_jpeg, png)

    async def known_as(self, data: bytes, known: Iterable[PhotoId]) -> PhotoId:
        """Return the picture that Outlook shows as one of the list's.

        Args:
            data: as Outlook has it.
            known: what it may be, the likeliest first; any other one is new, and kept.

        Raises:
            BadPicture: it is none that anybody here can read.
        """
        png = await to_thread(portrait, data)
        for photo in dict.fromkeys(known):
            held = await self._find(photo) if photo else None
            if held is not None and await to_thread(is_like, png, held):
                return photo
        photo = photo_id(self.book.id, png)
        await self.store.photos.put(self.book, photo, png, needed_for=KEPT_FOR)
        return photo

    async def _find(self, photo: PhotoId) -> bytes | None:
        return await self.store.photos.find(self.book.tenant, self.book.id, photo)
