"""What each reader of a contact folder has been told, so that it can be told the rest.

A token stands for the versions that its holder knows; the next round is the difference to the
present. Tokens live here and say nothing themselves. Folders have rounds of their own.
https://learn.microsoft.com/graph/api/contact-delta
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace

from sandbox.address_book import AddressBook, Card, Folder
from sandbox.refusal import Refusal

__all__ = ["ContactRounds", "Round"]

_KEPT_TOKENS = 5_000


@dataclass(frozen=True, slots=True)
class Round:
    """A part of a delta round; one of the two tokens leads on."""

    cards: tuple[Card, ...]
    removed: tuple[int, ...]
    """Serials of what was told before and is no longer there."""
    before: Mapping[int, Card]
    """By serial, what is to be told by what has changed since alone."""
    skip_token: str | None = None
    delta_token: str | None = None


@dataclass(frozen=True, slots=True)
class _State:
    folder: str
    told: Mapping[int, Card]
    before: Mapping[int, Card]
    remaining: tuple[Card | int, ...] | None = None
    """What is still to be fetched; ``None`` for the token between two rounds."""
    is_silent: bool = False


class ContactRounds:
    """The rounds over one person's contact folders.

    Attributes:
        tells_parts: whether what was told before is told by what has changed of it alone.
        most_a_page: contacts of a page, however many were preferred; ``None`` = as many.
    """

    def __init__(self, book: AddressBook) -> None:
        self.tells_parts = False
        self.most_a_page: int | None = None
        self._book = book
        self._states: OrderedDict[str, _State] = OrderedDict()

    def over(self, book: AddressBook) -> ContactRounds:
        """Return the same rounds as they look over a replica."""
        other = copy(self)
        other._book = book
        return other

    def begin(self, folder: Folder, size: int) -> Round:
        """Start a full round over a folder."""
        return self._round(folder.id, {}, size)

    def resume(self, token: str, size: int) -> Round:
        """Go on with a round, or start the next one, as the token says.

        Raises:
            Refusal: 410 syncStateNotFound; 404, the folder is gone.
        """
        state = self._states.get(token)
        if state is None:
            raise Refusal(410, "syncStateNotFound", "The sync state generation is not found.")
        self._book.folder(state.folder)
        if state.remaining is None:
            if state.is_silent:
                return self._page(state, (), size)
            return self._round(state.folder, state.told, size)
        return self._page(state, state.remaining, size)

    def silence(self) -> None:
        """Let every token of today tell of nothing from now on, without a word."""
        for token, state in self._states.items():
            self._states[token] = replace(state, is_silent=True)

    def expire(self) -> None:
        """Forget every delta token."""
        self._states.clear()

    def _round(self, folder: str, told: Mapping[int, Card], size: int) -> Round:
        present = {card.serial: card for card in self._book.cards(folder)}
        news: list[Card | int] = []
        for serial, card in present.items():
            known = told.get(serial)
            if known is None or known.change != card.change:
                news.append(card)
        news += [serial for serial in told if serial not in present]
        before = told if self.tells_parts else {}
        return self._page(_State(folder, present, before), tuple(news), size)

    def _page(self, state: _State, news: tuple[Card | int, ...], size: int) -> Round:
        size = min(size, self.most_a_page or size)
        now, later = news[:size], news[size:]
        cards = tuple(each for each in now if isinstance(each, Card))
        removed = tuple(each for each in now if isinstance(each, int))
        if later:
            token = self._keep(replace(state, remaining=later))
            return Round(cards, removed, state.before, skip_token=token)
        token = self._keep(replace(state, remaining=None))
        return Round(cards, removed, state.before, delta_token=token)

    def _keep(self, state: _State) -> str:
        token = secrets.token_urlsafe(48)
        self._states[token] = state
        while len(self._states) > _KEPT_TOKENS:
            self._states.popitem(last=False)
        return token
