"""New pairs of a delta round: kept in memory until a step writes them, and the cursor with them.

Otherwise each of ten thousand new items would be written twice: when it is seen, and when it is
imported. So the pair of a new item is written once, by the step that ties it to the book, and the
cursor is written with the last of them. Until then the round can be read again: after a crash the
next pass finds what was imported already, since its ids are derived from the remote ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from services.model.accounts import RemoteId
from services.model.pairs import Cursor, Pair
from services.storage.repositories.links import LinkChanges

__all__ = ["Uncommitted"]


@dataclass(slots=True)
class Uncommitted:
    """The new pairs of one round that no commit has written yet, and the round's cursor."""

    _pairs: dict[RemoteId, Pair] = field(default_factory=dict)
    _cursor: Cursor | None = None

    def hold(self, pairs: Iterable[Pair], cursor: Cursor | None) -> None:
        """Hold pairs of items that were never seen before, and the cursor of their round."""
        self._pairs = {pair.remote: pair for pair in pairs}
        self._cursor = cursor

    @property
    def pairs(self) -> Collection[Pair]:
        """The pairs that are not written yet."""
        return self._pairs.values()

    def with_cursor(self, changes: LinkChanges) -> LinkChanges:
        """Return the changes, with the cursor added if they write the last of the pairs.

        Call :meth:`note` with the result once it is written.
        """
        if self._cursor is None or not self._pairs.keys() <= _names(changes):
            return changes
        return replace(changes, cursor=self._cursor)

    def note(self, changes: LinkChanges) -> None:
        """Apply what has been written."""
        if self._cursor is None:
            return
        for id in self._pairs.keys() & _names(changes):
            del self._pairs[id]
        if changes.cursor is not None:
            self._cursor = None


def _names(changes: LinkChanges) -> set[RemoteId]:
    return {*(pair.remote for pair in changes.put_pairs), *changes.drop_pairs}
