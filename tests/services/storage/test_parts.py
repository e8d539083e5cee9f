from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from services.storage import edits, parts
from services.storage.connections import connect
from services.storage.parts import Parts
from services.storage.schema import migrate
from tests.services.storage.contract import a_put


class Writer:
    """A connection that writes, what it knows, and all that it has asked its file."""

    def __init__(self, path: Path) -> None:
        self.connection = connect(path)
        self.parts = Parts()
        self.asked: list[str] = []
        migrate(self.connection, path)
        self.connection.set_trace_callback(self.asked.append)

    def commit(self, id: str, kind: str = "event", partition: str = "p") -> int:
        with self.parts.transaction(self.connection):
            put = a_put(id, kind=kind)
            return edits.commit(self.parts, partition, [put], 0, self.connection)

    def looks(self) -> int:
        """Return how often it has looked for a partition since this was asked."""
        found = sum("FROM head" in statement for statement in self.asked)
        self.asked.clear()
        return found

    def kinds(self) -> list[tuple[str]]:
        return self.connection.execute("SELECT kind FROM kind ORDER BY kind").fetchall()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    writer = Writer(tmp_path / "almanac.db")
    with closing(writer.connection):
        yield writer


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Writer]:
    other = Writer(tmp_path / "almanac.db")
    with closing(other.connection):
        yield other


def test_a_partition_is_looked_for_once_while_nobody_else_writes(writer: Writer) -> None:
    assert [writer.commit(id) for id in "abc"] == [1, 2, 3]
    assert writer.looks() == 1
    assert writer.commit("d", kind="audit") == 4
    assert writer.looks() == 0
    assert writer.kinds() == [("audit",), ("event",)]


def test_what_others_have_written_is_looked_at(writer: Writer, other: Writer) -> None:
    taking_turns = [writer.commit("a"), other.commit("b", "audit"), writer.commit("c", "audit")]
    assert taking_turns == [1, 2, 3]
    assert [other.commit("d"), other.commit("e"), writer.commit("f")] == [4, 5, 6]
    assert writer.kinds() == [("audit",), ("event",)]


def test_what_was_undone_is_not_known(writer: Writer) -> None:
    with pytest.raises(KeyError), writer.parts.transaction(writer.connection):
        edits.commit(writer.parts, "p", [a_put("a")], 0, writer.connection)
        raise KeyError
    assert writer.commit("b") == 1
    assert writer.kinds() == [("event",)]


def test_of_several_in_a_transaction_one_is_undone(writer: Writer) -> None:
    with writer.parts.transaction(writer.connection):
        for id in "abc":
            with suppress(KeyError), writer.parts.share(writer.connection):
                edits.commit(writer.parts, "p", [a_put(id, kind=id)], 0, writer.connection)
                _fail_at("b", id)
    assert writer.commit("d", kind="d") == 3
    assert writer.kinds() == [("a",), ("c",), ("d",)]


def test_room_is_bounded(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_MOST", 2)
    again = [writer.commit(f"{n}", partition=f"p{n % 3}") for n in range(9)]
    assert again == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_after_a_failed_commit_of_the_whole_it_is_looked_for_anew(writer: Writer) -> None:
    assert writer.commit("a") == 1
    with pytest.raises(sqlite3.IntegrityError), writer.parts.transaction(writer.connection):
        edits.commit(writer.parts, "p", [a_put("b")], 0, writer.connection)
        writer.connection.execute("INSERT INTO head VALUES (NULL, 'p', 1, 0)")
    assert writer.commit("c") == 2


def _fail_at(wrong: str, id: str) -> None:
    if id == wrong:
        raise KeyError(id)
