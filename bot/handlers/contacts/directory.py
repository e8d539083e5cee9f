"""The organisation's people among the results of a search, and the way to have them there."""

from __future__ import annotations

from collections.abc import Sequence

from bot.handlers.open_books import own_view
from bot.handlers.private import in_private
from bot.replies import Found, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.contacts.colleague import colleague_card, colleague_preview, connect_directory_card
from services.accounts.accounts import Accounts
from services.model.contacts import Contact
from services.model.directory import Colleague
from services.phrases import ConnectDirectory

__all__ = ["beside", "register", "strangers"]


def beside(turn: Turn, found: Sequence[Contact], colleagues: Sequence[Colleague]) -> list[Found]:
    """Return the rows of colleagues who are not among the contacts that were found."""
    reader = own_view(turn)
    return [
        Found(card=colleague_card(one, reader), preview=colleague_preview(one, reader))
        for one in strangers(found, colleagues)
    ]


def strangers(found: Sequence[Contact], colleagues: Sequence[Colleague]) -> list[Colleague]:
    """Return the colleagues who are not among the contacts that were found."""
    known = {address.casefold() for one in found for address in one.content.emails}
    return [one for one in colleagues if one.email.casefold() not in known]


def register(router: Router, accounts: Accounts) -> None:
    """Fill in the row."""

    async def say_connect(turn: Turn, command: ConnectDirectory) -> Replies:
        """``connect directory``: the way to the sign-in page."""
        url = await accounts.start_directory(turn.person, turn.language)
        return Say(card=connect_directory_card(url, own_view(turn)))

    router.command(ConnectDirectory, in_private(say_connect))
