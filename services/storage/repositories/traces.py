"""What every write to a ledger leaves, in the same commit.

* *History*: what was replaced, for 30 days.
* *Audit*: who did what, for a year. The last deed stands in the record itself, which names its
  author anyway; once the next write replaces that, it becomes an entry of its own, and so does a
  deletion, since its tombstone is gone after 30 days. Nothing ever changes what is said, except
  that a person who asks to be erased becomes nobody in it.
* *Bin*: that something is deleted, as long as it can be had back; a tombstone alone would only be
  found by reading the whole book.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from services.model.audit import AuditEntry
from services.model.contacts import Contact
from services.model.deeds import Deed, Trace
from services.model.events import Event
from services.storage.codec import encode
from services.storage.sealed import Remove, Seal, SealedWrite

__all__ = ["AUDIT", "AUDITED", "BIN", "HISTORY", "KEPT", "noted", "trace", "traces"]

KEPT = timedelta(days=30)
"""How long what was deleted or replaced can be had back."""
AUDITED = timedelta(days=365)
AUDIT, BIN, HISTORY = "audit", "bin", "history"


def trace(before: Event | Contact | None, after: Event | Contact, now: datetime) -> Trace | None:
    """Return what ``after`` itself says of the write that makes it of ``before``."""
    return None if after.deleted_at is not None else Trace(_deed(before, after), now)


def traces(
    kind: str, before: Event | Contact | None, after: Event | Contact, now: datetime
) -> list[SealedWrite]:
    """Return the writes that go with one that makes ``after`` of ``before``."""
    writes: list[SealedWrite] = []
    if before is not None:
        writes += [_history(kind, before, now), *_last_deed(kind, before, now)]
    if after.deleted_at is not None:
        writes += [_audit(kind, before, after, now), _binned(kind, after, after.deleted_at)]
    elif before is not None and before.deleted_at is not None:
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


def _last_deed(kind: str, before: Event | Contact, now: datetime) -> list[Seal]:
    """Return the entry of what a record has said itself so far, unless that is too long ago."""
    said = before.trace
    if said is None or said.at + AUDITED <= now:
        return []
    entry = AuditEntry(
        at=said.at,
        by=before.updated_by,
        deed=said.deed,
        kind=kind,
        item=before.id,
        revision=before.revision,
    )
    return [noted(entry)]


def _audit(
    kind: str, before: Event | Contact | None, after: Event | Contact, now: datetime
) -> Seal:
    deed = _deed(before, after)
    return noted(AuditEntry(at=now, by=after.updated_by, deed=deed, kind=kind, item=after.id))


def _binned(kind: str, after: Event | Contact, deleted_at: datetime) -> Seal:
    return Seal(
        kind=BIN,
        id=f"{kind}/{after.id}",
        body=deleted_at.isoformat().encode(),
        labels=[kind],
        expires_at=deleted_at + KEPT,
    )


def _history(kind: str, before: Event | Contact, now: datetime) -> Seal:
    return Seal(
        kind=HISTORY,
        id=f"{kind}/{before.id}/{before.revision}",
        body=encode(before, trace=None),
        labels=[f"{kind}/{before.id}"],
        expires_at=now + KEPT,
    )
