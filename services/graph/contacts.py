"""The contacts of one folder of a mailbox, read and written in the model's terms.

A contact has no transaction id: a create that is sent twice makes two. So each carries our tag, and
the caller searches for the tag before it sends a create again. The delta of a folder shows whole
contacts; one that comes with fewer fields is fetched by id.

No answer but its own tells of a contact's picture.

Source: Microsoft Graph ``contact``, ``contact: delta``, ``profilePhoto: update`` and ``: delete``,
``singleValueExtendedProperty``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.graph.client import quoted
from services.graph.contact_convert import (
    READ,
    contact_from_graph,
    contact_patch,
    contact_to_graph,
)
from services.graph.delta_pages import pages
from services.graph.mailbox import Mailbox
from services.graph.odata import if_match
from services.graph.remote_contact import RemoteContact
from services.graph.remote_item import DeltaPage, UnreadItem
from services.graph.tags import WITH_TAG, having_tag, tagged_payload
from services.model.accounts import RemoteId
from services.model.contacts import ContactContent
from services.model.errors import Rejected, Unreadable

__all__ = ["ContactFolder"]

_NEVER = datetime.max.replace(tzinfo=UTC)
_PICTURES = {"Accept": "image/*"}
_JPEG = {"Content-Type": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class ContactFolder:
    """One contact folder of a mailbox."""

    mailbox: Mailbox
    id: RemoteId

    async def changes(self, delta_link: str = "") -> AsyncIterator[DeltaPage[ContactContent]]:
        """Yield the pages of a round; the last one has a delta link.

        Args:
            delta_link: of the round before; empty = a full round.

        Raises:
            Expired: the delta link is no longer known; start a full round.
            Rejected: among others with status 404: the folder is gone.
            Unreadable: ``delta``: a page that leads nowhere.
        """
        async for page in pages(self.mailbox, delta_link or f"{self._path}/delta"):
            yield await self._page(page.items, page.delta_link)

    async def get(self, id: RemoteId) -> RemoteContact:
        """Return a contact with its tag.

        Raises:
            Rejected: status 404 when there is none.
            Unreadable: it cannot be said in our words.
        """
        params = {"$expand": WITH_TAG}
        return contact_from_graph((await self.mailbox.request("GET", _of(id), params=params)).body)

    async def holds(self, id: RemoteId) -> bool:
        """Return whether a contact is in this folder, as far as Graph says it."""
        params = {"$select": "parentFolderId"}
        try:
            body = (await self.mailbox.request("GET", _of(id), params=params)).body
        except Rejected:
            return True
        return body.get("parentFolderId") in (None, self.id)

    async def tagged(self, tag: str) -> list[RemoteContact]:
        """Return what carries a tag, the first made first: a copy is made later."""
        items = self.mailbox.items(self._path, having_tag(tag))
        found = [contact_from_graph(item) async for item in items]
        return sorted(found, key=lambda contact: (contact.created_at or _NEVER, contact.id))

    async def create(self, payload: bytes) -> RemoteContact:
        """Create a contact from the exact bytes of :meth:`payload_for`."""
        answer = await self.mailbox.request("POST", self._path, body=payload)
        return contact_from_graph(answer.body)

    async def update(self, seen: RemoteContact, content: ContactContent) -> RemoteContact:
        """Let a contact say something else; return it as it is now.

        Raises:
            Rejected: 404 gone, 412 changed since it was seen.
        """
        patch = contact_patch(seen, content)
        if not patch:
            return await self.get(seen.id)
        headers = if_match(seen.change_key)
        answer = await self.mailbox.request("PATCH", _of(seen.id), json=patch, headers=headers)
        return contact_from_graph(answer.body)

    async def delete(self, seen: RemoteContact) -> None:
        """Delete a contact; one that is gone already is as good.

        Raises:
            Rejected: 412 changed since it was seen.
        """
        await self.mailbox.delete(_of(seen.id), seen.change_key)

    async def picture(self, id: RemoteId) -> bytes | None:
        """Return a contact's picture as it was set, or ``None``; so too if the contact is gone.

        Raises:
            Rejected: it may not be read.
        """
        try:
            answer = await self.mailbox.request("GET", _picture_of(id), headers=_PICTURES)
        except Rejected as err:
            if err.is_gone:
                return None
            raise
        return answer.picture or None

    async def set_picture(self, id: RemoteId, jpeg: bytes) -> None:
        """Give a contact another picture; again, and nothing changes.

        Graph has no way to take one away.

        Raises:
            Rejected: 404 the contact is gone.
        """
        await self.mailbox.request("PUT", _picture_of(id), body=jpeg, headers=_JPEG)

    @staticmethod
    def payload_for(content: ContactContent, tag: str) -> bytes:
        """Return the exact body of a create, to be kept and sent as often as it takes."""
        said = {field: value for field, value in contact_to_graph(content).items() if value}
        return tagged_payload(said, tag)

    @property
    def _path(self) -> str:
        return f"/me/contactFolders/{quoted(self.id)}/contacts"

    async def _page(
        self, items: list[dict[str, Any]], delta_link: str | None
    ) -> DeltaPage[ContactContent]:
        changed: dict[RemoteId, RemoteContact] = {}
        removed: set[RemoteId] = set()
        unread: list[UnreadItem] = []
        for item in items:  # the last word on each counts
            id = _id_of(item)
            changed.pop(id, None)
            try:
                contact = None if "@removed" in item else await self._whole(id, item)
            except Unreadable as err:
                unread.append(UnreadItem.of(id, err))
                continue
            if contact is None:
                removed.add(id)
            else:
                changed[id] = contact
                removed.discard(id)
        return DeltaPage(
            changed=tuple(changed.values()),
            removed=tuple(sorted(removed)),
            unread=tuple(unread),
            delta_link=delta_link,
        )

    async def _whole(self, id: RemoteId, item: Mapping[str, Any]) -> RemoteContact | None:
        # An update may come with what changed alone, and what is left out has not been cleared.
        if item.keys() >= READ:
            return contact_from_graph(item)
        try:
            return await self.get(id)
        except Rejected as err:
            if not err.is_gone:
                raise
            return None


def _of(id: RemoteId) -> str:
    return f"/me/contacts/{quoted(id)}"


def _picture_of(id: RemoteId) -> str:
    return f"{_of(id)}/photo/$value"


def _id_of(item: Mapping[str, Any]) -> RemoteId:
    id = item.get("id")
    if not isinstance(id, str) or not id:
        raise Unreadable("delta")
    return RemoteId(id)
