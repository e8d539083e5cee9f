"""The contact folders of a mailbox as such: list them, make one, take it away.

What is in them is :mod:`services.graph.contacts`'s. The folder that every mailbox has is not
listed. A mailbox has each name once, whatever its letters' case, so a name that was asked for
twice is found and not doubled.

Source: Microsoft Graph ``user: list contactFolders``, ``contactFolder``.
"""

from __future__ import annotations

from services.graph.client import quoted
from services.graph.mailbox import Mailbox, values
from services.graph.remote_contact import RemoteFolder
from services.model.accounts import RemoteId
from services.model.errors import Rejected, Stale, Unreadable

__all__ = ["contact_folders", "create_folder", "delete_folder", "is_folder_empty"]

_TAKEN = "ErrorFolderExists"
_GONE = 404


async def contact_folders(mailbox: Mailbox) -> tuple[RemoteFolder, ...]:
    """Return the folders that somebody has made."""
    params = {"$select": "id,displayName"}
    return tuple(
        [
            RemoteFolder(id=RemoteId(item["id"]), name=item.get("displayName") or "")
            async for item in mailbox.items("/me/contactFolders", params)
        ]
    )


async def create_folder(mailbox: Mailbox, name: str) -> RemoteId:
    """Make a folder and return its id.

    Raises:
        Stale: the mailbox has one of this name already.
        Unreadable: ``folder``: the answer names none.
    """
    asked = {"displayName": name}
    try:
        body = (await mailbox.request("POST", "/me/contactFolders", json=asked)).body
    except Rejected as err:
        if err.code == _TAKEN:
            raise Stale from err
        raise
    id = body.get("id")
    if not isinstance(id, str) or not id:
        raise Unreadable("folder")
    return RemoteId(id)


async def is_folder_empty(mailbox: Mailbox, id: RemoteId) -> bool:
    """Return whether nothing is in a folder; one that is gone is empty."""
    target = f"{_path(id)}/contacts"
    try:
        body = (await mailbox.request("GET", target, params={"$top": "1", "$select": "id"})).body
    except Rejected as err:
        if err.status == _GONE:
            return True
        raise
    return not values(body)


async def delete_folder(mailbox: Mailbox, id: RemoteId) -> None:
    """Take a folder away; one that is gone already is as good."""
    try:
        await mailbox.request("DELETE", _path(id))
    except Rejected as err:
        if err.status != _GONE:
            raise


def _path(id: RemoteId) -> str:
    return f"/me/contactFolders/{quoted(id)}"
