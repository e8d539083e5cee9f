"""A store goes to a file and back, whole or one tenant, at one go or with interruptions."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from services.model.contacts import ContactId
from services.model.errors import Broken, Damaged, TooOld
from services.model.events import EventId
from services.model.identity import TenantId
from services.model.ports import Head, Page, Record, Records
from services.model.tasks import Task, TaskKind
from services.storage.cosmos.account import CosmosAccount
from services.storage.cosmos.records import CosmosRecords
from services.storage.keychain import PARTITION
from services.storage.keys import KeyRing
from services.storage.moving.incoming import bring
from services.storage.moving.outgoing import export
from services.storage.moving.progress import Progress, Stage, now_and_then
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from tests._builders import OTHER_TENANT, TENANT, a_book, a_contact, a_contact_list, an_event
from tests._fakes import FrozenClock
from tests.services.storage._cosmos import KEY, FakeCosmos
from tests.services.storage.contract import a_put

pytestmark = pytest.mark.slow

BOOK, OTHER_BOOK = a_book(), a_book(tenant=OTHER_TENANT)
LIST = a_contact_list()
EVENTS = 230
"""More than two commits' worth in a partition."""
TITLE = "Nobody may read this"

Opened = Callable[[str], Awaitable[Records]]
Everything = dict[str, tuple[Head, Sequence[Record]]]


class Interrupted(Exception):
    """The power went."""


class Stopping:
    """Somebody who presses Ctrl-C once so much was told."""

    def __init__(self, after: int) -> None:
        self._left = after

    def __call__(self, _: Progress) -> None:
        self._left -= 1
        if self._left == 0:
            raise Interrupted


def quiet(_: Progress) -> None:
    pass


@pytest.fixture
async def opened(tmp_path: Path, clock: FrozenClock) -> AsyncIterator[Opened]:
    """Stores by name; they are closed behind the test."""
    async with AsyncExitStack() as stack:

        async def open_one(name: str) -> Records:
            records = await SqliteRecords.open(tmp_path / f"{name}.db", clock)
            stack.push_async_callback(records.close)
            return records

        yield open_one


@pytest.fixture
async def full(store: Store, clock: FrozenClock) -> Store:
    """Two tenants; live, changed, deleted and expired things, and a task for both."""
    events = [an_event(id=EventId(f"e{number}"), title=TITLE) for number in range(EVENTS)]
    await asyncio.gather(*(store.events.save(event, BOOK) for event in events))
    changed = await store.events.save(await store.events.get(BOOK, EventId("e7")), BOOK)
    await store.events.save(replace(changed, deleted_at=clock.now()), BOOK)
    gone = await store.events.get(BOOK, EventId("e8"))
    await store.events.save(replace(gone, deleted_at=clock.now() - timedelta(days=29)), BOOK)
    await store.contacts.save(a_contact(id=ContactId("c1")), LIST)
    for book in (BOOK, OTHER_BOOK):
        await store.books.add(book)
    await store.events.save(an_event(id=EventId("theirs")), OTHER_BOOK)
    task = Task(kind=TaskKind.SYNC_LINK, tenant=TENANT, key="link", due_at=clock.now(), payload={})
    await store.tasks.put(task)
    await store.sign_ins.put("state", b"flow", clock.now() + timedelta(minutes=10))
    clock.advance(timedelta(days=2))  # e8's tombstone expires, and the sign-in
    return store


async def everything(records: Records) -> Everything:
    held: Everything = {}
    for head in await records.partitions():
        page = await records.changes(head.partition, 0)
        found = list(page.records)
        while page.next is not None:
            page = await records.changes(head.partition, 0, after=page.next)
            found += page.records
        if head.partition == PARTITION:  # its revisions count how often a key was wrapped
            head = Head(PARTITION, 0, 0)
            found = [record._replace(revision=0, etag="") for record in found]
        held[head.partition] = (head, sorted(found, key=lambda record: record.id))
    return held


async def keys(store: Store) -> set[str]:
    return {record.id async for record in store.vault.keychain.all()}


async def moved(full: Store, path: Path, target: Records, ring: KeyRing) -> None:
    await export(full.vault, path, quiet)
    await bring(target, ring, full.vault.clock, path, quiet)


async def test_a_whole_store_comes_back_as_it_was(
    full: Store, opened: Opened, ring: KeyRing, clock: FrozenClock, tmp_path: Path
) -> None:
    target = await opened("target")
    await moved(full, tmp_path / "file", target, ring)
    assert await everything(target) == await everything(full.records)
    there = await open_store(target, ring, clock)
    events, revision = await there.events.changes(BOOK, 0)
    assert (events, revision) == await full.events.changes(BOOK, 0)
    assert len(events) == EVENTS - 1
    assert await there.contacts.all(LIST) == await full.contacts.all(LIST)
    with pytest.raises(TooOld):
        await there.events.changes(BOOK, 3)
    assert [task.key for task in await there.tasks.claim("worker", 5, 60)] == ["link"]
    assert not any(name.endswith(".part") for name in os.listdir(tmp_path))


