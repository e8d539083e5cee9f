"""Taking one person's name out of a ledger: its records, their history and the audit log.

What they wrote stays, written by nobody. It is the one change that an audit entry ever sees.
"""

from __future__ import annotations

from dataclasses import replace

from services.model.audit import AuditEntry
from services.model.contacts import Contact
from services.model.errors import Stale
from services.model.events import Author, Event, EventContent
from services.model.identity import NOBODY, Person
from services.model.ports import Put, Record
from services.storage.codec import decode, encode
from services.storage.repositories.traces import AUDIT, HISTORY
from services.storage.sealed import Opened, SealedPartition

__all__ = ["anonymise", "is_by"]

_AT_ONCE = 90
_NOBODY = Author(NOBODY, "")
_CLASSES: dict[str, type[Event | Contact]] = {"event": Event, "contact": Contact}


def is_by(entry: Event | Contact, person: Person) -> bool:
    """Tell whether somebody wrote a thing, or wrote it last, or an event is from their mailbox."""
    by, mailbox = entry.updated_by, entry.mailbox if isinstance(entry, Event) else None
    return person in (entry.created_by.person, by.person, by.mailbox, mailbox)


async def anonymise(partition: SealedPartition, person: Person) -> int:
    """Take a person out of a ledger; return out of how many records.

    Whatever somebody else writes at the same moment is looked at again.
    """
    total = 0
    while number := await _walk(partition, person):
        total += number
    return total


async def _walk(partition: SealedPartition, person: Person) -> int:
    found = 0
    until = await partition.revision()
    after: str | None = None
    while True:
        page = await partition.records.changes(partition.name, 0, limit=_AT_ONCE, after=after)
        puts = [put for record in page.records if (put := _without(partition, record, person))]
        for put in puts:
            await _commit(partition, put)
        found += len(puts)
        is_last = not page.records or page.records[-1].revision >= until
        if is_last or page.next is None:
            return found
        after = page.next


async def _commit(partition: SealedPartition, put: Put) -> None:
    try:
        await partition.records.commit(partition.name, [put])
    except Stale:
        return  # the next walk comes to what was written instead


def _without(partition: SealedPartition, record: Record, person: Person) -> Put | None:
    """Return the write that takes a person out of a record; ``None`` = they are not in it."""
    if record.kind not in (*_CLASSES, HISTORY, AUDIT):
        return None
    opened = partition.opened(record)
    if person.object_id.encode() not in opened.body:
        return None  # most are somebody else's: that is seen without reading them
    body = _rewritten(opened, person)
    return None if body == opened.body else partition.rewritten(record, body)


def _rewritten(opened: Opened, person: Person) -> bytes:
    def by(author: Author) -> Author:
        author = _NOBODY if author.person == person else author
        return replace(author, mailbox=None) if author.mailbox == person else author

    if opened.kind == AUDIT:
        entry = decode(AuditEntry, opened.body)
        return encode(replace(entry, by=by(entry.by)))
    kind = opened.id.partition("/")[0] if opened.kind == HISTORY else opened.kind
    thing = decode(_CLASSES[kind], opened.body)
    if isinstance(thing, Event):
        thing = _event_without(thing, person)
    elif thing.content.owner and thing.content.owner.person == person:
        thing = replace(thing, content=replace(thing.content, owner=None))
    by_whom = by(thing.created_by), by(thing.updated_by)
    return encode(replace(thing, created_by=by_whom[0], updated_by=by_whom[1]))


def _event_without(event: Event, person: Person) -> Event:
    """Return an event that somebody is not among, and whose private part is nobody's now."""
    exceptions = tuple(
        replace(each, content=each.content and _alone(each.content, person))
        for each in event.content.exceptions
    )
    content = replace(_alone(event.content, person), exceptions=exceptions)
    mailbox = NOBODY if event.mailbox == person else event.mailbox
    mirror_of = NOBODY if event.mirror_of == person else event.mirror_of
    return replace(event, content=content, mailbox=mailbox, mirror_of=mirror_of)


def _alone(content: EventContent, person: Person) -> EventContent:
    others = tuple(each for each in content.people if each.person != person)
    return replace(content, people=others)
