"""The Cosmos DB store through the real SDK: against the fake, and against a real account.

The second needs ``COSMOS_ENDPOINT`` and ``COSMOS_KEY`` in the environment and makes a database of
its own for each test; ``docs/storage.md`` says how, also for Microsoft's emulator.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from random import Random

import pytest
from azure.cosmos import PartitionKey
from azure.cosmos.aio import CosmosClient

from services.model.errors import BadName, Broken, Stale, Throttled, TooOld, Unreachable
from services.model.ports import MAX_COMMIT_BYTES, MAX_COMMIT_WRITES, Head, Remove
from services.storage.cosmos.account import CosmosAccount, connect
from services.storage.cosmos.records import CosmosRecords
from services.storage.cosmos.trouble import Patience
from tests._fakes import FrozenClock
from tests.services.storage._cosmos import KEY, REGION, FakeCosmos, Fault
from tests.services.storage.contract import DAY, RecordsContract, a_put, all_changes

# aiohttp would rather stream a body of more than a megabyte; the SDK does not.
pytestmark = pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")

ENDPOINT, REAL_KEY = os.environ.get("COSMOS_ENDPOINT", ""), os.environ.get("COSMOS_KEY", "")


@pytest.fixture
async def fake(clock: FrozenClock) -> AsyncIterator[FakeCosmos]:
    async with FakeCosmos(clock).running() as running:
        yield running


@pytest.fixture
def account(fake: FakeCosmos) -> CosmosAccount:
    return CosmosAccount(endpoint=fake.url, key=KEY, database="almanac")


@pytest.fixture
def patience(clock: FrozenClock) -> Patience:
    """Waiting moves the clock, and takes no time."""

    async def sleep(seconds: float) -> None:
        clock.advance(seconds)

    return Patience(Random(1), sleep)


@pytest.fixture
async def opened() -> AsyncIterator[AsyncExitStack]:
    """What a test opens beside its own records is closed after it."""
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def records(
    account: CosmosAccount, clock: FrozenClock, patience: Patience
) -> AsyncIterator[CosmosRecords]:
    opened = await CosmosRecords.open(account, clock, patience=patience)
    yield opened
    await opened.close()


@pytest.fixture
async def another(
    records: CosmosRecords,
    account: CosmosAccount,
    clock: FrozenClock,
    patience: Patience,
    opened: AsyncExitStack,
) -> CosmosRecords:
    """A second instance on the same container."""
    other = await CosmosRecords.open(account, clock, patience=patience)
    opened.push_async_callback(other.close)
    return other


class TestCosmosRecords(RecordsContract):
    """The contract, over the wire, against the fake."""


@pytest.mark.slow
class TestCosmosRecordsOfAnAwkwardService(RecordsContract):
    """Pages are as small as it likes, and replicas lag: who has written something reads it."""

    @pytest.fixture
    async def records(
        self, fake: FakeCosmos, account: CosmosAccount, clock: FrozenClock
    ) -> AsyncIterator[CosmosRecords]:
        fake.page_size, fake.lags = 2, True
        opened = await CosmosRecords.open(account, clock)
        yield opened
        await opened.close()


if ENDPOINT and REAL_KEY:  # rather than some fifty tests that are skipped

    @pytest.mark.slow
    class TestCosmosRecordsOnARealAccount(RecordsContract):
        """The same promises, kept by the service itself."""

        @pytest.fixture
        async def records(self, clock: FrozenClock) -> AsyncIterator[CosmosRecords]:
            name = f"almanac-test-{secrets.token_hex(6)}"
            account = CosmosAccount(endpoint=ENDPOINT, key=REAL_KEY, database=name)
            opened = await CosmosRecords.open(account, clock)
            yield opened
            await opened.close()
            async with CosmosClient(ENDPOINT, REAL_KEY) as client:
                await client.delete_database(name)


# what one instance does costs little


async def test_a_usual_commit_is_one_request(records: CosmosRecords, fake: FakeCosmos) -> None:
    await records.commit("p", [a_put("a"), a_put("b")])
    fake.requests.clear()
    await records.commit("p", [a_put("a", expect="1"), a_put("c", expect=""), Remove(id="b")])
    assert Counter(fake.requests)["batch"] == 1
    assert not {"read", "query"} & set(fake.requests)


async def test_what_has_not_changed_is_seen_by_a_point_read(
    records: CosmosRecords, fake: FakeCosmos
) -> None:
    await records.commit("p", [a_put()])
    fake.requests.clear()
    assert (await records.changes("p", 1)).records == ()
    assert "query" not in fake.requests


async def test_request_units_are_counted_and_noted(
    account: CosmosAccount,
    clock: FrozenClock,
    opened: AsyncExitStack,
    caplog: pytest.LogCaptureFixture,
) -> None:
    spent: Counter[str] = Counter()

    def meter(request: str, units: float) -> None:
        spent[request] += int(units * 100)

    records = await CosmosRecords.open(account, clock, meter=meter)
    opened.push_async_callback(records.close)
    with caplog.at_level(logging.DEBUG, "services.storage.cosmos"):
        await records.commit("p", [a_put()])  # reads the head, lists the partition, commits
        await records.get("p", "a")
        await records.get("p", "missing")
        await records.find("p", "event")
    assert spent == {"read": 125, "batch": 250, "query": 125}  # what is missing costs nothing here
    assert "batch: 1.25 request units" in caplog.messages


async def test_who_has_written_something_reads_it_though_replicas_lag(
    records: CosmosRecords, fake: FakeCosmos
) -> None:
    fake.lags = True
    for revision in (1, 2, 3):
        await records.commit("p", [a_put(body=bytes([revision]), tokens=("t",))])
        found = await records.get("p", "a")
        assert found is not None and found.revision == revision
        assert (await records.find("p", "event", ["t"])).records == (found,)
        assert (await records.changes("p", revision - 1)).records == (found,)


# several instances


async def test_instances_share_a_container(records: CosmosRecords, another: CosmosRecords) -> None:
    await records.commit("p", [a_put("shared", b"one")])
    found = await another.get("p", "shared")
    assert found is not None
    await another.commit("p", [a_put("shared", b"two", expect=found.etag)])
    with pytest.raises(Stale):
        await records.commit("p", [a_put("shared", b"three", expect=found.etag)])
    again = await records.get("p", "shared")
    assert again is not None and again.body == b"two"


async def test_instances_that_write_at_once_lose_nothing(
    records: CosmosRecords, another: CosmosRecords
) -> None:
    revisions = await asyncio.gather(
        *(records.commit("p", [a_put(f"one-{n}")]) for n in range(30)),
        *(another.commit("p", [a_put(f"other-{n}")]) for n in range(30)),
    )
    assert sorted(revisions) == list(range(1, 61))
    assert len(await all_changes(records, 500)) == 60


async def test_what_is_remembered_never_refuses_a_write(
    records: CosmosRecords, another: CosmosRecords
) -> None:
    await records.commit("p", [a_put("a"), a_put("b")])
    await another.commit("p", [a_put("a", b"newer"), Remove(id="b")])
    await records.commit("p", [a_put("a", b"newest", expect="2"), Remove(id="b")])
    await another.commit("p", [Remove(id="a")])
    await records.commit("p", [a_put("a", b"new", expect=""), Remove(id="a0")])
    assert await records.revision("p") == 5


async def test_three_instances_start_at_once(
    account: CosmosAccount, clock: FrozenClock, opened: AsyncExitStack, fake: FakeCosmos
) -> None:
    three = await asyncio.gather(*(CosmosRecords.open(account, clock) for _ in range(3)))
    for instance in three:
        opened.push_async_callback(instance.close)
    commits = (instance.commit("p", [a_put(str(n))]) for n, instance in enumerate(three))
    assert sorted(await asyncio.gather(*commits)) == [1, 2, 3]
    assert len(fake.databases) == 1


async def test_the_region_that_is_preferred_is_used(
    fake: FakeCosmos, clock: FrozenClock, opened: AsyncExitStack
) -> None:
    account = CosmosAccount(endpoint=fake.url, key=KEY, database="almanac", regions=(REGION,))
    records = await CosmosRecords.open(account, clock)
    opened.push_async_callback(records.close)
    assert await records.commit("p", [a_put()]) == 1


# faults


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("status", [408, 449, 500, 503, 0])
async def test_a_commit_whose_answer_is_lost_is_done_once(
    records: CosmosRecords, fake: FakeCosmos, status: int, after: bool
) -> None:
    for expected in (1, 2):  # the first makes the partition, the second finds it
        fake.fail(Fault("batch", status, after=after))
        assert await records.commit("p", [a_put(str(expected), expect="")]) == expected
    fake.fail(Fault("batch", status, after=after))
    assert await records.commit("p", [a_put("1", expect="1"), Remove(id="2")]) == 3
    assert await all_changes(records, 10) == ["1"]


async def test_a_lost_answer_is_recognised_after_others_have_written(
    records: CosmosRecords, another: CosmosRecords, fake: FakeCosmos
) -> None:
    await records.commit("p", [a_put()])

    async def others() -> None:
        for n in range(5):
            await another.commit("p", [a_put(f"other-{n}")])

    async def once_more() -> None:
        fake.before_batch = others

    fake.fail(Fault("batch", 503, after=True))
    fake.before_batch = once_more  # it comes before the second try
    assert await records.commit("p", [a_put("mine", expect="")]) == 2
    assert await records.revision("p") == 7


async def test_a_commit_in_doubt_says_so(
    records: CosmosRecords, another: CosmosRecords, fake: FakeCosmos
) -> None:
    await records.commit("p", [a_put()])

    async def others() -> None:
        for n in range(40):
            await another.commit("p", [a_put(f"other-{n}")])

    async def once_more() -> None:
        fake.before_batch = others

    fake.fail(Fault("batch", 503, after=True))
    fake.before_batch = once_more
    with pytest.raises(Unreachable):
        await records.commit("p", [a_put("mine", expect="")])


async def test_a_commit_that_may_be_done_is_not_said_to_be_undone(
    records: CosmosRecords, fake: FakeCosmos, clock: FrozenClock
) -> None:
    await records.commit("p", [a_put()])

    async def busy() -> None:
        fake.is_busy_until = clock.now() + timedelta(minutes=1)

    async def busy_later() -> None:
        fake.before_batch = busy

    # Busy from the second try on, and busy from the look at the head that follows it.
    for revision, planned in ((2, busy), (3, busy_later)):
        fake.fail(Fault("batch", 503, after=True))
        fake.before_batch = planned
        with pytest.raises(Unreachable):
            await records.commit("p", [a_put(body=b"new")])
        clock.advance(timedelta(minutes=1))
        assert await records.revision("p") == revision


async def test_a_refused_write_stays_refused_after_a_lost_answer(
    records: CosmosRecords, another: CosmosRecords, fake: FakeCosmos
) -> None:
    await records.commit("p", [a_put()])

    async def faster() -> None:
        await another.commit("p", [a_put(body=b"faster")])

    fake.fail(Fault("batch", 503))
    fake.before_batch = faster
    with pytest.raises(Stale):
        await records.commit("p", [a_put(body=b"slower", expect="1")])
    found = await records.get("p", "a")
    assert found is not None and found.body == b"faster"


@pytest.mark.parametrize("status", [408, 449, 500, 503, 0])
async def test_reads_are_tried_again(records: CosmosRecords, fake: FakeCosmos, status: int) -> None:
    await records.commit("p", [a_put(tokens=("t",))])
    fake.fail(Fault("read", status), Fault("query", status), Fault("read", status))
    assert await records.get("p", "a") is not None
    assert (await records.find("p", "event", ["t"])).records
    assert (await records.changes("p", 0)).records


async def test_a_replica_that_does_not_know_the_session_is_not_taken_for_a_missing_record(
    records: CosmosRecords, fake: FakeCosmos
) -> None:
    await records.commit("p", [a_put()])
    fake.fail(*(Fault("read", 404, sub_status=1002) for _ in range(3)))
    assert await records.get("p", "a") is not None


async def test_a_busy_account_is_asked_again_when_it_says(
    records: CosmosRecords, fake: FakeCosmos, clock: FrozenClock
) -> None:
    fake.is_busy_until = clock.now() + timedelta(seconds=4)
    assert await records.commit("p", [a_put()]) == 1
    assert clock.now() >= fake.is_busy_until


async def test_an_account_that_is_busy_for_a_minute_is_reported_and_nothing_is_lost(
    records: CosmosRecords, fake: FakeCosmos, clock: FrozenClock
) -> None:
    await records.commit("p", [a_put()])
    began = clock.now()
    fake.is_busy_until = began + timedelta(minutes=1)
    for call in (records.commit("p", [a_put(body=b"new")]), records.get("p", "a")):
        with pytest.raises(Throttled) as caught:
            await call
        assert caught.value.retry_after == 1
    clock.move_to(fake.is_busy_until)
    found = await records.get("p", "a")
    assert found is not None and found.body == b"body"
    assert await records.commit("p", [a_put(body=b"new")]) == 2


async def test_an_account_that_is_away_is_reported(
    records: CosmosRecords, fake: FakeCosmos
) -> None:
    fake.fail(*(Fault("read", 503) for _ in range(100)))
    with pytest.raises(Unreachable, match="503"):
        await records.get("p", "a")


async def test_an_answer_that_never_comes_is_not_waited_for(
    fake: FakeCosmos, clock: FrozenClock, patience: Patience, opened: AsyncExitStack
) -> None:
    account = CosmosAccount(endpoint=fake.url, key=KEY, database="almanac", read_timeout=0.3)
    records = await CosmosRecords.open(account, clock, patience=patience)
    opened.push_async_callback(records.close)
    never = asyncio.Event()

    async def hang() -> None:
        await never.wait()

    fake.before_batch = hang
    assert await records.commit("p", [a_put()]) == 1
    never.set()


async def test_a_wrong_key_is_a_sentence(fake: FakeCosmos, clock: FrozenClock) -> None:
    account = CosmosAccount(endpoint=fake.url, key="d3Jvbmc=", database="almanac")
    with pytest.raises(Broken, match="does not let this program in"):
        await CosmosRecords.open(account, clock)


async def test_nobody_at_the_address_is_a_sentence(clock: FrozenClock, patience: Patience) -> None:
    account = CosmosAccount(endpoint="http://127.0.0.1:9", key=KEY, database="almanac")
    with pytest.raises(Unreachable, match="does not answer"):
        await CosmosRecords.open(account, clock, patience=patience)


async def test_a_container_of_something_else_is_refused(
    fake: FakeCosmos, account: CosmosAccount, clock: FrozenClock, opened: AsyncExitStack
) -> None:
    client = await connect(account, opened, Patience(Random(1)))
    database = await client.create_database("almanac")
    await database.create_container("records", PartitionKey("/tenant"))
    with pytest.raises(Broken, match=r"almanac/records: its partition key is not /partition"):
        await CosmosRecords.open(account, clock)


# limits and names


async def test_the_largest_commit_fits_into_a_batch(records: CosmosRecords) -> None:
    share = MAX_COMMIT_BYTES // MAX_COMMIT_WRITES
    tokens = tuple(f"{n:022}" for n in range(20))
    body = b"x" * (share - 20 * 26)
    writes = [a_put(f"{n:0255}", body, tokens=tokens) for n in range(MAX_COMMIT_WRITES)]
    assert await records.commit("p" * 255, writes) == 1
    whole = a_put(body=b"x" * MAX_COMMIT_BYTES)
    assert await records.commit("p", [whole]) == 1


async def test_the_marks_of_the_engine_are_nobodys_records(records: CosmosRecords) -> None:
    await records.commit("p", [a_put()])
    for name in (".head", ".partitions"):
        with pytest.raises(BadName):
            await records.get("p", name)
    assert [r.id for r in (await records.changes("p", 0)).records] == ["a"]


# the horizon


async def test_the_horizon_outlives_what_the_service_has_taken_away(
    records: CosmosRecords, clock: FrozenClock, fake: FakeCosmos
) -> None:
    for n in range(40):
        gone = a_put(str(n), deleted_at=clock.now(), expires_at=clock.now() + 30 * DAY)
        await records.commit("p", [gone])
        clock.advance(DAY)
    clock.advance(DAY / 2)  # those of days 0 to 10 are over
    with pytest.raises(TooOld):
        await records.changes("p", 10)
    assert len((await records.changes("p", 13)).records) == 27
    container = fake.databases["almanac"]["records"]
    assert len(container.items("p")) == 1 + 29


async def test_an_interrupted_first_commit_leaves_no_partition(
    records: CosmosRecords, another: CosmosRecords, fake: FakeCosmos
) -> None:
    async def listed() -> None:
        fake.fail(Fault("batch", 400))

    fake.before_batch = listed
    with pytest.raises(Broken):
        await records.commit("p", [a_put()])
    assert "p" in fake.databases["almanac"]["records"].items(".partitions")
    assert list(await another.partitions()) == []
    assert await another.commit("p", [a_put()]) == 1


async def test_many_partitions_are_listed(records: CosmosRecords) -> None:
    for n in range(45):
        await records.restore(Head(f"{n:02}", 1, 0), [])
    heads = await records.partitions(limit=44)
    assert [head.partition for head in heads] == [f"{n:02}" for n in range(44)]
