"""What people do in the model test, on the team's side and in their Outlook.

They see what is there at that moment. What they replace or delete they have seen, so its values
are released; all others are owed until the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from services.accounts.link_life import new_link
from services.model.accounts import LinkId, RemoteId
from services.model.errors import OnlyOwn
from services.model.events import Event
from services.model.identity import Person
from services.model.links import Direction
from services.model.tasks import sync_task
from services.model.veil import seen_by
from services.sync.sides.expanded import MARK
from tests._builders import an_author
from tests.services.sync.model._choices import CHANGES
from tests.services.sync.model._folder import MEETING, Folder
from tests.services.sync.model._house import House, Tie

__all__ = ["People"]

T = TypeVar("T")


class People:
    """Acts upon a house; ``which`` and ``how`` are numbers that choose among what there is."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._count = house.count

    def tie(self, which: int) -> Tie:
        return self._house.ties[which % len(self._house.ties)]

    # -- in the team -----------------------------------------------------------------------------

    async def make_in_team(self, tie: Tie, how: int) -> None:
        shape = _chosen(tie.words.shapes, how)
        self._count.has_unfolded |= shape == "rare"
        content = tie.words.new(shape)
        await self._house.keep_picture(tie.book, content)
        await self._house.items(tie.book).create(self._author(tie), tie.book.id, content)

    async def edit_in_team(self, tie: Tie, how: str, which: int) -> None:
        there = await self._editable(tie)
        if there:
            await self._write(tie, _chosen(there, which), how, which)

    async def delete_in_team(self, tie: Tie, which: int) -> None:
        there = await self._editable(tie)
        if there:
            self._count.has_deleted = self._count.has_dropped = True
            item = _chosen(there, which)
            self._count.released |= tie.words.values(item.content)
            await self._house.items(tie.book).delete(self._author(tie), tie.book.id, item.id)

    async def _write(self, tie: Tie, item: Any, how: str, which: int) -> None:
        """What follows along is replaced as well: the exceptions of a series take its new place."""
        content = tie.words.edited(item.content, how, which)
        self._count.has_unfolded |= how == "rare"
        items = self._house.items(tie.book)
        await self._house.keep_picture(tie.book, content)
        with suppress(OnlyOwn):  # nobody makes private what is another's
            written = await items.edit(self._author(tie), tie.book.id, item.id, content)
            self._count.replace(tie.words, item.content, written.content)

    async def _editable(self, tie: Tie) -> list[Any]:
        """Neither meetings nor what is private to somebody else."""
        team = await self._house.team(tie.book)
        return [item for item in team if not _is_mirror(_seen(item, tie.person))]

    def _author(self, tie: Tie) -> Any:
        return replace(an_author(), person=tie.person)

    # -- in Outlook ------------------------------------------------------------------------------

    def make_in_outlook(self, tie: Tie, how: int) -> None:
        shapes = [*tie.words.shapes, *([] if tie.folder.is_list else ["meeting"])]
        shape = _chosen(shapes, how)
        if shape == "rare":  # Outlook has no word for it
            shape = "single"
        if shape == "meeting":
            tie.folder.add(tie.words.new("single"), mirror=MEETING)
        else:
            tie.folder.add(tie.words.new(shape))

    def edit_in_outlook(self, tie: Tie, how: str, which: int) -> None:
        if tie.folder.items:
            self._write_in_outlook(tie, self._item(tie.folder, which), how, which)

    def delete_in_outlook(self, tie: Tie, which: int) -> None:
        if tie.folder.items:
            self._count.has_deleted = self._count.has_dropped = True
            id = self._item(tie.folder, which)
            self._count.released |= tie.words.goes_with(tie.folder.items[id].content)
            tie.folder.remove(id)

    async def copy_in_outlook(self, tie: Tie, which: int) -> None:
        """Copy what somebody made last, and write something else into the copy."""
        ids = [id for id, item in tie.folder.items.items() if item.tag and item.mirror is None]
        if ids:
            content = tie.words.copied(tie.folder.items[ids[-1 - which % len(ids)]].content)
            known = {item.id for item in await self._house.team(tie.book)}
            self._count.strangers |= dict.fromkeys(tie.words.values(content), known)
            tie.folder.copy(ids[-1 - which % len(ids)], content)

    def drag_in_outlook(self, tie: Tie, which: int) -> None:
        """Only events are known again by anything."""
        ids = [id for id, item in tie.folder.items.items() if item.transaction_id or item.uid]
        if ids:
            old = _chosen(ids, which)
            new = tie.folder.drag(old).id
            tie.known |= {new} if old in tie.known else set()

    def invite_in_outlook(self, tie: Tie, which: int) -> None:
        """Make an event a meeting, or a meeting an event again."""
        if tie.folder.items and not tie.folder.is_list:
            item = tie.folder.items[self._item(tie.folder, which)]
            if item.mirror is None and (tie.folder.mislaid or MARK in item.content.tags):
                # A meeting stays beside what it was made in place of, and beside the series whose
                # date it was, once somebody else has deleted that date.
                self._count.may_double |= tie.words.values(item.content)
            tie.folder.keep(replace(item, mirror=None if item.mirror else MEETING))

    def move_away(self, tie: Tie, which: int) -> None:
        """Move something out of the window, where no round tells of it."""
        singles = [id for id, item in tie.folder.items.items() if not item.mirror]
        if singles and not tie.folder.is_list:
            id = _chosen(singles, which)
            content = tie.folder.items[id].content
            far = tie.words.new("far")
            away = replace(content, when=far.when, rule=None, exceptions=())
            self._count.released |= tie.words.values(content) - tie.words.values(away)
            self._count.released |= tie.words.values(far) - tie.words.values(away)
            tie.folder.edit(id, away)

    def _write_in_outlook(self, tie: Tie, id: RemoteId, how: str, which: int) -> None:
        if how == "rare":
            how = "single"
        content = tie.folder.items[id].content
        edited = tie.words.in_outlook(tie.words.edited(content, how, which))
        self._count.replace(tie.words, content, edited)
        self._forgive(tie, tie.words.values(edited) - tie.words.values(content))
        tie.folder.edit(id, edited)

    def _item(self, folder: Folder, which: int) -> RemoteId:
        return _chosen(sorted(folder.items), which)

    # -- on both sides ---------------------------------------------------------------------------

    async def clash(self, tie: Tie, here: str, there: str, which: int) -> None:
        """Two people edit one item, which chance alone seldom makes."""
        if pair := await self._of_both(tie, which):
            item, remote = pair
            await self._write(tie, item, here, which)
            self._write_in_outlook(tie, remote, there, which)

    async def tear(self, tie: Tie, how: str, which: int) -> None:
        """Somebody edits an item in the team that somebody else deletes in Outlook."""
        if pair := await self._of_both(tie, which):
            item, remote = pair
            self._count.has_deleted = True
            self._count.released |= tie.words.goes_with(tie.folder.items[remote].content)
            tie.folder.remove(remote)
            await self._write(tie, item, how, which)

    async def mislay(self, tie: Tie, how: str, which: int) -> None:
        """Somebody drags an event that the team edits, and nothing shows it for long."""
        if not tie.folder.is_list and (pair := await self._of_both(tie, which)):
            item, remote = pair
            tie.strayed.add(tie.folder.mislay(remote))
            await self._write(tie, item, how, which)

    async def stray(self, tie: Tie, which: int) -> None:
        """Somebody drags an event, and nothing shows it for long."""
        if not tie.folder.is_list and (pair := await self._of_both(tie, which)):
            tie.strayed.add(tie.folder.mislay(pair[1]))

    def out_of_sight(self) -> list[tuple[Tie, RemoteId]]:
        """Return what no read shows at this moment."""
        now = self._house.clock.now()
        return [
            (tie, id)
            for tie in self._house.ties
            for id, at in tie.folder.stock.shows_at.items()
            if id in tie.folder.items and now < at
        ]

    async def let_leave(self, hidden: Sequence[tuple[Tie, RemoteId]]) -> None:
        """What was out of sight and has left the window by now shows when nobody knows it again."""
        for tie, id in hidden:
            settings = (await self._house.link(tie)).settings
            first = self._house.clock.now().date() - timedelta(days=settings.days_back)
            content = tie.folder.items[id].content
            start = content.when.start
            if (start.date() if isinstance(start, datetime) else start) < first:
                self._count.may_double |= tie.words.values(content)

    async def _of_both(self, tie: Tie, which: int) -> tuple[Any, RemoteId] | None:
        """Choose what is on both sides, and no meeting here."""
        team = {item.id: item for item in await self._editable(tie)}
        pairs = await self._house.store.links.pairs(await self._house.link(tie))
        found = ((team.get(pair.team), pair.remote) for pair in pairs if pair.team is not None)
        both = [(item, id) for item, id in found if item and id in tie.folder.items]
        return _chosen(sorted(both, key=lambda each: each[1]), which) if both else None

    async def link_again(self, tie: Tie, *, keep_copies: bool) -> None:
        """Let the link go and make another; what was apart then may be there twice."""
        house, old = self._house, await self._house.link(tie)
        team = await house.team(tie.book)
        for item in (*team, *tie.folder.items.values()):
            self._count.may_double |= tie.words.values(item.content)
        tie.is_deaf = tie.is_quiet = False
        tie.known |= tie.folder.items.keys()
        keep_copies = keep_copies or tie.folder.is_list
        self._count.forgiven, self._count.has_deleted = "reminder", True
        await house.links.remove(tie.person, old.id, keep_copies=keep_copies)
        link = new_link(tie.person, tie.book, old.calendar, "", house.clock)
        tie.link = LinkId(f"again-{house.count.next()}")
        link = await house.store.links.add(replace(link, id=tie.link))
        await house.store.tasks.put(sync_task(tie.person, tie.link, house.clock.now()))

    async def choose(self, tie: Tie, change: str) -> None:
        """Change one setting of a link; a category is the first tag that Outlook shows."""
        house, link = self._house, await self._house.link(tie)
        tags = [tag for item in tie.folder.items.values() for tag in item.content.tags]
        settings = CHANGES[change](link.settings, (tags or ["nothing"])[0])
        if settings.direction is not link.settings.direction:
            tie.writes = tie.folder.writes
        tie.is_deaf = settings.direction is Direction.TO_OUTLOOK
        chooses = bool(settings.category) or settings.busy_only
        tie.is_quiet = chooses and not settings.reminders
        for item in tie.folder.items.values():
            self._forgive(tie, tie.words.values(item.content))
        self._count.has_deleted = self._count.has_chosen = True
        self._count.has_silenced |= not settings.reminders
        await house.links.change(tie.person, link.id, settings)

    def _forgive(self, tie: Tie, values: set[str]) -> None:
        """Nobody is owed what is written where only the team has a say, or may not see it."""
        if tie.is_deaf:
            self._count.released |= values
        if tie.is_quiet:
            self._count.released |= {each for each in values if each.startswith("reminder")}


def _chosen(there: Sequence[T], which: int) -> T:
    return there[which % len(there)]


def _seen(item: Any, person: Person) -> Any:
    return seen_by(item, person) if isinstance(item, Event) else item


def _is_mirror(item: Any) -> bool:
    return getattr(item, "mirror", None) is not None
