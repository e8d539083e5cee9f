"""The ledger of calendars: events, found by id, by time and by what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from services.model.books import Book
from services.model.events import Event, EventId
from services.storage.repositories.ledger import Ledger
from services.storage.repositories.weeks import labels_between, labels_of
from services.storage.vault import Vault

__all__ = ["EventLedger"]


class EventLedger(Ledger[Event, EventId]):
    """Events of any calendar."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault, "event", Event)

    async def between(
        self, book: Book, start: datetime, end: datetime, zone: ZoneInfo | None = None
    ) -> list[Event]:
        """Return the events that may touch an interval, every series that may among them.

        These are candidates: whoever asks compares times, in the zone that counts for them. There
        are fewer where that ``zone`` is said.
        """
        return await self._live(book, labels_between(start, end, zone))

    def _labels(self, entry: Event) -> Sequence[str]:
        return labels_of(entry.content)
