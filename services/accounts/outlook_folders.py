"""The Outlook calendars and contact folders that this program makes, one for each link.

A link without a calendar is the intent: it is stored before anything is made, and whoever works on
it looks for a calendar of its name first. So a process that died between Outlook's answer and its
own commit finds what it made, and so does somebody who links again after having kept the copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from services.graph.folders import CALENDARS, CONTACTS, create_folder, folders
from services.graph.mailbox import Mailbox
from services.model.accounts import Link
from services.model.books import BookKind
from services.model.errors import Stale, Unreachable
from services.model.identity import Person
from services.storage.store import Store

__all__ = ["OutlookFolders"]


@dataclass(frozen=True, slots=True)
class OutlookFolders:
    """Sees to it that a link has its calendar; ``mailbox_of`` opens a mailbox."""

    store: Store
    mailbox_of: Callable[[Person], Mailbox]

    async def settle(self, link: Link) -> Link:
        """Return the link with its calendar, found by name or made.

        Raises:
            Unreachable: no answer; or somebody was faster, and the next look finds it.
            Upstream: the mailbox refuses, or asks to wait.
        """
        if link.calendar:
            return link
        mailbox = self.mailbox_of(link.person)
        book = await self.store.books.get(link.book_tenant, link.book)
        kind = CONTACTS if book.kind is BookKind.CONTACTS else CALENDARS
        found = await folders(mailbox, kind)
        there = {each.name.casefold(): each.id for each in found}
        taken = {each.calendar for each in await self.store.links.of_person(link.person)}
        # A name that another link has is passed over: two books may be called alike.
        name = next(
            name
            for name in _names(link.calendar_name)
            if there.get(name.casefold(), "") not in taken or name.casefold() not in there
        )
        try:
            id = there.get(name.casefold()) or await create_folder(mailbox, kind, name)
        except Stale as err:
            raise Unreachable("calendar") from err
        return await self.store.links.save(replace(link, calendar=id, calendar_name=name))


def _names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} {number}" for number in count(2))
