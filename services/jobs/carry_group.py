"""Write a group's new name into all of its members, or take it out of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from services.contacts.contact_groups import ContactGroups, author_of
from services.model.books import BookId
from services.model.errors import NotAllowed, NotFound, ReadOnly
from services.model.tasks import Task

__all__ = ["CarryGroup"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryGroup:
    """Carries out ``carry_group``; the payload names the list, and both names of the group."""

    groups: ContactGroups

    async def __call__(self, task: Task) -> None:
        """Write what is not written yet; somebody who changed a member meanwhile comes first."""
        held = task.payload
        # The list may be gone, or no longer its author's to edit.
        with suppress(NotFound, NotAllowed, ReadOnly):
            await self.groups.carry(author_of(task), BookId(held["book"]), held["old"], held["new"])
