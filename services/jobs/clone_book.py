"""Fill the copy of a large calendar or contact list, and tell who asked for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from services.books.clones import TOLD, Clones, author_of
from services.model.books import BookId
from services.model.errors import NotAllowed, NotFound, ReadOnly
from services.model.notices import Announcer, CopyNotice
from services.model.tasks import Task

__all__ = ["CloneBook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloneBook:
    """Carries out ``clone_book``; the key is the copy's id, the payload names ``source``."""

    clones: Clones
    announcer: Announcer

    async def __call__(self, task: Task) -> None:
        """Copy what is not copied yet, and say so to who waits for it."""
        author = author_of(task)
        # The original or the copy may be gone, or no longer the author's to see or to fill.
        with suppress(NotFound, NotAllowed, ReadOnly):
            copy, held = await self.clones.fill(
                author, BookId(task.payload["source"]), BookId(task.key)
            )
            if task.payload[TOLD] and author.person is not None:
                await self.announcer.announce(CopyNotice(author.person, copy, held))
