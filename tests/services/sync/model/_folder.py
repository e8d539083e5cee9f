"""An Outlook calendar or contact folder in memory that misbehaves on request.

A :class:`Folder` keeps what matters to a sync: change keys, delta tokens with a frozen window that
are lost, pages, transaction ids, tags that go along when an item is copied, ids that change, texts
that come back spelled otherwise, reads that lag behind writes. It notes each request, and in
``broken`` what nobody may ask of it: a write to somebody's meeting would mail people.

A :class:`Port` is how one process sees it: faults come through it, and the dead send nothing.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from services.graph.remote_contact import RemoteContact
from services.graph.remote_event import RemoteEvent
from services.graph.remote_item import DeltaPage, RemoteItem
from services.model.accounts import RemoteId
from services.model.contacts import ContactContent, PhotoId
from services.model.errors import (
    Expired,
    ReadOnlyReason,
    Rejected,
    Stale,
    Throttled,
    Unreachable,
)
from services.model.events import EventContent, Mirror
from services.model.pairs import Cursor
from services.model.times import Clock
from services.storage.codec import decode, encode
from services.sync.content.shape import shape_of
from services.sync.sides.refusals import stale_if_changed
from tests._builders import BERLIN
from tests.services.sync._crashing import Crash, CrashingRecords
from tests.services.sync.model._faces import encoded, lighter, seen_in
from tests.services.sync.model._values import Words

__all__ = ["FAULTS", "MEETING", "OPERATIONS", "Fault", "Faults", "Folder", "Port", "Stock"]

Fault = Callable[["Folder", str], Awaitable[None]] | str
"""One of :data:`FAULTS`, or what slips in just before a request to a folder takes effect."""
FAULTS = (
    *("before", "after", "throttled", "moved", "refused", "expired", "late", "dead", "dying"),
    *("halved", "halving"),
)
"""No answer, without the effect or with it; 429; 412; 400; 410; a read that lags behind; a kill
before the effect, and after it; no answer, or a kill, between a series and its exceptions."""
HALVES = frozenset({"halved", "halving"})
AT_ONCE: Mapping[str, Callable[[], Exception]] = {
    "before": Unreachable,
    "throttled": lambda: Throttled(7.5),
    "moved": lambda: Rejected(412, "ErrorIrresolvableConflict"),
    "refused": lambda: Rejected(400, "ErrorInvalidRequest"),
}
ONLY_WRITES = frozenset({"moved", "refused"})
READS = frozenset({"changes", "find", "tagged", "picture"})
OPERATIONS = (
    *("changes", "find", "tagged", "create", "update", "delete"),
    *("picture", "set_picture"),
)
MEETING = Mirror(ReadOnlyReason.HAS_ATTENDEES, organiser="Mara", attendees=3)
LAG = timedelta(seconds=90)
"""For so long a read may not show what was made."""
MISLAID = timedelta(minutes=20)
PAGE = 3
MOST = 1000


@dataclass
class Stock:
    """What a folder holds and remembers."""

    items: dict[RemoteId, RemoteItem[Any]] = field(default_factory=dict)
    transactions: dict[str, RemoteId] = field(default_factory=dict)
    made_at: dict[RemoteId, datetime] = field(default_factory=dict)
    shows_at: dict[RemoteId, datetime] = field(default_factory=dict)
    """Until when no read shows an item, however long nobody waits for that."""
    pictured: dict[RemoteId, tuple[PhotoId, datetime]] = field(default_factory=dict)
    """Which picture a contact had before the program set one, and when that was."""
    log: list[RemoteId] = field(default_factory=list)
    tokens: dict[str, tuple[int, frozenset[RemoteId]]] = field(default_factory=dict)
    """By delta link: where to read on, and what it has told of."""
    count: int = 0

    def copied(self) -> Stock:
        return Stock(
            dict(self.items),
            dict(self.transactions),
            dict(self.made_at),
            dict(self.shows_at),
            dict(self.pictured),
            list(self.log),
            dict(self.tokens),
            self.count,
        )


@dataclass
class Folder:
    """What is there, and what people do with it by hand."""

    number: int
    words: Words[Any]
    clock: Clock
    is_list: bool = False
    stock: Stock = field(default_factory=Stock)
    lags: bool = False
    """Whether all reads lag behind creates, not only those that a fault makes late."""
    dragged: int = 0
    """How often something got another id."""
    mislaid: int = 0
    """How often something was nowhere to be seen."""
    requests: int = 0
    writes: int = 0
    broken: list[str] = field(default_factory=list)
    """What nobody may ask of it, and somebody did."""

    @property
    def items(self) -> dict[RemoteId, RemoteItem[Any]]:
        return self.stock.items

    def add(self, content: Any, **given: Any) -> RemoteItem[Any]:
        self.stock.count += 1
        id = RemoteId(f"r{self.number}-{self.stock.count:03}")
        item = RemoteContact if self.is_list else RemoteEvent
        self.stock.made_at[id] = self.clock.now()
        named = {"uid": "" if self.is_list else f"uid-{id}", **given}
        return self.keep(item(id=id, change_key="", content=content, **named))

    def keep(self, item: RemoteItem[Any]) -> RemoteItem[Any]:
        self.stock.count += 1
        now = self.clock.now()
        kept = replace(item, change_key=f"k{self.stock.count}", changed_at=now)
        self.items[kept.id] = kept
        self.stock.log.append(kept.id)
        return kept

    def edit(self, id: RemoteId, content: Any) -> RemoteItem[Any]:
        return self.keep(replace(self.items[id], content=content))

    def set_picture(self, id: RemoteId, picture: bytes) -> None:
        """What comes is encoded anew, and shows in a while."""
        content, faces = self.items[id].content, self.words.count.faces
        self.stock.pictured[id] = content.photo, self.clock.now()
        self.edit(id, replace(content, photo=faces.known(lighter(seen_in(picture)))))

    def picture(self, id: RemoteId, *, is_late: bool) -> bytes | None:
        if id not in self.items or self.hides(id, is_late=is_late):
            return None
        photo: PhotoId = self.items[id].content.photo
        before, at = self.stock.pictured.get(id, (photo, self.clock.now()))
        if is_late and self.clock.now() - at < LAG:
            photo = before
        return encoded(self.words.count.faces.color(photo)) if photo else None

    def remove(self, id: RemoteId) -> None:
        del self.items[id]
        self.stock.log.append(id)

    def copy(self, id: RemoteId, content: Any) -> RemoteItem[Any]:
        """A copy takes the tag along, and not the transaction id."""
        return self.add(content, tag=self.items[id].tag)

    def drag(self, id: RemoteId) -> RemoteItem[Any]:
        """Desktop Outlook gives a dragged event another id; reads may be late to show that."""
        item = self.items[id]
        self.dragged += 1
        self.remove(id)
        kept = {"transaction_id": item.transaction_id, "tag": item.tag, "uid": item.uid}
        return self.add(item.content, mirror=item.mirror, **kept)

    def lose_tokens(self) -> None:
        self.stock.tokens.clear()

    def forget_transactions(self) -> None:
        """Nobody promises for how long a transaction id is remembered."""
        self.stock.transactions.clear()

    def mislay(self, id: RemoteId) -> RemoteId:
        """Drag an event; no read shows it for longer than anybody waits. Return its new id."""
        self.mislaid += 1
        new = self.drag(id).id
        self.stock.shows_at[new] = self.clock.now() + MISLAID
        return new

    def show_all(self) -> None:
        """Nothing is late any more."""
        self.lags = False
        self.stock.shows_at.clear()

    def hides(self, id: RemoteId, *, is_late: bool) -> bool:
        """Whether a read does not show it: one that lags behind, or any."""
        now, stock = self.clock.now(), self.stock
        is_mislaid = id in stock.shows_at and now < stock.shows_at[id]
        return is_mislaid or (is_late and now - stock.made_at[id] < LAG)

    def covers(self, cursor: Cursor, content: Any) -> bool:
        return shape_of(content).covers(cursor, content, BERLIN)

    def spelled(self, content: Any) -> Any:
        return self.words.spelled(content, self.number)

    @property
    def content_type(self) -> type[Any]:
        return ContactContent if self.is_list else EventContent


@dataclass
class Faults:
    """What happens to the next requests of each kind, whoever sends them."""

    waiting: dict[str, deque[Fault]] = field(default_factory=dict)
    left: int = MOST
    """So many requests more, or it never ends."""

    def order(self, operation: str, fault: Fault) -> None:
        self.waiting.setdefault(operation, deque()).append(fault)

    def next(self, operation: str) -> Fault:
        self.left -= 1
        assert self.left > 0, "it does not end"
        return waiting.popleft() if (waiting := self.waiting.get(operation)) else ""

    def clear(self) -> None:
        self.waiting.clear()
        self.left = MOST


@dataclass
class Port:
    """See :class:`services.sync.sides.outlook.Outlook`."""

    folder: Folder
    faults: Faults
    process: CrashingRecords
    _is_halved: bool = False
    """Whether of the request just now only the first half takes effect."""

    async def changes(self, cursor: Cursor) -> AsyncIterator[DeltaPage[Any]]:
        folder = self.folder
        after, is_late = await self._call("changes")
        if cursor.delta_link and cursor.delta_link not in folder.stock.tokens:
            raise Expired
        position, told = folder.stock.tokens.get(cursor.delta_link, (0, frozenset()))
        end = len(folder.stock.log)  # what is changed while pages are read is the next round's
        ids = list(dict.fromkeys(folder.stock.log[position:]))
        late = [id for id in ids if id in folder.items and folder.hides(id, is_late=is_late)]
        shown = [id for id in ids if id in folder.items and id not in late]
        there = [id for id in shown if folder.covers(cursor, folder.items[id].content)]
        gone = [id for id in ids if id in told and id not in there and id not in late]
        for page in _pages([folder.items[id] for id in there], gone):
            after()
            yield page
            after, _ = await self._call("changes")
        token = f"{folder.number}/{len(folder.stock.tokens)}/{len(folder.stock.log)}"
        folder.stock.tokens[token] = end, (told | set(there)) - set(gone)
        folder.stock.log += late  # the next round tells of them
        after()
        yield DeltaPage(delta_link=token)

    async def find(self, id: RemoteId) -> RemoteItem[Any] | None:
        after, is_late = await self._call("find")
        found = self.folder.items.get(id)
        after()
        return None if found is None or self.folder.hides(id, is_late=is_late) else _told(found)

    async def holds(self, id: RemoteId) -> bool:
        return True  # nobody moves anything between folders here

    async def tagged(self, tag: str) -> list[RemoteItem[Any]]:
        after, is_late = await self._call("tagged")
        folder = self.folder
        hits = [item for item in folder.items.values() if item.tag == tag]
        after()
        hits = [_told(hit) for hit in hits if not folder.hides(hit.id, is_late=is_late)]
        # Of events nobody has promised an order; of contacts the port does.
        return hits if folder.is_list else hits[::-1]

    def payload(self, content: Any, transaction_id: str, tag: str) -> bytes:
        return json.dumps([encode(content).decode(), transaction_id, tag]).encode()

    async def create(self, payload: bytes) -> RemoteItem[Any]:
        after, _ = await self._call("create")
        text, transaction_id, tag = json.loads(payload)
        folder = self.folder
        folder.writes += 1
        known = folder.stock.transactions.get(transaction_id)
        if known is not None and known not in folder.items:
            raise Stale
        if known is None:
            content = folder.spelled(decode(folder.content_type, text.encode()))
            known = folder.add(content, transaction_id=transaction_id, tag=tag).id
            if transaction_id:
                folder.stock.transactions[transaction_id] = known
        after()
        return _told(folder.items[known])

    async def update(self, seen: RemoteItem[Any], content: Any) -> RemoteItem[Any]:
        with stale_if_changed():
            after, _ = await self._call("update")
        self._check(seen)
        self.folder.writes += 1
        if self._is_halved:
            content = _halved(self.folder.items[seen.id].content, content)
        if isinstance(content, ContactContent):  # a picture is sent by itself
            content = replace(content, photo=self.folder.items[seen.id].content.photo)
        item = self.folder.edit(seen.id, self.folder.spelled(content))
        after()
        return _told(item)

    async def delete(self, seen: RemoteItem[Any]) -> None:
        with stale_if_changed():
            after, _ = await self._call("delete")
        if seen.id in self.folder.items:
            self._check(seen)
            self.folder.writes += 1
            self.folder.remove(seen.id)
        after()

    async def picture(self, id: RemoteId) -> bytes | None:
        after, is_late = await self._call("picture")
        picture = self.folder.picture(id, is_late=is_late)
        after()
        return picture

    async def set_picture(self, id: RemoteId, jpeg: bytes) -> None:
        after, _ = await self._call("set_picture")
        if id not in self.folder.items:
            raise Stale
        self.folder.writes += 1
        self.folder.set_picture(id, jpeg)
        after()

    def _check(self, seen: RemoteItem[Any]) -> None:
        now = self.folder.items.get(seen.id)
        if now is None or now.change_key != seen.change_key:
            raise Stale
        if now.mirror is not None:
            self.folder.broken.append("a meeting was written")

    async def _call(self, operation: str) -> tuple[Callable[[], None], bool]:
        """Suffer the next fault.

        Return what is to be called once the effect is there, and whether a read lags behind.
        """
        await asyncio.sleep(0)  # others go on meanwhile
        self._is_alive()
        self.folder.requests += 1
        fault = self.faults.next(operation)
        if not isinstance(fault, str):
            await fault(self.folder, operation)
            self._is_alive()
            self._is_halved = False
            return _answer, self.folder.lags
        if fault == "dead":
            self.process.kill()
        elif fault == "expired":
            self.folder.lose_tokens()
        elif fault in AT_ONCE and not (operation in READS and fault in ONLY_WRITES):
            raise AT_ONCE[fault]()
        ends = {"after": _no_answer, "halved": _no_answer}
        ends |= dict.fromkeys(("dying", "halving"), self.process.kill)
        self._is_halved = fault in HALVES
        after = ends.get(fault, _answer)
        return after, self.folder.lags or fault == "late"

    def _is_alive(self) -> None:
        if self.process.is_dead:
            raise Crash


def _pages(there: Sequence[RemoteItem[Any]], gone: Sequence[RemoteId]) -> Iterator[DeltaPage[Any]]:
    for first in range(0, len(there), PAGE):
        shown = there[first : first + PAGE]
        yield DeltaPage(changed=tuple(replace(_told(item), tag="") for item in shown))
    if gone:
        yield DeltaPage(removed=tuple(gone))


def _told(item: RemoteItem[Any]) -> RemoteItem[Any]:
    """Return an item as Outlook tells it: without its picture."""
    if not isinstance(item.content, ContactContent) or not item.content.photo:
        return item
    return replace(item, content=replace(item.content, photo=PhotoId("")))


def _halved(was: Any, content: Any) -> Any:
    """Return a series as it is before all of its exceptions are written, one by one.

    Outlook forgets the old ones of a series that is moved.
    """
    if not isinstance(content, EventContent):
        return content
    if (was.when, was.rule) != (content.when, content.rule):
        return replace(content, exceptions=())
    old = [each.original for each in was.exceptions]
    first = [each for each in content.exceptions if each.original not in old][:1]
    kept = [each for each in content.exceptions if each.original in old]
    return replace(
        content, exceptions=tuple(each for each in content.exceptions if each in kept + first)
    )


def _answer() -> None:
    return


def _no_answer() -> None:
    raise Unreachable
