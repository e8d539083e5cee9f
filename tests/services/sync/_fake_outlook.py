"""An Outlook in memory that misbehaves on request, fast enough for thousands of rounds.

It holds a calendar, or contacts. Slower and truer is the sandbox. This one keeps what matters to a
sync: change keys, delta tokens that are lost, transaction ids, tags that go along when an item is
copied, texts that come back spelled otherwise, and an order of faults for the next calls.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from services.graph.remote_event import RemoteEvent
from services.graph.remote_item import DeltaPage, RemoteItem
from services.model.accounts import Cursor, RemoteId
from services.model.errors import Expired, Stale, Unreachable
from services.model.events import EventContent
from services.storage.codec import decode, encode
from tests._fakes import FrozenClock

__all__ = ["Crash", "FakeOutlook", "Fault", "spelled"]

Fault = Callable[[], Awaitable[None]] | str
"""``before`` and ``after``: no answer, without the effect or with it; or what slips in first."""


class Crash(Exception):
    """The process is gone."""


def spelled(content: EventContent) -> EventContent:
    """What a server makes of a text."""
    text = content.text
    return replace(content, text=text if text.endswith("~") or not text else f"{text}~")


@dataclass
class FakeOutlook:
    """See :class:`services.sync.outlook.Outlook`."""

    item: type[RemoteItem[Any]] = RemoteEvent
    content: type[Any] = EventContent
    spell: Callable[[Any], Any] = spelled
    items: dict[RemoteId, RemoteItem[Any]] = field(default_factory=dict)
    faults: deque[Fault] = field(default_factory=deque)
    writes: int = 0
    lag: timedelta = timedelta()
    """How much later than it is made an item of ours is seen by who reads."""
    now: Callable[[], datetime] = field(default_factory=lambda: FrozenClock().now)
    _made: dict[RemoteId, datetime] = field(default_factory=dict)
    _log: list[RemoteId] = field(default_factory=list)
    _transactions: dict[str, RemoteId] = field(default_factory=dict)
    _told: set[RemoteId] = field(default_factory=set)
    _lost: int = 0
    _count: int = 0

    # -- what people do ----------------------------------------------------------------------

    def add(
        self, content: Any, *, transaction_id: str = "", tag: str = "", uid: str = ""
    ) -> RemoteItem[Any]:
        self._count += 1
        id = RemoteId(f"r{self._count}")
        event = self.item(
            id=id,
            change_key="",
            content=content,
            transaction_id=transaction_id,
            tag=tag,
            uid=uid,
        )
        return self._keep(event)

    def edit(self, id: RemoteId, content: Any) -> RemoteItem[Any]:
        return self._keep(replace(self.items[id], content=content))

    def remove(self, id: RemoteId) -> None:
        del self.items[id]
        self._log.append(id)

    def copy(self, id: RemoteId) -> RemoteItem[Any]:
        return self.add(self.items[id].content, tag=self.items[id].tag)

    def lose_tokens(self) -> None:
        self._lost += 1

    def forget_transactions(self) -> None:
        """Nobody promises for how long a transaction id is remembered."""
        self._transactions.clear()

    def _keep(self, event: RemoteItem[Any]) -> RemoteItem[Any]:
        self._count += 1
        kept = replace(event, change_key=f"k{self._count}")
        self.items[kept.id] = kept
        self._log.append(kept.id)
        return kept

    # -- what the engine asks ----------------------------------------------------------------

    async def changes(self, cursor: Cursor) -> AsyncIterator[DeltaPage[Any]]:
        after = await self._call()
        generation, _, position = cursor.delta_link.partition("/")
        if cursor.delta_link and int(generation) != self._lost:
            raise Expired
        hidden = self._hidden()
        end = next((at for at, id in enumerate(self._log) if id in hidden), len(self._log))
        told = self._log[int(position) : end] if cursor.delta_link else list(self.items)
        for id in dict.fromkeys(told):
            if id in hidden:
                continue
            if id in self.items:
                self._told.add(id)
                yield DeltaPage(changed=(replace(self.items[id], tag=""),))
            elif id in self._told:  # what no round has told of is not taken back either
                yield DeltaPage(removed=(id,))
        after()
        yield DeltaPage(delta_link=f"{self._lost}/{end}")

    async def find(self, id: RemoteId) -> RemoteItem[Any] | None:
        after = await self._call()
        after()
        return None if id in self._hidden() else self.items.get(id)

    async def holds(self, id: RemoteId) -> bool:
        return True

    async def tagged(self, tag: str) -> list[RemoteItem[Any]]:
        after = await self._call()
        after()
        hidden = self._hidden()
        return [item for item in self.items.values() if item.tag == tag and item.id not in hidden]

    def payload(self, content: Any, transaction_id: str, tag: str) -> bytes:
        return json.dumps([encode(content).decode(), transaction_id, tag]).encode()

    async def create(self, payload: bytes) -> RemoteItem[Any]:
        after = await self._call()
        content, transaction_id, tag = json.loads(payload)
        self.writes += 1
        known = self._transactions.get(transaction_id)
        if known is not None:
            if known not in self.items:
                raise Stale
            event = self.items[known]
        else:
            made = self.spell(decode(self.content, content.encode()))
            event = self.add(made, transaction_id=transaction_id, tag=tag)
            self._made[event.id] = self.now()
            if transaction_id:
                self._transactions[transaction_id] = event.id
        after()
        return event

    async def update(self, seen: RemoteItem[Any], content: Any) -> RemoteItem[Any]:
        after = await self._call()
        self._check(seen)
        self.writes += 1
        event = self.edit(seen.id, self.spell(content))
        after()
        return event

    async def delete(self, seen: RemoteItem[Any]) -> None:
        after = await self._call()
        if seen.id in self.items:
            self._check(seen)
            self.writes += 1
            self.remove(seen.id)
        after()

    def _hidden(self) -> set[RemoteId]:
        return {id for id, at in self._made.items() if self.lag and self.now() < at + self.lag}

    def _check(self, seen: RemoteItem[Any]) -> None:
        now = self.items.get(seen.id)
        if now is None or now.change_key != seen.change_key:
            raise Stale

    async def _call(self) -> Callable[[], None]:
        """Suffer the next fault; return what is to be called once the effect is there."""
        fault = self.faults.popleft() if self.faults else ""
        if fault == "before":
            raise Unreachable
        if not isinstance(fault, str):
            await fault()
        return _no_answer if fault == "after" else _answer


def _answer() -> None:
    return


def _no_answer() -> None:
    raise Unreachable
