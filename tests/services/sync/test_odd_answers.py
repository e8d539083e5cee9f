"""Answers that Microsoft 365 seldom gives, from an Outlook in memory that gives them on request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.events.events import Events
from services.graph.remote_item import RemoteItem
from services.model.accounts import Link, RemoteId
from services.model.books import Book
from services.model.errors import (
    NotFound,
    ReadOnlyReason,
    Rejected,
    SignInNeeded,
    Stale,
    UnknownZone,
    Unreachable,
    Unreadable,
)
from services.model.events import Event, EventContent, EventId, Mirror
from services.model.links import LinkSettings
from services.model.pairs import Pair
from services.storage.keys import KeyRing
from services.storage.repositories.links import LinkChanges
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from services.sync.engine import Engine, Outcome
from services.sync.execute.execute import execute
from services.sync.plan.survey import Step
from services.sync.rules.policy import policy_of
from services.sync.rules.steps import Action
from services.sync.sides.pictures import TeamPictures
from services.sync.sides.team import TeamCalendar, item_of, team_sides
from services.sync.state.link_pass import READS_LAG, LeaseLost, LinkPass
from tests._builders import a_book, a_link, a_person, a_person_home, an_author, an_event_content
from tests._fakes import FrozenClock
from tests.services.sync._crashing import CrashingRecords
from tests.services.sync.model._events import EventWords
from tests.services.sync.model._folder import OPERATIONS, Faults, Folder, Port
from tests.services.sync.model._values import Count

LUNCH = an_event_content(title="Lunch", place="Quay 3")


@dataclass
class OddPort(Port):
    """Raises what it is told to, call by call."""

    odd: dict[str, Exception] = field(default_factory=dict)
    times: int = 99
    knows_tags: bool = True

    async def tagged(self, tag: str) -> list[RemoteItem[Any]]:
        return await super().tagged(tag) if self.knows_tags else []

    def payload(self, content: Any, transaction_id: str, tag: str) -> bytes:
        self._may_fail("payload")
        return super().payload(content, transaction_id, tag)

    async def find(self, id: RemoteId) -> RemoteItem[Any] | None:
        self._may_fail("find")
        return await super().find(id)

    async def create(self, payload: bytes) -> RemoteItem[Any]:
        self._may_fail("create")
        return await super().create(payload)

    async def update(self, seen: RemoteItem[Any], content: Any) -> RemoteItem[Any]:
        self._may_fail("update")
        return await super().update(seen, content)

    def _may_fail(self, name: str) -> None:
        if name in self.odd and self.times > 0:
            self.times -= 1
            raise self.odd[name]


@dataclass
class Odd:
    """One link between a store and an odd Outlook."""

    clock: FrozenClock
    store: Store
    book: Book
    events: Events
    outlook: Folder
    port: OddPort
    engine: Engine

    async def sync(self) -> Outcome:
        lease = await self.store.links.acquire(a_person(), "worker", 60)
        assert lease is not None
        try:
            return await self.engine.sync(lease, (await self.link()).id)
        finally:
            await self.store.links.release(lease)

    async def link(self) -> Link:
        (link,) = await self.store.links.of_person(a_person())
        return link

    async def pairs(self) -> list[Pair]:
        stored = await self.store.links.pairs(await self.link())
        return [pair for pair in stored if not pair.is_remembered]

    async def create(self, content: EventContent = LUNCH) -> Event:
        return await self.events.create(an_author(), self.book.id, content)

    async def titles(self) -> list[str]:
        events, _ = await self.store.events.changes(self.book, 0)
        return [event.content.title for event in events if event.deleted_at is None]


@pytest.fixture
async def odd(tmp_path: Path) -> AsyncIterator[Odd]:
    clock = FrozenClock()
    records = CrashingRecords(await SqliteRecords.open(tmp_path / "db", clock))
    store = await open_store(records, KeyRing.generate("k1"), clock)
    book = await store.books.add(a_book(home=a_person_home()))
    await store.links.add(a_link(book=book.id))
    sharing, outlook = Sharing(store), Folder(0, EventWords(Count()), clock)
    port = OddPort(outlook, Faults(), records)
    events, contacts = Events(store, sharing, clock), Contacts(store, sharing, clock)
    engine = Engine(store, team_sides(store, events, contacts), lambda link, of: port, clock)
    yield Odd(clock, store, book, events, outlook, port, engine)
    await records.close()


async def test_an_item_that_cannot_be_read_is_there_and_is_no_deletion(odd: Odd) -> None:
    odd.outlook.add(LUNCH)
    await odd.sync()
    id = next(iter(odd.outlook.items))
    odd.outlook.remove(id)
    odd.port.odd = {"find": Unreadable("rule")}
    await odd.sync()
    assert await odd.titles() == ["Lunch"]


async def test_a_create_refused_five_times_waits_for_the_next_edit(odd: Odd) -> None:
    event = await odd.create()
    odd.port.odd = {"create": Rejected(400, "ErrorInvalidRequest")}
    odd.port.times = 5
    assert not (await odd.sync()).is_done
    for _ in range(5):
        await odd.sync()
    (intent,) = await odd.store.links.intents(await odd.link())
    assert (intent.is_set_aside, intent.why) == (True, "ErrorInvalidRequest")
    assert odd.outlook.items == {}
    content = replace(LUNCH, title="Late lunch")
    await odd.events.edit(an_author(), odd.book.id, event.id, content)
    await odd.sync()
    assert [item.content.title for item in odd.outlook.items.values()] == ["Late lunch"]


async def test_a_create_that_arrived_and_was_deleted_is_made_anew(odd: Odd) -> None:
    await odd.create()
    odd.port.faults.order("create", "after")
    with pytest.raises(Unreachable):
        await odd.sync()
    odd.outlook.remove(next(iter(odd.outlook.items)))
    for _ in range(7):
        await odd.sync()
    assert [item.content.title for item in odd.outlook.items.values()] == ["Lunch"]
    assert len(await odd.pairs()) == 1


async def test_a_closed_mailbox_in_the_middle_of_a_pass_ends_it(odd: Odd) -> None:
    event = await odd.create()
    await odd.sync()
    content = replace(LUNCH, title="Late lunch")
    await odd.events.edit(an_author(), odd.book.id, event.id, content)
    odd.port.odd = {"update": SignInNeeded()}
    with pytest.raises(SignInNeeded):
        await odd.sync()
    assert [pair.refused for pair in await odd.pairs()] == [0]


async def test_an_item_that_never_rests_is_left_for_later(odd: Odd) -> None:
    event = await odd.create()
    await odd.sync()
    await odd.events.edit(an_author(), odd.book.id, event.id, replace(LUNCH, title="Late lunch"))
    id = next(iter(odd.outlook.items))

    async def edit(folder: Folder, operation: str) -> None:
        place = f"Quay {folder.stock.count}"
        folder.edit(id, replace(folder.items[id].content, place=place))

    for operation in OPERATIONS * 40:
        odd.port.faults.order(operation, edit)
    assert not (await odd.sync()).is_done
    odd.port.faults.clear()
    assert (await odd.sync()).is_done
    assert odd.outlook.items[id].content.title == "Late lunch"


async def test_a_book_that_is_gone_is_no_calendar_that_is_gone(odd: Odd) -> None:
    link = await odd.link()
    await odd.store.links.save(replace(link, book=a_book(id="elsewhere").id))
    with pytest.raises(NotFound):
        await odd.sync()


async def test_changes_from_before_the_horizon_are_read_from_the_start(odd: Odd) -> None:
    event = await odd.create()
    gone = await odd.create(replace(LUNCH, title="Gone"))
    await odd.sync()
    before = await odd.link()
    await odd.events.delete(an_author(), odd.book.id, gone.id)
    await odd.events.edit(an_author(), odd.book.id, event.id, replace(LUNCH, title="Late lunch"))
    odd.clock.advance(31 * 86_400)
    await odd.create(replace(LUNCH, title="New"))  # and the tombstone is swept away
    await _keep_window(odd, before)
    await odd.sync()
    titles = sorted(item.content.title for item in odd.outlook.items.values())
    assert titles == ["Late lunch", "New"] == sorted(await odd.titles())


async def _keep_window(odd: Odd, link: Link) -> None:
    """Make as if a full round had been made just now."""
    cursor = await odd.store.links.cursor(link)
    assert cursor is not None
    moved = replace(cursor, window_start=odd.clock.now() - timedelta(days=90))
    lease = await odd.store.links.acquire(a_person(), "test", 60)
    assert lease is not None
    await odd.store.links.commit(lease, link, LinkChanges(cursor=moved))
    await odd.store.links.release(lease)


async def test_a_create_that_nobody_can_find_is_known_when_the_delta_tells(odd: Odd) -> None:
    event = await odd.create()
    odd.port.faults.order("create", "after")
    with pytest.raises(Unreachable):
        await odd.sync()
    odd.port.knows_tags = False
    odd.port.odd = {"create": Stale()}
    await odd.sync()
    (pair,) = await odd.pairs()
    assert (pair.team, pair.ours) == (event.id, True)
    assert await odd.store.links.intents(await odd.link()) == []


async def test_what_cannot_be_said_to_outlook_does_not_stop_the_rest(odd: Odd) -> None:
    await odd.create()
    odd.port.odd = {"payload": UnknownZone("Mars/Olympus")}
    odd.port.times = 2  # with the other, and then alone
    await odd.create(replace(LUNCH, title="Dinner"))
    assert (await odd.sync()).is_done
    assert len(odd.outlook.items) == 1


async def test_an_archived_calendar_takes_nothing_in(odd: Odd) -> None:
    await odd.store.books.save(replace(odd.book, archived=True))
    odd.outlook.add(LUNCH)
    assert (await odd.sync()).is_done
    assert await odd.titles() == []
    assert [pair.refused for pair in await odd.pairs()] == [0]


async def test_an_event_brought_back_just_before_its_copy_is_deleted_stays(odd: Odd) -> None:
    event = await odd.create()
    await odd.sync()
    await odd.sync()
    deleted = await odd.events.delete(an_author(), odd.book.id, event.id)

    async def bring_back(folder: Folder, operation: str) -> None:
        await odd.store.events.save(replace(deleted, deleted_at=None), odd.book)

    odd.port.faults.order("find", bring_back)
    await odd.sync()
    assert await odd.titles() == ["Lunch"]
    assert len(odd.outlook.items) == 1


async def test_a_meeting_called_off_is_over_and_not_taken_in_again(odd: Odd) -> None:
    meeting = odd.outlook.add(LUNCH)
    await odd.sync()
    odd.outlook.items[meeting.id] = replace(meeting, is_cancelled=True)
    odd.outlook.lose_tokens()
    await odd.sync()
    assert await odd.titles() == []
    odd.outlook.lose_tokens()
    await odd.sync()
    assert await odd.titles() == [] == await odd.pairs()


async def test_a_deletion_told_twice_is_one_deletion(odd: Odd) -> None:
    event = await odd.create()
    await odd.sync()
    await odd.sync()
    id = next(iter(odd.outlook.items))
    odd.outlook.remove(id)
    await odd.events.edit(an_author(), odd.book.id, event.id, replace(LUNCH, title="Late lunch"))
    odd.port.odd = {"create": Unreachable()}
    odd.port.times = 1
    await odd.sync()
    odd.clock.advance(READS_LAG)
    with pytest.raises(Unreachable):
        await odd.sync()
    await odd.sync()
    assert [item.content.title for item in odd.outlook.items.values()] == ["Late lunch"]


async def test_a_step_against_a_meeting_is_refused_whatever_the_plan_says(odd: Odd) -> None:
    mirror = Mirror(ReadOnlyReason.HAS_ATTENDEES, "Ines", 3)
    meeting = odd.outlook.add(LUNCH)
    odd.outlook.items[meeting.id] = replace(meeting, mirror=mirror)
    await odd.sync()
    (pair,) = await odd.pairs()
    assert pair.team is not None
    event = await odd.store.events.get(odd.book, EventId(pair.team))
    lease = await odd.store.links.acquire(a_person(), "worker", 60)
    assert lease is not None
    run = LinkPass(
        links=odd.store.links,
        team=TeamCalendar(odd.store, odd.events, a_person(), odd.book),
        outlook=odd.port,
        clock=odd.clock,
        book=odd.book,
        pictures=TeamPictures(odd.store, odd.book),
        tasks=odd.store.tasks,
        lease=lease,
        link=await odd.link(),
        policy=policy_of(LinkSettings(), may_write=True),
    )
    changed = item_of(replace(event, content=replace(LUNCH, title="Hijacked")))
    for action in (Action.PUSH, Action.DELETE_REMOTE):
        await execute(run, Step(action, pair, changed))
    assert odd.outlook.writes == 0
    assert run.given_up == {event.id, meeting.id}


async def test_an_edit_of_the_team_just_before_an_update_is_sent_as_well(odd: Odd) -> None:
    event = await odd.create()
    await odd.sync()
    await odd.sync()
    content = replace(LUNCH, title="Late lunch")
    await odd.events.edit(an_author(), odd.book.id, event.id, content)

    async def edit(folder: Folder, operation: str) -> None:
        later = replace(content, place="Quay 4")
        await odd.events.edit(an_author(), odd.book.id, event.id, later)

    odd.port.faults.order("find", edit)
    await odd.sync()
    (item,) = odd.outlook.items.values()
    assert (item.content.title, item.content.place) == ("Late lunch", "Quay 4")


async def test_a_first_round_of_very_many_events_is_taken_in_whole(odd: Odd) -> None:
    for n in range(95):
        odd.outlook.add(replace(LUNCH, title=f"Lunch {n}"))
    await odd.sync()
    assert len(await odd.titles()) == 95 == len(await odd.pairs())


async def test_a_round_that_takes_too_long_is_left_to_the_other_worker(odd: Odd) -> None:
    odd.outlook.add(LUNCH)

    async def another_worker_takes_over(folder: Folder, operation: str) -> None:
        odd.clock.advance(61)
        assert await odd.store.links.acquire(a_person(), "other", 60) is not None

    odd.port.faults.order("changes", another_worker_takes_over)
    with pytest.raises(LeaseLost):
        await odd.sync()
    assert await odd.pairs() == []


@pytest.mark.parametrize(("copies", "is_known"), [(1, True), (2, False)])
async def test_f29_of_several_that_share_a_name_none_is_guessed_to_be_the_moved_one(
    odd: Odd, copies: int, is_known: bool
) -> None:
    first = odd.outlook.add(LUNCH, uid="u1")
    await odd.sync()
    known = {pair.team for pair in await odd.pairs()}
    for _ in range(copies):
        odd.outlook.add(LUNCH, uid="u1")
    odd.outlook.remove(first.id)
    await odd.sync()
    assert len(await odd.titles()) == copies
    odd.clock.advance(READS_LAG)
    await odd.sync()
    assert len(await odd.titles()) == len(await odd.pairs()) == copies
    assert (known <= {pair.team for pair in await odd.pairs()}) is is_known


async def test_a_create_whose_answer_nobody_can_read_is_set_aside_in_the_end(odd: Odd) -> None:
    await odd.create()
    odd.port.odd = {"create": Unreadable("id")}
    for _ in range(6):
        await odd.sync()
    (intent,) = await odd.store.links.intents(await odd.link())
    assert (intent.is_set_aside, intent.why) == (True, "Unreadable")
