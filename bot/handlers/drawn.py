"""Cards that have been drawn already.

A card is a picture of its arguments, so the same arguments need no second drawing. Whoever asks
puts the ledger's revision among them: what was drawn before a change is then never found again.
Rights are no business of this memory; they are asked for before it is looked into.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable

from bot.replies import Card

__all__ = ["Drawn"]


class Drawn:
    """The last ``most`` cards; a card from here is shared and must not be changed."""

    def __init__(self, most: int = 256) -> None:
        self._most = most
        self._cards: OrderedDict[Hashable, Card] = OrderedDict()

    async def card(self, of: Hashable, draw: Callable[[], Awaitable[Card]]) -> Card:
        """Return the card that was drawn of the same things, or draw it."""
        card = self._cards.get(of)
        if card is None:
            card = self._cards[of] = await draw()
            if len(self._cards) > self._most:
                self._cards.popitem(last=False)
        else:
            self._cards.move_to_end(of)
        return card
