"""Tell a person about their account, for as long as it takes to reach them.

What pauses a link is written down, and then this task is put: a chat that cannot be reached, or a
process that ends, delays the word and does not lose it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from services.model.accounts import Link, LinkId
from services.model.errors import NotFound
from services.model.identity import Person
from services.model.notices import AccountNotice, Announcer
from services.model.tasks import Task, TaskKind, link_of, sync_task
from services.storage.store import Store

__all__ = ["TellPerson", "telling"]

HAPPENED = frozenset({"link_lost", "put_back"})
"""News that stays true, whatever has become of the link since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellPerson:
    """Carries out ``tell_person``; the payload is a link's, ``what`` and a ``name``."""

    store: Store
    announcer: Announcer

    async def __call__(self, task: Task) -> None:
        """Say it, if it still is so."""
        person, link_id = link_of(task)
        what, name = task.payload["what"], task.payload.get("name", "")
        if what in HAPPENED or await self._rests(person, link_id):
            await self.announcer.announce(AccountNotice(person, what, name, link_id))

    async def _rests(self, person: Person, link_id: LinkId) -> bool:
        try:
            return not (await self.store.links.get(person, link_id)).active
        except NotFound:  # the link is gone
            return False


def telling(link: Link, what: str, now: datetime) -> Task:
    """Return the task that tells a link's owner what has become of it."""
    task = sync_task(link.person, link.id, now)
    return replace(
        task,
        kind=TaskKind.TELL_PERSON,
        key=f"{link.id}/{what}",
        payload={**task.payload, "what": what, "name": link.calendar_name},
    )
