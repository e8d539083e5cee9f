"""Put a person's data together, or erase it, and tell who asked.

That is the person, or an administrator on their behalf (``for`` in the payload). Both have two
steps: what was done is written down before it is told. So a chat that cannot be reached at first
is told it later, and neither is a second file made nor a second look taken that finds nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.model.identity import ObjectId, Person
from services.model.notices import Announcer, DataNotice
from services.model.tasks import Task
from services.people.my_data import MyData
from services.storage.queue import TaskQueue

__all__ = ["ErasePerson", "ExportPerson"]

log = logging.getLogger(__name__)

TOKEN = "token"
"""In the payload of an export: what the file can be fetched with; empty = it is too large."""
COUNTS = "counts"
"""In the payload of an erasure: what was erased, as JSON; there once that is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPerson:
    """Carries out ``export_person``.

    ``export_url`` is the address of our own door, without a token.
    """

    my_data: MyData
    announcer: Announcer
    tasks: TaskQueue
    export_url: str

    async def __call__(self, task: Task) -> None:
        """Keep the file for a while; then say where it is."""
        person, asked, token = _person(task), _asked_by(task), task.payload.get(TOKEN)
        if token is None or (token and not await self.my_data.is_there(token)):
            made = await self.my_data.keep_export(person) or ""
            await self.tasks.put(replace(task, payload={**task.payload, TOKEN: made}))
            return
        what, url = (
            ("export_ready", f"{self.export_url}/{token}") if token else ("export_failed", "")
        )
        about = None if asked == person else person.object_id
        await self.announcer.announce(DataNotice(asked, what, url, about=about))


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson:
    """Carries out ``erase_person``."""

    my_data: MyData
    announcer: Announcer
    tasks: TaskQueue

    async def __call__(self, task: Task) -> None:
        """Erase; then say what was erased, and forget the chat in which it was said."""
        if COUNTS in task.payload:
            await self._tell(task, json.loads(task.payload[COUNTS]))
            return
        counts = await self.my_data.erase(_person(task))
        log.info("a person was erased")
        told = {**task.payload, COUNTS: json.dumps(dict(counts))}
        await self.tasks.put(replace(task, payload=told))

    async def _tell(self, task: Task, counts: Mapping[str, int]) -> None:
        person, asked = _person(task), _asked_by(task)
        await self.announcer.announce(DataNotice(person, "erased", counts=counts))
        await self.my_data.forget_chat(person)
        if asked != person:
            about = person.object_id
            await self.announcer.announce(DataNotice(asked, "erased", counts=counts, about=about))


def _person(task: Task) -> Person:
    return Person(task.tenant, ObjectId(task.payload["person"]))


def _asked_by(task: Task) -> Person:
    return Person(task.tenant, ObjectId(task.payload.get("for", task.payload["person"])))
