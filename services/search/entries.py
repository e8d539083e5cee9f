"""What a record is found by, and how it is carried in an index."""

from __future__ import annotations

from dataclasses import dataclass

from services.model.contacts import Contact
from services.model.events import Event
from services.search.spelling import digits_of, words_of
from services.storage.codec import encode

__all__ = ["Entry", "contact_entry", "event_entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of an index."""

    id: str
    first: tuple[str, ...]
    """Folded words of the name or title: what begins with the letters is shown first."""
    other: tuple[str, ...]
    """Folded words of everything else."""
    changed: float
    """When it was last written: what is new is shown before anybody types."""
    body: bytes
    """The record itself, encoded."""


def contact_entry(contact: Contact) -> Entry:
    """Return the entry of a contact: name first, then company, job, e-mail and phone digits."""
    content = contact.content
    other = words_of(" ".join((content.company, content.job, content.department, *content.emails)))
    phones = [digits_of(phone.number) for phone in content.phones]
    first = words_of(content.name)
    return _entry(contact, first, other + [number for number in phones if number])


def event_entry(event: Event) -> Entry:
    """Return the entry of an event: title first, then the place."""
    return _entry(event, words_of(event.content.title), words_of(event.content.place))


def _entry(record: Contact | Event, first: list[str], other: list[str]) -> Entry:
    names = dict.fromkeys(first)
    return Entry(
        id=record.id,
        first=tuple(names),
        other=tuple(word for word in dict.fromkeys(other) if word not in names),
        changed=record.updated_at.timestamp(),
        body=encode(record),
    )
