"""Ask Graph to tell of changes; a notification is only a hint that a sync is due.

A subscription lives for less than seven days and must be renewed. Graph knows whether it has one
already: :func:`list_subscriptions` before :func:`create_subscription`, and exactly one is kept.

Source: Microsoft Graph ``subscription``; change notifications for Outlook resources.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from services.graph.client import quoted
from services.graph.mailbox import Mailbox
from services.graph.times import instant_from_graph
from services.model.accounts import RemoteId, Subscription
from services.model.books import BookKind
from services.model.errors import Unreadable

__all__ = [
    "LONGEST_LIFE",
    "ActiveSubscription",
    "create_subscription",
    "delete_subscription",
    "list_subscriptions",
    "renew_subscription",
    "resource_of",
    "secret_hash",
]

LONGEST_LIFE = timedelta(minutes=10_070)
"""Graph's limit of 10,080 minutes, less some for clocks that differ."""


@dataclass(frozen=True, slots=True)
class ActiveSubscription:
    """A subscription as Graph lists it; ours is the one with our address."""

    id: str
    resource: str
    notification_url: str
    expires_at: datetime


async def create_subscription(
    mailbox: Mailbox,
    *,
    notification_url: str,
    lifecycle_url: str,
    client_state: str,
    expires_at: datetime,
    resource: str,
) -> Subscription:
    """Ask to be told of changes. Graph calls ``notification_url`` before it answers.

    Args:
        mailbox: whose events.
        notification_url: where notices go.
        lifecycle_url: where word of the subscription's own troubles goes.
        client_state: a secret that comes back with each notice; only its hash is kept.
        expires_at: how long at most; the answer's word counts.
        resource: what to watch.

    Raises:
        Rejected: 400 when our address did not answer, 409 when there is one already.
    """
    body = {
        "changeType": "created,updated,deleted",
        "resource": resource,
        "notificationUrl": notification_url,
        "lifecycleNotificationUrl": lifecycle_url,
        "clientState": client_state,
        "expirationDateTime": _text(expires_at),
    }
    item = (await mailbox.request("POST", "/subscriptions", json=body)).body
    found = _read(item)
    return Subscription(
        id=found.id, secret_hash=secret_hash(client_state), expires_at=found.expires_at
    )


async def renew_subscription(mailbox: Mailbox, id: str, expires_at: datetime) -> datetime:
    """Let a subscription live longer; return until when.

    Raises:
        Rejected: 404 when it is gone: make a new one.
    """
    body = {"expirationDateTime": _text(expires_at)}
    return _read((await mailbox.request("PATCH", _path(id), json=body)).body).expires_at


async def delete_subscription(mailbox: Mailbox, id: str) -> None:
    """End a subscription; one that is gone already is as good."""
    await mailbox.delete(_path(id))


async def list_subscriptions(mailbox: Mailbox) -> list[ActiveSubscription]:
    """Return what the app has asked for with this person's token."""
    return [_read(item) async for item in mailbox.items("/subscriptions")]


def resource_of(kind: BookKind, folder: RemoteId) -> str:
    """Return what is to be watched for a link: its own calendar, or its folder of contacts.

    A value in a body and no address: the id stands there as it is.
    """
    if kind is BookKind.CONTACTS:
        return f"/me/contactFolders/{folder}/contacts"
    return f"/me/calendars/{folder}/events"


def secret_hash(client_state: str) -> str:
    """Return what is kept of a subscription's secret."""
    return sha256(client_state.encode()).hexdigest()


def _path(id: str) -> str:
    return f"/subscriptions/{quoted(id)}"


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(item: Mapping[str, Any]) -> ActiveSubscription:
    id, expires_at = item.get("id"), instant_from_graph(item.get("expirationDateTime"))
    if not isinstance(id, str) or expires_at is None:
        raise Unreadable("subscription")
    return ActiveSubscription(
        id, str(item.get("resource") or ""), str(item.get("notificationUrl") or ""), expires_at
    )
