"""Every promise of ``services.model.ports.Records``, stated once.

An implementation's test module names a subclass of :class:`RecordsContract` and gives it a
``records`` fixture; ``clock`` is the clock that the records were opened with.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from services.model.errors import BadName, Broken, Stale, TooLarge, TooOld
from services.model.ports import (
    MAX_COMMIT_BYTES,
    MAX_COMMIT_WRITES,
    Head,
    Page,
    Put,
    Record,
    Records,
    Remove,
    Write,
    etag_of,
)
from tests._fakes import FrozenClock

DAY = timedelta(days=1)


def a_put(id: str = "a", body: bytes = b"body", kind: str = "event", **given: Any) -> Put:
    return Put(id=id, body=body, kind=kind, **given)


def a_record(id: str, revision: int, body: bytes = b"body", **given: Any) -> Record:
    etag = etag_of(revision)
    return Record(
        partition="p", id=id, kind="event", revision=revision, etag=etag, body=body, **given
    )


async def all_of(ask: Callable[[str | None], Awaitable[Page]]) -> list[str]:
    """The ids of all pages; ``ask`` is given where to go on."""
    page = await ask(None)
    ids = [record.id for record in page.records]
    while page.next is not None:
        page = await ask(page.next)
        ids += [record.id for record in page.records]
    return ids


async def all_changes(records: Records, limit: int, kind: str | None = None) -> list[str]:
    return await all_of(lambda after: records.changes("p", 0, kind=kind, limit=limit, after=after))


async def all_found(records: Records, tokens: list[str] | None, limit: int = 500) -> list[str]:
    return await all_of(lambda after: records.find("p", "event", tokens, limit=limit, after=after))


class RecordsContract:
    # get

    async def test_a_record_comes_back_as_it_was_put(
        self, records: Records, clock: FrozenClock
    ) -> None:
        now = clock.now()
        put = a_put(
            tokens=("t2", "t1"),
            due_at=now + timedelta(microseconds=1),
            expires_at=now + DAY,
            deleted_at=now,
        )
        revision = await records.commit("p", [put])
        assert await records.get("p", "a") == Record(
            partition="p",
            id="a",
            kind="event",
            revision=revision,
            etag=etag_of(revision),
            body=b"body",
            tokens=("t2", "t1"),
            deleted_at=now,
            expires_at=now + DAY,
            due_at=now + timedelta(microseconds=1),
        )

    async def test_a_record_that_was_never_put_is_none(self, records: Records) -> None:
        assert await records.get("p", "a") is None

    async def test_a_partition_does_not_show_anothers_records(self, records: Records) -> None:
        await records.commit("p", [a_put(tokens=("t",), due_at=None)])
        await records.commit("q", [a_put(body=b"other", tokens=("t",))])
        found = await records.get("q", "a")
        assert found is not None and found.body == b"other"
        assert [r.body for r in (await records.find("q", "event", ["t"])).records] == [b"other"]
        assert [r.body for r in (await records.changes("q", 0)).records] == [b"other"]
        await records.commit("q", [Remove(id="a")])
        assert await records.get("p", "a") is not None

    async def test_an_expired_record_is_gone(self, records: Records, clock: FrozenClock) -> None:
        await records.commit("p", [a_put(tokens=("t",), expires_at=clock.now() + DAY)])
        clock.advance(DAY)
        assert await records.get("p", "a") is None
        assert (await records.find("p", "event", ["t"])).records == ()
        assert (await records.find("p", "event")).records == ()
        assert (await records.changes("p", 0)).records == ()

    # revisions and changes

    async def test_each_commit_takes_the_next_revision_of_its_partition(
        self, records: Records
    ) -> None:
        assert await records.revision("p") == 0
        assert await records.commit("p", [a_put("a"), a_put("b")]) == 1
        assert await records.commit("q", [a_put("a")]) == 1
        assert await records.commit("p", [a_put("a")]) == 2
        assert await records.commit("p", [Remove(id="b")]) == 3
        assert await records.revision("p") == 3

    async def test_changes_come_oldest_first_and_each_record_once(self, records: Records) -> None:
        await records.commit("p", [a_put("c"), a_put("a")])
        await records.commit("p", [a_put("b")])
        await records.commit("p", [a_put("c")])
        page = await records.changes("p", 0)
        assert [record.id for record in page.records] == ["a", "b", "c"]
        assert (page.next, page.revision) == (None, 3)
        assert [record.id for record in (await records.changes("p", 2)).records] == ["c"]
        assert (await records.changes("p", 3)).records == ()

    async def test_changes_hold_tombstones(self, records: Records, clock: FrozenClock) -> None:
        await records.commit("p", [a_put(deleted_at=clock.now(), expires_at=clock.now() + DAY)])
        (tombstone,) = (await records.changes("p", 0)).records
        assert tombstone.deleted_at == clock.now()

    async def test_changes_of_one_kind_leave_the_others_out(self, records: Records) -> None:
        await records.commit("p", [a_put("a"), a_put("b", kind="history"), a_put("c")])
        assert await all_changes(records, 10, kind="event") == ["a", "c"]
        assert await all_changes(records, 1, kind="history") == ["b"]

    @pytest.mark.parametrize("limit", [1, 2, 3, 60, 100])
    async def test_changes_go_on_page_by_page(self, records: Records, limit: int) -> None:
        ids = [f"{number:03}" for number in range(90)]
        await records.commit("p", [a_put(id) for id in ids[:60]])
        await records.commit("p", [a_put(id) for id in ids[60:]])
        assert await all_changes(records, limit) == ids

    async def test_what_changes_between_two_pages_is_not_missed(self, records: Records) -> None:
        await records.commit("p", [a_put("a"), a_put("b"), a_put("c")])
        page = await records.changes("p", 0, limit=2)
        await records.commit("p", [a_put("a", b"new")])
        rest = await records.changes("p", 0, after=page.next)
        assert [(r.id, r.body) for r in rest.records] == [("c", b"body"), ("a", b"new")]
        assert rest.revision == 2

    async def test_changes_from_before_an_expired_tombstone_are_too_old(
        self, records: Records, clock: FrozenClock
    ) -> None:
        await records.commit("p", [a_put("a"), a_put("b")])
        await records.commit("p", [a_put(deleted_at=clock.now(), expires_at=clock.now() + DAY)])
        clock.advance(DAY)
        with pytest.raises(TooOld):
            await records.changes("p", 1)
        assert (await records.changes("p", 2)).records == ()

    async def test_who_starts_from_nothing_is_never_too_old(
        self, records: Records, clock: FrozenClock
    ) -> None:
        await records.commit("p", [a_put("a"), a_put("b")])
        await records.commit("p", [a_put(deleted_at=clock.now(), expires_at=clock.now() + DAY)])
        clock.advance(DAY)
        assert [record.id for record in (await records.changes("p", 0)).records] == ["b"]

    async def test_purging_keeps_the_horizon(self, records: Records, clock: FrozenClock) -> None:
        await records.commit("p", [a_put("a")])
        await records.commit("p", [a_put(deleted_at=clock.now(), expires_at=clock.now() + DAY)])
        clock.advance(30 * DAY)
        await records.commit("q", [a_put("a")])  # time has passed: this is when stores clean up
        with pytest.raises(TooOld):
            await records.changes("p", 1)

    async def test_a_removed_or_replaced_tombstone_leaves_a_horizon(
        self, records: Records, clock: FrozenClock
    ) -> None:
        dead: dict[str, Any] = {"deleted_at": clock.now(), "expires_at": clock.now() + DAY}
        await records.commit("p", [a_put("a"), a_put("b")])
        await records.commit("p", [a_put("a", **dead), a_put("b", **dead)])
        await records.commit("p", [Remove(id="a")])
        with pytest.raises(TooOld):
            await records.changes("p", 1)
        clock.advance(DAY)
        assert await records.commit("p", [a_put("b", expect="")]) == 4
        assert [record.id for record in (await records.changes("p", 2)).records] == ["b"]

    # find

    async def test_find_answers_live_records_with_any_of_the_tokens(
        self, records: Records, clock: FrozenClock
    ) -> None:
        writes = [
            a_put("a", tokens=("x", "y")),
            a_put("b", tokens=("y",)),
            a_put("c", tokens=("z",)),
            a_put("d", tokens=("x",), kind="other"),
            a_put("e", tokens=("x",), deleted_at=clock.now()),
            a_put("f"),
        ]
        await records.commit("p", writes)
        assert await all_found(records, ["x", "y"]) == ["a", "b"]
        assert await all_found(records, ["z"]) == ["c"]
        assert await all_found(records, ["none"]) == []
        assert await all_found(records, []) == []
        assert await all_found(records, None) == ["a", "b", "c", "f"]

    @pytest.mark.parametrize("limit", [1, 7, 60, 100])
    async def test_find_goes_on_page_by_page(self, records: Records, limit: int) -> None:
        ids = [f"{number:03}" for number in range(90)]
        await records.commit("p", [a_put(id, tokens=("x", "y")) for id in ids])
        assert await all_found(records, ["x", "y"], limit) == ids
        assert await all_found(records, None, limit) == ids

    async def test_a_record_is_found_by_its_present_tokens_only(
        self, records: Records, clock: FrozenClock
    ) -> None:
        await records.commit("p", [a_put(tokens=("old",)), a_put("b", tokens=("old",))])
        await records.commit("p", [a_put(tokens=("new",)), Remove(id="b")])
        assert await all_found(records, ["old"]) == []
        assert await all_found(records, ["new"]) == ["a"]
        await records.commit("p", [a_put(tokens=("new",), deleted_at=clock.now())])
        assert await all_found(records, ["new"]) == []
        await records.commit("p", [a_put(tokens=("new",), kind="other")])
        assert await all_found(records, ["new"]) == []

    # due

    async def test_due_answers_live_records_the_longest_due_first(
        self, records: Records, clock: FrozenClock
    ) -> None:
        now = clock.now()
        writes = [
            a_put("later", due_at=now + DAY),
            a_put("now", due_at=now),
            a_put("early", due_at=now - DAY),
            a_put("never"),
            a_put("gone", due_at=now - DAY, expires_at=now),
            a_put("dead", due_at=now - DAY, deleted_at=now),
        ]
        await records.commit("p", writes)
        await records.commit("q", [a_put("elsewhere", due_at=now)])
        assert [record.id for record in await records.due("p", now)] == ["early", "now"]
        assert [record.id for record in await records.due("p", now, limit=1)] == ["early"]

    # commit

    async def test_a_new_record_is_refused_where_there_is_one(self, records: Records) -> None:
        await records.commit("p", [a_put(expect="")])
        with pytest.raises(Stale):
            await records.commit("p", [a_put(body=b"second", expect="")])

    async def test_an_expired_record_makes_room_for_a_new_one(
        self, records: Records, clock: FrozenClock
    ) -> None:
        await records.commit("p", [a_put(expires_at=clock.now() + DAY)])
        clock.advance(DAY)
        await records.commit("p", [a_put(body=b"new", expect="")])
        found = await records.get("p", "a")
        assert found is not None and found.body == b"new"

    @pytest.mark.parametrize("write", [a_put(expect="1"), Remove(id="a", expect="1")])
    async def test_an_outdated_etag_is_refused(self, records: Records, write: Write) -> None:
        await records.commit("p", [a_put()])
        await records.commit("p", [a_put(body=b"newer")])
        with pytest.raises(Stale):
            await records.commit("p", [write])
        found = await records.get("p", "a")
        assert found is not None and found.body == b"newer"

    @pytest.mark.parametrize("write", [a_put(expect="1"), Remove(id="a", expect="1")])
    async def test_the_present_etag_is_accepted(self, records: Records, write: Write) -> None:
        await records.commit("p", [a_put()])
        assert await records.commit("p", [write]) == 2

    async def test_an_etag_is_refused_where_there_is_nothing(self, records: Records) -> None:
        for write in (a_put(expect="1"), Remove(id="a", expect="1")):
            with pytest.raises(Stale):
                await records.commit("p", [write])

    async def test_without_an_expectation_anything_goes(self, records: Records) -> None:
        await records.commit("p", [a_put(), Remove(id="b")])
        await records.commit("p", [a_put(body=b"new")])
        found = await records.get("p", "a")
        assert found is not None and found.body == b"new"

    async def test_one_refused_write_refuses_all(self, records: Records) -> None:
        await records.commit("p", [a_put("a"), a_put("b")])
        with pytest.raises(Stale):
            await records.commit("p", [a_put("a", b"x"), Remove(id="b"), a_put("c", expect="9")])
        assert await all_found(records, None) == ["a", "b"]
        assert await records.revision("p") == 1
        assert await records.commit("p", [a_put("c")]) == 2

    async def test_a_commit_has_limits(self, records: Records) -> None:
        fits = [a_put(str(number)) for number in range(MAX_COMMIT_WRITES)]
        await records.commit("p", fits)
        refused: list[list[Write]] = [
            [],
            [*fits, a_put("one more")],
            [a_put(body=b"x" * MAX_COMMIT_BYTES), a_put("b", body=b"x")],
            [a_put("a"), Remove(id="a")],
        ]
        for writes in refused:
            with pytest.raises(TooLarge):
                await records.commit("p", writes)
        assert await records.revision("p") == 1

    async def test_of_many_writers_one_wins(self, records: Records) -> None:
        commits = (records.commit("p", [a_put(body=bytes([n]), expect="")]) for n in range(20))
        answers = await asyncio.gather(*commits, return_exceptions=True)
        assert sum(isinstance(answer, Stale) for answer in answers) == 19
        assert await records.revision("p") == 1

    async def test_commits_at_once_lose_nothing(self, records: Records) -> None:
        commits = (records.commit("p", [a_put(f"{number:03}")]) for number in range(150))
        assert sorted(await asyncio.gather(*commits)) == list(range(1, 151))
        assert len(await all_changes(records, 500)) == 150
        assert len(await all_found(records, None)) == 150

    # names, letters and sizes

    async def test_letters_of_any_script_and_bytes_of_any_value_come_back(
        self, records: Records
    ) -> None:
        partition, id, kind = "Bücher 日本 %41", "ключ 🙂 +;=&'\"<>|~", "événement"
        body = bytes(range(256)) * 3
        await records.commit(partition, [a_put(id, body, kind, tokens=("tökén", "%22"))])
        found = await records.get(partition, id)
        assert found is not None
        assert (found.partition, found.id, found.kind, found.body) == (partition, id, kind, body)
        assert found.tokens == ("tökén", "%22")
        assert (await records.find(partition, kind, ["tökén"])).records == (found,)
        assert (await records.changes(partition, 0)).records == (found,)
        assert [head.partition for head in await records.partitions()] == [partition]
        await records.commit(partition, [Remove(id=id, expect=found.etag)])
        assert await records.get(partition, id) is None

    @pytest.mark.parametrize("size", [0, 1, 1_000_000])
    async def test_a_body_may_be_empty_and_may_be_a_megabyte(
        self, records: Records, size: int
    ) -> None:
        body = bytes(range(256)) * (size // 256) + bytes(size % 256)
        await records.commit("p", [a_put(body=body)])
        found = await records.get("p", "a")
        assert found is not None and found.body == body

    @pytest.mark.parametrize(
        "name",
        ["", "a/b", "a\\b", "a?b", "a#b", ".a", " a", "a ", "a\n", "a\0b", "\ud800", "x" * 256],
    )
    async def test_a_name_that_not_every_engine_takes_is_refused(
        self, records: Records, name: str
    ) -> None:
        await records.commit("p", [a_put()])
        calls: list[Awaitable[Any]] = [
            records.get("p", name),
            records.commit("p", [a_put("b"), a_put(name)]),
            records.commit("p", [Remove(id=name)]),
            records.commit(name, [a_put()]),
            records.restore(Head(name, 1, 0), []),
        ]
        for call in calls:
            with pytest.raises(BadName):
                await call
        assert await records.revision("p") == 1
        assert [head.partition for head in await records.partitions()] == ["p"]

    # what is written at the same time

    async def test_counting_together_loses_no_count(self, records: Records) -> None:
        await records.commit("p", [a_put(body=b"0")])

        async def count() -> None:
            for _ in range(8):
                while True:
                    found = await records.get("p", "a")
                    assert found is not None
                    body = str(int(found.body) + 1).encode()
                    try:
                        await records.commit("p", [a_put(body=body, expect=found.etag)])
                        break
                    except Stale:
                        continue

        await asyncio.gather(*(count() for _ in range(4)))
        found = await records.get("p", "a")
        assert found is not None and found.body == b"32"

    async def test_pages_of_find_hold_once_what_was_there_all_the_time(
        self, records: Records
    ) -> None:
        ids = [f"{number:02}" for number in range(0, 60, 2)]
        await records.commit("p", [a_put(id, tokens=("t",)) for id in ids])
        found: list[str] = []
        page = await records.find("p", "event", ["t"], limit=4)
        for number in range(1, 60, 6):
            found += [record.id for record in page.records]
            await records.commit("p", [a_put(f"{number:02}", tokens=("t",)), Remove(id="00")])
            await records.commit("p", [a_put("58", b"new", tokens=("t",))])
            if page.next is None:
                break
            page = await records.find("p", "event", ["t"], limit=4, after=page.next)
        assert [id for id in found if id in ids] == ids
        assert len(set(found)) == len(found)

    async def test_who_reads_changes_while_others_write_ends_up_with_all(
        self, records: Records
    ) -> None:
        await records.commit("p", [a_put(f"{number:02}", b"0") for number in range(30)])
        known: dict[str, bytes] = {}
        since = 0

        async def follow() -> int:
            page = await records.changes("p", since, limit=3)
            known.update({record.id: record.body for record in page.records})
            while page.next is not None:
                page = await records.changes("p", since, limit=3, after=page.next)
                known.update({record.id: record.body for record in page.records})
            return page.revision

        async def write() -> None:
            for number in range(20):
                await records.commit("p", [a_put(f"{number:02}", str(number).encode())])
                await asyncio.sleep(0)

        writing = asyncio.ensure_future(write())
        while not writing.done():
            since = await follow()
            await asyncio.sleep(0)
        since = await follow()
        assert since == await records.revision("p") == 21
        bodies = [str(number).encode() if number < 20 else b"0" for number in range(30)]
        assert [known[f"{number:02}"] for number in range(30)] == bodies

    async def test_what_has_expired_counts_as_not_there(
        self, records: Records, clock: FrozenClock
    ) -> None:
        await records.commit("p", [a_put("a", expires_at=clock.now() + DAY), a_put("b")])
        clock.advance(DAY)
        for write in (a_put("a", expect="1"), Remove(id="a", expect="1")):
            with pytest.raises(Stale):
                await records.commit("p", [write])
        assert await records.commit("p", [Remove(id="a", expect=""), Remove(id="gone")]) == 2
        assert await records.commit("p", [a_put("a", b"new")]) == 3
        assert [r.body for r in (await records.changes("p", 0)).records] == [b"body", b"new"]

    # partitions and restore: how a store is moved

    async def test_all_partitions_are_listed_by_name(
        self, records: Records, clock: FrozenClock
    ) -> None:
        assert list(await records.partitions()) == []
        for name in ("q", "p", "r", "p"):
            await records.commit(name, [a_put()])
        heads = [Head("p", 2, 0), Head("q", 1, 0), Head("r", 1, 0)]
        assert list(await records.partitions()) == heads
        assert list(await records.partitions(limit=2)) == heads[:2]
        assert list(await records.partitions(after="q")) == heads[2:]
        await records.commit("q", [Remove(id="a")])
        assert list(await records.partitions(after="p", limit=1)) == [Head("q", 2, 0)]

    async def test_a_partitions_head_knows_the_newest_tombstone_that_expired(
        self, records: Records, clock: FrozenClock
    ) -> None:
        await records.commit("p", [a_put("a"), a_put("b")])
        await records.commit("p", [a_put(deleted_at=clock.now(), expires_at=clock.now() + DAY)])
        await records.commit("p", [a_put("b")])
        clock.advance(DAY)
        assert list(await records.partitions()) == [Head("p", 3, 2)]

    async def test_what_is_restored_is_as_it_was(
        self, records: Records, clock: FrozenClock
    ) -> None:
        now = clock.now()
        live = a_record("a", 7, tokens=("t",), due_at=now, expires_at=now + DAY)
        dead = a_record("b", 9, deleted_at=now, expires_at=now + DAY)
        for _ in range(2):  # the second time changes nothing
            await records.restore(Head("p", 12, 4), [live, dead])
        assert await records.get("p", "a") == live
        page = await records.changes("p", 0)
        assert (page.records, page.revision) == ((live, dead), 12)
        assert list((await records.find("p", "event", ["t"])).records) == [live]
        assert list(await records.due("p", now)) == [live]
        with pytest.raises(TooOld):
            await records.changes("p", 3)
        assert await records.commit("p", [a_put("a", expect=live.etag)]) == 13

    async def test_a_partition_is_restored_in_parts_and_never_goes_back(
        self, records: Records
    ) -> None:
        await records.restore(Head("p", 3, 0), [a_record("a", 3)])
        await records.restore(Head("p", 9, 2), [])
        await records.restore(Head("p", 4, 0), [a_record("a", 3, body=b"other"), a_record("b", 4)])
        assert list(await records.partitions()) == [Head("p", 9, 2)]
        assert [r.body for r in (await records.changes("p", 0)).records] == [b"other", b"body"]

    async def test_what_is_restored_has_the_limits_of_a_commit(self, records: Records) -> None:
        many = [a_record(str(number), 1) for number in range(MAX_COMMIT_WRITES + 1)]
        for refused in (many, [a_record("a", 1, body=b"x" * (MAX_COMMIT_BYTES + 1))]):
            with pytest.raises(TooLarge):
                await records.restore(Head("p", 1, 0), refused)
        assert list(await records.partitions()) == []

    # ready and close

    async def test_a_store_that_is_closed_says_so(self, records: Records) -> None:
        await records.ready()
        await records.close()
        await records.close()
        for call in (records.ready(), records.get("p", "a"), records.commit("p", [a_put()])):
            with pytest.raises(Broken):
                await call
