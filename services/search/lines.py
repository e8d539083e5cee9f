"""Lines as they are put into an index, and as they are found there.

What they are made of is a matter of :mod:`services.search.patterns`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

__all__ = ["Line", "Row"]


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
    head: str
    packed: bytes
    """The rest of the line."""
    revision: int
    body: bytes
    key: int
    unpack: Callable[[bytes], bytes]

    @property
    def rest(self) -> str:
        """What stands behind the head."""
        return self.unpack(self.packed).decode()
