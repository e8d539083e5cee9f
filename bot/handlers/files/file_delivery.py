"""How a file reaches whoever asked: offered in the personal chat, elsewhere by a link.

In both cases the file waits, sealed, behind a token: until it is accepted and uploaded to where
Teams says, or until the link expires.
"""

from __future__ import annotations

from bot.files import Consent, FileDone, FileOffer
from bot.handlers.open_books import own_view
from bot.replies import Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.files.export_card import export_card
from cards.wording import say
from services.files.exports import Exports
from services.files.fetching import Fetcher
from services.model.identity import ConversationKind
from services.model.web_links import NotFetched

__all__ = ["FileDelivery", "register"]

EXPIRED = "This file is no longer here. Please ask for it again."
NOT_TAKEN = "Teams did not take the file. Please try again, or ask for it in a group chat."


class FileDelivery:
    """Hands files over; ``url`` is the address of our own door, without a token."""

    def __init__(self, exports: Exports, fetcher: Fetcher, url: str) -> None:
        self._exports = exports
        self._fetcher = fetcher
        self._url = url

    async def hand_over(self, turn: Turn, name: str, data: bytes, said: str = "") -> Replies:
        """Return the message by which somebody gets a file."""
        kept = await self._exports.keep(turn.person, name, data)
        if turn.kind is ConversationKind.PERSONAL:
            return Say(file=FileOffer(name, said or name, len(data), kept.token))
        url = f"{self._url}/{kept.token}"
        return Say(card=export_card(name, url, kept.hours, own_view(turn)))

    async def decide(self, turn: Turn, consent: Consent) -> Replies:
        """Put a file where it was wanted, or let go of it."""
        if not consent.accepted:
            await self._exports.drop(turn.person, consent.token)
            return Say(text=say(turn.language, "Nothing was saved."))
        data = await self._exports.read(turn.person, consent.token)
        if data is None:
            return Say(text=say(turn.language, EXPIRED))
        try:
            await self._fetcher.put(consent.upload_url, data)
        except NotFetched:
            return Say(text=say(turn.language, NOT_TAKEN))
        await self._exports.drop(turn.person, consent.token)
        done = FileDone(consent.name, consent.content_url, consent.unique_id, consent.kind)
        return Say(file=done)


def register(router: Router, delivery: FileDelivery) -> None:
    """Fill in the row."""
    router.consent(delivery.decide)
