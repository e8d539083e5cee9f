"""Judges a house in which everything has calmed down.

Both sides of every link are equal, nothing is there twice, no edit is lost that nobody replaced,
nobody was mailed, copies stayed strangers, and then there is silence: one request a link and no
write, even where the cursors were lost.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Any

from services.graph.remote_item import RemoteItem
from services.model.accounts import Link
from services.model.books import Book, BookKind
from services.model.contacts import ContactContent, PhotoId
from services.model.events import EventId
from services.model.links import Word
from services.model.pairs import Cursor, Pair
from services.model.veil import is_authors, laid_open
from services.sync.sides.expanded import ExpandedCalendar, series_of
from services.sync.sides.team import Team, TeamItem, team_sides
from tests.services.sync.model._choices import OPEN, Promises
from tests.services.sync.model._folder import PAGE
from tests.services.sync.model._house import House, Tie

__all__ = ["Oracle"]

SWEEPS = 12
"""Quarters of an hour after which all is calm."""
SWEPT_EVERY = 15 * 60 + 1.0
SOON = 5.0
REQUESTS = 8
"""For each item of a link, until all is calm: looked at, written, read again, and some more."""
PICTURED = 6
"""For each contact besides: its picture is looked at as it has changed, before another one is sent
and after, and sent."""


class Oracle:
    """See the module."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._count = house.count

    async def note_losers(self) -> None:
        """What lost a merge is on record. At no time is anything in two pairs."""
        for tie in self._house.ties:
            pairs = await self._pairs(tie)
            paired = [pair.team for pair in pairs if pair.team is not None]
            assert len(paired) == len(set(paired)), "an item of the team has two pairs"
            for pair in pairs:
                for lost in pair.lost:
                    self._count.released |= tie.words.values(lost.value, lost.field)
        if self._count.has_chosen:
            await self._note_the_bin()

    async def _note_the_bin(self) -> None:
        """What may not cross any more leaves the team, where it can be had again for a while."""
        for book in self._house.books:
            for item in (await self._house.ledger(book).changes(book, 0))[0]:
                if item.deleted_at is not None:
                    self._count.released |= self._house.words[book.kind].values(item.content)

    async def judge(self) -> None:
        """Let everything calm down, then look; lose all cursors, and look again."""
        self._house.faults.clear()
        for folder in self._house.folders:
            folder.show_all()
        await self._calm_down()
        if self._count.has_chosen:
            await self._keep_promises()
            await self._open()
            await self._calm_down()
        await self._check()
        if not await self._is_silent_from_the_start():
            await self._calm_down()
            assert await self._is_silent_from_the_start(), "it writes though nothing has changed"
        await self._check()

    # -- what people have chosen -----------------------------------------------------------------

    async def _keep_promises(self) -> None:
        """See that each link does what was chosen for it."""
        for tie in self._house.ties:
            link = await self._house.link(tie)
            cursor = await self._house.store.links.cursor(link)
            assert cursor is not None, "there was no pass"
            team = await self._house.team(tie.book)
            broken = [*Promises(tie, link.settings, cursor).broken(team)]
            assert not broken, broken

    async def _open(self) -> None:
        """Let everything cross again: whatever was held back has to be there still."""
        for tie in self._house.ties:
            await self._house.links.change(tie.person, tie.link, OPEN)

    # -- time goes by ----------------------------------------------------------------------------

    async def _calm_down(self) -> None:
        before, items = self._requests(), await self._items()
        for _ in range(SWEEPS):
            if await self._is_silent(most=len(self._house.ties)):
                break
        else:
            raise AssertionError("it does not end")
        most = REQUESTS * (items + await self._items()) + SWEEPS * len(self._house.ties)
        most += PICTURED * self._contacts()
        assert self._requests() - before <= most, "it asks for more than its budget"

    async def _is_silent_from_the_start(self) -> bool:
        """Tell whether a look at everything writes nothing either."""
        for folder in self._house.folders:
            folder.lose_tokens()
        pages = sum(ceil(len(folder.items) / PAGE) + 2 for folder in self._house.folders)
        # With a look at each picture, as nobody promises that a change key moves with it.
        return await self._is_silent(most=pages + self._contacts())

    async def _is_silent(self, most: int) -> bool:
        """Tell whether a sweep writes nothing, and asks no more than it needs."""
        state, requests = await self._state(), self._requests()
        await self._sweep()
        return await self._state() == state and self._requests() - requests <= most

    def _contacts(self) -> int:
        lists = [folder for folder in self._house.folders if folder.is_list]
        return sum(len(folder.items) for folder in lists)

    async def _items(self) -> int:
        team = [len(await self._house.team(tie.book)) for tie in self._house.ties]
        return sum(team) + sum(len(folder.items) for folder in self._house.folders)

    async def _sweep(self) -> None:
        self._house.clock.advance(SWEPT_EVERY)
        self._house.faults.clear()
        for name in ("a", "b", "a"):
            await self._house.work(name)
            self._house.clock.advance(SOON)  # who found the mailbox busy comes again
        await self.note_losers()
        for tie in self._house.ties:
            link = await self._house.link(tie)
            if not link.active:  # very much is to be deleted, and that is meant
                words = {"preview": Word.START, "too_many_deletions": Word.DELETE}
                word = words[link.last_problem]
                await self._house.links.answer(tie.person, tie.link, word)

    def _requests(self) -> int:
        return sum(folder.requests for folder in self._house.folders)

    async def _state(self) -> tuple[object, ...]:
        revisions = [await self._house.ledger(b).revision(b) for b in self._house.books]
        return (*revisions, *(folder.writes for folder in self._house.folders))

    # -- what is there ---------------------------------------------------------------------------

    async def _check(self) -> None:
        shown: set[str] = set()
        for tie in self._house.ties:
            assert tie.folder.broken == []
            await self._is_in_step(tie)
            for remote in tie.folder.items.values():
                shown |= tie.words.values(remote.content)
        for book in self._house.books:
            shown |= await self._is_single(book)
        await self._is_kept()
        lost = self._count.owed - shown
        assert not lost, f"lost: {sorted(lost)}"

    async def _is_in_step(self, tie: Tie) -> None:
        link = await self._house.link(tie)
        cursor = await self._house.store.links.cursor(link)
        assert cursor is not None, "there was no pass"
        assert await self._house.store.links.intents(link) == []
        pairs, side = await self._pairs(tie), self._side(tie, link)
        told = {item.id: item async for items, _ in side.changes(0) for item in items}
        team = {id: item for id, item in told.items() if not item.is_deleted}
        for pair in pairs:
            assert pair.team is not None
            if pair.is_remembered:
                assert pair.remote not in tie.folder.items, "it is there"
                continue
            here = team.get(pair.team) or await side.find(pair.team)
            there = tie.folder.items.get(pair.remote)
            is_elsewheres = there and there.mirror and here and _is_told_by_another(tie, here)
            if not is_elsewheres and not self._stays_apart(tie, pair, here, there):
                shown = self._without_what_stays(here, await self._as_told(tie, pair, there))
                self._is_equal(tie, cursor, here, shown)
        pairs = [pair for pair in pairs if not pair.is_remembered]
        gone_out, come_in = {pair.team for pair in pairs}, {pair.remote for pair in pairs}
        for id, remote in tie.folder.items.items():
            if tie.folder.covers(cursor, remote.content):
                assert id in come_in, "an item of Outlook has not come"
        for item in team.values():
            if item.mirror is None and tie.folder.covers(cursor, item.content):
                assert item.id in gone_out, "an item of the team has not gone out"

    def _stays_apart(
        self, tie: Tie, pair: Pair, here: TeamItem[Any] | None, there: RemoteItem[Any] | None
    ) -> bool:
        """A person's own item that met another's meeting stays as they wrote it."""
        is_own = not pair.ours and pair.remote in tie.known | tie.strayed
        if not (is_own and here and here.is_anothers and pair.agreed):
            return False
        now = here and here.content, there and there.content
        met = zip((pair.agreed, pair.echo), now, strict=True)
        return all(a and b and tie.words.said(a) == tie.words.said(b) for a, b in met)

    async def _as_told(
        self, tie: Tie, pair: Pair, there: RemoteItem[Any] | None
    ) -> RemoteItem[Any] | None:
        """What somebody marks as private in a meeting that they made of another's event is told."""
        if there is None or there.mirror is None:
            return there
        item = await self._house.store.events.find(tie.book, EventId(pair.team or ""))
        is_theirs = item is not None and is_authors(item, tie.person)
        return there if is_theirs else replace(there, content=laid_open(there.content))

    def _without_what_stays(
        self, here: TeamItem[Any] | None, there: RemoteItem[Any] | None
    ) -> RemoteItem[Any] | None:
        """A picture that somebody has taken away here stays in Outlook, and no other one does."""
        if here is None or there is None or not isinstance(there.content, ContactContent):
            return there
        values = self._house.words[BookKind.CONTACTS].values(there.content, "photo")
        if here.content.photo or not values <= self._count.released:
            return there
        return replace(there, content=replace(there.content, photo=PhotoId("")))

    def _is_equal(
        self, tie: Tie, cursor: Cursor, here: TeamItem[Any] | None, there: RemoteItem[Any] | None
    ) -> None:
        """What is outside of the window on both sides may differ."""
        if any(side and tie.folder.covers(cursor, side.content) for side in (here, there)):
            assert here is not None and there is not None, "one side is missing"
            said = tie.words.said(here.content), tie.words.said(there.content)
            assert said[0] == said[1], f"{said[0]}\n{said[1]}"

    async def _is_kept(self) -> None:
        """Leaving the window is not a deletion."""
        if not self._count.has_deleted:
            there = {item.id for book in self._house.books for item in await self._house.team(book)}
            assert self._house.first <= there, "the team has lost an item that nobody deleted"

    async def _is_single(self, book: Book) -> set[str]:
        words = self._house.words[book.kind]
        shown: set[str] = set()
        for item in await self._house.team(book):
            values = words.values(item.content)
            doubled = (values & shown) - self._count.may_double
            assert not doubled, f"doubled: {sorted(doubled)}"
            swallowed = [v for v in values if item.id in self._count.strangers.get(v, ())]
            assert not swallowed, f"a copy was taken for the original: {swallowed}"
            shown |= values
        return shown

    def _side(self, tie: Tie, link: Link) -> Team[Any]:
        house = self._house
        side = team_sides(house.store, house.events, house.contacts)(link, tie.book)
        is_calendar = tie.book.kind is BookKind.CALENDAR
        return ExpandedCalendar(side, house.clock, link.settings) if is_calendar else side

    async def _pairs(self, tie: Tie) -> list[Pair]:
        return await self._house.store.links.pairs(await self._house.link(tie))


def _is_told_by_another(tie: Tie, here: TeamItem[Any]) -> bool:
    """No meeting is written, and no mailbox owns a date of a series: who wrote last has the say."""
    if here.is_anothers:
        return True
    return series_of(here.id) is not None and here.updated_by is None and here.mailbox != tie.person
