"""One worker at a time in a mailbox: its lease, and the budget of requests that lies in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.model.budgets import Budgets
from services.model.identity import Person
from services.storage.repositories.leases import MailboxLease, MailboxLeases
from services.sync.worker import MailboxBusy

__all__ = ["mailbox_turn"]


@asynccontextmanager
async def mailbox_turn(
    leases: MailboxLeases, budgets: Budgets, person: Person, owner: str, seconds: float
) -> AsyncIterator[MailboxLease]:
    """Hold a mailbox while the block runs, for so many seconds at a time.

    Raises:
        MailboxBusy: somebody else has it.
    """
    lease = await leases.acquire(person, owner, seconds)
    if lease is None:
        raise MailboxBusy
    try:
        with budgets.opened(person, lease.budget):
            yield lease
    finally:
        await leases.release(lease)
