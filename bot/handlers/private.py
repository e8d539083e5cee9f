"""What is between one person and the bot: it is neither shown nor begun where others read along."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.replies import Replies, Tell
from bot.turn import Turn
from cards.wording import say
from services.model.identity import ConversationKind

__all__ = ["in_private"]

ELSEWHERE = "That is between you and me: please write it in our own chat."

A = TypeVar("A")


def in_private(
    handler: Callable[[Turn, A], Awaitable[Replies]],
) -> Callable[[Turn, A], Awaitable[Replies]]:
    """Return the handler for the personal chat; anywhere else it says where to ask."""

    async def answer(turn: Turn, asked: A) -> Replies:
        if turn.kind is not ConversationKind.PERSONAL:
            return Tell(say(turn.language, ELSEWHERE))
        return await handler(turn, asked)

    return answer
