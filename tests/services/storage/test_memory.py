from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from services.model.errors import Damaged
from services.model.ports import Record
from services.model.times import bounds
from services.storage.memory import Answers, Memory
from services.storage.store import Store
from tests._builders import LONG_AGO, a_book, an_event
from tests._fakes import FrozenClock
from tests.services.storage.contract import a_record

BOOK = a_book()
MINUTE = timedelta(minutes=1)


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
    store: Store, clock: FrozenClock
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
    assert await store.events.between(BOOK, *day) == [event]  # still what it really is
    clock.advance(MINUTE)
    with pytest.raises(Damaged):
        await store.events.between(BOOK, *day)


async def test_an_agenda_has_what_anybody_has_written_since(store: Store) -> None:
    event = await store.events.save(an_event(), BOOK)
    day = bounds(event.content.when, ZoneInfo("UTC"))
    found = await store.events.between(BOOK, *day)
    found.clear()  # a list of one's own
    assert await store.events.between(BOOK, *day) == [event]
    changed = await store.events.save(replace(event, content=an_event(title="x").content), BOOK)
    other = await store.events.save(an_event(id="other"), BOOK)
    assert set(await store.events.between(BOOK, *day)) == {changed, other}
    await store.events.save(replace(changed, deleted_at=LONG_AGO), BOOK)
    assert await store.events.between(BOOK, *day) == [other]


def test_an_answer_is_good_for_its_question_and_revision_and_for_a_minute() -> None:
    clock = FrozenClock()
    answers, question = Answers[str](100, clock), ("p", ("a",))
    answers.keep(question, 3, ["x", "y"])
    assert answers.find(question, 3) == ["x", "y"]
    for other in (("q", ("a",)), ("p", ("b",)), ("p", None)):
        assert answers.find(other, 3) is None
    assert answers.find(question, 4) is None
    clock.advance(MINUTE)
    assert answers.find(question, 3) is None
    answers.keep(question, 3, [])
    assert answers.find(question, 3) == []
    clock.advance(-MINUTE)  # a clock may be set back
    assert answers.find(question, 3) is None


def test_room_for_answers_is_bounded_and_the_oldest_goes_first() -> None:
    answers = Answers[int](9, FrozenClock())
    for n in range(3):
        answers.keep((str(n), None), 1, [n] * 3)
    assert [answers.find((str(n), None), 1) for n in range(3)] == [None, [1] * 3, [2] * 3]
    assert answers.find(("1", None), 1)  # so it is not the one asked for longest ago
    answers.keep(("3", None), 1, [3])
    assert [bool(answers.find((str(n), None), 1)) for n in range(4)] == [False, True, False, True]
    answers.keep(("4", None), 1, [4] * 99)
    assert answers.find(("4", None), 1) is None
    for _ in range(50):
        answers.keep(("5", None), 1, [5] * 5)
    assert answers.find(("5", None), 1) == [5] * 5
