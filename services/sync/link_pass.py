"""One pass over one link: what its four steps share, and the only way they write.

Every write goes through :meth:`LinkPass.commit`, under the mailbox's lease. When another worker
has taken the mailbox over, the commit is refused and the pass ends with :class:`LeaseLost`;
nothing that it learned since is kept, and the other worker sees to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from services.events import Events
from services.graph.remote_event import RemoteEvent
from services.ids import id_of
from services.model.accounts import Cursor, Link, Observation, RemoteId
from services.model.books import Book
from services.model.errors import AlmanacError, Stale
from services.model.events import EventId
from services.model.times import Clock
from services.storage.repositories.events import EventLedger
from services.storage.repositories.leases import MailboxLease
from services.storage.repositories.links import LinkChanges, LinkRecords
from services.sync.outlook import Outlook

__all__ = ["LeaseLost", "LinkPass", "imported_id"]


class LeaseLost(AlmanacError):
    """Another worker has the mailbox now."""


@dataclass(slots=True, kw_only=True)
class LinkPass:
    """What a pass works with. The link and the lease move on with each commit."""

    links: LinkRecords
    ledger: EventLedger
    events: Events
    outlook: Outlook
    clock: Clock
    book: Book
    lease: MailboxLease
    link: Link
    cursor: Cursor | None = None
    refused: set[RemoteId | EventId] = field(default_factory=set)
    """What this pass has given up; a later one tries again."""

    async def commit(self, changes: LinkChanges) -> None:
        """Write all of it or nothing.

        Raises:
            LeaseLost: another worker has the mailbox now, or somebody changed the link.
        """
        try:
            self.link = await self.links.commit(self.lease, self.link, changes)
        except Stale as err:
            raise LeaseLost from err

    async def hold(self) -> None:
        """Keep the mailbox while nothing is written, as in a long round.

        Raises:
            LeaseLost: another worker has the mailbox now.
        """
        try:
            await self.links.renew(self.lease)
        except Stale as err:
            raise LeaseLost from err

    async def update_link(self, **fields: Any) -> None:
        """Change fields of the link."""
        await self.commit(LinkChanges(link=replace(self.link, **fields)))

    def observe(self, event: RemoteEvent) -> Observation:
        """Return what is to be remembered of an item as it was just seen."""
        return Observation(
            change_key=event.change_key,
            content=event.content,
            mirror=event.mirror,
            transaction_id=event.transaction_id,
            epoch=self.cursor.epoch if self.cursor else 0,
            changed_at=event.changed_at,
        )


def imported_id(link: Link, remote: RemoteId) -> EventId:
    """Return the id under which the team keeps what came from Outlook.

    It follows from where the item came from, so an import that crashed half-way finds itself.
    """
    return EventId(id_of("import", link.id, remote))
