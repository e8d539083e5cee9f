"""A contact folder of a mailbox as the remote side of a link; see ``sides/outlook.py``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from services.graph.contacts import ContactFolder
from services.graph.mailbox import Mailbox
from services.graph.remote_contact import RemoteContact
from services.graph.remote_item import DeltaPage, RemoteItem
from services.model.accounts import RemoteId
from services.model.contacts import ContactContent
from services.model.errors import NotFound, Rejected
from services.model.pairs import Cursor
from services.sync.sides.refusals import stale_if_changed

__all__ = ["OutlookContacts"]


class OutlookContacts:
    """A contact folder in Microsoft 365; what is asked is said by ``Outlook``."""

    def __init__(self, mailbox: Mailbox, folder: RemoteId) -> None:
        self._folder = ContactFolder(mailbox, folder)

    async def changes(self, cursor: Cursor) -> AsyncIterator[DeltaPage[ContactContent]]:
        """Yield what changed since the cursor. Contacts have no time, so its window says nothing.

        Raises:
            Expired: the service no longer knows the cursor.
            NotFound: there is no such folder any more.
        """
        try:
            async for page in self._folder.changes(cursor.delta_link):
                yield page
        except Rejected as err:
            if err.is_gone:
                raise NotFound("folder") from err
            raise

    async def find(self, id: RemoteId) -> RemoteContact | None:
        """Return the contact as it is now, ``None`` where it is gone."""
        try:
            return await self._folder.get(id)
        except Rejected as err:
            if err.is_gone:
                return None
            raise

    async def holds(self, id: RemoteId) -> bool:
        """Return whether a contact that is there has not been moved to another folder."""
        return await self._folder.holds(id)

    async def tagged(self, tag: str) -> Sequence[RemoteContact]:
        """Return what carries our tag, the first made first."""
        return await self._folder.tagged(tag)

    def payload(self, content: ContactContent, transaction_id: str, tag: str) -> bytes:
        """Return the exact body of a create; Microsoft 365 takes no transaction id in it."""
        return self._folder.payload_for(content, tag)

    async def create(self, payload: bytes) -> RemoteContact:
        """Send a body of :meth:`payload`; sent twice, it makes two contacts."""
        return await self._folder.create(payload)

    async def update(
        self, seen: RemoteItem[ContactContent], content: ContactContent
    ) -> RemoteContact:
        """Make a contact that is as ``seen`` say ``content``; return it as it is then.

        Raises:
            Stale: it has changed, or gone, since it was seen.
        """
        with stale_if_changed():
            return await self._folder.update(_found(seen), content)

    async def delete(self, seen: RemoteItem[ContactContent]) -> None:
        """Delete a contact that is as ``seen``; one that is gone is as good.

        Raises:
            Stale: it has changed since it was seen.
        """
        with stale_if_changed():
            await self._folder.delete(_found(seen))

    async def picture(self, id: RemoteId) -> bytes | None:
        """Return a contact's picture; ``None`` where it has none, or is gone."""
        return await self._folder.picture(id)

    async def set_picture(self, id: RemoteId, jpeg: bytes) -> None:
        """Give a contact another picture.

        Raises:
            Stale: it has gone since it was seen.
        """
        with stale_if_changed():
            await self._folder.set_picture(id, jpeg)


def _found(seen: RemoteItem[ContactContent]) -> RemoteContact:
    assert isinstance(seen, RemoteContact), "what find returned"
    return seen
