"""Take away the pictures of a contact list that nobody needs any more, once a week.

A picture is needed as long as the ledger speaks of it: a contact shows it, or did before it was
changed or deleted, and can be had back for 30 days. So a picture is gone five weeks and a half
after the last contact let go of it. Which pictures there are is asked before the ledger is read:
one that is kept once more meanwhile has another etag by then, and stays.

The first picture of a list puts the task, which is its own successor while there are any.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from services.model.books import BookId
from services.model.tasks import Task
from services.model.times import Clock
from services.storage.repositories.photos import SWEPT_EVERY
from services.storage.store import Store

__all__ = ["SweepPhotos"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepPhotos:
    """Carries out ``sweep_photos``; the key is the list's id."""

    store: Store
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Do it, unless the list is gone, and its pictures with it; lists in the bin are as any."""
        book = await self.store.books.find(task.tenant, BookId(task.key))
        if book is None:
            return
        photos = await self.store.photos.all(book)
        if not photos:
            return
        needed = await self.store.contacts.photos(book)
        unneeded = [each for each in photos if not each.is_new and each.id not in needed]
        for each in unneeded:
            await self.store.photos.remove(book, each)
        if unneeded:
            log.info("%s pictures that nobody needed any more are gone", len(unneeded))
        await self.store.tasks.put(replace(task, due_at=self.clock.now() + SWEPT_EVERY))
