"""Lines of words in memory, found by their grams: SQLite with an FTS5 table of these.

FTS5 keeps only which line has which gram (``detail=none``), and nothing of the line itself. Where
grams do not say all, the line is looked at once more: its head, where the names are, lies there as
it is, and the rest, which is longer, packed. What is found comes in the order in which it was
added. https://sqlite.org/fts5.html#the_detail_option

Everything happens in one transaction that ends only to be copied, since nothing can be lost: so
what is added is written out only when there is a megabyte of it. The copy is the database as it
lies in memory, and whoever has one need not index its lines again.
https://sqlite.org/c3ref/serialize.html
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from weakref import finalize

from services.search.grams import GRAM_MARKS, grams_of
from services.search.lines import Line, Row
from services.search.marks import REST
from services.search.packing import Packing
from services.search.patterns import Pattern

__all__ = ["COPIED_AT_ONCE", "OTHERS", "Letters"]

SCHEMA = f"""
PRAGMA page_size = 16384;
PRAGMA journal_mode = OFF;
CREATE TABLE entries (number INTEGER PRIMARY KEY, key INTEGER, head TEXT, rest BLOB,
    revision INTEGER, body BLOB);
CREATE UNIQUE INDEX keys ON entries (key);
CREATE TABLE gone (key INTEGER PRIMARY KEY, revision INTEGER);
CREATE TABLE note (key TEXT PRIMARY KEY, value BLOB);
CREATE VIRTUAL TABLE grams USING fts5(
    line, content='', columnsize=0, tokenize="ascii tokenchars '{GRAM_MARKS}'", detail=none
);
INSERT INTO grams (grams, rank) VALUES ('automerge', 0);
INSERT INTO grams (grams, rank) VALUES ('crisismerge', 1999);
BEGIN;
"""
ROW = "number, head, rest, revision, body, key"
RESTS = "rests"
"""The note of what the rests of lines are packed with."""
FIRST = "substr(head, 3, 1)"
"""The first letter of a name."""
OTHERS = "#"
"""Stands for names that begin with none of the letters A to Z."""
MERGED_PAGES = 8
"""That are written by one step of merging: some milliseconds."""
COPIED_AT_ONCE = 1000
"""Lines: a millisecond or two."""


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
        self._packing = self._pack_with(Packing(self.note(RESTS)))
        self._last = self._number("SELECT ifnull(max(number), 0) FROM entries")

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return self._number("PRAGMA page_count") * self._number("PRAGMA page_size")

    @property
    def rows(self) -> int:
        """How many lines there are, and how many are known to be gone."""
        return self._number("SELECT (SELECT count(*) FROM entries) + (SELECT count(*) FROM gone)")

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
        added = [(line, *line.text.partition(REST)) for line in lines if line.text]
        if not added:
            return
        first = self._last + 1
        self._last += len(added)
        pack = self._packing_for([rest.encode() for *_, rest in added]).pack
        self._db.executemany(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)",
            [
                (number, line.key, head, pack(rest.encode()), line.revision, line.body)
                for number, (line, head, _, rest) in enumerate(added, first)
            ],
        )
        self._db.executemany(
            "INSERT INTO grams (rowid, line) VALUES (?, ?)",
            [(number, grams_of(line.text)) for number, (line, *_) in enumerate(added, first)],
        )

    def remove(self, keys: Iterable[int]) -> None:
        """Forget lines, and that they are gone."""
        known = json.dumps(list(keys))
        found = self._db.execute(
            "SELECT number, head, rest FROM entries"
            " WHERE key IN (SELECT value FROM json_each(?))"
            " ORDER BY number",  # in any other order FTS5 would write out each by itself
            (known,),
        ).fetchall()
        # Statements that take many rows at once would make FTS5 write out what it has gathered.
        self._db.executemany(
            "INSERT INTO grams (grams, rowid, line) VALUES ('delete', ?, ?)",
            [(number, grams_of(self._text(head, rest))) for number, head, rest in found],
        )
        self._db.executemany("DELETE FROM entries WHERE number = ?", [(n,) for n, *_ in found])
        self._db.execute("DELETE FROM gone WHERE key IN (SELECT value FROM json_each(?))", (known,))

    def merge(self) -> None:
        """Take a step towards fewer, larger lists, which are faster to search."""
        self._db.execute("INSERT INTO grams (grams, rank) VALUES ('merge', ?)", (MERGED_PAGES,))

    def newest(self, limit: int) -> list[Row]:
        """Return what was added last."""
        rows = self._db.execute(
            f"SELECT {ROW} FROM entries ORDER BY number DESC LIMIT ?",
            (limit,),
        )
        return self._rows(rows)

    def of_keys(self, keys: Iterable[int]) -> list[Row]:
        """Return the lines of some records, as far as they are here."""
        rows = self._db.execute(
            f"SELECT {ROW} FROM entries WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(list(keys)),),
        )
        return self._rows(rows)

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
            f"SELECT {ROW} FROM entries"
            f" WHERE (?1 = '' OR instr(head, ?1)) AND {begins} AND ?2 = ?2"
            f" ORDER BY {sql} LIMIT ?3",
            (piece, letters, limit),
        )
        return self._rows(rows)

    def beginnings(self, piece: str) -> dict[str, int]:
        """Return how many names begin with each sign, of the lines that have a piece."""
        rows = self._db.execute(
            f"SELECT {FIRST}, count(*) FROM entries WHERE ?1 = '' OR instr(head, ?1) GROUP BY 1",
            (piece,),
        )
        return dict(rows.fetchall())

    def find(self, grams: Sequence[str], patterns: Sequence[Pattern], limit: int) -> list[Row]:
        """Return lines that have all of some grams, at least one, and of some patterns."""
        checks = [
            f"instr(head, ?{at})" if each.in_head else f"(instr(head, ?{at}) OR has(rest, ?{at}))"
            for at, each in enumerate(patterns, 3)
        ]
        rows = self._db.execute(
            f"SELECT {ROW} FROM grams JOIN entries ON number = grams.rowid"
            f" WHERE {' AND '.join(('grams MATCH ?1', *checks))} ORDER BY grams.rowid LIMIT ?2",
            (
                " ".join([f'"{gram}"' for gram in grams]),
                limit,
                *(each.piece for each in patterns),
            ),
        )
        return self._rows(rows)

    def lines(self, since: int, after: int) -> list[Line]:
        """Return those of the next ``COPIED_AT_ONCE`` lines that are newer than a revision.

        Args:
            since: the revision.
            after: the number behind which they begin.
        """
        rows = self._db.execute(
            "SELECT key, head, rest, revision, body FROM entries"
            " WHERE number > ? AND number <= ? AND revision > ? ORDER BY number",
            (after, after + COPIED_AT_ONCE, since),
        )
        return [
            Line(key, self._text(head, rest), revision, body)
            for key, head, rest, revision, body in rows
        ]

    def gone(self, since: int) -> list[Line]:
        """Return what is gone since a revision."""
        rows = self._db.execute("SELECT key, revision FROM gone WHERE revision > ?", (since,))
        return [Line(key, "", revision, b"") for key, revision in rows]

    def keys(self) -> list[int]:
        """Return the keys of all lines, and of all that is gone."""
        rows = self._db.execute("SELECT key FROM entries UNION ALL SELECT key FROM gone")
        return [key for (key,) in rows]

    def heads(self) -> Iterator[str]:
        """Yield the heads of all lines."""
        return (head for (head,) in self._db.execute("SELECT head FROM entries"))

    def note(self, key: str) -> bytes:
        """Return what was noted under a key, if anything."""
        noted = self._db.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
        return bytes(noted[0]) if noted else b""

    def copy(self, notes: Mapping[str, bytes]) -> bytes:
        """Return what makes the same again, with some notes, as small as it can be."""
        for key, value in notes.items():
            self._note(key, value)
        self._db.execute("INSERT INTO grams (grams) VALUES ('optimize')")
        self._db.execute("COMMIT")
        self._db.execute("VACUUM")
        self._db.execute("BEGIN")
        return self.snapshot()

    def snapshot(self) -> bytes:
        """Return what makes the same again, as it lies in memory: a hundredth of a second."""
        self._db.execute("COMMIT")
        copy = self._db.serialize()
        self._db.execute("BEGIN")
        return copy

    def _rows(self, rows: Iterable[tuple[int, str, bytes, int, bytes, int]]) -> list[Row]:
        unpack = self._packing.unpack
        return [Row(*row, unpack) for row in rows]

    def _text(self, head: str, rest: bytes) -> str:
        return f"{head}{REST}{self._packing.unpack(rest).decode()}"

    def _packing_for(self, rests: Sequence[bytes]) -> Packing:
        """Return how rests are packed; the first ones say how."""
        if not self._packing.samples:
            self._packing = self._pack_with(Packing.like(rests))
            self._note(RESTS, self._packing.samples)
        return self._packing

    def _pack_with(self, packing: Packing) -> Packing:
        # Not a method: the database would hold us, and we are what lets go of the database.
        self._db.create_function("has", 2, partial(_has, packing.unpack), deterministic=True)
        return packing

    def _note(self, key: str, value: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (key, value))

    def _number(self, question: str) -> int:
        number: int = self._db.execute(question).fetchone()[0]
        return number


def _has(unpack: Callable[[bytes], bytes], rest: bytes, piece: str) -> bool:
    return piece.encode() in unpack(rest)


def _lay_out(copy: bytes | bytearray, db: sqlite3.Connection) -> None:
    """Fill an empty database.

    What is deserialized lies in a piece of memory of its own kind, which grows by doubling and
    not always; a backup turns it into a usual database in memory.
    """
    with closing(sqlite3.connect(":memory:")) as laid_out:
        laid_out.deserialize(copy)
        laid_out.backup(db)
