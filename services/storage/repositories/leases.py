"""The lease of a mailbox: one worker at a time, and a fence against one that woke too late.

A worker that stalls for longer than its lease does not know it. So every commit under a lease
rewrites the lease's own record and expects the etag of the time before: whoever lost the lease
gets :class:`~services.model.errors.Stale`, and nothing of the commit is written.

What a sync has sent to the mailbox lately is written along with it, and stays there for some
minutes when the lease is let go, so that the next instance goes on counting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from services.model.budgets import Budget
from services.model.errors import Stale
from services.model.identity import Person
from services.model.ports import etag_of
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.sealed import Remove, Seal, SealedWrite
from services.storage.vault import Vault

__all__ = ["LEASE", "MailboxLease", "MailboxLeases"]

LEASE = "lease"
COUNTED_FOR = timedelta(minutes=11)
FRESH = timedelta(seconds=2)
"""A lease that was written so lately need not be written for itself alone: who dies before it is
leaves the next instance to guess at what was sent in that time, and at no more."""
LONGEST = timedelta(minutes=10)
"""A lease that seems to last longer was written before the clock was set back."""


@dataclass(slots=True)
class MailboxLease:
    """What a worker holds while it works on a mailbox; each commit carries it further."""

    person: Person
    owner: str
    seconds: float
    etag: str
    budget: Budget = field(default_factory=Budget)
    """What was sent to the mailbox lately; who sends counts on."""
    written_at: datetime | None = None
    """When it was written last, by our clock."""


@dataclass(frozen=True, slots=True)
class _Held:
    owner: str
    """Empty once the mailbox was let go."""
    until: datetime
    budget: Budget = field(default_factory=Budget)

    def is_taken(self, now: datetime) -> bool:
        """Whether somebody has the mailbox."""
        return bool(self.owner) and now < self.until <= now + LONGEST


class MailboxLeases:
    """Hands out the lease of each account."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def acquire(self, person: Person, owner: str, seconds: float) -> MailboxLease | None:
        """Return the lease, or ``None`` while somebody holds it, be it the same owner."""
        partition = await places.account(self._vault, person)
        opened = await partition.get(LEASE, LEASE)
        held = None if opened is None else decode(_Held, opened.body)
        if held is not None and held.is_taken(self._vault.clock.now()):
            return None
        lease = MailboxLease(person, owner, seconds, "" if opened is None else opened.etag)
        if held is not None:
            lease.budget = held.budget
        try:
            await self.renew(lease)
        except Stale:
            return None  # somebody else was faster
        return lease

    async def renew(self, lease: MailboxLease) -> None:
        """Hold the lease for its full time from now on.

        Raises:
            Stale: the lease is lost.
        """
        await self._write_under(lease, [])

    async def hold(self, lease: MailboxLease) -> None:
        """Hold the lease for nearly its full time: :meth:`renew` it, unless it is fresh.

        Raises:
            Stale: the lease is lost.
        """
        written_at, now = lease.written_at, self._vault.clock.now()
        if written_at is None or not timedelta() <= now - written_at < FRESH:
            await self.renew(lease)

    async def release(self, lease: MailboxLease) -> None:
        """Let others have it; nothing happens when they have it already."""
        partition = await places.account(self._vault, lease.person)
        try:
            await partition.commit([self._released(lease)])
        except Stale:
            return

    def _released(self, lease: MailboxLease) -> SealedWrite:
        if not lease.budget.spent:
            return Remove(kind=LEASE, id=LEASE, expect=lease.etag)
        now = self._vault.clock.now()
        body = encode(_Held("", now, lease.budget))
        expires_at = now + COUNTED_FOR
        return Seal(kind=LEASE, id=LEASE, body=body, expect=lease.etag, expires_at=expires_at)

    async def _write_under(self, lease: MailboxLease, writes: Iterable[SealedWrite]) -> int:
        partition = await places.account(self._vault, lease.person)
        now = self._vault.clock.now()
        until = now + timedelta(seconds=lease.seconds)
        body = encode(_Held(lease.owner, until, lease.budget))
        fence = Seal(kind=LEASE, id=LEASE, body=body, expect=lease.etag)
        revision = await partition.commit(chain([fence], writes))
        lease.etag, lease.written_at = etag_of(revision), now
        return revision
