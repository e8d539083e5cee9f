"""Tell a person about their account, for as long as it takes to reach them.

What pauses a link is written down, and then this task is put: a chat that cannot be reached, or a
process that ends, delays the word and does not lose it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from services.model.accounts import Link
from services.model.errors import NotFound
from services.model.notices import AccountNotice, Announcer
from services.model.tasks import Task, TaskKind, link_of, sync_task
from services.storage.store import Store

__all__ = ["TellPerson", "telling"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TellPerson:
    """Carries out ``tell_person``; the payload is a link's, and ``what``."""

    store: Store
    announcer: Announcer

    async def __call__(self, task: Task) -> None:
        """Say it, if it still is so."""
        person, link_id = link_of(task)
        with suppress(NotFound):  # the link is gone
            if not (await self.store.links.get(person, link_id)).active:
                await self.announcer.announce(AccountNotice(person, task.payload["what"]))


def telling(link: Link, what: str, now: datetime) -> Task:
    """Return the task that tells a link's owner that it rests."""
    task = sync_task(link.person, link.id, now)
    return replace(task, kind=TaskKind.TELL_PERSON, payload={**task.payload, "what": what})
