"""The calendars of a mailbox as such: make one, look whether it is empty, take it away.

What is in them is :mod:`services.graph.mailbox`'s. A mailbox has each name once, whatever its
letters' case, so a name that was asked for twice is found and not doubled.

Source: Microsoft Graph ``user: create calendars``, ``calendar: delete``, ``calendar: get``.
"""

from __future__ import annotations

from services.graph.client import quoted
from services.graph.mailbox import Mailbox, path, values
from services.model.accounts import RemoteId
from services.model.errors import Rejected, Stale, Unreadable

__all__ = [
    "calendar_of",
    "create_calendar",
    "delete_calendar",
    "has_calendar",
    "is_calendar_empty",
]

_TAKEN = "ErrorFolderExists"
_GONE = 404


async def create_calendar(mailbox: Mailbox, name: str) -> RemoteId:
    """Make a calendar and return its id.

    Raises:
        Stale: the mailbox has one of this name already.
        Unreadable: ``calendar``: the answer names none.
    """
    try:
        body = (await mailbox.request("POST", "/me/calendars", json={"name": name})).body
    except Rejected as err:
        if err.code == _TAKEN:
            raise Stale from err
        raise
    id = body.get("id")
    if not isinstance(id, str) or not id:
        raise Unreadable("calendar")
    return RemoteId(id)


async def has_calendar(mailbox: Mailbox, id: RemoteId) -> bool:
    """Return whether the mailbox has this calendar."""
    try:
        await mailbox.request("GET", f"/me/calendars/{quoted(id)}", params={"$select": "id"})
    except Rejected as err:
        if err.status == _GONE:
            return False
        raise
    return True


async def calendar_of(mailbox: Mailbox, event: RemoteId) -> RemoteId | None:
    """Return in which calendar an event is; ``None`` where Graph does not say."""
    target = f"{path(event)}/calendar"
    try:
        body = (await mailbox.request("GET", target, params={"$select": "id"})).body
    except Rejected:
        return None
    id = body.get("id")
    return RemoteId(id) if isinstance(id, str) else None


async def is_calendar_empty(mailbox: Mailbox, id: RemoteId) -> bool:
    """Return whether nothing is in a calendar, past or to come; one that is gone is empty."""
    target = f"/me/calendars/{quoted(id)}/events"
    try:
        body = (await mailbox.request("GET", target, params={"$top": "1", "$select": "id"})).body
    except Rejected as err:
        if err.status == _GONE:
            return True
        raise
    return not values(body)


async def delete_calendar(mailbox: Mailbox, id: RemoteId) -> None:
    """Take a calendar away; one that is gone already is as good."""
    try:
        await mailbox.request("DELETE", f"/me/calendars/{quoted(id)}")
    except Rejected as err:
        if err.status != _GONE:
            raise
