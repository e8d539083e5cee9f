"""What each reader of the list of contact folders has been told, so that it can be told the rest.

Like :mod:`sandbox.contact_rounds`, one level up; nobody has so many folders that a round would
need a second page. https://learn.microsoft.com/graph/api/contactfolder-delta
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from sandbox.address_book import AddressBook, Folder
from sandbox.refusal import Refusal

__all__ = ["FolderRound", "FolderRounds"]

_KEPT_TOKENS = 1_000


@dataclass(frozen=True, slots=True)
class FolderRound:
    """A whole delta round over the folders."""

    folders: tuple[Folder, ...]
    removed: tuple[str, ...]
    """Ids of what was told before and is no longer there."""
    delta_token: str


class FolderRounds:
    """The rounds over the list of one person's contact folders."""

    def __init__(self, book: AddressBook) -> None:
        self._book = book
        self._told: OrderedDict[str, Mapping[str, int]] = OrderedDict()

    def over(self, book: AddressBook) -> FolderRounds:
        """Return the same rounds as they look over a replica."""
        other = copy(self)
        other._book = book
        return other

    def begin(self) -> FolderRound:
        """Tell everything."""
        return self._round({})

    def resume(self, token: str) -> FolderRound:
        """Tell what is new since a token was given.

        Raises:
            Refusal: 410 syncStateNotFound.
        """
        if token not in self._told:
            raise Refusal(410, "syncStateNotFound", "The sync state generation is not found.")
        return self._round(self._told[token])

    def expire(self) -> None:
        """Forget every token."""
        self._told.clear()

    def _round(self, told: Mapping[str, int]) -> FolderRound:
        present = {each.id: each for each in self._book.folders}
        news = tuple(each for each in present.values() if told.get(each.id) != each.change)
        token = secrets.token_urlsafe(48)
        self._told[token] = {each.id: each.change for each in present.values()}
        while len(self._told) > _KEPT_TOKENS:
            self._told.popitem(last=False)
        return FolderRound(news, tuple(each for each in told if each not in present), token)
