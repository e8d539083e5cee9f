"""What an operator may meet: each fault is an error with a class and a sentence, and loses nothing.

The faults of a service over the network are tested with that service's engine.
"""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from services.model.errors import BadName, Broken, Damaged, NoRoom, TooLarge
from services.model.ports import MAX_COMMIT_WRITES, Head
from services.storage.connections import connect
from services.storage.failures import failure
from services.storage.keys import KeyRing
from services.storage.sealed import Seal, SealedPartition
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from tests._builders import OTHER_TENANT, TENANT, a_book, an_event
from tests._fakes import FrozenClock
from tests.services.storage.contract import a_put

BOOK = a_book()
ODD_IDS = ("a/b", "a\\b", "a?b", "a#b", "../up", "%2F", "", " ", "ø\N{PILE OF POO}", "x" * 5_000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "almanac.db"


@asynccontextmanager
async def a_store(path: Path, ring: KeyRing, clock: FrozenClock) -> AsyncIterator[Store]:
    records = await SqliteRecords.open(path, clock)
    try:
        yield await open_store(records, ring, clock)
    finally:
        await records.close()


async def filled(path: Path, ring: KeyRing, clock: FrozenClock, events: int = 60) -> None:
    async with a_store(path, ring, clock) as store:
        for number in range(events):
            await store.events.save(an_event(id=f"event-{number:03}"), BOOK)


def contents(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, contents: bytes) -> None:
    path.write_bytes(contents)


def change_records(path: Path, statement: str) -> None:
    """Change records behind the program's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


async def test_a_truncated_file_is_refused(path: Path, ring: KeyRing, clock: FrozenClock) -> None:
    await filled(path, ring, clock)
    whole = contents(path)
    for share in (0.9, 0.5, 0.1):
        write(path, whole[: int(len(whole) * share)])
        with pytest.raises(Damaged, match="damaged"):
            await SqliteRecords.open(path, clock)


async def test_of_a_corrupted_file_nothing_wrong_is_shown(
    path: Path, ring: KeyRing, clock: FrozenClock
) -> None:
    await filled(path, ring, clock)
    whole = contents(path)
    chance = random.Random(7)
    refused = 0
    for _ in range(40):
        broken = bytearray(whole)
        at = chance.randrange(len(broken) - 600)
        broken[at : at + 600] = chance.randbytes(600)
        write(path, bytes(broken))
        try:
            async with a_store(path, ring, clock) as store:
                events, _ = await store.events.changes(BOOK, 0)
                assert {event.content for event in events} == {an_event().content}
        except Broken as err:
            assert str(err)
            refused += 1
    assert refused > 20


async def test_a_damaged_page_met_while_running_is_said(
    path: Path, ring: KeyRing, clock: FrozenClock
) -> None:
    await filled(path, ring, clock)
    async with a_store(path, ring, clock) as store:
        whole = contents(path)
        write(path, whole[:4096] + bytes(len(whole) - 4096))
        with pytest.raises(Damaged):
            await store.events.changes(BOOK, 0)


async def test_the_wrong_keys_open_nothing(path: Path, ring: KeyRing, clock: FrozenClock) -> None:
    await filled(path, ring, clock, events=1)
    before = contents(path)
    with pytest.raises(Damaged, match="key"):
        async with a_store(path, KeyRing.generate("k1"), clock):
            pass
    with pytest.raises(Damaged, match="key"):
        async with a_store(path, KeyRing.generate("other"), clock):
            pass
    assert contents(path) == before
    async with a_store(path, ring, clock) as store:
        assert len((await store.events.changes(BOOK, 0))[0]) == 1


async def test_a_flipped_bit_in_a_record_is_noticed_and_its_neighbours_stay(
    path: Path, ring: KeyRing, clock: FrozenClock
) -> None:
    async with a_store(path, ring, clock) as store:
        await store.events.save(an_event(id="whole"), BOOK)
        await store.events.save(an_event(id="hit"), BOOK)
        change_records(
            path,
            "UPDATE record SET"
            " body = CAST(substr(body, 1, 40) || x'00' || substr(body, 42) AS BLOB)"
            " WHERE revision = 2 AND kind = 'event'",
        )
        with pytest.raises(Damaged, match="does not open"):
            await store.events.get(BOOK, an_event(id="hit").id)
        assert (await store.events.get(BOOK, an_event(id="whole").id)).content.title


async def test_swapped_records_are_noticed(path: Path, ring: KeyRing, clock: FrozenClock) -> None:
    async with a_store(path, ring, clock) as store:
        for id in ("one", "other"):
            await store.events.save(an_event(id=id), BOOK)
        change_records(
            path,
            "UPDATE record SET body = twin.body FROM record AS twin WHERE record.kind = 'event'"
            " AND twin.kind = 'event' AND twin.part = record.part AND twin.id <> record.id",
        )
        for id in ("one", "other"):
            with pytest.raises(Damaged, match="does not open"):
                await store.events.get(BOOK, an_event(id=id).id)


async def test_a_full_disk_is_said_and_once_there_is_room_all_goes_on(
    path: Path, clock: FrozenClock
) -> None:
    records = await SqliteRecords.open(path, clock)
    await records.commit("p", [a_put("before")])
    await records._writer.run(lambda c: c.execute("PRAGMA max_page_count = 60").fetchone())
    commits = (records.commit("p", [a_put(f"{n}", bytes(9_000))]) for n in range(60))
    answers = await asyncio.gather(*commits, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert refused and {type(err) for err in refused} == {NoRoom}
    assert "disk is full" in str(refused[0])

    held = {record.id for record in (await records.changes("p", 0)).records}
    told = {str(n) for n, answer in enumerate(answers) if isinstance(answer, int)}
    assert held == told | {"before"}, "what was refused is not there, what was taken is"
    await records._writer.run(lambda c: c.execute("PRAGMA max_page_count = 100000").fetchone())
    assert await records.commit("p", [a_put("after")]) == len(told) + 2
    await records.close()


def test_a_file_that_can_only_be_read_is_said(path: Path) -> None:
    with closing(connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
    with (
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection,
        pytest.raises(sqlite3.Error) as caught,
    ):
        connection.execute("INSERT INTO t VALUES (1)")
    assert "can only be read" in str(failure(caught.value))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do all")
async def test_a_file_without_the_right_to_write_is_refused(path: Path, clock: FrozenClock) -> None:
    os.close(os.open(path, os.O_CREAT, 0o400))
    with pytest.raises(Broken, match="cannot be opened: Permission denied"):
        await SqliteRecords.open(path, clock)


async def test_a_clock_set_back_an_hour_loses_and_reorders_nothing(
    path: Path, clock: FrozenClock
) -> None:
    hour = timedelta(hours=1)
    records = await SqliteRecords.open(path, clock)
    for turn in range(6):
        expires_at = clock.now() + hour
        await records.commit("p", [a_put(f"{turn}"), a_put("short", expires_at=expires_at)])
        clock.advance(-hour if turn == 2 else hour / 4)
    page = await records.changes("p", 0)
    assert [record.id for record in page.records] == ["0", "1", "2", "3", "4", "5", "short"]
    assert page.revision == 6
    clock.advance(2 * hour)
    await records.commit("p", [a_put("last")])  # the store cleans up as ever
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM record").fetchone() == (7,)
    await records.close()


async def test_a_batch_that_is_too_large_is_refused_whole(store: Store) -> None:
    partition = await store.vault.partition(TENANT, "p")
    many = [Seal(kind="k", id=str(n), body=b"") for n in range(MAX_COMMIT_WRITES + 1)]
    with pytest.raises(TooLarge, match="holds 1 to 98 writes, not 99"):
        await partition.commit(many)
    with pytest.raises(TooLarge, match="at most 1,400,000 bytes"):
        await partition.commit([Seal(kind="k", id="a", body=bytes(1_800_000))])
    assert await partition.revision() == 0


async def test_a_partition_of_another_tenant_shows_nothing(store: Store) -> None:
    theirs = await store.vault.partition(OTHER_TENANT, "ledger", "book")
    await theirs.commit([Seal(kind="event", id="a", body=b"secret", labels=["week"])])
    mine = await store.vault.partition(TENANT, "ledger", "book")
    assert mine.name != theirs.name
    through_my_keys = SealedPartition(store.records, theirs.name, mine.keys)
    assert await through_my_keys.get("event", "a") is None
    assert await through_my_keys.find("event", ["week"]) == []
    for ask in (through_my_keys.find("event"), through_my_keys.changes(0)):
        with pytest.raises(Damaged):
            await ask


@pytest.mark.parametrize("id", ODD_IDS)
async def test_an_odd_id_is_an_id_like_any_other(store: Store, id: str) -> None:
    partition = await store.vault.partition(TENANT, id)
    await partition.commit([Seal(kind="k", id=id, body=b"body", labels=[id])])
    opened = await partition.get("k", id)
    assert opened is not None and (opened.id, opened.body) == (id, b"body")
    assert [each.id for each in await partition.find("k", [id])] == [id]


@pytest.mark.parametrize("name", ["a/b", "a\\b", "a?b", "a#b", "../up", "", " ", "x" * 5_000])
async def test_a_name_that_not_every_engine_takes_is_refused_by_all(
    records: SqliteRecords, name: str
) -> None:
    for call in (
        records.commit("p", [a_put(name)]),
        records.commit(name, [a_put()]),
        records.get("p", name),
        records.restore(Head(name, 1, 0), []),
    ):
        with pytest.raises(BadName, match="a name has 1 to 255"):
            await call
    assert list(await records.partitions()) == []
