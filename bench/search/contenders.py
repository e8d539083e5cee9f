"""Three that look for people: ours, rapidfuzz over all names, and SQLite's FTS5 by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.fuzz import WRatio

from bench.search.latin import bare
from services.model.contacts import Contact
from services.search.entries import contact_entry
from services.search.index import Index
from services.search.segment import Copy, Draft
from services.search.wanted import wanted_of
from services.storage.codec import decode, encode
from services.storage.sealed import Opened

__all__ = ["SHOWN", "Almanac", "Contender", "Fts5", "Rapidfuzz"]

SHOWN = 25
AT_ONCE = 200


class _Id(Struct):
    id: str


class Contender(Protocol):
    """One that was given all contacts before."""

    name: str

    def look(self, text: str) -> Sequence[str]:
        """Return the ids of those that fit, the best first."""


class Almanac:
    """Our index as it is after a start, from stored segments; what it finds is unpacked."""

    name = "Almanac"

    def __init__(self, contacts: Sequence[Contact]) -> None:
        copy = Copy()
        for piece in _stored(contacts):
            copy.put(piece)
        self._index = Index(contact_entry)
        self._index.load(copy.segment(1))
        self.mib = self._index.size / 2**20

    def look(self, text: str) -> Sequence[str]:
        found = self._index.search(wanted_of(text), SHOWN)
        return [decode(_Id, one.body).id for one in found]


def _stored(contacts: Sequence[Contact]) -> list[bytes]:
    index, draft = Index(contact_entry), Draft()
    for start in range(0, len(contacts), AT_ONCE):
        some = contacts[start : start + AT_ONCE]
        records = [Opened("contact", one.id, encode(one), 1, "") for one in some]
        index.put(index.prepare(records))
    for lines in index.lines(0):
        draft.put(lines)
    return draft.written()


class Rapidfuzz:
    """Every name is compared with what was typed; both without accents, as its users do."""

    name = "rapidfuzz over all names"

    def __init__(self, contacts: Sequence[Contact]) -> None:
        self._names = {one.id: bare(one.content.name).lower() for one in contacts}

    def look(self, text: str) -> Sequence[str]:
        found = process.extract(bare(text).lower(), self._names, scorer=WRatio, limit=SHOWN)
        return [id for _, _, id in found]


class Fts5:
    """One table of words, accents removed, that must all be begun; by its own ranking."""

    name = "SQLite FTS5 alone"

    def __init__(self, contacts: Sequence[Contact]) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            "CREATE VIRTUAL TABLE people USING fts5(name, id UNINDEXED, company, others,"
            " tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
        )
        rows = (
            (one.content.name, one.id, one.content.company, " ".join(_others(one)))
            for one in contacts
        )
        self._db.executemany("INSERT INTO people VALUES (?, ?, ?, ?)", rows)

    def look(self, text: str) -> Sequence[str]:
        words = ["".join(c for c in word if c.isalnum() or c in "@.+-") for word in text.split()]
        asked = " ".join(f'"{word}"*' for word in words if word)
        found = self._db.execute(
            "SELECT id FROM people WHERE people MATCH ? ORDER BY rank LIMIT ?", (asked, SHOWN)
        )
        return [id for (id,) in found]


def _others(contact: Contact) -> list[str]:
    content = contact.content
    address = content.business_address
    return [
        *(content.job, content.notes, address.street, address.city, address.postal_code),
        *content.emails,
        *content.tags,
        *content.groups,
        *(phone.number for phone in content.phones),
        *(one.value for one in content.custom),
    ]
