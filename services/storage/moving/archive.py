"""The file that a store is moved in: how it is written, checked and read.

It holds what ``Records`` holds: sealed bodies, blind names and tokens. Nobody needs a key to copy
it, and without the master keys it is noise.

The first line names the format; frames follow, each ``length (4) | MessagePack | check (16)``. The
check is a hash of the frame and of the check before it, so what was changed, cut, swapped or left
out shows. An :class:`Opening` says what the file is of. The records of a partition come in
:class:`Batch` frames, none larger than a commit, and a :class:`Section` closes them: a partition
as it was at one revision. A later section of a partition replaces an earlier one. A
:class:`Closing` ends the file; one without it was interrupted, and can be gone on with behind its
last section.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

import msgspec

from services.model.errors import Broken, Damaged
from services.model.ports import MAX_COMMIT_BYTES, MAX_COMMIT_WRITES, Head, Record, size_of
from services.storage.moving.rows import Row, record_of, row_of
from services.storage.moving.sums import Sum

__all__ = ["Contents", "Opening", "Place", "Section", "Writer", "batches", "in_batches", "scan"]

_MAGIC = b"Almanac export 1\n"
_LENGTH_BYTES = 4
_CHECK_BYTES = 16
_LONGEST = 16 * MAX_COMMIT_BYTES
"""No frame is longer: what says so is damaged."""


class Opening(msgspec.Struct, frozen=True, tag="opening", array_like=True):
    """What the file is of."""

    origin: str
    """An HMAC that is the same for all files of one installation."""
    group: str
    """What the names of its partitions begin with; empty = all of the installation."""


class Batch(msgspec.Struct, frozen=True, tag="batch", array_like=True):
    """Some records of the partition that the next section closes."""

    rows: tuple[Row, ...]


class Section(msgspec.Struct, frozen=True, tag="section", array_like=True):
    """A partition that is complete."""

    partition: str
    revision: int
    horizon: int
    records: int
    digest: bytes
    start: int
    """Where its first batch begins in the file."""

    @property
    def head(self) -> Head:
        """The partition's head."""
        return Head(self.partition, self.revision, self.horizon)


class Closing(msgspec.Struct, frozen=True, tag="closing", array_like=True):
    """The end of a file that is complete."""

    sections: int


_Frame = Opening | Batch | Section | Closing
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Frame).decode


class Place(NamedTuple):
    """A place between two frames."""

    at: int
    check: bytes
    """The check of the frame before it, on which the next one hangs."""


@dataclass(slots=True)
class Contents:
    """What a look through a file has found; everything in it was checked."""

    opening: Opening
    end: Place
    """Behind the last complete section."""
    sections: dict[str, Section] = field(default_factory=dict)
    """By partition; of several the last."""
    is_whole: bool = False
    written: int = 0
    """Sections that are in the file, replaced ones too."""

    @property
    def records(self) -> int:
        """How many records the sections hold."""
        return sum(section.records for section in self.sections.values())


class Writer:
    """Appends to a file, behind what ``contents`` tells of, or from its very beginning."""

    def __init__(self, file: BinaryIO, opening: Opening, contents: Contents | None = None) -> None:
        self._file = file
        if contents is None:
            file.write(_MAGIC)
            self._check = b""
            self._sections = 0
            self._frame(opening)
        else:
            self.back(contents.end)
            self._sections = contents.written

    @property
    def place(self) -> Place:
        """The present place, to come back to with :meth:`back`."""
        return Place(self._file.tell(), self._check)

    def back(self, place: Place) -> None:
        """Forget what was written since."""
        self._file.seek(place.at)
        self._file.truncate()
        self._check = place.check

    def batch(self, records: Sequence[Record]) -> None:
        """Write some records of one partition, as many as one commit takes."""
        self._frame(Batch(tuple(map(row_of, records))))

    def section(self, head: Head, sum: Sum, start: int) -> None:
        """Close a partition whose batches began at ``start``."""
        self._frame(
            Section(head.partition, head.revision, head.horizon, sum.count, sum.digest, start)
        )
        self._sections += 1

    def close(self) -> None:
        """Say that the file is complete."""
        self._frame(Closing(self._sections))

    def _frame(self, frame: _Frame) -> None:
        payload = _encode(frame)
        self._check = _check(self._check, payload)
        self._file.write(len(payload).to_bytes(_LENGTH_BYTES, "big") + payload + self._check)


def scan(file: BinaryIO) -> Contents:
    """Look through a whole file and check all of it.

    Raises:
        Broken: it is no such file.
        Damaged: it was changed since it was written. A file that only ends early was not.
    """
    file.seek(0)
    if file.read(len(_MAGIC)) != _MAGIC:
        raise Broken("this is not a file that Almanac has exported")
    contents: Contents | None = None
    sum = Sum()
    for frame, end in _frames(file, b""):
        if contents is None:
            contents = Contents(_opening(frame), end)
        elif isinstance(frame, Batch):
            sum.add_all(record_of("", row) for row in frame.rows)
        elif isinstance(frame, Section):
            _compare(sum, frame)
            sum = Sum()
            contents.sections[frame.partition] = frame
            contents.written += 1
            contents.end = end
        elif isinstance(frame, Closing):
            contents.is_whole = frame.sections == contents.written
    if contents is None:
        raise Damaged("the file ends before it begins")
    return contents


def batches(file: BinaryIO, section: Section) -> Iterator[tuple[Record, ...]]:
    """Yield a section's records as they were written, in parts that one commit takes."""
    file.seek(section.start)
    for frame, _ in _frames(file, None):
        if not isinstance(frame, Batch):
            return
        yield tuple(record_of(section.partition, row) for row in frame.rows)


def in_batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield records in parts that one commit takes."""
    batch: list[Record] = []
    size = 0
    for record in records:
        if batch and (len(batch) == MAX_COMMIT_WRITES or size + size_of(record) > MAX_COMMIT_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(record)
        size += size_of(record)
    if batch:
        yield batch


def _frames(file: BinaryIO, check: bytes | None) -> Iterator[tuple[_Frame, Place]]:
    """Yield frames and the places behind them; ``check`` is the one before (``None`` = trust).

    A frame that is cut off is where an export was interrupted; one that is wrong is damaged.
    """
    while len(head := file.read(_LENGTH_BYTES)) == _LENGTH_BYTES:
        length = int.from_bytes(head, "big")
        if length > _LONGEST:
            raise Damaged("the file is damaged")
        rest = file.read(length + _CHECK_BYTES)
        if len(rest) < length + _CHECK_BYTES:
            return
        payload, found = rest[:length], rest[length:]
        if check is not None and found != (check := _check(check, payload)):
            raise Damaged("the file is damaged")
        yield _decode(payload), Place(file.tell(), found)


def _check(before: bytes, payload: bytes) -> bytes:
    return hashlib.sha256(before + payload).digest()[:_CHECK_BYTES]


def _opening(frame: _Frame) -> Opening:
    if not isinstance(frame, Opening):
        raise Damaged("the file does not say what it is of")
    return frame


def _compare(sum: Sum, section: Section) -> None:
    if (sum.count, sum.digest) != (section.records, section.digest):
        raise Damaged("a part of the file does not hold what it says")
