"""Whose turn it is: the tenants that have something due, the one that waited longest first.

Each tenant's tasks are a partition of their own, its *lane*. The rota has one record for each
lane, due when the lane's soonest task is; whoever has claimed from a lane that holds more sends
it to the back. So ten thousand tasks of one tenant stand in one lane, and the single task of
another is as near to a worker as if they were not there (deficit round-robin, a task a turn).

A record may be due too early, which costs a look, but never too late: whoever makes it later looks
into the lane once more *after* writing, and whoever puts a task looks at the record after that.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from services.model.errors import Stale
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.sealed import Opened, Remove, Seal, SealedWrite
from services.storage.vault import Vault

__all__ = ["Rota", "Turn", "in_turns"]

_KIND = "turn"

Soonest = Callable[[], Awaitable[datetime | None]]
"""Looks into a lane: when its soonest task is due, as it is stored in clear."""


@dataclass(frozen=True, slots=True)
class _Lane:
    name: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A lane's place in the rota."""

    lane: str
    due_at: datetime | None
    """``None``: nothing waits there, but something is kept."""
    etag: str


class Rota:
    """The places of all lanes."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def due(self, now: datetime, limit: int) -> list[Turn]:
        """Return the lanes whose turn has come, the longest waiting first."""
        opened = await (await places.rota(self._vault)).due(now, limit)
        return [_turn(each) for each in opened]

    async def lanes(self) -> list[str]:
        """Return every lane that holds anything."""
        opened = await (await places.rota(self._vault)).find(_KIND)
        return [_turn(each).lane for each in opened]

    async def bring_forward(self, lane: str, due_at: datetime) -> None:
        """See to it that a lane's turn comes at this time, or sooner."""
        partition = await places.rota(self._vault)
        while True:
            opened = await partition.get(_KIND, lane)
            known = None if opened is None else opened.due_at
            if known is not None and known <= due_at:
                return
            try:
                await partition.commit([_seal(lane, due_at, opened.etag if opened else "")])
            except Stale:
                continue  # another one moved it just now: look again
            return

    async def send_back(self, turn: Turn, due_at: datetime | None, soonest: Soonest) -> None:
        """Let a lane come again at this time; ``None`` = when something is put there.

        Args:
            turn: the lane's place as it was when its tasks were claimed.
            due_at: when the rest of them are due; the present = at once, behind all others.
            soonest: looks once more.
        """
        is_asleep = due_at is None or due_at > self._vault.clock.now()
        moved = await self._move(_seal(turn.lane, due_at, turn.etag))
        if moved and is_asleep:
            await self._look_again(turn, soonest)

    async def take_off(self, turn: Turn, soonest: Soonest) -> None:
        """Forget a lane that is empty."""
        if await self._move(Remove(kind=_KIND, id=turn.lane, expect=turn.etag)):
            await self._look_again(turn, soonest)

    async def _move(self, write: SealedWrite) -> bool:
        try:
            await (await places.rota(self._vault)).commit([write])
        except Stale:
            return False  # somebody else saw to it
        return True

    async def _look_again(self, turn: Turn, soonest: Soonest) -> None:
        left = await soonest()
        if left is not None:
            await self.bring_forward(turn.lane, left)


def in_turns(waiting: Sequence[Sequence[Opened]]) -> Iterator[Opened]:
    """Yield the first of each lane, then the second of each, and so on."""
    for row in zip_longest(*waiting):
        yield from (opened for opened in row if opened is not None)


def _turn(opened: Opened) -> Turn:
    return Turn(decode(_Lane, opened.body).name, opened.due_at, opened.etag)


def _seal(lane: str, due_at: datetime | None, expect: str) -> Seal:
    return Seal(kind=_KIND, id=lane, body=encode(_Lane(lane)), due_at=due_at, expect=expect)
