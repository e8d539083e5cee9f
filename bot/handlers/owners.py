"""What only owners may do: the roster is read anew before their role counts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.turn import Turn
from services.model.errors import Upstream
from services.model.identity import ConversationId, ConversationKind, TenantId

__all__ = ["LookAgain", "looked_again"]

LookAgain = Callable[[TenantId, ConversationId], Awaitable[None]]
"""Reads the roster of a place from Teams."""


async def looked_again(turn: Turn, look_again: LookAgain) -> None:
    """Learn whether the person still is, or now is, an owner in the place where they ask."""
    if turn.kind is not ConversationKind.PERSONAL:
        with suppress(Upstream):  # then what was known last counts
            await look_again(turn.conversation.tenant, turn.conversation.id)
