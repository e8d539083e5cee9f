"""Lines of words in memory, found by any three letters: SQLite with an FTS5 table of trigrams.

It keeps only which line has which trigram (``detail=none``), a tenth of what the lines take, so
each line that has them all is looked at once more. What is found comes in the order in which it
was added. https://sqlite.org/fts5.html#the_trigram_tokenizer

Everything happens in one transaction that never ends, since nothing can be lost: so what is added
is written out only when there is a megabyte of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple
from weakref import finalize

from services.search.patterns import Grams, Pattern

__all__ = ["Letters", "Line", "Row"]

SCHEMA = """
PRAGMA journal_mode = OFF;
CREATE TABLE entries (number INTEGER PRIMARY KEY, line TEXT, revision INTEGER, body BLOB);
CREATE TABLE numbers (key INTEGER PRIMARY KEY, number INTEGER);
CREATE VIRTUAL TABLE letters USING fts5(
    line, content='entries', content_rowid='number', columnsize=0,
    tokenize='trigram case_sensitive 1', detail=none
);
INSERT INTO letters (letters, rank) VALUES ('automerge', 0);
INSERT INTO letters (letters, rank) VALUES ('crisismerge', 1999);
BEGIN;
"""
MERGED_PAGES = 8
"""That are written by one step of merging: some milliseconds."""


class Line(NamedTuple):
    """What is added."""

    key: int
    text: str
    """Empty for what is gone."""
    revision: int
    body: bytes


class Row(NamedTuple):
    """A line that was found."""

    number: int
    text: str
    revision: int
    body: bytes


class Letters:
    """Lines with a body each. Its memory goes with the last one who holds it."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._db.executescript(SCHEMA)
        finalize(self, self._db.close)
        self._grams = Grams()
        self._last = 0

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        (pages,) = self._db.execute("PRAGMA page_count").fetchone()
        (page,) = self._db.execute("PRAGMA page_size").fetchone()
        return int(pages) * int(page)

    def put(self, lines: Sequence[Line]) -> None:
        """Add lines behind those that are there, without those of the same keys."""
        self._remove([line.key for line in lines])
        added = list(enumerate((line for line in lines if line.text), self._last + 1))
        self._last += len(added)
        self._grams.learn(line.text for _, line in added)
        self._db.executemany(
            "INSERT INTO numbers VALUES (?, ?)", [(line.key, number) for number, line in added]
        )
        self._db.executemany(
            "INSERT INTO entries VALUES (?, ?, ?, ?)",
            [(number, *line[1:]) for number, line in added],
        )
        self._db.executemany(
            "INSERT INTO letters (rowid, line) VALUES (?, ?)",
            [(number, line.text) for number, line in added],
        )

    def merge(self) -> None:
        """Take a step towards fewer, larger lists, which are faster to search."""
        self._db.execute("INSERT INTO letters (letters, rank) VALUES ('merge', ?)", (MERGED_PAGES,))

    def newest(self, limit: int) -> list[Row]:
        """Return what was added last."""
        rows = self._db.execute(
            "SELECT number, line, revision, body FROM entries ORDER BY number DESC LIMIT ?",
            (limit,),
        )
        return list(map(Row._make, rows))

    def find(self, patterns: Sequence[Pattern], limit: int) -> list[Row]:
        """Return lines with all of the patterns, at least one of which has a trigram."""
        grams = " ".join(f'"{gram}"' for gram in self._grams.of(patterns))
        rows = self._db.execute(
            "SELECT number, entries.line, revision, body"
            " FROM letters JOIN entries ON number = letters.rowid"
            f" WHERE letters MATCH ?{' AND instr(entries.line, ?)' * len(patterns)}"
            " ORDER BY letters.rowid LIMIT ?",
            (grams, *(pattern.piece for pattern in patterns), limit),
        )
        return list(map(Row._make, rows))

    def _remove(self, keys: Sequence[int]) -> None:
        found = self._db.execute(
            "SELECT key, number, line FROM numbers JOIN entries USING (number)"
            " WHERE key IN (SELECT value FROM json_each(?))",
            (str(list(keys)),),
        ).fetchall()
        # Statements that take many rows at once would make FTS5 write out what it has gathered.
        self._db.executemany(
            "INSERT INTO letters (letters, rowid, line) VALUES ('delete', ?, ?)",
            [(number, line) for _, number, line in found],
        )
        self._db.executemany("DELETE FROM entries WHERE number = ?", [(n,) for _, n, _ in found])
        self._db.executemany("DELETE FROM numbers WHERE key = ?", [(key,) for key, _, _ in found])