async def test_the_file_holds_no_readable_word(full: Store, tmp_path: Path, ring: KeyRing) -> None:
    path = tmp_path / "file"
    await export(full.vault, path, quiet)
    written = contents(path)
    for word in (TITLE, TENANT, OTHER_TENANT, BOOK.id, "Europe/Berlin"):
        assert word.encode() not in written
    assert oct(path.stat().st_mode)[-3:] == "600"


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
async def test_a_store_moves_to_cosmos_and_back(
    full: Store, opened: Opened, ring: KeyRing, clock: FrozenClock, tmp_path: Path
) -> None:
    async with FakeCosmos(clock).running() as service:
        account = CosmosAccount(endpoint=service.url, key=KEY, database="almanac")
        cosmos = await CosmosRecords.open(account, clock)
        await moved(full, tmp_path / "to", cosmos, ring)
        assert await everything(cosmos) == await everything(full.records)
        there = await open_store(cosmos, ring, clock)
        await there.events.save(an_event(id=EventId("new")), BOOK)
        back = await opened("back")
        await moved(there, tmp_path / "from", back, ring)
        assert await everything(back) == await everything(cosmos)
        await cosmos.close()


async def test_one_tenant_is_moved_alone(
    full: Store, opened: Opened, ring: KeyRing, clock: FrozenClock, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    await export(full.vault, path, quiet, OTHER_TENANT)
    target = await opened("target")
    await bring(target, ring, clock, path, quiet)
    theirs = {name async for name in full.vault.names(OTHER_TENANT)}
    assert {head.partition for head in await target.partitions()} == theirs | {PARTITION}
    there = await open_store(target, ring, clock)
    assert (await there.events.get(OTHER_BOOK, EventId("theirs"))).content.title
    assert await keys(there) == await keys(full) - {full.vault.key_id(TENANT)}
    # The other one can join it: both are of one installation.
    await export(full.vault, tmp_path / "other", quiet, TENANT)
    await bring(target, ring, clock, tmp_path / "other", quiet)
    there = await open_store(target, ring, clock)
    assert len((await there.events.changes(BOOK, 0))[0]) == EVENTS - 1


async def test_a_tenant_that_is_not_there_is_not_exported(full: Store, tmp_path: Path) -> None:
    with pytest.raises(Broken, match="no such tenant"):
        await export(full.vault, tmp_path / "file", quiet, TenantId("somebody else"))
    await full.erasure.destroy_keys(TENANT)
    with pytest.raises(Broken, match="no such tenant"):
        await export(full.vault, tmp_path / "file", quiet, TENANT)


async def test_an_export_that_was_stopped_goes_on(
    full: Store, opened: Opened, ring: KeyRing, clock: FrozenClock, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    for turn in range(3):
        with pytest.raises(Interrupted):
            await export(full.vault, path, Stopping(after=2))
        cut_off(path.with_name("file.part"), by=1 + turn)  # a crash may leave half a frame
    # What changes meanwhile is written again.
    await full.events.save(an_event(id=EventId("late")), OTHER_BOOK)
    told: list[Progress] = []
    await export(full.vault, path, told.append)
    assert told[0].partitions >= 3  # each turn got on by one at least
    target = await opened("target")
    await bring(target, ring, clock, path, quiet)
    assert await everything(target) == await everything(full.records)


class Dying(SqliteRecords):
    """Records that fail after so many restores."""

    left = 0

    async def restore(self, head: Head, records: Sequence[Record]) -> None:
        self.left -= 1
        if self.left < 0:
            raise Interrupted
        await super().restore(head, records)


async def test_an_import_that_was_stopped_goes_on(
    full: Store, ring: KeyRing, clock: FrozenClock, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    await export(full.vault, path, quiet)
    target = await Dying.open(tmp_path / "target.db", clock)
    assert isinstance(target, Dying)
    for turn in range(30):
        target.left = turn
        try:
            await bring(target, ring, clock, path, quiet)
            break
        except Interrupted:
            with pytest.raises(Broken, match="begun and not finished"):
                await open_store(target, ring, clock)
    else:
        pytest.fail("it never came to an end")
    assert await everything(target) == await everything(full.records)
    await open_store(target, ring, clock)
    await target.close()


class Busy(SqliteRecords):
    """Records that somebody writes to between the pages of an answer."""

    writes = 0

    async def changes(
        self,
        partition: str,
        since: int,
        *,
        kind: str | None = None,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        if after is not None and self.writes:
            self.writes -= 1
            await self.commit(partition, [a_put(f"busy-{self.writes}")])
        return await super().changes(partition, since, kind=kind, limit=limit, after=after)


@pytest.mark.parametrize(("writes", "is_exported"), [(3, True), (1_000, False)])
async def test_a_partition_that_changes_while_it_is_read_is_begun_anew(
    full: Store,
    opened: Opened,
    ring: KeyRing,
    clock: FrozenClock,
    tmp_path: Path,
    writes: int,
    is_exported: bool,
) -> None:
    await full.records.ready()
    busy = await Busy.open(tmp_path / "almanac.db", clock)
    assert isinstance(busy, Busy)
    store = await open_store(busy, ring, clock)
    busy.writes = writes
    path = tmp_path / "file"
    if is_exported:
        target = await opened("target")
        await moved(store, path, target, ring)
        assert await everything(target) == await everything(busy)
    else:
        with pytest.raises(Broken, match="changes all the time"):
            await export(store.vault, path, quiet)
    await busy.close()


async def test_a_damaged_file_is_refused_before_anything_is_written(
    full: Store, opened: Opened, ring: KeyRing, clock: FrozenClock, tmp_path: Path
) -> None:
    path, broken = tmp_path / "file", tmp_path / "broken"
    await export(full.vault, path, quiet)
    whole = contents(path)
    target = await opened("target")
    chance = Random(3)
    for place in [chance.randrange(len(whole)) for _ in range(60)]:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        for damaged in (bytes(flipped), whole[:place]):
            write(broken, damaged)
            with pytest.raises(Broken) as caught:
                await bring(target, ring, clock, broken, quiet)
            assert str(caught.value)
    for nonsense in (b"", b"SQLite format 3\x00" * 9):
        write(broken, nonsense)
        with pytest.raises(Broken, match="not a file that Almanac"):
            await bring(target, ring, clock, broken, quiet)
    assert list(await target.partitions()) == []


async def test_the_wrong_keys_import_nothing(
    full: Store, opened: Opened, clock: FrozenClock, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    await export(full.vault, path, quiet)
    target = await opened("target")
    with pytest.raises(Damaged, match="key"):
        await bring(target, KeyRing.generate("other"), clock, path, quiet)
    assert list(await target.partitions()) == []


async def test_a_store_that_holds_something_else_is_left_alone(
    full: Store, opened: Opened, ring: KeyRing, clock: FrozenClock, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    await export(full.vault, path, quiet)
    # Another installation under the same master keys:
    other = await opened("other")
    await open_store(other, ring, clock)
    with pytest.raises(Broken, match="another installation"):
        await bring(other, ring, clock, path, quiet)
    # The same installation, some time later:
    await full.events.save(an_event(id=EventId("newer")), BOOK)
    before = await everything(full.records)
    with pytest.raises(Broken, match="already holds other records"):
        await bring(full.records, ring, clock, path, quiet)
    assert await everything(full.records) == before


async def test_importing_again_changes_nothing(
    full: Store, opened: Opened, ring: KeyRing, clock: FrozenClock, tmp_path: Path
) -> None:
    target = await opened("target")
    await moved(full, tmp_path / "file", target, ring)
    before = await everything(target)
    await bring(target, ring, clock, tmp_path / "file", quiet)
    assert await everything(target) == before


async def test_a_tenant_that_is_being_erased_does_not_come_back(
    full: Store, ring: KeyRing, clock: FrozenClock, tmp_path: Path
) -> None:
    await export(full.vault, tmp_path / "file", quiet, TENANT)
    await full.erasure.destroy_keys(TENANT)
    with pytest.raises(Broken, match="being erased"):
        await bring(full.records, ring, clock, tmp_path / "file", quiet)


async def test_files_in_the_way_are_not_touched(full: Store, tmp_path: Path) -> None:
    path = tmp_path / "file"
    write(path, b"precious")
    with pytest.raises(Broken, match="such a file already"):
        await export(full.vault, path, quiet)
    assert contents(path) == b"precious"
    await export(full.vault, tmp_path / "tenant", quiet, TENANT)
    shutil.move(tmp_path / "tenant", tmp_path / "whole.part")
    with pytest.raises(Broken, match="another export"):
        await export(full.vault, tmp_path / "whole", quiet)


def test_progress_is_told_now_and_then(clock: FrozenClock) -> None:
    lines: list[str] = []
    say = now_and_then(lines.append, clock)
    for number in range(1, 101):
        say(Progress(Stage.EXPORTING, number, 100, number * 1_000))
        clock.advance(0.1)
    assert lines[0] == "exporting: 1 of 100 parts, 1,000 records"
    assert lines[-1] == "exporting: 100 of 100 parts, 100,000 records"
    assert len(lines) == 6


def contents(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, contents: bytes) -> None:
    path.write_bytes(contents)


def cut_off(path: Path, by: int) -> None:
    """Take away the last bytes, as a crash may."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - by)
