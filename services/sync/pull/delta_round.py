"""One delta round, read to its end and held in memory before any of it is stored.

:func:`read_round` reads the pages. An item that the service answers with 5xx each time is named on
the link like anything else that cannot be read, so that it keeps no other item away; it is asked
for by its id with each round until there is an answer.

Most of a round is known already: all that a first sync has made comes back as its echo. So whatever
an item says as its pair has it is held as the pair's own object, and not a second time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from services.graph.remote_item import TITLE, UNANSWERED, RemoteItem, UnreadItem
from services.model.accounts import RemoteId, Unread
from services.model.errors import Failing, Unreachable, Unreadable
from services.model.pairs import Cursor, Pair
from services.sync.content.pictures import picture_of, with_picture
from services.sync.content.shape import shape_of
from services.sync.state.link_pass import MOST_FAILING, LinkPass

__all__ = ["DeltaRound", "read_round", "still_unread"]

MOST_UNREAD = 50
_IN_BOTH = ("change_key", "transaction_id", "uid", "changed_at", "mirror")
"""What an item and an observation have in common, besides the content."""


@dataclass(slots=True)
class DeltaRound:
    """What a round says of each item, its last word where it says several."""

    changed: dict[RemoteId, RemoteItem[Any]] = field(default_factory=dict)
    removed: set[RemoteId] = field(default_factory=set)
    unread: dict[RemoteId, UnreadItem] = field(default_factory=dict)
    """There, but not to be read: left as they are on both sides."""
    delta_link: str = ""

    @property
    def says_anything(self) -> bool:
        """Whether anything has changed."""
        return bool(self.changed or self.removed or self.unread)

    def tells_of(self, id: RemoteId) -> bool:
        """Whether the round has said anything of an item."""
        return id in self.changed or id in self.removed or id in self.unread

    def put_off(self, id: RemoteId) -> None:
        """Leave a changed item to the next round, which asks for it by id."""
        content = self.changed.pop(id).content
        self.unread[id] = UnreadItem(id, UNANSWERED, shape_of(content).title(content)[:TITLE])


async def read_round(run: LinkPass, cursor: Cursor) -> DeltaRound:
    """Read on from a cursor to the end of a round.

    Raises:
        Expired: the service no longer knows the cursor.
        NotFound: the calendar is gone.
        Unreachable: among others, 5xx for so many items that it is not the items' fault.
    """
    delta = DeltaRound()
    async for page in run.outlook.changes(cursor):
        if page.changed:
            await run.held.include([item.id for item in page.changed], ())
        pairs = await run.held.pairs() if page.changed else {}
        for item in page.changed:
            known = delta.changed.get(item.id)
            if known is not None and not item.transaction_id:
                # A series goes on with the next page, which names its dates alone.
                item = replace(item, transaction_id=known.transaction_id)
            delta.changed[item.id] = _as_held(item, pairs.get(item.id))
            delta.removed.discard(item.id)
            delta.unread.pop(item.id, None)
        for id in page.removed:
            delta.changed.pop(id, None)
            delta.unread.pop(id, None)
            delta.removed.add(id)
        for unread in page.unread:
            if unread.title or unread.id not in delta.unread:  # a stub has no title
                delta.unread[unread.id] = unread
        delta.delta_link = page.delta_link or delta.delta_link
        if page.delta_link is None:  # there is more to come
            await run.hold()
    failing = [id for id, each in delta.unread.items() if each.why == UNANSWERED]
    run.come_back_soon |= bool(failing)
    for each in run.link.unread:
        if each.why == UNANSWERED and not delta.tells_of(each.remote):
            failing += await _asked_again(run, delta, each.remote)
    if len(failing) > MOST_FAILING:
        raise Unreachable("many items")
    return delta


def _as_held(item: RemoteItem[Any], pair: Pair | None) -> RemoteItem[Any]:
    """Return an item that shares with its pair every object that is equal."""
    seen = pair.observed if pair else None
    if pair is None or seen is None:
        return item
    if with_picture(item.content, picture_of(seen.content)) != seen.content:
        return item
    same: dict[str, Any] = {"id": pair.remote, "content": seen.content}
    for name in _IN_BOTH:
        if (held := getattr(seen, name)) == getattr(item, name):
            same[name] = held
    return replace(item, **same)


async def _asked_again(run: LinkPass, delta: DeltaRound, id: RemoteId) -> list[RemoteId]:
    """Ask by id for an item that earlier rounds got no answer for; return it if this fails too."""
    try:
        item = await run.outlook.find(id)
    except Failing:
        return [id]
    except Unreadable as err:
        delta.unread[id] = UnreadItem.of(id, err)
        return []
    if item is None:
        delta.removed.add(id)
    else:
        delta.changed[id] = item
    return []


def still_unread(run: LinkPass, delta: DeltaRound, *, full: bool) -> tuple[Unread, ...]:
    """Return what could not be read in this round, or before and was not mentioned since."""
    kept = [each for each in run.link.unread if not full and not delta.tells_of(each.remote)]
    found = [Unread(each.id, each.title, each.why) for each in delta.unread.values()]
    return tuple(sorted((*kept, *found), key=lambda each: each.remote)[:MOST_UNREAD])
