"""Passes that end in the middle: the process is asked to stop, the disk is full, the book goes."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from services.books.book_bin import BookBin
from services.books.sharing import Sharing
from services.graph.remote_event import RemoteEvent
from services.model.errors import NoRoom
from services.model.events import Author
from services.model.ports import Records, Write
from services.storage.store import open_store
from services.sync.sides.outlook import OutlookCalendar
from tests._builders import an_event_content, timed
from tests.services._office import MARA, MARA_ID, Office, an_instance
from tests.services.sync._crashing import PassedOn
from tests.services.sync._mortal import a_world
from tests.services.sync._scene import outlook_event
from tests.services.sync.test_kills import Round

AUTHOR = Author(MARA_ID, "Mara")
MANY = 30


async def connected(office: Office) -> None:
    await office.sign_in()
    await office.work()


async def with_many(office: Office) -> list[str]:
    """Give the team and Outlook as many events each."""
    book = await office.book()
    for number in range(MANY):
        content = an_event_content(title=f"Team {number:02}", when=timed("2026-11-21T12:00"))
        await office.events.create(AUTHOR, book.id, content)
        office.sandbox.mailbox(MARA).add(outlook_event(f"Mara {number:02}"))
    return [f"{whose} {number:02}" for whose in ("Mara", "Team") for number in range(MANY)]


async def in_step(office: Office, names: list[str]) -> None:
    assert office.subjects() == names
    assert sorted(event.content.title for event in await office.team()) == names
    assert await office.store.links.intents(await office.link()) == []
    assert office.sandbox.mailbox(MARA).mails == []


@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("sent", [0, 1, 12, 29])
async def test_who_is_asked_to_stop_in_the_middle_of_a_batch_leaves_it_to_the_next(
    office: Office, monkeypatch: pytest.MonkeyPatch, sent: int, is_after: bool
) -> None:
    """So many creates have been answered; the others are on their way, to Outlook or back."""
    await connected(office)
    names = await with_many(office)
    create, begun, stuck = OutlookCalendar.create, 0, asyncio.Event()

    async def get_stuck(side: OutlookCalendar, payload: bytes) -> RemoteEvent:
        nonlocal begun
        begun += 1
        if begun <= sent:
            return await create(side, payload)
        if is_after:
            await create(side, payload)
        stuck.set()
        await asyncio.Event().wait()  # until it is cut off
        raise AssertionError("nobody lets it go on")

    with monkeypatch.context() as patched:
        patched.setattr(OutlookCalendar, "create", get_stuck)
        await office.worker.run_due()
        await stuck.wait()
        await office.worker.stop(within=0)
    assert begun > sent
    # What was handed back is due at once, and nobody has to wait for the mailbox.
    following = an_instance(office.clock, office.store, office.sandbox, office.browser, None)
    await following.work()
    await in_step(following, names)
    assert office.failures == following.failures == []


class FullDisk(PassedOn):
    """Takes so many commits, and then none until there is room again."""

    def __init__(self, inner: Records, room: float) -> None:
        super().__init__(inner)
        self._room = room

    async def commit(self, partition: str, writes: Sequence[Write]) -> int:
        if self._room <= 0:
            raise NoRoom("the disk is full")
        self._room -= 1
        return await super().commit(partition, writes)


async def test_a_disk_that_is_full_in_the_middle_of_a_pass_costs_nothing(tmp_path: Path) -> None:
    """At every commit of a pass; once there is room, others go on as after a kill."""
    async with a_world(tmp_path) as world:
        for room in range(1, 30):
            this = Round(world, room)
            await this.before()
            await this.happen()
            store = await open_store(FullDisk(world.records, room), world.keys, world.clock)
            cramped = an_instance(world.clock, store, world.sandbox, world.session, None)
            with suppress(NoRoom):
                await cramped.work()
            await cramped.worker.stop(within=0)
            await world.rest()
            await this.check()
            await this.clear()


@pytest.mark.parametrize("at", [1, 12])
async def test_a_book_that_goes_into_the_bin_while_a_pass_writes_comes_back_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    await connected(office)
    names = await with_many(office)
    book = await office.book()
    bin = BookBin(office.store, Sharing(office.store), office.clock)
    create, created = OutlookCalendar.create, 0

    async def create_as_it_goes(side: OutlookCalendar, payload: bytes) -> RemoteEvent:
        nonlocal created
        created += 1
        if created == at:
            await bin.delete(AUTHOR, book.id)
        return await create(side, payload)

    with monkeypatch.context() as patched:
        patched.setattr(OutlookCalendar, "create", create_as_it_goes)
        await office.work()
    for _ in range(3):
        await office.work(1000)
    assert office.failures == []
    await bin.restore(AUTHOR, book.id)
    for _ in range(3):
        await office.work(200)
    await in_step(office, names)


async def test_a_storm_of_one_kind_of_trouble_after_another_leaves_both_sides_equal(
    office: Office,
) -> None:
    """Nothing but refusals of one kind for hours, then of the next, and then all is well."""
    await connected(office)
    names = await with_many(office)
    refusals = {403: "ErrorAccessDenied", 404: "MailboxNotEnabledForRESTAPI", 500: "", 410: ""}
    for status, code in refusals.items():
        office.sandbox.faults.fail(status=status, code=code, times=math.inf)
        for _ in range(4):
            await office.work(700)
        office.sandbox.faults.clear()
    for _ in range(3):
        await office.work(1000)
    await in_step(office, names)
