"""The answers to a value that lost a merge: use mine, keep both, leave it so."""

from __future__ import annotations

from bot.handlers.contacts.contact_addresses import At, faces_of
from bot.handlers.open_books import own_view
from bot.replies import Edit, Replace, Replies
from bot.router import Router
from bot.turn import Turn
from cards.accounts.offer import offer_card, offer_settled
from cards.accounts.offer_actions import OfferBoth, OfferKeep, OfferTake
from cards.wording import say
from services.model.errors import NotFound, Stale
from services.model.offers import OfferId
from services.sync.offers import Offers

__all__ = ["OfferHandlers", "register"]


class OfferHandlers:
    """Answers to whom the value belongs; nobody else has the card."""

    def __init__(self, offers: Offers, at: At) -> None:
        self._offers = offers
        self._at = at

    async def take(self, turn: Turn, action: OfferTake) -> Replies:
        """Put the value that lost in place of the one that shows, if that still does."""
        try:
            await self._offers.take(turn.author, action.offer, action.etag)
        except Stale:
            return await self._again(turn, action.offer)
        except NotFound as err:
            if err.what not in ("event", "contact"):
                raise
            return await self._again(turn, action.offer)
        return _settled(turn, "It says now what you wrote.")

    async def both(self, turn: Turn, action: OfferBoth) -> Replies:
        """Make a copy with the value that lost."""
        await self._offers.both(turn.author, action.offer)
        return _settled(turn, "What you wrote stands beside it now.")

    async def keep(self, turn: Turn, action: OfferKeep) -> Replies:
        """Leave it."""
        await self._offers.keep(turn.person, action.offer)
        return _settled(turn, "It stays as it is.")

    async def _again(self, turn: Turn, id: OfferId) -> Replies:
        """Ask again beside what is there now: nobody replaces what they have not seen."""
        offered = await self._offers.look(turn.person, id)
        said = say(turn.language, "This has changed meanwhile: please look again.")
        offer, item, book = offered.offer, offered.item, offered.book
        faces = faces_of(self._at, book, item, offer.value)
        card = offer_card(offer, item, book, own_view(turn), said=said, faces=faces)
        return [Edit(card=card), Replace(card)]


def _settled(turn: Turn, sentence: str) -> Replies:
    card = offer_settled(say(turn.language, sentence), own_view(turn))
    return [Edit(card=card), Replace(card)]


def register(router: Router, handlers: OfferHandlers) -> None:
    """Fill in the rows."""
    router.verb(OfferTake, handlers.take)
    router.verb(OfferBoth, handlers.both)
    router.verb(OfferKeep, handlers.keep)
