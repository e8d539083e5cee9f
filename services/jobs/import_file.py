"""Import a file that is too large to be waited for, and tell whoever asked how far it is.

The message that said that it has begun counts in its place, now and then, and says what was done
at the end. What was done is written down before the file is let go, and told then: a chat that
cannot be reached is told later.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace

from services.files.imports import Imports
from services.jobs.now_and_then import NowAndThen
from services.model.books import Book, BookId
from services.model.errors import Refused, Upstream
from services.model.events import Author
from services.model.identity import ConversationId, ObjectId, Person, TenantId
from services.model.imports import Imported
from services.model.notices import Announcer, ImportNotice, ImportProgress
from services.model.tasks import Task
from services.model.times import Clock
from services.storage.codec import decode, encode
from services.storage.queue import TaskQueue

__all__ = ["ImportFile"]

log = logging.getLogger(__name__)

DONE = "done"
"""In the payload: what was done, as JSON; there once it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFile:
    """Carries out ``import_file``, in two steps."""

    imports: Imports
    announcer: Announcer
    tasks: TaskQueue
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Import, then tell what was done; who lost the right meanwhile is not told."""
        author = _author_of(task)
        try:
            book = await self.imports.book(author, BookId(task.payload["book"]))
            if DONE not in task.payload:
                await self._import(task, author, book)
                return
        except Refused as err:
            log.info("an import was refused: %s", type(err).__name__)
            return
        host, place, message = _told_at(task)
        done = decode(Imported, task.payload[DONE].encode())
        await self.announcer.announce(ImportNotice(host, place, book, done, message))

    async def _import(self, task: Task, author: Author, book: Book) -> None:
        host, place, message = _told_at(task)
        now_and_then = NowAndThen(self.clock)

        async def told(done: int, total: int) -> None:
            if message and done != total and now_and_then.is_time():
                # Nobody's import waits for a chat: what cannot be told is told later.
                with suppress(Refused, Upstream):
                    progress = ImportProgress(host, place, book, message, done, total)
                    await self.announcer.announce(progress)

        async def written(done: Imported) -> None:
            payload = {**task.payload, DONE: encode(done).decode()}
            await self.tasks.put(replace(task, payload=payload))

        token = task.payload["token"]
        await self.imports.carry_out(author, book.id, token, told, written=written)


def _author_of(task: Task) -> Author:
    return Author(Person(task.tenant, ObjectId(task.payload["person"])), task.payload["name"])


def _told_at(task: Task) -> tuple[TenantId, ConversationId, str]:
    """Return where it is told, and in which message's place; empty = by a new one."""
    given = task.payload
    return TenantId(given["host"]), ConversationId(given["place"]), given.get("message", "")
