from __future__ import annotations

from services.model.errors import Damaged
from services.model.ports import Record
from services.storage.memory import Entry, Held, Memory
from tests._fakes import NOON
from tests.services.storage.contract import a_record

COST = 1_000


def entry(id: str, *tokens: str, revision: int = 1, cost: int = COST) -> Entry[str]:
    return Entry(a_record(id, revision, tokens=tokens), f"{id}{revision}", cost)


def read(record: Record) -> Entry[str]:
    if not record.body:
        raise Damaged("no")
    return Entry(record, f"{record.id}{record.revision}", COST)


def holding(held: Held[str], *labels: str) -> Held[str]:
    """Hold labels with two records each, one of which is the same."""
    held.begin(1, NOON)
    shared = entry("both", *(label.upper() for label in labels))
    own = [entry(label, label.upper()) for label in labels]
    held.learn({label: label.upper() for label in labels}, [shared, *own])
    return held


def test_each_record_is_answered_once() -> None:
    held = holding(Held(), "a", "b")
    assert sorted(held.values(["a", "b"])) == ["a1", "b1", "both1"]
    assert sorted(held.values(["b"])) == ["b1", "both1"]
    assert held.missing(["a", "c", None]) == ["c", None]


def test_what_has_changed_stands_where_it_belongs_now() -> None:
    held = holding(Held(), "a", "b")
    moved = a_record("a", 2, tokens=("B",))
    elsewhere = a_record("b", 3, tokens=("C",))
    held.change([moved, elsewhere], 3, read)
    assert held.revision == 3
    assert held.values(["a"]) == ["both1"]
    assert sorted(held.values(["b"])) == ["a2", "both1"]
    held.change([a_record("both", 4, deleted_at=NOON)], 4, read)
    assert held.values(["a"]) == [] and held.values(["b"]) == ["a2"]


def test_all_of_a_kind_is_a_label_too() -> None:
    held = Held[str]()
    held.begin(1, NOON)
    held.learn({None: None}, [entry("a", "A"), entry("b")])
    held.change([a_record("c", 2)], 2, read)
    assert held.values([None]) == ["a1", "b1", "c2"]


def test_what_cannot_be_read_takes_its_labels_along_and_no_others() -> None:
    held = holding(Held(), "a", "b")
    held.change([a_record("new", 2, b"", tokens=("A",)), a_record("other", 2, b"")], 2, read)
    assert held.missing(["a", "b"]) == ["a"]
    assert sorted(held.values(["b"])) == ["b1", "both1"]


def test_the_partition_that_was_asked_longest_ago_goes_first() -> None:
    memory = Memory[str](20 * COST)
    for name in ("p", "q"):
        holding(memory.of(name), "a", "b")
        memory.make_room(name)
    memory.of("p")
    for name in "rstu":
        holding(memory.of(name), "a", "b")
        memory.make_room(name)
        memory.of("p")
    assert memory.of("p") and memory.of("u")
    assert not memory.of("q"), "forgotten"


def test_of_one_partition_the_label_that_was_asked_for_longest_ago_goes_first() -> None:
    memory = Memory[str](7 * COST)
    held = memory.of("p")
    held.begin(1, NOON)
    for label in "abcd":
        held.learn({label: label}, [entry(label, label)])
        memory.make_room("p")
    held.values(["a"])
    held.learn({"e": "e"}, [entry("e", "e")])
    memory.make_room("p")
    assert held.missing("abcde") == ["b"]


def test_what_is_too_large_is_not_kept_and_drives_nothing_out() -> None:
    memory = Memory[str](20 * COST)
    holding(memory.of("p"), "a", "b")
    memory.make_room("p")
    large = memory.of("q")
    large.begin(1, NOON)
    large.learn({None: None}, [entry(f"{n}") for n in range(99)])
    memory.make_room("q")
    assert memory.of("p") and not memory.of("q")


def test_room_is_counted_by_what_is_there_now() -> None:
    memory = Memory[str](7 * COST)
    for number in range(50):
        held = holding(memory.of("p"), "a")
        held.change([a_record("both", number + 2, deleted_at=NOON)], number + 2, read)
        memory.make_room("p")
        assert held.cost == COST + 500
    memory.make_room("unknown")
    assert not memory.of("p").missing(["a"])
