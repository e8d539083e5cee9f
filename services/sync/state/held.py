"""The pairs that a pass holds in memory: mostly few of many.

A link may have ten thousand pairs while a pass is about three of them. The link names the pairs
that the last pass left open (``Link.loose``); all others were in step. So a pass reads these and
the pairs of what has changed since, and only counts the rest. It reads all pairs when nobody can
tell what has changed: after a crash, and in a full round.

Pairs that come into step in great number, as in a first sync, are counted and released as well:
the contents of both sides of ten thousand events would take most of the memory of a pass.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from services.model.accounts import Link, RemoteId
from services.model.items import ItemId
from services.model.pairs import Pair
from services.storage.repositories.links import LinkChanges, LinkRecords
from services.sync.sides.expanded import series_of
from services.sync.state.pair_state import MOST_LOOSE, is_counted, is_in_step, is_settled

__all__ = ["HeldPairs"]

FEW = 1_000
"""Up to so many pairs are looked up one by one; beyond, reading all of them is quicker."""
MOST_HELD = 250
"""With more pairs than this, those that come into step are released."""


@dataclass(slots=True)
class HeldPairs:
    """Pairs by remote id. Nobody else writes any while the lease is held."""

    links: LinkRecords
    link: Link
    """As it was when the pass began."""
    others: int = 0
    """How many pairs are not held: all in step, and nothing has changed them."""
    others_loose: set[RemoteId] = field(default_factory=set)
    """Those of them that no delta round has shown yet, up to as many as the link would name."""
    is_whole: bool = False
    """Whether every pair is held."""
    has_parts: bool = field(init=False)
    """Whether a pair that is not held may be one occurrence of an expanded series."""
    _held: dict[RemoteId, Pair] = field(default_factory=dict)
    _is_begun: bool = False

    def __post_init__(self) -> None:
        self.has_parts = self.link.has_parts

    async def pairs(self) -> Mapping[RemoteId, Pair]:
        """Return the pairs that are held: at least those that the last pass left open."""
        if not self._is_begun:
            self._is_begun = True
            if self.link.loose is None:
                await self.include_all()
            else:
                self.others = self.link.tally.in_step
                await self._take(self.link.loose, ())
        return self._held

    async def include(self, remotes: Collection[RemoteId], items: Collection[ItemId]) -> None:
        """Hold the pairs of these items as well, where they have one."""
        held = await self.pairs()
        if self.is_whole:
            return
        if items and self.has_parts:
            # The pairs of a series' occurrences cannot be looked up by the id of the series, which
            # may be held already: it may have a pair of its own for a while.
            await self.include_all()
            return
        paired = {pair.team for pair in held.values()}
        remotes = [id for id in remotes if id not in held]
        items = [id for id in items if id not in paired]
        if len(remotes) + len(items) > FEW:
            await self.include_all()
        else:
            await self._take(remotes, items)

    async def include_remembered(self, names: Collection[str]) -> None:
        """Hold the pairs that have ended and whose items are known by these names as well."""
        if names and not self.is_whole:
            await self.pairs()
            if len(names) > FEW:
                await self.include_all()
            else:
                self._add(await self.links.remembered_pairs(self.link, names))

    async def include_all(self) -> None:
        """Hold all pairs of the link."""
        if not self.is_whole:
            self._is_begun = self.is_whole = True
            self.has_parts = False
            self.others = 0
            self.others_loose.clear()
            stored = {pair.remote: pair for pair in await self.links.pairs(self.link)}
            # What is held already may be newer: a round's new pairs are written late.
            stored.update(self._held)
            self._held = stored

    def note(self, changes: LinkChanges) -> None:
        """Apply what has been written."""
        if self._is_begun:
            for pair in changes.put_pairs:
                was = self._held.pop(pair.remote, None)
                is_agreed_now = (was is None or not is_counted(was)) and _ends(pair)
                if is_agreed_now and len(self._held) >= MOST_HELD:
                    self._release(pair)
                else:
                    self._held[pair.remote] = pair
            for id in changes.drop_pairs:
                self._held.pop(id, None)

    def _release(self, pair: Pair) -> None:
        self.is_whole = False
        self.others += 1
        if not is_settled(pair) and len(self.others_loose) <= MOST_LOOSE:
            self.others_loose.add(pair.remote)

    async def _take(self, remotes: Collection[RemoteId], items: Collection[ItemId]) -> None:
        self._add(await self.links.some_pairs(self.link, remotes, items))

    def _add(self, stored: Iterable[Pair]) -> None:
        for pair in stored:
            if pair.remote not in self._held:
                self._held[pair.remote] = pair
                self.others -= is_counted(pair)


def _ends(pair: Pair) -> bool:
    """Tell whether this pass has nothing more to do about a pair that was just agreed on."""
    is_whole_item = pair.team is not None and series_of(pair.team) is None
    return is_whole_item and is_counted(pair) and is_in_step(pair)
