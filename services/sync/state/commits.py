"""Group commit: the commits of a pass go one after the other, each for all steps that wait.

Each commit rewrites the mailbox's lease, so no two may be under way at once. Many steps are under
way at once, though: what they want to write while one commit is being written goes together into
the next. A first sync of ten thousand events then takes some hundred commits instead of twenty
thousand, and the changes of each step are still written as a whole or not at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from services.model.errors import TooLarge
from services.storage.repositories.links import LinkChanges

__all__ = ["Commits", "together"]

AT_ONCE = 80
"""Records in a commit, unless one change alone has more; it holds 98, the lease is one of them."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    changes: LinkChanges


class Commits:
    """Writes changes, one commit at a time.

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
            # What failed or was cancelled must not be written by a later commit.
            if mine in self._waiting:
                self._waiting.remove(mine)

    async def commit_all(self, changes: Sequence[LinkChanges]) -> None:
        """Write changes one after the other, in as few commits as they fit in.

        Raises:
            TooLarge: one of them alone is more than a commit holds.
        """
        for some in _portions(changes):
            try:
                await self.commit(together(some))
            except TooLarge:
                if len(some) == 1:
                    raise
                await self.commit_all(some[: len(some) // 2])
                await self.commit_all(some[len(some) // 2 :])

    async def commit_all_but_last(self, changes: Iterable[LinkChanges]) -> LinkChanges:
        """Write changes as :meth:`commit_all` does, and return the last of them, or an empty one.

        The iterable is consumed as they are written, so few of them exist at once.
        """
        made = iter(changes)
        waiting = list(islice(made, AT_ONCE))
        while some := list(islice(made, AT_ONCE)):
            await self.commit_all(waiting)
            waiting = some
        *early, last = waiting or [LinkChanges()]
        await self.commit_all(early)
        return last

    async def _write_some(self) -> None:
        """Write for those who have waited longest, the caller among them."""
        group = self._first()
        try:
            await self._write(together([each.changes for each in group]))
        except TooLarge:
            group = group[:1]
            await self._write(group[0].changes)
        self._waiting = [each for each in self._waiting if each not in group]

    def _first(self) -> list[_Waiting]:
        """Return as many as a commit holds, in the order in which they came."""
        some = next(_portions([each.changes for each in self._waiting]))
        return self._waiting[: len(some)]


def _portions(changes: Sequence[LinkChanges]) -> Iterator[Sequence[LinkChanges]]:
    """Yield changes in portions of as many as a commit holds."""
    some: list[LinkChanges] = []
    room = AT_ONCE
    for each in changes:
        size = _records(each)
        if some and size > room:
            yield some
            some, room = [], AT_ONCE
        some.append(each)
        room -= size
    if some:
        yield some


def _records(changes: LinkChanges) -> int:
    """Return how many records are written or dropped, as far as anybody can tell.

    The intents of a batch share a record, and those that are dropped are nearly always of one.
    """
    alone = sum(not intent.batch for intent in changes.put_intents)
    return len(changes.put_pairs) + len(changes.drop_pairs) + alone


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
