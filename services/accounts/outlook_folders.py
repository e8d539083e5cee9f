"""The Outlook calendars and contact folders that this program makes, one for each link.

A link without a calendar is the intent: it is stored before anything is made, and whoever works on
it looks first for a calendar that was made for this book, by its tag, and then for one of its name.
So a process that died between Outlook's answer and its own commit finds what it made, and so does
somebody who links again after having kept the copies, whatever they call the calendar by now.
Where a link ends before it has one, :mod:`services.accounts.withdrawals` takes away what arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import count

from services.accounts.link_life import folder_tag
from services.graph.folders import CALENDARS, CONTACTS, FolderKind, create_folder, folders
from services.graph.mailbox import Mailbox
from services.graph.remote_item import RemoteFolder
from services.model.accounts import Link, RemoteId
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
        """Return the link with its calendar, found by its tag or its name, or made.

        Raises:
            NotFound: it has been let go meanwhile.
            Unreachable: no answer; or somebody was faster, and the next look finds it.
            Upstream: the mailbox refuses, or asks to wait.
        """
        if link.calendar:
            return link
        mailbox = self.mailbox_of(link.person)
        book = await self.store.books.get(link.book_tenant, link.book)
        kind = CONTACTS if book.kind is BookKind.CONTACTS else CALENDARS
        tag = folder_tag(link)
        taken = {each.calendar for each in await self.store.links.of_person(link.person)}
        made = [each for each in await folders(mailbox, kind, tag) if each.id not in taken]
        folder = made[0] if made else await _named(mailbox, kind, link.calendar_name, taken, tag)
        settled = replace(link, calendar=folder.id, calendar_name=folder.name)
        try:
            return await self.store.links.save(settled)
        except Stale:  # its owner has changed it meanwhile, or is just letting it go
            return await self.settle(await self.store.links.get(link.person, link.id))


async def _named(
    mailbox: Mailbox, kind: FolderKind, wanted: str, taken: Collection[RemoteId], tag: str
) -> RemoteFolder:
    """Return a folder of a name that no other link has, found or made.

    Two books may be called alike: a name that is taken is passed over.
    """
    there = {each.name.casefold(): each for each in await folders(mailbox, kind)}
    free = (name for name in _names(wanted) if not _is_taken(there.get(name.casefold()), taken))
    name = next(free)
    if (known := there.get(name.casefold())) is not None:
        return known
    try:
        return RemoteFolder(id=await create_folder(mailbox, kind, name, tag), name=name)
    except Stale as err:
        raise Unreachable("calendar") from err


def _is_taken(folder: RemoteFolder | None, taken: Collection[RemoteId]) -> bool:
    return folder is not None and folder.id in taken


def _names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} {number}" for number in count(2))
