"""Many bodies by id, packed: what must be at hand for a while and is seldom opened.

An import holds tens of thousands of contacts against a list. The first bodies are kept as they are
until there are enough to learn from (:mod:`services.search.packing`); then each takes a third.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from services.search.packing import Packing

__all__ = ["Packed"]

LEARN_FROM = 500


class Packed(MutableMapping[str, bytes]):
    """Bodies by id, in the order in which they were first put in."""

    def __init__(self) -> None:
        self._bodies: dict[str, bytes] = {}
        self._packing: Packing | None = None

    def __setitem__(self, id: str, body: bytes) -> None:
        self._bodies[id] = body if self._packing is None else self._packing.pack(body)
        if self._packing is None and len(self._bodies) == LEARN_FROM:
            self._packing = packing = Packing.like(list(self._bodies.values()))
            self._bodies = {id: packing.pack(body) for id, body in self._bodies.items()}

    def __getitem__(self, id: str) -> bytes:
        body = self._bodies[id]
        return body if self._packing is None else self._packing.unpack(body)

    def __delitem__(self, id: str) -> None:
        del self._bodies[id]

    def __contains__(self, id: object) -> bool:
        return id in self._bodies

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)
