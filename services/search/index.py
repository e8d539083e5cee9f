"""One book's index, in memory: who is found by what was typed, and in which order.

A search asks one question after the other and stops as soon as the page is full: for names that
are the word itself, for names that begin with all of it, for other words that do, and for the
letters anywhere. Only when nothing is found are the letters taken for a slip.

The order of what is found depends on nothing but the index, so pages follow each other.
A thread may add while the loop asks: a lock is held for some milliseconds at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from services.search.entries import Entry
from services.search.letters import Letters, Line, Row
from services.search.packing import Packing
from services.search.patterns import anywhere, is_name, line_of
from services.search.ranking import Hits, questions_of
from services.search.slips import Names
from services.storage.sealed import Opened

__all__ = ["Batch", "Found", "Index"]

ALMOST = 10
"""Added to the rank of what is spelled differently."""
MOST_SLIPPED = 2
"""Terms of which one may be misspelled."""


class Found(NamedTuple):
    """A record that fits, and how well: 0 is best."""

    rank: int
    revision: int
    packed: bytes
    packing: Packing

    @property
    def body(self) -> bytes:
        """The record itself, as its ledger reads it."""
        return self.packing.unpack(self.packed)


@dataclass(frozen=True, slots=True)
class Batch:
    """Records on their way into an index."""

    lines: list[Line]
    names: set[str]


class Index:
    """The records of one book; ``entry_of`` says what each of them is found by."""

    def __init__(self, entry_of: Callable[[Opened], Entry]) -> None:
        self._entry_of = entry_of
        self._letters = Letters()
        self._names = Names()
        self._packing: Packing | None = None  # until there is a record
        self._lock = Lock()

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        with self._lock:
            return self._letters.size + self._names.size

    def prepare(self, records: Sequence[Opened]) -> Batch:
        """Return records, oldest first, ready for :meth:`put`; most of the work, and no lock."""
        latest = {record.id: record for record in records}
        if self._packing is None and latest:
            self._packing = Packing([record.body for record in latest.values()])
        entries = [self._entry_of(record) for record in latest.values()]
        return Batch(list(map(self._line, entries)), {word for e in entries for word in e.names})

    def put(self, batch: Batch) -> None:
        """Add records in place of those of the same id; take away those that are gone."""
        with self._lock:
            self._names.add(batch.names)
            self._letters.put(batch.lines)
        with self._lock:
            self._letters.merge()

    def newest(self, limit: int) -> list[Found]:
        """Return what was written last."""
        with self._lock:
            return self._found((0, row) for row in self._letters.newest(limit))

    def search(self, terms: Sequence[str], limit: int) -> list[Found]:
        """Return up to ``limit`` records in which all terms are found, the best first.

        Args:
            terms: folded; the longest first, at least one.
            limit: at least one.
        """
        with self._lock:
            return self._exact(terms, limit) or self._almost(terms, limit)

    def _exact(self, terms: Sequence[str], limit: int) -> list[Found]:
        term = terms[0]
        questions = questions_of(
            terms, is_whole=term in self._names, begins=bool(self._names.beginning_with(term))
        )
        hits = Hits(limit, questions)
        for rank, patterns, finds_all in questions:
            rows = self._letters.find(patterns, limit)
            hits.add(rows, rank)
            if len(rows) < limit if finds_all else hits.fill_page(rank):
                break
        return self._found(hits.page())

    def _almost(self, terms: Sequence[str], limit: int) -> list[Found]:
        """Return names in which one of the terms is spelled a little differently."""
        hits = Hits(limit)
        for term in terms[:MOST_SLIPPED]:
            others = [anywhere(other) for other in terms if other != term]
            for near, slips in self._names.near(term):
                rank = ALMOST + slips
                hits.add(self._letters.find([is_name(near), *others], limit), rank)
                if hits.fill_page(rank):
                    break
        return self._found(hits.page())

    def _found(self, ranked: Iterable[tuple[int, Row]]) -> list[Found]:
        packing = self._packing
        if packing is None:
            return []
        return [Found(rank, row.revision, row.body, packing) for rank, row in ranked]

    def _line(self, entry: Entry) -> Line:
        record = entry.record
        # Within a process, equal ids have equal hashes; in 64 bits no two others ever meet.
        key = hash(record.id)
        if entry.is_gone:
            return Line(key, "", record.revision, b"")
        assert self._packing is not None
        text = line_of(entry.names, entry.others)
        return Line(key, text, record.revision, self._packing.pack(record.body))
