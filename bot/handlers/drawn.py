"""Pictures that have been drawn already.

A card is a picture of its arguments, so the same arguments need no second drawing. Whoever asks
puts a revision among them: what was drawn before a change is then never found again. Rights are
no business of this memory; they are asked for before it is looked into.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

__all__ = ["Drawn"]

T = TypeVar("T")


class Drawn(Generic[T]):
    """The last ``most`` pictures; one from here is shared and must not be changed."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pictures: OrderedDict[Hashable, T] = OrderedDict()

    def find(self, of: Hashable) -> T | None:
        """Return what was drawn of the same things."""
        picture = self._pictures.get(of)
        if picture is not None:
            self._pictures.move_to_end(of)
        return picture

    def keep(self, of: Hashable, picture: T) -> T:
        """Keep a picture, and return it."""
        self._pictures[of] = picture
        if len(self._pictures) > self._most:
            self._pictures.popitem(last=False)
        return picture
