"""The model test: whatever crashes, whatever slips in, both sides end equal and no edit is lost.

A random person works on both sides while a sync is disturbed: answers that never come, edits
between two steps, a process that dies at a commit, lost cursors, copied events. Every written
value is unique. It may go only when somebody who saw it replaced or deleted it, or into the
record of lost values. After a few calm passes both sides are equal, nothing is doubled, one more
pass does nothing, and neither does a full round from scratch.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.contacts import Contacts
from services.events import Events
from services.graph.remote_event import RemoteEvent
from services.items import Items
from services.model.accounts import Link, RemoteId
from services.model.books import Book, BookKind
from services.model.errors import Stale, Unreachable
from services.sharing import Sharing
from services.storage.keys import KeyRing
from services.storage.repositories.ledger import Ledger
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from services.sync.engine import Engine
from services.sync.shape import shape_of
from services.sync.team import team_sides
from tests._builders import a_book, a_link, a_person, a_person_home, an_author, an_event_content
from tests._fakes import FrozenClock
from tests.services.sync._crashing import CrashingRecords
from tests.services.sync._fake_outlook import Crash, FakeOutlook, Fault

FIELDS = ("title", "place", "text")
fields = st.sampled_from(FIELDS)
picks = st.integers(min_value=0, max_value=3)
faults = st.lists(
    st.sampled_from(["", "", "before", "after", "team", "outlook", "gone"]), max_size=6
)


class World(RuleBasedStateMachine):
    """Two sides, one engine, and somebody who keeps count of what was written."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._runner = asyncio.Runner()
        self._runner.run(self._open())
        self._count = 0
        self._written: set[str] = set()
        self._released: set[str] = set()
        """Values that somebody who saw them replaced or deleted."""

    async def _open(self) -> None:
        self.clock = FrozenClock()
        self._sqlite = await SqliteRecords.open(Path(self._folder.name) / "db", self.clock)
        self.records = CrashingRecords(self._sqlite)
        self.store: Store = await open_store(self.records, KeyRing.generate("k1"), self.clock)
        self.outlook = self.an_outlook()
        self.outlook.now = self.clock.now
        self.book: Book = await self.store.books.add(self.a_book())
        await self.store.links.add(a_link(book=self.book.id))
        sharing = Sharing(self.store)
        events = Events(self.store, sharing, self.clock)
        contacts = Contacts(self.store, sharing, self.clock)
        is_calendar = self.book.kind is BookKind.CALENDAR
        self.team: Items[Any, Any, Any] = events if is_calendar else contacts
        self.ledger: Ledger[Any, Any] = self.store.events if is_calendar else self.store.contacts
        team_of = team_sides(self.store, events, contacts)
        self.engine = Engine(self.store, team_of, lambda link, book: self.outlook, self.clock)

    # -- what is linked ----------------------------------------------------------------------

    def an_outlook(self) -> FakeOutlook:
        return FakeOutlook()

    def a_book(self) -> Book:
        return a_book(home=a_person_home())

    def values_of(self, content: Any, fields: Iterable[str] = FIELDS) -> set[str]:
        return {getattr(content, field).removesuffix("~") for field in fields} - {""}

    def with_values(self, content: Any, fields: Iterable[str]) -> Any:
        """Return the content with other words in these fields."""
        return replace(content, **{field: self._value(field) for field in fields})

    def within(self, content: Any) -> Any:
        """Return what Outlook lets a person keep of it."""
        return content

    def blank(self) -> Any:
        return an_event_content(**dict.fromkeys(FIELDS, ""))

    def teardown(self) -> None:
        try:
            self._runner.run(self._calm())
        finally:
            self._runner.run(self._sqlite.close())
            self._runner.close()
            self._folder.cleanup()

    # -- people ------------------------------------------------------------------------------

    @rule()
    def somebody_makes_an_event_in_the_team(self) -> None:
        self._runner.run(self._new_in_team())

    @rule(field=fields, pick=picks)
    def somebody_edits_in_the_team(self, field: str, pick: int) -> None:
        self._runner.run(self._edit_in_team(field, pick))

    @rule(pick=picks)
    def somebody_deletes_in_the_team(self, pick: int) -> None:
        self._runner.run(self._delete_in_team(pick))

    @rule()
    def somebody_makes_an_event_in_outlook(self) -> None:
        self.outlook.add(self._new_content())

    @rule(field=fields, pick=picks)
    def somebody_edits_in_outlook(self, field: str, pick: int) -> None:
        self._edit_in_outlook(field, pick)

    @rule(pick=picks)
    def somebody_deletes_in_outlook(self, pick: int) -> None:
        self._delete_in_outlook(pick)

    @rule(field=fields, pick=picks)
    def two_people_edit_one_event(self, field: str, pick: int) -> None:
        """A clash, which chance alone seldom makes."""
        self._runner.run(self._edit_on_both_sides(field, pick))

    @rule(pick=picks)
    def somebody_copies_in_outlook(self, pick: int) -> None:
        # No precondition: how far a disturbed pass came is the threads' to say, and which rules
        # may be drawn must not be.
        if self.outlook.items:
            self._replace_all(self.outlook.copy(self._pick_item(pick)).id)

    # -- the machine -------------------------------------------------------------------------

    @rule()
    def the_cursor_is_lost(self) -> None:
        self.outlook.lose_tokens()

    @rule()
    def transactions_are_forgotten(self) -> None:
        self.outlook.forget_transactions()

    @precondition(lambda self: self.outlook.item is RemoteEvent)
    @rule(seconds=st.sampled_from([0, 100]))
    def reads_lag_behind_creates(self, seconds: int) -> None:
        """Not for contacts: one whose answer was lost is known again by a read alone."""
        self.outlook.lag = timedelta(seconds=seconds)

    @rule(minutes=st.sampled_from([1, 10]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes * 60)

    @rule(faults=faults, pick=picks, field=fields)
    def a_pass_is_disturbed(self, faults: list[str], pick: int, field: str) -> None:
        self.outlook.faults.extend(self._fault(name, field, pick) for name in faults)
        self._runner.run(self._sync())
        self.outlook.faults.clear()

    @rule(commit=st.integers(min_value=1, max_value=8), is_after=st.booleans())
    def a_pass_dies_at_a_commit(self, commit: int, is_after: bool) -> None:
        self.records.is_after = is_after
        self._runner.run(self._sync(dies_at=commit))

    @rule(
        field=fields,
        pick=picks,
        commit=st.integers(min_value=1, max_value=5),
        is_after=st.booleans(),
    )
    def a_pass_over_a_clash_dies(self, field: str, pick: int, commit: int, is_after: bool) -> None:
        self.two_people_edit_one_event(field, pick)
        self.a_pass_dies_at_a_commit(commit, is_after)

    @rule()
    def a_pass_goes_well(self) -> None:
        self._runner.run(self._sync())

    @invariant()
    def no_event_is_in_two_pairs(self) -> None:
        self._runner.run(self._check_pairs())

    # -- how ---------------------------------------------------------------------------------

    def _fault(self, name: str, field: str, pick: int) -> Fault:
        slips: dict[str, Callable[[], object]] = {
            "team": lambda: self._edit_in_team(field, pick),
            "outlook": lambda: self._edit_in_outlook(field, pick),
            "gone": lambda: self._delete_in_outlook(pick),
        }
        return self._slip(slips[name]) if name in slips else name

    def _slip(self, act: Callable[[], object]) -> Fault:
        async def slip() -> None:
            # What was kept until now counts: a deletion takes along what was kept of its event.
            await self._note_losers()
            if isinstance(done := act(), Awaitable):
                await done

        return slip

    def _value(self, field: str) -> str:
        self._count += 1
        value = f"{field}{self._count}"
        self._written.add(value)
        return value

    def _new_content(self) -> Any:
        return self.with_values(self.blank(), FIELDS)

    def _edited(self, content: Any, field: str) -> Any:
        edited = self.with_values(content, [field])
        self._released |= self.values_of(content) - self.values_of(edited)
        return edited

    async def _team(self) -> list[Any]:
        items, _ = await self.ledger.changes(self.book, 0)
        there = [item for item in items if item.deleted_at is None]
        # Not by id: those are random, and a failure must come again when it is replayed.
        return sorted(there, key=lambda item: sorted(self.values_of(item.content)))

    async def _new_in_team(self) -> None:
        await self.team.create(an_author(), self.book.id, self._new_content())

    async def _edit_in_team(self, field: str, pick: int) -> None:
        if team := await self._team():
            event = team[pick % len(team)]
            content = self.with_values(event.content, [field])
            here, edited = self.values_of(event.content), self.values_of(content)
            author, book = an_author(), self.book.id
            try:
                await self.team.edit(author, book, event.id, content, etag=event.etag)
            except Stale:
                # The sync, or somebody else, was a moment faster, and the person was told so.
                self._written -= edited - here
            else:
                self._released |= here - edited

    async def _edit_on_both_sides(self, field: str, pick: int) -> None:
        team = {event.id: event for event in await self._team()}
        pairs = await self.store.links.pairs(await self._link())
        both = [p for p in pairs if p.team in team and p.remote in self.outlook.items]
        if both:
            pair = sorted(both, key=lambda pair: pair.remote)[pick % len(both)]
            assert pair.team is not None
            here, there = team[pair.team].content, self.outlook.items[pair.remote].content
            content = self._edited(here, field)
            await self.team.edit(an_author(), self.book.id, pair.team, content)
            self.outlook.edit(pair.remote, self.within(self._edited(there, field)))

    async def _delete_in_team(self, pick: int) -> None:
        if team := await self._team():
            event = team[pick % len(team)]
            self._released |= self.values_of(event.content)
            await self.team.delete(an_author(), self.book.id, event.id)

    def _pick_item(self, pick: int) -> RemoteId:
        return sorted(self.outlook.items)[pick % len(self.outlook.items)]

    def _edit_in_outlook(self, field: str, pick: int) -> None:
        if self.outlook.items:
            id = self._pick_item(pick)
            edited = self._edited(self.outlook.items[id].content, field)
            self.outlook.edit(id, self.within(edited))

    def _delete_in_outlook(self, pick: int) -> None:
        if self.outlook.items:
            id = self._pick_item(pick)
            self._released |= self.values_of(self.outlook.items[id].content)
            self.outlook.remove(id)

    def _replace_all(self, id: RemoteId) -> None:
        """Make a copy tell-tale, so that it is nobody else's by title and time."""
        self.outlook.edit(id, self.with_values(self.outlook.items[id].content, FIELDS))

    async def _sync(self, dies_at: int | None = None) -> None:
        link = await self._link()
        self.clock.advance(61)  # whoever died has lost the mailbox by now
        lease = await self.store.links.acquire(a_person(), "worker", 60)
        assert lease is not None
        self.records.countdown = dies_at
        with suppress(Unreachable, Crash):
            await self.engine.sync(lease, link.id, is_confirmed=True)
        self.records.countdown = None
        await self.store.links.release(lease)
        await self._note_losers()

    async def _note_losers(self) -> None:
        for pair in await self.store.links.pairs(await self._link()):
            for conflict in pair.lost:
                self._released |= self.values_of(conflict.value, [conflict.field])

    async def _link(self) -> Link:
        (link,) = await self.store.links.of_person(a_person())
        return link

    async def _check_pairs(self) -> None:
        pairs = await self.store.links.pairs(await self._link())
        team = [pair.team for pair in pairs if pair.team is not None]
        assert len(team) == len(set(team))

    async def _calm(self) -> None:
        self.outlook.faults.clear()
        self.outlook.lag = timedelta()
        for _ in range(8):
            await self._sync()
        await self._check_calm()
        await self._sync_writes_nothing()
        self.outlook.lose_tokens()
        await self._sync_writes_nothing()
        await self._check_calm()

    async def _check_calm(self) -> None:
        link = await self._link()
        team, items = await self._team(), self.outlook.items
        here = sorted(self._said(item.content) for item in team)
        there = sorted(self._said(item.content) for item in items.values())
        assert [h.replace("~", "") for h in here] == [t.replace("~", "") for t in there]
        assert await self.store.links.intents(link) == []
        pairs = await self.store.links.pairs(link)
        assert {pair.remote for pair in pairs} == set(items)
        assert {pair.team for pair in pairs} == {event.id for event in team}
        shown = [value for item in team for value in self.values_of(item.content)]
        assert len(shown) == len(set(shown))  # nothing is doubled
        assert self._written - self._released <= set(shown)  # no edit is lost

    def _said(self, content: Any) -> str:
        return str(shape_of(content).canonical(content))

    async def _sync_writes_nothing(self) -> None:
        revision = await self.ledger.revision(self.book)
        writes = self.outlook.writes
        await self._sync()
        assert self.outlook.writes == writes
        assert await self.ledger.revision(self.book) == revision


class LongerWorld(World):
    """The same, for the nightly run."""


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


World.TestCase.settings = _settings(10)
LongerWorld.TestCase.settings = _settings(300)
TestWorld = World.TestCase
TestLongerWorld = pytest.mark.slow(LongerWorld.TestCase)


@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize("commit", range(5, 9))
def test_a_clash_among_imports_outlives_the_process(commit: int, is_after: bool) -> None:
    """Found by the machine: dead after its sixth commit, a pass had forgotten a title."""
    world = World()
    try:
        for _ in range(5):
            world.somebody_makes_an_event_in_outlook()
        world.somebody_makes_an_event_in_the_team()
        world.a_pass_goes_well()
        world.a_pass_goes_well()
        world.somebody_makes_an_event_in_outlook()
        world.two_people_edit_one_event("title", 3)
        world.a_pass_dies_at_a_commit(commit, is_after)
    finally:
        world.teardown()
