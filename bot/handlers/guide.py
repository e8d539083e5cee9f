"""Help, and the answer to what was not understood."""

from __future__ import annotations

from bot.handlers.open_books import own_view
from bot.replies import Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.general_actions import HelpShow
from cards.help import help_card, unknown_card
from services.phrases import Help, Unknown

__all__ = ["register"]


async def say_help(turn: Turn, command: Help) -> Replies:
    """``help``: all that can be said here."""
    return Say(card=help_card(turn.kind, own_view(turn)))


async def say_unknown(turn: Turn, command: Unknown) -> Replies:
    """Anything else: the nearest that would be understood."""
    card = unknown_card(turn.text, command.nearest, own_view(turn), command.wrong, command.steps)
    return Say(card=card)


async def show_help(turn: Turn, action: HelpShow) -> Replies:
    """The button of other cards."""
    return Replace(help_card(turn.kind, own_view(turn)))


def register(router: Router) -> None:
    """Fill in the rows."""
    router.command(Help, say_help)
    router.command(Unknown, say_unknown)
    router.verb(HelpShow, show_help)
