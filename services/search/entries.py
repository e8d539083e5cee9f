"""What a record is found by.

Of each body only the few fields are read that somebody searches by: an index of a large book
reads 100,000 of them, and shows 25.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from services.search.marks import COMPANY, GROUP, TAG
from services.spelling import IDEOGRAPHS, WORD, digits_of, respelled, words_of
from services.storage.codec import decode
from services.storage.sealed import Opened

__all__ = ["Entry", "contact_entry", "event_entry"]

MOST_INITIALS = 4
KNOWN = 10_000
"""Words, and whole fields, of which is remembered how they are written."""
PARTED = re.compile(r"[^\W_]+(?:['\u2018\u2019\u02bc`-][^\W_]+)+")
"""What people write as one word, too, or with a blank: ``O'Neil``, ``Jean-Pierre``."""
MOST_LETTERS = 4_000
"""Of a description: what stands behind them is read, and not looked for."""


class Entry(NamedTuple):
    """One record of an index."""

    record: Opened
    names: list[str]
    """Folded words of the name or title: what begins with the letters is shown first."""
    others: list[str]
    """Folded words of everything else, those of some fields with their mark before them."""
    is_gone: bool
    """True for a tombstone, which is not found."""
    initials: list[str]
    """Of the name: all of them, and those of its first and last word."""


class _Phone(Struct):
    number: str


class _Address(Struct, frozen=True):
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


class _Value(Struct):
    value: str


class _Author(Struct):
    name: str = ""


NOWHERE = _Address()


class _ContactWords(Struct):
    name: str
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    nickname: str = ""
    phonetic_given_name: str = ""
    phonetic_family_name: str = ""
    phonetic_company: str = ""
    company: str = ""
    job: str = ""
    department: str = ""
    office: str = ""
    profession: str = ""
    manager: str = ""
    assistant: str = ""
    spouse: str = ""
    children: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    chats: tuple[str, ...] = ()
    phones: tuple[_Phone, ...] = ()
    business_address: _Address = NOWHERE
    home_address: _Address = NOWHERE
    other_address: _Address = NOWHERE
    website: str = ""
    links: tuple[str, ...] = ()
    notes: str = ""
    tags: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    owner: _Author | None = None
    custom: tuple[_Value, ...] = ()


class _Contact(Struct):
    content: _ContactWords
    deleted_at: str | None = None


class _EventWords(Struct):
    title: str
    place: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    people: tuple[_Author, ...] = ()
    links: tuple[_Author, ...] = ()
    exceptions: tuple[_Changed, ...] = ()


class _Changed(Struct):
    content: _EventWords | None = None


class _Meeting(Struct):
    organiser: str = ""


class _Event(Struct):
    content: _EventWords
    created_by: _Author | None = None
    mirror: _Meeting | None = None
    deleted_at: str | None = None


def contact_entry(record: Opened) -> Entry:
    """Return the entry of a contact: the name first, then all else that people know of it."""
    contact = decode(_Contact, record.body)
    content = contact.content
    marked = [*_marked(COMPANY, content.company)]
    for group in content.groups:
        marked += (GROUP, *_marked(GROUP, group), GROUP, GROUP)  # a whole group can be told
    for tag in content.tags:
        marked += _marked(TAG, tag)
    others = _words(" ".join(filter(None, _written(content))))
    others += [digits_of(phone.number) for phone in content.phones]
    names = f"{content.name} {content.nickname}" if content.nickname else content.name
    return _entry(record, names, others, contact.deleted_at, marked)


def _written(content: _ContactWords) -> list[str]:
    """Return what is written of a contact beside its name, company, groups and tags."""
    return [
        *(content.given_name, content.middle_name, content.family_name),
        *(content.phonetic_given_name, content.phonetic_family_name, content.phonetic_company),
        *(content.job, content.department, content.office, content.profession),
        *(content.manager, content.assistant, content.spouse, *content.children),
        *(*content.emails, *content.chats, content.website, *content.links),
        *_lines(content.business_address),
        *_lines(content.home_address),
        *_lines(content.other_address),
        *(one.value for one in content.custom),
        content.owner.name if content.owner else "",
        content.notes[:MOST_LETTERS],
    ]


def _joined(name: str) -> list[str]:
    """Return words of a name as they are written without what parts them: ``O'Neil`` as ONeil."""
    if name.isalnum():
        return []
    return ["".join(words_of(whole)) for whole in PARTED.findall(name)]


def _lines(address: _Address) -> tuple[str, ...]:
    if address is NOWHERE:
        return ()
    return (
        *(address.street, address.city, address.region),
        *(address.postal_code, address.country),
    )


def _words(text: str) -> list[str]:
    """Return the words of a text, in both ways where some are written in two."""
    if text.isascii():
        return words_of(text)
    found: list[str] = []
    for word in WORD.findall(text):
        found += (word.lower(),) if word.isascii() else _both_ways(word)
    return found


@lru_cache(maxsize=KNOWN)
def _both_ways(word: str) -> tuple[str, ...]:
    """Return a word that is not plain; towns, countries and jobs come again and again."""
    return (*words_of(word), *WORD.findall(respelled(word)))


@lru_cache(maxsize=KNOWN)
def _marked(mark: str, text: str) -> tuple[str, ...]:
    """Return the words of a field; companies, groups and tags come again and again."""
    return tuple([mark + word for word in _words(text)])


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
    named = (each.name for each in (*content.people, *content.links))
    return (content.place, *content.tags, *named, content.text[:MOST_LETTERS])


def _entry(
    record: Opened,
    name: str,
    others: list[str],
    deleted_at: str | None,
    marked: Sequence[str] = (),
) -> Entry:
    plain = words_of(name)
    names = plain + _joined(name)
    if not name.isascii():
        other_way = [word for word in WORD.findall(respelled(name)) if word not in plain]
        written = [word for word in plain if word >= IDEOGRAPHS]
        parts = [word[at : at + 2] for word in written for at in range(1, len(word))]
        names = names + other_way + parts
    known = {*names, *(word[1:] for word in marked)}
    rest = [*marked, *(word for word in dict.fromkeys(others) if word and word not in known)]
    return Entry(record, names, rest, deleted_at is not None, _initials(plain))


def _initials(words: list[str]) -> list[str]:
    if len(words) < 2:
        return []
    letters = "".join(word[0] for word in words[:MOST_INITIALS])
    ends = words[0][0] + words[-1][0]
    return [letters] if ends == letters else [letters, ends]
