"""The pairs that a pass has before it: few of many, mostly.

A link may have ten thousand pairs of which a pass is about three. What the last pass has left
open is kept on the link (``Link.loose``); every other pair was in step, so a pass reads these and
the pairs of whatever has changed since, and counts the rest. Whoever cannot say what has changed,
as after a crash or in a full round, reads all.

Where many come into step, as in a first sync, they are counted and let go as well: what both sides
say of ten thousand events is what a pass would need most of its memory for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from services.model.accounts import Link, RemoteId
from services.model.items import ItemId
from services.model.pairs import Pair
from services.storage.repositories.links import LinkChanges, LinkRecords
from services.sync.sides.expanded import series_of
from services.sync.state.pair_state import MOST_LOOSE, is_counted, is_in_step, is_settled

__all__ = ["HeldPairs"]

FEW = 1_000
"""So many pairs are looked for one by one; for more it is quicker to read all."""
MOST_HELD = 250
"""Beyond so many, those that come into step are let go."""


@dataclass(slots=True)
class HeldPairs:
    """Pairs by their remote item. While the lease is held nobody else writes any."""

    links: LinkRecords
    link: Link
    """As it was when the pass began."""
    others: int = 0
    """How many pairs there are beside: all of them in step, and nothing has touched them."""
    others_loose: set[RemoteId] = field(default_factory=set)
    """Which of these no round has told of yet, as far as the link would keep their names."""
    is_whole: bool = False
    """Whether there is none beside."""
    has_parts: bool = field(init=False)
    """Whether one of those beside may be of one date of a series."""
    _here: dict[RemoteId, Pair] = field(default_factory=dict)
    _is_begun: bool = False

    def __post_init__(self) -> None:
        self.has_parts = self.link.has_parts

    async def here(self) -> Mapping[RemoteId, Pair]:
        """Return what is held: at least what the last pass has left open."""
        if not self._is_begun:
            self._is_begun = True
            if self.link.loose is None:
                await self.touch_all()
            else:
                self.others = self.link.tally.in_step
                await self._take(self.link.loose, ())
        return self._here

    async def touch(self, remotes: Collection[RemoteId], items: Collection[ItemId]) -> None:
        """Hold the pairs of these items as well, of either side, where they have any."""
        here = await self.here()
        if self.is_whole:
            return
        held = {pair.team for pair in here.values()}
        remotes = [id for id in remotes if id not in here]
        items = [id for id in items if id not in held]
        if len(remotes) + len(items) > FEW or (items and self.has_parts):
            # Which dates of a series have pairs, no look-up by the series tells.
            await self.touch_all()
        else:
            await self._take(remotes, items)

    async def touch_all(self) -> None:
        """Hold all there are."""
        if not self.is_whole:
            self._is_begun = self.is_whole = True
            self.has_parts = False
            self.others = 0
            self.others_loose.clear()
            stored = {pair.remote: pair for pair in await self.links.pairs(self.link)}
            # What is here already may be newer: a round's new pairs are written late.
            stored.update(self._here)
            self._here = stored

    def note(self, changes: LinkChanges) -> None:
        """Follow what has been written."""
        if self._is_begun:
            for pair in changes.put_pairs:
                was = self._here.pop(pair.remote, None)
                is_met = (was is None or was.agreed is None) and _ends(pair)
                if is_met and len(self._here) >= MOST_HELD:
                    self._let_go(pair)
                else:
                    self._here[pair.remote] = pair
            for id in changes.drop_pairs:
                self._here.pop(id, None)

    def _let_go(self, pair: Pair) -> None:
        self.is_whole = False
        self.others += 1
        if not is_settled(pair) and len(self.others_loose) <= MOST_LOOSE:
            self.others_loose.add(pair.remote)

    async def _take(self, remotes: Collection[RemoteId], items: Collection[ItemId]) -> None:
        for pair in await self.links.some_pairs(self.link, remotes, items):
            if pair.remote not in self._here:
                self._here[pair.remote] = pair
                self.others -= is_counted(pair)


def _ends(pair: Pair) -> bool:
    """Tell whether nothing more is to be done in this pass about a pair that has just met."""
    is_whole_item = pair.team is not None and series_of(pair.team) is None
    return is_whole_item and is_counted(pair) and is_in_step(pair)
