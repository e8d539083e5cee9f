"""What every write to a ledger leaves beside the record itself, in the same commit.

* *History*: what was replaced, for 30 days.
* *Audit*: who did what, for a year. Nothing ever rewrites an entry, except that a person who asks
  to be erased becomes nobody in it.
* *Bin*: that something is deleted, as long as it can be had back; a tombstone alone would only be
  found by reading the whole book.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from services.model.audit import AuditEntry, Deed
from services.model.contacts import Contact
from services.model.events import Event
from services.storage.codec import encode
from services.storage.sealed import Remove, Seal, SealedWrite

__all__ = ["AUDIT", "AUDITED", "BIN", "HISTORY", "KEPT", "noted", "traces"]

KEPT = timedelta(days=30)
"""How long what was deleted or replaced can be had back."""
AUDITED = timedelta(days=365)
AUDIT, BIN, HISTORY = "audit", "bin", "history"


def traces(
    kind: str, before: Event | Contact | None, after: Event | Contact, now: datetime
) -> list[SealedWrite]:
    """Return the writes that go with one that makes ``after`` of ``before``."""
    deed = _deed(before, after)
    writes: list[SealedWrite] = [_audit(kind, deed, after, now)]
    if before is not None:
        writes.append(_history(kind, before, now))
    if after.deleted_at is not None:
        writes.append(
            Seal(
                kind=BIN,
                id=f"{kind}/{after.id}",
                body=after.deleted_at.isoformat().encode(),
                labels=[kind],
                expires_at=after.deleted_at + KEPT,
            )
        )
    elif deed is Deed.RESTORED:
        writes.append(Remove(kind=BIN, id=f"{kind}/{after.id}"))
    return writes


def noted(entry: AuditEntry) -> Seal:
    """Return the write of an entry of the audit log."""
    expires_at = entry.at + AUDITED
    return Seal(kind=AUDIT, id=os.urandom(8).hex(), body=encode(entry), expires_at=expires_at)


def _deed(before: Event | Contact | None, after: Event | Contact) -> Deed:
    event = after if isinstance(after, Event) else None
    if after.deleted_at is not None:
        return Deed.MOVED if event and event.went_to else Deed.DELETED
    if before is None:
        return Deed.MOVED if event and event.came_from else Deed.CREATED
    return Deed.CHANGED if before.deleted_at is None else Deed.RESTORED


def _audit(kind: str, deed: Deed, after: Event | Contact, now: datetime) -> Seal:
    return noted(AuditEntry(at=now, by=after.updated_by, deed=deed, kind=kind, item=after.id))


def _history(kind: str, before: Event | Contact, now: datetime) -> Seal:
    return Seal(
        kind=HISTORY,
        id=f"{kind}/{before.id}/{before.revision}",
        body=encode(before),
        labels=[f"{kind}/{before.id}"],
        expires_at=now + KEPT,
    )
