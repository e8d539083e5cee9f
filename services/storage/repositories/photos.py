"""Pictures of contacts: sealed like all else, apart from the ledger, which is read as a whole.

A picture and the contact that shows it are in two partitions and share no transaction, so the
picture is kept first. Who needs it is known from the ledger alone: each list that has pictures
has a task that looks through them (:mod:`services.jobs.sweep_photos`), and leaves those alone that
were kept within a day, which somebody may just be about to show.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from services.model.books import Book, BookId
from services.model.contacts import Contact, PhotoId
from services.model.errors import Stale
from services.model.identity import TenantId
from services.model.tasks import TaskKind, book_task
from services.storage.queue import TaskQueue
from services.storage.repositories import places
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["SWEPT_EVERY", "KeptPhoto", "PhotoRecords"]

SWEPT_EVERY = timedelta(days=7)
_KIND = "photo"
_NEW_FOR = timedelta(days=1)
"""Longer than an import or a copy takes from its first picture to its last contact."""


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A picture, without what it shows."""

    id: PhotoId
    etag: str
    """Another one as soon as somebody keeps the same picture again."""
    is_new: bool
    """Whether somebody may be about to show it."""


class PhotoRecords:
    """The pictures of each contact list, each under an id that follows from what it shows."""

    def __init__(self, vault: Vault, tasks: TaskQueue) -> None:
        self._vault = vault
        self._tasks = tasks

    async def put(
        self, book: Book, id: PhotoId, png: bytes, *, needed_for: timedelta = _NEW_FOR
    ) -> None:
        """Keep a picture for a contact that will show it; the same one again is one, and new.

        It is left alone for so long, whether or not any contact shows it.
        """
        now = self._vault.clock.now()
        # First: a crash leaves a task that finds nothing to do.
        due_at = now + SWEPT_EVERY
        await self._tasks.put(book_task(TaskKind.SWEEP_PHOTOS, book.tenant, book.id, due_at))
        partition = await places.photos(self._vault, book.tenant, book.id)
        await partition.commit([Seal(kind=_KIND, id=id, body=png, due_at=now + needed_for)])

    async def find(self, tenant: TenantId, book: BookId, id: PhotoId) -> bytes | None:
        """Return a picture as PNG, or ``None``."""
        opened = await (await places.photos(self._vault, tenant, book)).get(_KIND, id)
        return None if opened is None else opened.body

    async def of(
        self, book: Book, contacts: Iterable[Contact], most_bytes: int
    ) -> dict[PhotoId, bytes]:
        """Return the pictures of some contacts as PNGs, by what leads to them.

        Whoever comes after so many bytes goes without.
        """
        found: dict[PhotoId, bytes] = {}
        size = 0
        for id in dict.fromkeys(contact.content.photo for contact in contacts):
            png = await self.find(book.tenant, book.id, id) if id else None
            size += len(png or b"")
            if size > most_bytes:
                break
            if png:
                found[id] = png
        return found

    async def all(self, book: Book) -> list[KeptPhoto]:
        """Return what a list has, whoever needs it; opened in pages and let go at once."""
        now = self._vault.clock.now()
        partition = await places.photos(self._vault, book.tenant, book.id)
        found: list[KeptPhoto] = []
        async for page, _ in partition.pages(0, _KIND):
            for each in page:
                is_new = each.due_at is not None and each.due_at > now
                found.append(KeptPhoto(PhotoId(each.id), each.etag, is_new))
        return found

    async def remove(self, book: Book, photo: KeptPhoto) -> None:
        """Take a picture away, unless somebody has kept it again since it was looked at."""
        partition = await places.photos(self._vault, book.tenant, book.id)
        with suppress(Stale):
            await partition.commit([Remove(kind=_KIND, id=photo.id, expect=photo.etag)])
