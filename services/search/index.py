"""One book's index, in memory: who is found by what was typed, and in which order.

It is made of segments: those that came ready-made from a store, oldest first, and behind them one
that grows. A record is in one of them only.

A search asks one question after the other and stops as soon as the page is full: for names that
are the word itself, for names that begin with all of it, for other words that do, and for the
letters anywhere. Only when no word begins so, :mod:`almost` takes the letters for a slip.

The order of what is found depends on nothing but the index, so pages follow each other.
A thread may add while the loop asks: a lock is held for some milliseconds at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import NamedTuple, TypeVar

from services.search.almost import find_almost
from services.search.entries import Entry
from services.search.letters import COPIED_AT_ONCE, Letters
from services.search.lines import Line, Row
from services.search.listing import Listing, SortKey, letter_of, sort_key
from services.search.packing import Packing
from services.search.patterns import Grams, Pattern, line_of, unproven
from services.search.ranking import Hits, Rank, questions_of
from services.search.segment import Segment
from services.search.slips import Names
from services.search.wanted import Wanted
from services.storage.sealed import Opened

__all__ = ["Batch", "Found", "Index", "key_of"]

T = TypeVar("T")

AT_ONCE = 200
"""Lines, or words, that are added while others wait."""
KEY_BYTES = 8
"""Of a hash of an id: no two ids of a book will ever meet."""


class Found(NamedTuple):
    """A record that fits, and how well: 0 is best."""

    rank: int
    revision: int
    packed: bytes
    packing: Packing
    liked: float = 0
    """What it is worth to the person who asks."""

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
        self._segments: tuple[Segment, ...] = ()
        self._growing: Segment | None = None  # until there is a record
        self._grams = Grams()
        self._names = Names()
        self._lock = Lock()

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        with self._lock:
            return sum(each.letters.size for each in self._segments) + self._names.size

    @property
    def rows(self) -> int:
        """How many records it has, and how many it knows to be gone."""
        with self._lock:
            return sum(each.letters.rows for each in self._segments)

    def load(self, segment: Segment) -> None:
        """Put a ready-made segment behind those that are there; only before anything else."""
        for keys in _few(segment.letters.keys() if self._segments else []):
            with self._lock:
                for older in self._segments:
                    older.letters.remove(keys)
        self._grams.learn(line.text for line in segment.letters.lines(0, 0))
        for words in _few(segment.names):
            with self._lock:
                self._names.add(words)
        segment.names = ()  # known to the index now
        self._add(segment)

    def prepare(self, records: Sequence[Opened]) -> Batch:
        """Return records, oldest first, ready for :meth:`put`; most of the work, and no lock."""
        latest = {record.id: record for record in records}
        if self._growing is None and latest:
            packing = Packing.like([record.body for record in latest.values()])
            self._growing = Segment(Letters(), packing)
            self._add(self._growing)
        entries = [self._entry_of(record) for record in latest.values()]
        return Batch(list(map(self._line, entries)), {word for e in entries for word in e.names})

    def put(self, batch: Batch) -> None:
        """Add records in place of those of the same id; take away those that are gone."""
        if self._growing is None:
            return  # there was nothing to prepare
        self._grams.learn(line.text for line in batch.lines if line.text)
        keys = [line.key for line in batch.lines]
        with self._lock:
            self._names.add(batch.names)
            for segment in self._segments[:-1]:
                segment.letters.remove(keys)
            self._growing.letters.put(batch.lines)
        with self._lock:
            self._growing.letters.merge()

    def lines(self, since: int) -> Iterator[list[Line]]:
        """Yield what is newer than a revision, a little at a time, the bodies as they are.

        What comes in meanwhile may be among it or not.
        """
        for segment in self._segments:
            if segment.until > since:
                yield from self._lines(segment, since)

    def snapshot(self) -> tuple[bytes, Packing] | None:
        """Return what a :class:`Draft` of all is made of, in no time; only of what never came."""
        with self._lock:
            if self._growing is None or len(self._segments) > 1:
                return None
            return self._growing.letters.snapshot(), self._growing.packing

    def newest(self, limit: int, liked: Mapping[int, float] | None = None) -> list[Found]:
        """Return what the person uses, the most used first, and behind it what was written last."""
        liked = liked or {}
        with self._lock:
            used = [row for each in self._segments for row in each.of_keys(liked)]
            rows = [row for each in reversed(self._segments) for row in each.newest(limit)]
            used.sort(key=lambda row: -liked[row.key])
            rows = [*used, *(row for row in rows if row.key not in liked)]
            return self._found(((0, row) for row in rows[:limit]), liked)

    def listed(self, listing: Listing, limit: int) -> list[tuple[SortKey, Found]]:
        """Return the first of a list, each with what it is sorted by."""
        with self._lock:
            rows = [row for each in self._segments for row in each.listed(listing, limit)]
            keyed = sorted(((sort_key(row, listing.order), row) for row in rows), key=_first)
            found = self._found((0, row) for _, row in keyed[:limit])
        return [(key, one) for (key, _), one in zip(keyed, found, strict=False)]

    def beginnings(self, listing: Listing) -> Counter[str]:
        """Return how many of a group, or of all, stand under each letter."""
        counted: Counter[str] = Counter()
        with self._lock:
            for each in self._segments:
                for sign, number in each.letters.beginnings(listing.piece).items():
                    counted[letter_of(sign)] += number
        return counted

    def search(
        self, wanted: Wanted, limit: int, liked: Mapping[int, float] | None = None
    ) -> list[Found]:
        """Return up to ``limit`` records that fit, the best first.

        Args:
            wanted: what is looked for; not empty.
            limit: at least one.
            liked: by :func:`key_of` their ids, how much the person uses some records.
        """
        with self._lock:
            hits = self._exact(wanted, wanted.terms, limit, liked)
            if wanted.otherwise and not hits.fill_page(Rank.BEGINS):
                hits.take_in(self._exact(wanted, wanted.otherwise, limit, liked))
            if hits.best > Rank.OTHER:
                find_almost(wanted, self._names, self._find, hits, limit)
            return self._found(hits.page(), liked)

    def _exact(
        self,
        wanted: Wanted,
        terms: Sequence[str],
        limit: int,
        liked: Mapping[int, float] | None,
    ) -> Hits:
        term = terms[0] if terms else ""
        questions = questions_of(
            wanted,
            terms,
            is_whole=term in self._names,
            begins=bool(term) and self._names.has_beginning(term),
        )
        hits = Hits(limit, questions, liked)
        if liked:
            for segment in self._segments:
                hits.add_fitting(segment.of_keys(liked))
        for rank, patterns, finds_all in questions:
            rows = self._find(patterns, limit)
            hits.add(rows, rank)
            if len(rows) < limit if finds_all else hits.fill_page(rank):
                break
        return hits

    def _lines(self, segment: Segment, since: int) -> Iterator[list[Line]]:
        with self._lock:
            gone = segment.letters.gone(since)
        yield gone
        for after in range(0, segment.letters.last, COPIED_AT_ONCE):
            with self._lock:
                lines = segment.letters.lines(since, after)
            unpack = segment.packing.unpack
            yield [line._replace(body=unpack(line.body)) for line in lines]

    def _add(self, segment: Segment) -> None:
        if self._segments:
            last = self._segments[-1]
            segment.first = last.first + last.letters.last
        self._segments = (*self._segments, segment)

    def _find(self, patterns: Sequence[Pattern], limit: int) -> list[Row]:
        grams = self._grams.of(patterns)
        checked = unproven(patterns, grams)
        rows: list[Row] = []
        for segment in self._segments:
            rows += segment.find(grams, checked, limit - len(rows))
            if len(rows) == limit:
                break
        return rows

    def _found(
        self, ranked: Iterable[tuple[int, Row]], liked: Mapping[int, float] | None = None
    ) -> list[Found]:
        worth = (liked or {}).get
        return [
            Found(rank, row.revision, row.body, self._packing_of(row.number), worth(row.key, 0))
            for rank, row in ranked
        ]

    def _packing_of(self, number: int) -> Packing:
        return next(each.packing for each in reversed(self._segments) if number > each.first)

    def _line(self, entry: Entry) -> Line:
        record = entry.record
        key = key_of(record.id)
        if entry.is_gone:
            return Line(key, "", record.revision, b"")
        assert self._growing is not None
        text = line_of(entry.names, entry.others, entry.initials)
        return Line(key, text, record.revision, self._growing.packing.pack(record.body))


def _first(keyed: tuple[SortKey, Row]) -> SortKey:
    return keyed[0]


def key_of(id: str) -> int:
    """Return the key of a record in any index."""
    digest = blake2b(id.encode(), digest_size=KEY_BYTES).digest()
    return int.from_bytes(digest, "big", signed=True)


def _few(all: Sequence[T]) -> Iterator[Sequence[T]]:
    return (all[start : start + AT_ONCE] for start in range(0, len(all), AT_ONCE))
