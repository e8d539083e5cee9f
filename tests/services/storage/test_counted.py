from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.model.errors import Stale
from services.model.ports import Put, Records
from services.storage.counted import CountedRecords, Latency, Numbers
from services.storage.sqlite import SqliteRecords
from tests._fakes import FrozenClock
from tests.services.storage.contract import RecordsContract


@pytest.fixture
def numbers() -> Numbers:
    return Numbers()


@pytest.fixture
async def records(tmp_path: Path, clock: FrozenClock, numbers: Numbers) -> AsyncIterator[Records]:
    counted = CountedRecords(await SqliteRecords.open(tmp_path / "db", clock), numbers)
    yield counted
    await counted.close()


class TestCountedRecords(RecordsContract):
    """What is counted is what it was."""


async def test_operations_and_conflicts_are_told_each_minute_and_then_forgotten(
    records: Records, numbers: Numbers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "services.storage.counted")
    await records.commit("partition-1", [Put(id="id-1", kind="event", body=b"")])
    for _ in range(3):
        await records.get("partition-1", "id-1")
    with pytest.raises(Stale):
        await records.commit("partition-1", [Put(id="id-1", kind="event", body=b"", expect="")])
    numbers.retried()
    numbers.cost("read", 1.5)
    await numbers.tell()
    (told,) = caplog.messages
    assert "commit 2 (p50 " in told and "get 3 (p50 " in told
    assert "Stale 1; conflicts 1, retries 1; 1.5 request units" in told
    assert "partition-1" not in told and "id-1" not in told
    await numbers.tell()
    assert len(caplog.messages) == 1


def test_most_times_and_the_slowest_are_known() -> None:
    latency = Latency()
    for milliseconds in [1] * 98 + [20, 300]:
        latency.note(milliseconds / 1000)
    assert latency.count == 100
    assert 0.001 <= latency.share(0.5) <= 0.002
    assert 0.02 <= latency.share(0.99) <= 0.04
    assert latency.share(1) == latency.slowest == 0.3


def test_nothing_and_very_long_times_are_numbers_too() -> None:
    assert Latency().share(0.5) == 0
    latency = Latency()
    latency.note(1e9)
    assert latency.share(0.5) > 1e5
