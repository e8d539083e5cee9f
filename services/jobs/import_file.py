"""Import a file that is too large to be waited for, and tell whoever asked how far it is.

The message that said that it has begun counts in its place, now and then, and says what was done
at the end.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass

from services.files.imports import Imports
from services.jobs.now_and_then import NowAndThen
from services.model.books import BookId
from services.model.errors import Refused, Upstream
from services.model.events import Author
from services.model.identity import ConversationId, ObjectId, Person, TenantId
from services.model.notices import Announcer, ImportNotice, ImportProgress
from services.model.tasks import Task
from services.model.times import Clock

__all__ = ["ImportFile"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFile:
    """Carries out ``import_file``."""

    imports: Imports
    announcer: Announcer
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Import, unless that is done; who lost the right meanwhile is not told."""
        given = task.payload
        author = Author(Person(task.tenant, ObjectId(given["person"])), given["name"])
        host, place = TenantId(given["host"]), ConversationId(given["place"])
        message = given.get("message", "")
        try:
            book = await self.imports.book(author, BookId(given["book"]))
            now_and_then = NowAndThen(self.clock)

            async def told(done: int, total: int) -> None:
                if message and done != total and now_and_then.is_time():
                    # Nobody's import waits for a chat: what cannot be told is told later.
                    with suppress(Refused, Upstream):
                        progress = ImportProgress(host, place, book, message, done, total)
                        await self.announcer.announce(progress)

            done = await self.imports.carry_out(author, book.id, given["token"], told)
        except Refused as err:
            log.info("an import was refused: %s", type(err).__name__)
            return
        if done is not None:
            await self.announcer.announce(ImportNotice(host, place, book, done, message))
