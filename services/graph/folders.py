"""Create, find and delete the folders of a mailbox: calendars and contact folders.

:data:`CALENDARS` and :data:`CONTACTS` say what Graph calls them; the rest is the same for both.
Their items are read by :mod:`services.graph.mailbox` and :mod:`services.graph.contacts`. A mailbox
has each name once, regardless of case, so a create that is sent twice makes one folder. A folder of
ours also has our tag, which outlives a renaming.

Source: Microsoft Graph ``user: create calendars``, ``contactFolder``, ``calendar: delete``,
``singleValueLegacyExtendedProperty`` (of calendars and contact folders, too).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.graph.client import quoted
from services.graph.mailbox import Mailbox
from services.graph.odata import values
from services.graph.remote_item import RemoteFolder
from services.graph.tags import having_tag, tagged
from services.model.accounts import RemoteId
from services.model.errors import Rejected, Stale, Unreadable

__all__ = [
    "CALENDARS",
    "CONTACTS",
    "FolderKind",
    "create_folder",
    "delete_folder",
    "folders",
    "has_folder",
    "is_folder_empty",
]

_TAKEN = "ErrorFolderExists"


@dataclass(frozen=True, slots=True)
class FolderKind:
    """What Graph calls folders of one kind."""

    path: str
    name: str
    """The property that holds a folder's name."""
    items: str
    """The collection of what is in one."""

    def path_of(self, id: RemoteId) -> str:
        """Return the path of a folder."""
        return f"{self.path}/{quoted(id)}"


CALENDARS = FolderKind("/me/calendars", "name", "events")
CONTACTS = FolderKind("/me/contactFolders", "displayName", "contacts")
"""Without the folder that every mailbox has: it is not listed."""


async def folders(mailbox: Mailbox, kind: FolderKind, tag: str = "") -> tuple[RemoteFolder, ...]:
    """Return the folders of a kind that the mailbox lists: all, or those with this tag."""
    params = {"$select": f"id,{kind.name}"}
    if tag:
        params["$filter"] = having_tag(tag)["$filter"]
    return tuple(
        [
            RemoteFolder(id=RemoteId(item["id"]), name=item.get(kind.name) or "")
            async for item in mailbox.items(kind.path, params)
        ]
    )


async def create_folder(mailbox: Mailbox, kind: FolderKind, name: str, tag: str) -> RemoteId:
    """Make a folder with a tag of ours and return its id.

    Raises:
        Stale: the mailbox has one of this name already.
        Unreadable: ``folder``: the answer names none.
    """
    try:
        body = tagged({kind.name: name}, tag)
        answer = (await mailbox.request("POST", kind.path, json=body)).body
    except Rejected as err:
        if err.code == _TAKEN:
            raise Stale from err
        raise
    id = answer.get("id")
    if not isinstance(id, str) or not id:
        raise Unreadable("folder")
    return RemoteId(id)


async def has_folder(mailbox: Mailbox, kind: FolderKind, id: RemoteId) -> bool:
    """Return whether the mailbox has this folder."""
    return await _unless_gone(mailbox, kind.path_of(id), {"$select": "id"}) is not None


async def is_folder_empty(mailbox: Mailbox, kind: FolderKind, id: RemoteId) -> bool:
    """Return whether nothing is in a folder, past or to come; one that is gone is empty."""
    target = f"{kind.path_of(id)}/{kind.items}"
    body = await _unless_gone(mailbox, target, {"$top": "1", "$select": "id"})
    return body is None or not values(body)


async def delete_folder(mailbox: Mailbox, kind: FolderKind, id: RemoteId) -> None:
    """Delete a folder; if it is gone already, that is as good."""
    await mailbox.delete(kind.path_of(id))


async def _unless_gone(
    mailbox: Mailbox, target: str, params: dict[str, str]
) -> dict[str, Any] | None:
    try:
        return (await mailbox.request("GET", target, params=params)).body
    except Rejected as err:
        if err.is_gone:
            return None
        raise
