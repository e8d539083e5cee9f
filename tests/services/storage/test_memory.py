from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from services.model.errors import Damaged
from services.model.ports import Record
from services.model.times import bounds
from services.storage.memory import Memory
from services.storage.store import Store
from tests._builders import a_book, an_event
from tests.services.storage.contract import a_record

BOOK = a_book()


class Reader:
    """Counts how often it had to read."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, record: Record) -> str:
        self.times += 1
        return record.body.decode()


def test_what_was_read_is_not_read_again() -> None:
    memory, read = Memory[str](100_000), Reader()
    assert [memory.read(a_record("a", 1), read) for _ in range(3)] == ["body"] * 3
    assert read.times == 1


def test_whatever_an_answer_depends_on_is_compared() -> None:
    memory, read = Memory[str](100_000), Reader()
    record = a_record("a", 1)
    others = [
        record._replace(partition="q"),
        record._replace(kind="other"),
        record._replace(id="b"),
        record._replace(revision=2),
        record._replace(body=b"bodY"),
    ]
    for each in (record, *others):
        memory.read(each, read)
    assert read.times == 6


def test_who_was_asked_for_longest_ago_goes_first() -> None:
    memory, read = Memory[str](3 * 2_010), Reader()
    a, b, c, d = (a_record(id, 1) for id in "abcd")
    for record in (a, b, c, a, d):  # there is room for three
        memory.read(record, read)
    assert read.times == 4
    memory.read(a, read)
    assert read.times == 4
    memory.read(b, read)
    assert read.times == 5


def test_a_failure_is_not_remembered() -> None:
    memory = Memory[str](100_000)

    def fail(_: Record) -> str:
        raise Damaged("no")

    with pytest.raises(Damaged):
        memory.read(a_record("a", 1), fail)
    assert memory.read(a_record("a", 1), Reader()) == "body"


async def test_an_agenda_that_is_remembered_still_notices_what_somebody_changed(
    store: Store,
) -> None:
    event = await store.events.save(an_event(), BOOK)
    day = bounds(event.content.when, ZoneInfo("UTC"))
    for _ in range(2):
        assert await store.events.between(BOOK, *day) == [event]
    partition = await store.events._partition(BOOK)
    (record,) = (await store.records.changes(partition.name, 0, kind="event")).records
    flipped = record.body[:-1] + bytes([record.body[-1] ^ 1])
    await store.records.restore(
        (await store.records.partitions(after=partition.name[:-1], limit=1))[0],
        [record._replace(body=flipped)],
    )
    with pytest.raises(Damaged):
        await store.events.between(BOOK, *day)
