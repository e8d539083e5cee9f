"""How a file of an earlier version is brought up to date, with versions made up for it."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from services.model.errors import Broken, NoRoom
from services.storage.connections import connect
from services.storage.failures import failure
from services.storage.parts import Parts
from services.storage.schema import MIGRATIONS, migrate

ONE = "CREATE TABLE note (body TEXT)"
TWO = "ALTER TABLE note ADD COLUMN size INTEGER; UPDATE note SET size = length(body)"
THREE = "CREATE INDEX note_size ON note (size)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "almanac.db"


def bring(path: Path, migrations: Sequence[str]) -> None:
    with closing(connect(path)) as connection:
        migrate(connection, path, migrations)


def an_old_file(path: Path) -> None:
    bring(path, [ONE])
    with closing(connect(path)) as connection:
        connection.execute("INSERT INTO note VALUES ('kept')")


def rows(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM note").fetchall()


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_each_step_has_a_copy_of_what_was_before_it(path: Path) -> None:
    an_old_file(path)
    bring(path, [ONE, TWO, THREE])
    first, second = (path.with_name(f"almanac.db.v{number}.backup") for number in (1, 2))
    assert (version(path), rows(path)) == (3, [("kept", 4)])
    assert (version(first), rows(first)) == (1, [("kept",)])
    assert (version(second), rows(second)) == (2, [("kept", 4)])
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert not list(path.parent.glob("*.unfinished"))


def test_a_copy_can_be_put_in_the_files_place(path: Path) -> None:
    an_old_file(path)
    bring(path, [ONE, TWO])
    path.unlink()
    path.with_name("almanac.db.v1.backup").rename(path)
    bring(path, [ONE, TWO])
    assert (version(path), rows(path)) == (2, [("kept", 4)])


def test_a_file_that_is_up_to_date_or_new_needs_no_copy(path: Path) -> None:
    bring(path, [ONE, TWO])
    bring(path, [ONE, TWO])
    assert not list(path.parent.glob("*.backup"))


def test_a_step_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    an_old_file(path)
    with pytest.raises(sqlite3.OperationalError):
        bring(path, [ONE, TWO + "; INSERT INTO nowhere VALUES (1)"])
    assert (version(path), rows(path)) == (1, [("kept",)])
    bring(path, [ONE, TWO])
    assert version(path) == 2


def test_without_room_for_the_copy_nothing_is_begun(path: Path) -> None:
    an_old_file(path)
    path.with_name("almanac.db.v1.unfinished").mkdir()
    (path.with_name("almanac.db.v1.unfinished") / "in the way").touch()
    with pytest.raises(OSError):
        bring(path, [ONE, TWO])
    assert (version(path), rows(path)) == (1, [("kept",)])


def test_instances_that_start_together_take_each_step_once(path: Path) -> None:
    an_old_file(path)
    problems: list[BaseException] = []

    def start() -> None:
        try:
            bring(path, [ONE, TWO, THREE])
        except BaseException as err:
            problems.append(err)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert problems == []
    assert (version(path), rows(path)) == (3, [("kept", 4)])


def test_a_file_of_another_program_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (id)")
    with pytest.raises(Broken, match="another program"):
        bring(path, MIGRATIONS)


def test_who_was_running_when_a_newer_program_came_writes_no_more(path: Path) -> None:
    with closing(connect(path)) as connection:
        migrate(connection, path)
        writing = Parts().transaction
        with writing(connection):
            connection.execute("INSERT INTO head VALUES (1, 'p', 1, 0)")
        with closing(connect(path)) as newer:
            newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        with pytest.raises(Broken, match="newer Almanac"), writing(connection):
            raise AssertionError("this is never reached")
        assert not connection.in_transaction


def test_an_error_without_a_code_has_a_sentence_too() -> None:
    assert str(failure(sqlite3.ProgrammingError("never shown"))) == "the store failed"
    full = sqlite3.OperationalError()
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert isinstance(failure(full), NoRoom)
