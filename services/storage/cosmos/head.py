"""The head of a partition: the one item that every commit rewrites.

It counts the revisions, and because each commit insists on the head that it has read (by etag),
commits of a partition follow one another, whichever instance they come from.

It remembers two things beside. The marks of the last commits: whoever lost the answer to a batch
finds their own mark, or knows that it was never applied. And the graves: when the tombstones
expire and how new they are. The service takes expired items away silently, so the horizon, before
which changes are no longer known, must not depend on them. Graves are few: where there are many,
the two that lie closest are made one, with the earlier end; then changes are called too old a
little early, which costs a reader one full round and never a deletion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from services.storage.cosmos.items import stamp

__all__ = ["HEAD", "NO_HEAD", "Grave", "PartitionHead"]

HEAD = ".head"
"""Its id; no record's begins with a dot."""
_MARKS = 32
_GRAVES = 20


class Grave(NamedTuple):
    """When tombstones expire, and the newest revision among them."""

    expires_at: str
    revision: int


@dataclass(frozen=True, slots=True)
class PartitionHead:
    """How far a partition has come."""

    revision: int = 0
    floor: int = 0
    """The newest tombstone that was taken away, as far as it was written down."""
    graves: tuple[Grave, ...] = ()
    """By their end."""
    marks: tuple[str, ...] = ()
    """Of the last commits, the newest at the end."""
    etag: str = ""
    """The service's own; empty = nothing was ever written to the partition."""

    def horizon(self, now: datetime) -> int:
        """Return the newest tombstone that has expired or was taken away."""
        return max(self.floor, _ended(self.graves, now))

    def revision_of(self, mark: str) -> int | None:
        """Return the revision of the commit with this mark, when it is one of the last."""
        if mark not in self.marks:
            return None
        return self.revision - (len(self.marks) - 1 - self.marks.index(mark))

    def remembers(self, revision: int) -> bool:
        """Return whether the mark of that commit, had there been one, would still be known."""
        return revision > self.revision - len(self.marks)

    def after(
        self, mark: str, buried: Iterable[Grave], removed: int, now: datetime
    ) -> PartitionHead:
        """Return the head after one more commit.

        Args:
            mark: the commit's own.
            buried: tombstones that it writes.
            removed: the newest tombstone that it takes away; 0 = none.
            now: the present.
        """
        graves = (*self.graves, *buried)
        return replace(
            self,
            revision=self.revision + 1,
            floor=max(self.floor, removed, _ended(graves, now)),
            graves=_tidy(graves, now),
            marks=(*self.marks, mark)[-_MARKS:],
        )

    def restored(
        self, revision: int, horizon: int, buried: Iterable[Grave], now: datetime
    ) -> PartitionHead:
        """Return the head once records from elsewhere were put in; it never goes back."""
        graves = (*self.graves, *buried)
        return replace(
            self,
            revision=max(self.revision, revision),
            floor=max(self.floor, horizon, _ended(graves, now)),
            graves=_tidy(graves, now),
            marks=self.marks if self.revision >= revision else (),
        )

    def item(self, partition: str) -> dict[str, Any]:
        """Return the head as it is stored."""
        return {
            "id": HEAD,
            "partition": partition,
            "revision": self.revision,
            "floor": self.floor,
            "graves": [list(grave) for grave in self.graves],
            "marks": list(self.marks),
        }

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> PartitionHead:
        """Return the head that was stored."""
        graves = tuple(Grave(expires_at, revision) for expires_at, revision in item["graves"])
        marks = tuple(item["marks"])
        return cls(item["revision"], item["floor"], graves, marks, item["_etag"])


NO_HEAD = PartitionHead()
"""Of a partition to which nothing was ever written."""


def _ended(graves: Iterable[Grave], now: datetime) -> int:
    """Return the newest revision among the tombstones whose time is over."""
    return max((grave.revision for grave in graves if grave.expires_at <= stamp(now)), default=0)


def _tidy(graves: Iterable[Grave], now: datetime) -> tuple[Grave, ...]:
    """Return the graves that still tell something, not too many of them."""
    telling: list[Grave] = []
    for grave in sorted(grave for grave in graves if grave.expires_at > stamp(now)):
        if not telling or grave.revision > telling[-1].revision:
            telling.append(grave)
    while len(telling) > _GRAVES:
        gaps = [_seconds(earlier, later) for earlier, later in pairwise(telling)]
        closest = gaps.index(min(gaps))
        earlier, later = telling[closest : closest + 2]
        telling[closest : closest + 2] = [Grave(earlier.expires_at, later.revision)]
    return tuple(telling)


def _seconds(earlier: Grave, later: Grave) -> float:
    ends = [datetime.fromisoformat(grave.expires_at) for grave in (earlier, later)]
    return (ends[1] - ends[0]).total_seconds()
