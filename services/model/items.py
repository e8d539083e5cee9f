"""What a book holds, whichever kind of book it is."""

from __future__ import annotations

from typing import TypeAlias

from services.model.contacts import ContactContent, ContactId
from services.model.events import EventContent, EventId

__all__ = ["Content", "ItemId"]

Content: TypeAlias = EventContent | ContactContent
"""What people write. Events come first: what was stored before contacts were synced has no name
of its kind in it, and is the first of these."""
ItemId: TypeAlias = EventId | ContactId
