"""The commits of a pass: one after the other, each for all who wait.

Each commit rewrites the mailbox's lease, so no two may be under way at once. Many steps of a pass
are, though, and while one commit is being written, what the others want to write gathers and goes
together into the next. A first sync of ten thousand events then takes some hundred commits instead
of twenty thousand, and each step still has its own changes written as a whole or not at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from services.model.errors import TooLarge
from services.storage.repositories.links import LinkChanges

__all__ = ["Commits", "together"]

AT_ONCE = 20
"""Steps in a commit: each writes up to four records."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    changes: LinkChanges


class Commits:
    """Takes turns at writing.

    Args:
        write: writes changes, all or nothing.
    """

    def __init__(self, write: Callable[[LinkChanges], Awaitable[None]]) -> None:
        self._write = write
        self._turn = asyncio.Lock()
        self._waiting: list[_Waiting] = []

    async def commit(self, changes: LinkChanges) -> None:
        """Return when the changes are written; raises what writing them raises."""
        mine = _Waiting(changes)
        self._waiting.append(mine)
        try:
            async with self._turn:
                if mine in self._waiting:
                    await self._write_some()
        finally:
            # Who failed, or was called off, must not be written by others afterwards.
            if mine in self._waiting:
                self._waiting.remove(mine)

    async def _write_some(self) -> None:
        """Write for those who have waited longest: whose turn it is comes first."""
        group = self._waiting[:AT_ONCE]
        try:
            await self._write(together([each.changes for each in group]))
        except TooLarge:
            group = group[:1]
            await self._write(group[0].changes)
        self._waiting = [each for each in self._waiting if each not in group]


def together(changes: Sequence[LinkChanges]) -> LinkChanges:
    """Return several changes as one; at most one of them is about the link or the cursor."""
    if len(changes) == 1:
        return changes[0]
    return LinkChanges(
        put_pairs=tuple(pair for each in changes for pair in each.put_pairs),
        drop_pairs=tuple(id for each in changes for id in each.drop_pairs),
        put_intents=tuple(intent for each in changes for intent in each.put_intents),
        drop_intents=tuple(id for each in changes for id in each.drop_intents),
        cursor=next((each.cursor for each in changes if each.cursor), None),
        link=next((each.link for each in changes if each.link), None),
    )
