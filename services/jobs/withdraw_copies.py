"""Take back what this program added to an Outlook, events or contacts, once their link is gone.

Only what was made here is ever in such a task, and what has become somebody's meeting since is
left alone: deleting it would mail people. Whoever has connected or linked again meanwhile keeps
everything, since their new link has joined those very copies. A calendar or folder that was made
for the link goes last, and only when nothing is left in it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from services.accounts.link_life import folder_tag
from services.accounts.withdrawals import Begun, Withdrawal, withdrawal_of
from services.graph.contacts import ContactFolder
from services.graph.folders import (
    CALENDARS,
    CONTACTS,
    FolderKind,
    delete_folder,
    folders,
    is_folder_empty,
)
from services.graph.mailbox import Mailbox
from services.model.accounts import RemoteId
from services.model.errors import ConsentNeeded, Rejected, SignInNeeded, Throttled, Unreadable
from services.model.identity import Person
from services.model.tasks import Task
from services.storage.store import Store

__all__ = ["WithdrawCopies"]

WAITS = 3600.0
"""Seconds until it is looked whether the owner of an account has signed in again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCopies:
    """Carries out ``withdraw_copies``.

    ``borrow`` opens a mailbox with the tokens that the task brings along, ``mailbox_of`` that of
    an account which stays.
    """

    store: Store
    borrow: Callable[[Person, str, tuple[str, ...]], Mailbox]
    mailbox_of: Callable[[Person], Mailbox]

    async def __call__(self, task: Task) -> None:
        """Delete what is still there."""
        asked = withdrawal_of(task)
        stays = not asked.tokens
        mailbox = (
            self.mailbox_of(asked.person)
            if stays
            else self.borrow(asked.person, asked.tokens, asked.more_scopes)
        )
        try:
            await self._take_back(mailbox, asked)
        except (SignInNeeded, ConsentNeeded):
            # With the grant gone there is nothing left that we could do, unless it comes back.
            if stays and await self._is_back(asked.person):
                raise Throttled(WAITS) from None

    async def _take_back(self, mailbox: Mailbox, asked: Withdrawal) -> None:
        """Delete them one by one.

        Raises:
            SignInNeeded: the grant has ended.
            ConsentNeeded: it was withdrawn.
        """
        stays = not asked.tokens
        for copy in asked.added.copies:
            if not stays and await self._is_back(asked.person):
                return
            if not await self._is_linked(asked, copy):
                await _withdraw(mailbox, asked, copy)
        for begun in asked.added.begun:
            if not stays and await self._is_back(asked.person):
                return
            for copy in await _arrived(mailbox, asked, begun):
                if not await self._is_linked(asked, copy):
                    await _withdraw(mailbox, asked, copy)
        for made in await _made(mailbox, asked):
            if not await self._is_in_use(asked, made):
                await _take_away(mailbox, asked, made)

    async def _is_back(self, person: Person) -> bool:
        return await self.store.accounts.get(person) is not None

    async def _is_linked(self, asked: Withdrawal, copy: RemoteId) -> bool:
        """Whether a link of today holds this copy, or is about to find it."""
        for link in await self.store.links.of_person(asked.person):
            if link.calendar == asked.folder and link.synced_at is None:
                return True
            if await self.store.links.pair_of_remote(link, copy) is not None:
                return True
        return False

    async def _is_in_use(self, asked: Withdrawal, made: RemoteId) -> bool:
        """Whether a link of today is about this calendar or folder, or is about to find it."""
        for link in await self.store.links.of_person(asked.person):
            if link.calendar == made:
                return True
            if not link.calendar and folder_tag(link) == asked.added.folder_tag:
                return True
        return False


async def _made(mailbox: Mailbox, asked: Withdrawal) -> list[RemoteId]:
    """Return what was made for the link itself."""
    added = asked.added
    if added.calendar:
        return [added.calendar]
    with suppress(Rejected, Unreadable):  # they cannot be listed
        if added.folder_tag:
            found = await folders(mailbox, _kind(asked), added.folder_tag)
            return [each.id for each in found]
    return []


async def _arrived(mailbox: Mailbox, asked: Withdrawal, begun: Begun) -> list[RemoteId]:
    """Return what has come of a create that was under way; not the copies that people made."""
    with suppress(Rejected, Unreadable):  # the calendar is gone, or cannot be read
        if asked.added.is_list:
            tagged = await ContactFolder(mailbox, asked.folder).tagged(begun.tag)
            return [each.id for each in tagged[:1]]
        found = await mailbox.find_by_tag(asked.folder, begun.tag)
        return [each.id for each in found if each.transaction_id == begun.transaction_id]
    return []


async def _withdraw(mailbox: Mailbox, asked: Withdrawal, copy: RemoteId) -> None:
    # Gone already, moved meanwhile, or not to be read: each is left as it is.
    with suppress(Rejected, Unreadable):
        if asked.added.is_list:
            folder = ContactFolder(mailbox, asked.folder)
            await folder.delete(await folder.get(copy))
            return
        event = await mailbox.get_event(copy)
        if event.mirror is None:
            await mailbox.delete_event(copy, event.change_key)


async def _take_away(mailbox: Mailbox, asked: Withdrawal, made: RemoteId) -> None:
    # Whatever a person has put there keeps it alive.
    with suppress(Rejected, Unreadable):
        if await is_folder_empty(mailbox, _kind(asked), made):
            await delete_folder(mailbox, _kind(asked), made)


def _kind(asked: Withdrawal) -> FolderKind:
    return CONTACTS if asked.added.is_list else CALENDARS
