"""What a round has shown for the first time: held until it is tied, and the cursor with it.

Of ten thousand items that come in, each would be written twice: when it is seen, and again when it
is tied to what the team has of it. So the pair of an item that nobody knew stays in memory until a
step writes it, and the cursor goes with the last of them. Until then the round can be read again:
a process that dies finds what it had imported by ids that follow from where an item came from.
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
    """The pairs of one round that no commit has held yet."""

    _pairs: dict[RemoteId, Pair] = field(default_factory=dict)
    _cursor: Cursor | None = None

    def hold(self, pairs: Iterable[Pair], cursor: Cursor | None) -> None:
        """Hold pairs of items that were never seen before, and how far the round has read."""
        self._pairs = {pair.remote: pair for pair in pairs}
        self._cursor = cursor

    @property
    def pairs(self) -> Collection[Pair]:
        """What would be lost now."""
        return self._pairs.values()

    def with_cursor(self, changes: LinkChanges) -> LinkChanges:
        """Return what is to be written in place of changes: with the cursor, if they are the last.

        :meth:`note` has to be told once they are.
        """
        if self._cursor is None or not self._pairs.keys() <= _names(changes):
            return changes
        return replace(changes, cursor=self._cursor)

    def note(self, changes: LinkChanges) -> None:
        """Follow what has been written."""
        if self._cursor is None:
            return
        for id in self._pairs.keys() & _names(changes):
            del self._pairs[id]
        if changes.cursor is not None:
            self._cursor = None


def _names(changes: LinkChanges) -> set[RemoteId]:
    return {*(pair.remote for pair in changes.put_pairs), *changes.drop_pairs}
