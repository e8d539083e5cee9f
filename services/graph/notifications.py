"""Read what Graph posts to us when something has changed.

:func:`parse` takes the body of a POST; one may hold notices of several subscriptions and tenants,
twice and in any order. Anybody can post here, so nothing in a notice is believed: it names a
subscription of ours and proves it with the secret (:func:`is_genuine`), and all it can cause is
that a link is synced earlier.

Source: Microsoft Graph ``changeNotificationCollection``; lifecycle notifications.
"""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

import msgspec

from services.graph.subscriptions import secret_hash
from services.model.accounts import Subscription
from services.model.errors import Unreadable

__all__ = ["Notification", "is_genuine", "parse"]

MOST = 1_000
"""Notices that are read of one POST; the sweep finds what the rest would have told."""


@dataclass(frozen=True, slots=True)
class Notification:
    """Something has changed, or a subscription is in trouble."""

    subscription_id: str
    client_state: str
    tenant: str
    lifecycle: str | None = None
    """``reauthorizationRequired``, ``subscriptionRemoved`` or ``missed``."""


def parse(body: bytes) -> list[Notification]:
    """Return the notices of a POST, each once; what is no notice is passed over.

    Raises:
        Unreadable: ``notification``: the body is no collection of notices.
    """
    try:
        collection: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError) as err:  # the latter: too deep
        raise Unreadable("notification") from err
    entries = collection.get("value") if isinstance(collection, dict) else None
    if not isinstance(entries, list):
        raise Unreadable("notification")
    found = (_read(entry) for entry in entries[:MOST] if isinstance(entry, dict))
    return list(dict.fromkeys(notice for notice in found if notice.subscription_id))


def is_genuine(notice: Notification, subscription: Subscription) -> bool:
    """Whether a notice carries the secret of this very subscription."""
    told = secret_hash(notice.client_state).encode()
    is_same = compare_digest(told, subscription.secret_hash.encode())
    return is_same and notice.subscription_id == subscription.id


def _read(entry: dict[str, Any]) -> Notification:
    return Notification(
        _text(entry, "subscriptionId"),
        _text(entry, "clientState"),
        _text(entry, "tenantId").lower(),
        _text(entry, "lifecycleEvent") or None,
    )


def _text(entry: dict[str, Any], field: str) -> str:
    value = entry.get(field)
    return value if isinstance(value, str) else ""
