"""What administrators of an organisation may have done, from within Teams.

Who they are is a setting (``ALMANAC_ADMINS``), not a role of Entra: the program asks for no right
to read directory roles, and whoever runs it can say who is meant. They act on people of their own
organisation, by object id alone, and each deed leaves an entry that names ids and nobody.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from services.model.administration import AdminDeed, AdminEntry
from services.model.errors import NotAllowed
from services.model.identity import ObjectId, Person
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.people.departures import Departures
from services.storage.store import Store

__all__ = ["Administrators", "Overview"]


@dataclass(frozen=True, slots=True)
class Overview:
    """How an organisation stands."""

    deeds: tuple[AdminEntry, ...]
    """The last ones, newest first."""
    ends_at: datetime | None
    """When everything is erased; ``None`` = not at all."""


class Administrators:
    """Use cases of administrators. Anybody else meets ``NotAllowed`` at every call.

    Args:
        store: where everything is kept.
        departures: the grace of organisations that leave.
        clock: the time.
        admins: who they are.
    """

    def __init__(
        self, store: Store, departures: Departures, clock: Clock, admins: Collection[Person]
    ) -> None:
        self._store = store
        self._departures = departures
        self._clock = clock
        self._admins = frozenset(admins)

    async def overview(self, admin: Person, most: int = 10) -> Overview:
        """Return what was done, and whether the end is set."""
        self._require(admin)
        deeds = await self._store.administration.newest(admin.tenant, most)
        return Overview(deeds, await self._departures.erases_at(admin.tenant))

    async def name_of(self, admin: Person, whom: ObjectId) -> str:
        """Return what somebody is called in a place of the organisation; empty = not known."""
        self._require(admin)
        person = Person(admin.tenant, whom)
        for place in await self._store.conversations.all(admin.tenant):
            member = await self._store.conversations.member(admin.tenant, place.id, person)
            if member is not None and member.name:
                return member.name
        return ""

    async def ask_export(self, admin: Person, whom: ObjectId) -> None:
        """Have all that is kept of a person put together; the administrator gets the file."""
        await self._ask(admin, whom, TaskKind.EXPORT_PERSON, AdminDeed.EXPORT)

    async def ask_erasure(self, admin: Person, whom: ObjectId) -> None:
        """Have a person erased, as if they had asked; both are told when it is done."""
        await self._ask(admin, whom, TaskKind.ERASE_PERSON, AdminDeed.ERASE)

    async def ask_end(self, admin: Person) -> datetime:
        """Have everything of the organisation erased after the grace; return when that is over."""
        self._require(admin)
        await self._note(admin, AdminDeed.END)
        return await self._departures.ask(admin.tenant)

    async def stay(self, admin: Person) -> None:
        """Take that back."""
        self._require(admin)
        await self._departures.stay(admin.tenant)
        await self._note(admin, AdminDeed.STAY)

    async def _ask(self, admin: Person, whom: ObjectId, kind: TaskKind, deed: AdminDeed) -> None:
        self._require(admin)
        # First: nothing is done that the log does not know of.
        await self._note(admin, deed, whom)
        task = Task(
            kind=kind,
            tenant=admin.tenant,
            key=f"{whom} for {admin.object_id}",
            payload={"person": whom, "for": admin.object_id},
            due_at=self._clock.now(),
        )
        await self._store.tasks.put(task)

    async def _note(self, admin: Person, deed: AdminDeed, whom: ObjectId | None = None) -> None:
        entry = AdminEntry(at=self._clock.now(), by=admin.object_id, deed=deed, whom=whom)
        await self._store.administration.add(admin.tenant, entry)

    def _require(self, person: Person) -> None:
        if person not in self._admins:
            raise NotAllowed("administrator")
