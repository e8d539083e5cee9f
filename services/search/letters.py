"""Lines of words in memory, found by any three letters: SQLite with an FTS5 table of trigrams.

It keeps only which line has which trigram (``detail=none``), a tenth of what the lines take, so
each line that has them all is looked at once more. What is found comes in the order in which it
was added. https://sqlite.org/fts5.html#the_trigram_tokenizer

Everything happens in one transaction that ends only to be copied, since nothing can be lost: so
what is added is written out only when there is a megabyte of it. The copy is the database as it
lies in memory, and whoever has one need not index its lines again.
https://sqlite.org/c3ref/serialize.html
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import NamedTuple
from weakref import finalize

from services.search.patterns import Pattern

__all__ = ["COPIED_AT_ONCE", "OTHERS", "Letters", "Line", "Row"]

SCHEMA = """
PRAGMA page_size = 16384;
PRAGMA journal_mode = OFF;
CREATE TABLE entries (number INTEGER PRIMARY KEY, key INTEGER, line TEXT, revision INTEGER,
    body BLOB);
CREATE UNIQUE INDEX keys ON entries (key);
CREATE TABLE gone (key INTEGER PRIMARY KEY, revision INTEGER);
CREATE TABLE note (key TEXT PRIMARY KEY, value BLOB);
CREATE VIRTUAL TABLE letters USING fts5(
    line, content='entries', content_rowid='number', columnsize=0,
    tokenize='trigram case_sensitive 1', detail=none
);
INSERT INTO letters (letters, rank) VALUES ('automerge', 0);
INSERT INTO letters (letters, rank) VALUES ('crisismerge', 1999);
BEGIN;
"""
FIRST = "substr(line, 3, 1)"
"""The first letter of a name."""
OTHERS = "#"
"""Stands for names that begin with none of the letters A to Z."""
MERGED_PAGES = 8
"""That are written by one step of merging: some milliseconds."""
COPIED_AT_ONCE = 1000
"""Lines: a millisecond or two."""


class Line(NamedTuple):
    """What is added."""

    key: int
    """Of the record: a later line of the same key takes the place of this one."""
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
    key: int = 0


class Letters:
    """Lines with a body each. Its memory goes with the last one who holds it."""

    def __init__(self, copy: bytes | bytearray = b"") -> None:
        """Begin with nothing, or with what :meth:`copy` returned."""
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        finalize(self, self._db.close)
        if copy:
            _lay_out(copy, self._db)
            self._db.executescript("PRAGMA journal_mode = OFF; BEGIN;")
        else:
            self._db.executescript(SCHEMA)
        (self._last,) = self._one("SELECT ifnull(max(number), 0) FROM entries")

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return self._one("PRAGMA page_count")[0] * self._one("PRAGMA page_size")[0]

    @property
    def last(self) -> int:
        """The number of the line that was added last."""
        return self._last

    def put(self, lines: Sequence[Line]) -> None:
        """Add lines behind those that are there, without those of the same keys."""
        self.remove([line.key for line in lines])
        self._db.executemany(
            "INSERT INTO gone VALUES (?, ?)",
            [(line.key, line.revision) for line in lines if not line.text],
        )
        added = list(enumerate((line for line in lines if line.text), self._last + 1))
        self._last += len(added)
        self._db.executemany(
            "INSERT INTO entries (number, key, line, revision, body) VALUES (?, ?, ?, ?, ?)",
            [(number, *line) for number, line in added],
        )
        self._db.executemany(
            "INSERT INTO letters (rowid, line) VALUES (?, ?)",
            [(number, line.text) for number, line in added],
        )

    def remove(self, keys: Iterable[int]) -> None:
        """Forget lines, and that they are gone."""
        known = json.dumps(list(keys))
        found = self._db.execute(
            "SELECT number, line FROM entries WHERE key IN (SELECT value FROM json_each(?))"
            " ORDER BY number",  # in any other order FTS5 would write out each by itself
            (known,),
        ).fetchall()
        # Statements that take many rows at once would make FTS5 write out what it has gathered.
        self._db.executemany(
            "INSERT INTO letters (letters, rowid, line) VALUES ('delete', ?, ?)", found
        )
        self._db.executemany("DELETE FROM entries WHERE number = ?", [(n,) for n, _ in found])
        self._db.execute("DELETE FROM gone WHERE key IN (SELECT value FROM json_each(?))", (known,))

    def merge(self) -> None:
        """Take a step towards fewer, larger lists, which are faster to search."""
        self._db.execute("INSERT INTO letters (letters, rank) VALUES ('merge', ?)", (MERGED_PAGES,))

    def newest(self, limit: int) -> list[Row]:
        """Return what was added last."""
        rows = self._db.execute(
            "SELECT number, line, revision, body, key FROM entries ORDER BY number DESC LIMIT ?",
            (limit,),
        )
        return list(map(Row._make, rows))

    def of_keys(self, keys: Iterable[int]) -> list[Row]:
        """Return the lines of some records, as far as they are here."""
        rows = self._db.execute(
            "SELECT number, line, revision, body, key FROM entries"
            " WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(list(keys)),),
        )
        return list(map(Row._make, rows))

    def listed(self, sql: str, letters: str, piece: str, limit: int) -> list[Row]:
        """Return the first lines in an order.

        Args:
            sql: what they are sorted by.
            letters: one of which their names begin with; empty = any, ``#`` = none of a to z.
            piece: what they must have; empty = nothing.
            limit: at most so many.
        """
        others = {"": "1", OTHERS: f"{FIRST} NOT BETWEEN 'a' AND 'z'"}
        begins = others.get(letters, f"instr(?2, {FIRST})")
        rows = self._db.execute(
            "SELECT number, line, revision, body, key FROM entries"
            f" WHERE (?1 = '' OR instr(line, ?1)) AND {begins} AND ?2 = ?2"
            f" ORDER BY {sql} LIMIT ?3",
            (piece, letters, limit),
        )
        return list(map(Row._make, rows))

    def beginnings(self, piece: str) -> dict[str, int]:
        """Return how many names begin with each sign, of the lines that have a piece."""
        rows = self._db.execute(
            f"SELECT {FIRST}, count(*) FROM entries WHERE ?1 = '' OR instr(line, ?1) GROUP BY 1",
            (piece,),
        )
        return dict(rows.fetchall())

    def find(self, grams: Sequence[str], patterns: Sequence[Pattern], limit: int) -> list[Row]:
        """Return lines with all of the patterns, which all have the trigrams; at least one."""
        rows = self._db.execute(
            "SELECT number, entries.line, revision, body, key"
            " FROM letters JOIN entries ON number = letters.rowid"
            f" WHERE letters MATCH ?{' AND instr(entries.line, ?)' * len(patterns)}"
            " ORDER BY letters.rowid LIMIT ?",
            (
                " ".join(f'"{gram}"' for gram in grams),
                *(pattern.piece for pattern in patterns),
                limit,
            ),
        )
        return list(map(Row._make, rows))

    def lines(self, since: int, after: int) -> list[Line]:
        """Return those of the next ``COPIED_AT_ONCE`` lines that are newer than a revision.

        Args:
            since: the revision.
            after: the number behind which they begin.
        """
        rows = self._db.execute(
            "SELECT key, line, revision, body FROM entries"
            " WHERE number > ? AND number <= ? AND revision > ? ORDER BY number",
            (after, after + COPIED_AT_ONCE, since),
        )
        return list(map(Line._make, rows))

    def gone(self, since: int) -> list[Line]:
        """Return what is gone since a revision."""
        rows = self._db.execute("SELECT key, revision FROM gone WHERE revision > ?", (since,))
        return [Line(key, "", revision, b"") for key, revision in rows]

    def keys(self) -> list[int]:
        """Return the keys of all lines, and of all that is gone."""
        rows = self._db.execute("SELECT key FROM entries UNION ALL SELECT key FROM gone")
        return [key for (key,) in rows]

    def note(self, key: str) -> bytes:
        """Return what was noted under a key, if anything."""
        noted = self._db.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
        return bytes(noted[0]) if noted else b""

    def copy(self, notes: Mapping[str, bytes]) -> bytes:
        """Return what makes the same again, with some notes."""
        self._db.executemany("INSERT OR REPLACE INTO note VALUES (?, ?)", notes.items())
        self._db.execute("INSERT INTO letters (letters) VALUES ('optimize')")
        self._db.execute("COMMIT")
        self._db.execute("VACUUM")
        copy = self._db.serialize()
        self._db.execute("BEGIN")
        return copy

    def _one(self, question: str) -> tuple[int, ...]:
        row: tuple[int, ...] = self._db.execute(question).fetchone()
        return row


def _lay_out(copy: bytes | bytearray, db: sqlite3.Connection) -> None:
    """Fill an empty database.

    What is deserialized lies in a piece of memory of its own kind, which grows by doubling and
    not always; a backup turns it into a usual database in memory.
    """
    with closing(sqlite3.connect(":memory:")) as laid_out:
        laid_out.deserialize(copy)
        laid_out.backup(db)
