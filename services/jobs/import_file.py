"""Import a file that is too large to be waited for, and tell whoever asked what was done."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from services.imports import Imports
from services.model.books import BookId
from services.model.errors import Refused
from services.model.events import Author
from services.model.identity import ConversationId, ObjectId, Person, TenantId
from services.model.notices import Announcer, ImportNotice
from services.model.tasks import Task

__all__ = ["ImportFile"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFile:
    """Carries out ``import_file``."""

    imports: Imports
    announcer: Announcer

    async def __call__(self, task: Task) -> None:
        """Import, unless that is done; who lost the right meanwhile is not told."""
        given = task.payload
        author = Author(Person(task.tenant, ObjectId(given["person"])), given["name"])
        book_id = BookId(given["book"])
        try:
            done = await self.imports.carry_out(author, book_id, given["token"])
        except Refused as err:
            log.info("an import was refused: %s", type(err).__name__)
            return
        if done is None:
            return
        host = TenantId(given["host"])
        book = await self.imports.book(author, book_id)
        place = ConversationId(given["place"])
        message = given.get("message", "")
        await self.announcer.announce(ImportNotice(host, place, book, done, message))
