"""Records that were opened and read a moment ago, and need not be again.

The store is asked all the same: it says which records there are, with their sealed bodies. An
answer is remembered under everything that it depends on, the body included, so nothing can be out
of date, and a record that was changed, moved or swapped is not the one that is remembered. What
is spared is opening and reading: four fifths of the work of an agenda.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from services.model.ports import Record

__all__ = ["Memory"]

T = TypeVar("T")
_Key = tuple[str, str, str, int, bytes]
_COSTS = 2_000
"""Bytes of an entry beside its body, which it holds twice: as noise and as an object."""


class Memory(Generic[T]):
    """The last answers, up to so many bytes; who was asked for longest ago goes first."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._held: OrderedDict[_Key, T] = OrderedDict()

    def read(self, record: Record, read: Callable[[Record], T]) -> T:
        """Return what ``read`` returns for the record, or has returned before."""
        key = (record.partition, record.kind, record.id, record.revision, record.body)
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
            return found
        made = self._held[key] = read(record)
        self._bytes += _cost(key)
        while self._bytes > self._most:
            self._bytes -= _cost(self._held.popitem(last=False)[0])
        return made


def _cost(key: _Key) -> int:
    return _COSTS + 2 * len(key[-1])
