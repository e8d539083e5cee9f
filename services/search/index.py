"""One book's index, in memory: SQLite with a table of words and an FTS5 table of trigrams.

A search looks three times and stops as soon as the page is full: for words of the name that begin
with the letters, for other words that do, and for the letters anywhere. The first two read a
sorted table, so one letter costs no more than ten; the third is for three letters and more. Only
when all three find nothing are the letters taken for a slip, and names of nearly the same
spelling are looked up.

The order of what is found depends on nothing but the index, so pages follow each other.
A thread may add while the loop asks: a lock is held for some milliseconds at a time.
https://sqlite.org/fts5.html#the_trigram_tokenizer
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Lock
from typing import TypeVar
from weakref import finalize

from rapidfuzz import process
from rapidfuzz.distance import OSA

from services.search.entries import Entry

__all__ = ["Found", "Index"]

V = TypeVar("V")

SCHEMA = """
PRAGMA journal_mode = OFF;
CREATE TABLE entries (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE, all_words TEXT, changed REAL, body BLOB
);
CREATE INDEX by_change ON entries (changed DESC, number);
CREATE TABLE words (
    kind INTEGER, word TEXT, number INTEGER, PRIMARY KEY (kind, word, number)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE letters USING fts5(
    all_words, content='entries', content_rowid='number',
    tokenize='trigram case_sensitive 1', detail=none
);
"""
FIRST, OTHER = 0, 1
ALMOST = 3
"""Added to the rank of what is spelled differently."""
BATCH = 100
"""Entries that are added while a search must wait: some milliseconds."""
GRAM = 3
LAST_LETTER = "\U0010ffff"
MOST_SLIPS = 2
SHORTEST_FOR_TWO_SLIPS = 6
SHORTEST_FOR_A_SLIP = 4
MOST_NEAR_WORDS = 12
MOST_SLIPPED = 2
"""Terms of which one may be misspelled."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record that fits, and how well: 0 is best."""

    rank: int
    changed: float
    body: bytes


class Index:
    """Entries of one book. Its memory goes with the last one who holds it."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._db.executescript(SCHEMA)
        finalize(self, self._db.close)
        self._names: tuple[str, ...] | None = None
        self._next = 1
        self._lock = Lock()

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        (pages,) = self._db.execute("PRAGMA page_count").fetchone()
        (page,) = self._db.execute("PRAGMA page_size").fetchone()
        return int(pages) * int(page)

    def put(self, entries: Sequence[Entry], gone: Sequence[str] = ()) -> None:
        """Add entries, replacing those of the same id, and take away those that are gone."""
        with self._transaction():
            for some in _batches(gone):
                with self._lock:
                    self._remove(some)
            for batch in _batches(entries):
                with self._lock:
                    self._remove([entry.id for entry in batch])
                    self._add(batch)

    def newest(self, limit: int) -> list[Found]:
        """Return what was written last."""
        with self._lock:
            rows = self._db.execute(
                "SELECT changed, body FROM entries ORDER BY changed DESC, number LIMIT ?", (limit,)
            ).fetchall()
        return [Found(0, changed, body) for changed, body in rows]

    def search(self, terms: Sequence[str], limit: int) -> list[Found]:
        """Return up to ``limit`` records in which all terms are found, the best first.

        Args:
            terms: folded; the longest first, at least one.
            limit: at least one.
        """
        with self._lock:
            return self._exact(terms, limit) or self._almost(terms, limit)

    def _exact(self, terms: Sequence[str], limit: int, *, names_only: bool = False) -> list[Found]:
        numbers: dict[int, int] = {}
        for rank, (question, values) in enumerate(_questions(terms)):
            if names_only and rank > FIRST:
                break
            for (number,) in self._db.execute(question, (*values, limit)):
                numbers.setdefault(number, rank)
            if len(numbers) >= limit:
                break
        return [self._found(number, rank) for number, rank in list(numbers.items())[:limit]]

    def _almost(self, terms: Sequence[str], limit: int) -> list[Found]:
        """Return names in which one of the terms is spelled a little differently."""
        found: dict[bytes, Found] = {}
        for term in terms[:MOST_SLIPPED]:
            others = [other for other in terms if other != term]
            for near in self._near(term):
                for one in self._exact([near, *others], limit, names_only=True):
                    found.setdefault(one.body, replace(one, rank=one.rank + ALMOST))
                if len(found) >= limit:
                    return list(found.values())[:limit]
        return list(found.values())

    def _found(self, number: int, rank: int) -> Found:
        row = self._db.execute("SELECT changed, body FROM entries WHERE number = ?", (number,))
        changed, body = row.fetchone()
        return Found(rank, changed, body)

    def _near(self, term: str) -> list[str]:
        """Return words of names that differ from the term by a slip or two."""
        if len(term) < SHORTEST_FOR_A_SLIP:
            return []
        if self._names is None:
            rows = self._db.execute("SELECT DISTINCT word FROM words WHERE kind = ?", (FIRST,))
            self._names = tuple(word for (word,) in rows)
        slips = MOST_SLIPS if len(term) >= SHORTEST_FOR_TWO_SLIPS else 1
        near = process.extract(
            term,
            self._names,
            scorer=OSA.distance,
            score_cutoff=slips,
            limit=MOST_NEAR_WORDS,
        )
        return [word for word, _, _ in near]

    def _add(self, entries: Sequence[Entry]) -> None:
        numbered = list(enumerate(entries, self._next))
        self._next += len(entries)
        texts = [(number, " ".join(("", *e.first, *e.other))) for number, e in numbered]
        rows = [
            (number, entry.id, text, entry.changed, entry.body)
            for (number, entry), (_, text) in zip(numbered, texts, strict=True)
        ]
        words = [(FIRST, word, number) for number, entry in numbered for word in entry.first]
        words += [(OTHER, word, number) for number, entry in numbered for word in entry.other]
        self._db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", rows)
        self._db.executemany("INSERT INTO letters (rowid, all_words) VALUES (?, ?)", texts)
        self._db.executemany("INSERT OR IGNORE INTO words VALUES (?, ?, ?)", sorted(words))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Hold back the merging of trigrams to the end; the lock is held only in between."""
        with self._lock:
            self._db.execute("BEGIN")
        try:
            yield
        finally:
            with self._lock:
                self._db.execute("COMMIT")
                self._names = None

    def _remove(self, ids: Sequence[str]) -> None:
        marks = ", ".join("?" * len(ids))
        found = self._db.execute(
            f"SELECT number, all_words FROM entries WHERE id IN ({marks})", tuple(ids)
        ).fetchall()
        if not found:
            return
        words = [
            (kind, word, number)
            for number, text in found
            for kind in (FIRST, OTHER)
            for word in text.split()
        ]
        self._db.executemany("DELETE FROM words WHERE kind = ? AND word = ? AND number = ?", words)
        self._db.executemany(
            "INSERT INTO letters (letters, rowid, all_words) VALUES ('delete', ?, ?)", found
        )
        self._db.executemany("DELETE FROM entries WHERE number = ?", [(n,) for n, _ in found])


def _batches(values: Sequence[V]) -> Iterator[Sequence[V]]:
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))


def _questions(terms: Sequence[str]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield SQL that selects numbers, the best answers first; a limit is its last value."""
    term, *others = terms
    holds = " AND instr(entries.all_words, ?)" * len(others)
    joined = "JOIN entries USING (number)" if others else ""
    for kind in (FIRST, OTHER):
        yield (
            f"SELECT DISTINCT number FROM words {joined}"
            f" WHERE kind = ? AND word >= ? AND word < ?{holds} LIMIT ?",
            (kind, term, term + LAST_LETTER, *others),
        )
    if len(term) >= GRAM:
        grams = {each[i : i + GRAM] for each in terms for i in range(len(each) - GRAM + 1)}
        yield (
            "SELECT entries.number FROM letters JOIN entries ON entries.number = letters.rowid"
            f" WHERE letters MATCH ? AND instr(entries.all_words, ?){holds} LIMIT ?",
            (" AND ".join(f'"{gram}"' for gram in sorted(grams)), term, *others),
        )
