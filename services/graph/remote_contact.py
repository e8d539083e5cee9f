"""Contacts of an Outlook folder, as the sync sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.graph.remote_item import RemoteItem
from services.model.contacts import ContactContent

__all__ = ["RemoteContact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteContact(RemoteItem[ContactContent]):
    """One Outlook contact. It is nobody's meeting, and was made under no transaction id."""

    lacks_picture: bool = True
    created_at: datetime | None = None
    """By Microsoft's clock."""
    email_names: Mapping[str, str] = field(default_factory=dict)
    """What Outlook shows in place of an address. Not ours to change, so a write repeats it."""
