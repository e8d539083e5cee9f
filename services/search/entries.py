"""What a record is found by.

Of each body only the few fields are read that somebody searches by: an index of a large book
reads 100,000 of them, and shows 25.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from services.search.spelling import digits_of, words_of
from services.storage.codec import decode
from services.storage.sealed import Opened

__all__ = ["Entry", "contact_entry", "event_entry"]

IDEOGRAPHS = "\u2e80"
"""Where scripts begin that write names without a blank: 王小明 is found by 小明 and 明 too."""


MOST_LETTERS = 4_000
"""Of a description: what stands behind them is read, and not looked for."""


class Entry(NamedTuple):
    """One record of an index."""

    record: Opened
    names: list[str]
    """Folded words of the name or title: what begins with the letters is shown first."""
    others: list[str]
    """Folded words of everything else."""
    is_gone: bool
    """True for a tombstone, which is not found."""


class _Phone(Struct):
    number: str


class _ContactWords(Struct):
    name: str
    company: str = ""
    job: str = ""
    department: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[_Phone, ...] = ()


class _Contact(Struct):
    content: _ContactWords
    deleted_at: str | None = None


class _EventWords(Struct):
    title: str
    place: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    exceptions: tuple[_Changed, ...] = ()


class _Changed(Struct):
    content: _EventWords | None = None


class _Author(Struct):
    name: str = ""


class _Meeting(Struct):
    organiser: str = ""


class _Event(Struct):
    content: _EventWords
    created_by: _Author | None = None
    mirror: _Meeting | None = None
    deleted_at: str | None = None


def contact_entry(record: Opened) -> Entry:
    """Return the entry of a contact: name first, then company, job, e-mail and phone digits."""
    contact = decode(_Contact, record.body)
    content = contact.content
    others = words_of(" ".join((content.company, content.job, content.department, *content.emails)))
    others += [digits_of(phone.number) for phone in content.phones]
    return _entry(record, content.name, others, contact.deleted_at)


def event_entry(record: Opened) -> Entry:
    """Return the entry of an event: title first, then all else that people write or read of it."""
    event = decode(_Event, record.body)
    content = event.content
    changed = [each.content for each in content.exceptions if each.content is not None]
    written = [part for each in (content, *changed) for part in _parts(each)]
    written += [each.title for each in changed]
    people = [
        event.created_by.name if event.created_by else "",
        event.mirror.organiser if event.mirror else "",
    ]
    others = words_of(" ".join((*written, *people)))
    return _entry(record, content.title, others, event.deleted_at)


def _parts(content: _EventWords) -> tuple[str, ...]:
    return (content.place, *content.tags, content.text[:MOST_LETTERS])


def _entry(record: Opened, name: str, others: list[str], deleted_at: str | None) -> Entry:
    names = words_of(name)
    if not name.isascii():
        written = [word for word in names if word >= IDEOGRAPHS]
        names += [word[at : at + 2] for word in written for at in range(1, len(word))]
    rest = [word for word in dict.fromkeys(others) if word and word not in names]
    return Entry(record, names, rest, deleted_at is not None)
