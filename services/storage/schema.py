"""The tables of the SQLite file, and how an older file is brought up to date.

``PRAGMA user_version`` counts the migrations that a file has been through. A new version of the
tables is one more entry at the end of :data:`MIGRATIONS`; entries never change. Before each one
the file is copied (:mod:`services.storage.safekeeping`), and each is a transaction of its own, so
an upgrade that is cut off goes on where it was.

``part`` numbers the partitions, whose names are long and would otherwise stand in every index, and
``row`` the records, so that a token leads to its record at one go. ``kind`` says of which kinds a
partition has records: so one index finds a record by its id alone, and all of a kind. Each index
is a page more that a write takes to the disk. So is a partition's own line: from version 3 on its
``revision`` is but what nothing may fall below, and the last one is that or the newest record's.
From that version on a record also says itself who wrote it last, which an older program would
forget (:mod:`services.storage.repositories.traces`). Times are microseconds since 1970 in UTC.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from services.model.errors import Broken
from services.storage.connections import immediate
from services.storage.safekeeping import back_up

__all__ = ["MIGRATIONS", "migrate", "refuse_newer"]

MIGRATIONS = (
    """
    CREATE TABLE head (
        part      INTEGER PRIMARY KEY,
        partition TEXT NOT NULL UNIQUE,
        revision  INTEGER NOT NULL,
        horizon   INTEGER NOT NULL  -- the newest tombstone that has been purged
    ) STRICT;
    CREATE TABLE record (
        part       INTEGER NOT NULL,
        id         TEXT NOT NULL,
        kind       TEXT NOT NULL,
        revision   INTEGER NOT NULL,
        tokens     TEXT NOT NULL,  -- separated by blanks
        deleted_at INTEGER,
        expires_at INTEGER,
        due_at     INTEGER,
        body       BLOB NOT NULL,
        UNIQUE (part, id)
    ) STRICT;
    CREATE INDEX record_revision ON record (part, revision, id);
    CREATE INDEX record_kind ON record (part, kind, id);
    CREATE INDEX record_due ON record (part, due_at) WHERE due_at IS NOT NULL;
    CREATE INDEX record_expires ON record (expires_at) WHERE expires_at IS NOT NULL;
    CREATE TABLE token (
        part  INTEGER NOT NULL,
        kind  TEXT NOT NULL,
        token TEXT NOT NULL,
        id    TEXT NOT NULL,
        PRIMARY KEY (part, kind, token, id)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE numbered (
        row        INTEGER PRIMARY KEY,
        part       INTEGER NOT NULL,
        id         TEXT NOT NULL,
        kind       TEXT NOT NULL,
        revision   INTEGER NOT NULL,
        tokens     TEXT NOT NULL,  -- separated by blanks
        deleted_at INTEGER,
        expires_at INTEGER,
        due_at     INTEGER,
        body       BLOB NOT NULL
    ) STRICT;
    INSERT INTO numbered
        SELECT rowid, part, id, kind, revision, tokens, deleted_at, expires_at, due_at, body
        FROM record ORDER BY rowid;
    DROP TABLE record;
    ALTER TABLE numbered RENAME TO record;
    CREATE UNIQUE INDEX record_id ON record (part, kind, id);
    CREATE INDEX record_revision ON record (part, revision);
    CREATE INDEX record_due ON record (part, due_at) WHERE due_at IS NOT NULL;
    CREATE INDEX record_expires ON record (expires_at) WHERE expires_at IS NOT NULL;
    CREATE TABLE leading (
        part  INTEGER NOT NULL,
        kind  TEXT NOT NULL,
        token TEXT NOT NULL,
        id    TEXT NOT NULL,
        row   INTEGER NOT NULL,
        PRIMARY KEY (part, kind, token, id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO leading
        SELECT part, kind, token, id, row FROM token JOIN record USING (part, kind, id);
    DROP TABLE token;
    ALTER TABLE leading RENAME TO token;
    CREATE TABLE kind (
        part INTEGER NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (part, kind)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO kind SELECT DISTINCT part, kind FROM record;
    """,
    """
    -- Not a table has changed, but what is in them: see above.
    """,
)


def migrate(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[str] = MIGRATIONS
) -> None:
    """Bring the file up to date; instances that start together take turns.

    Raises:
        Broken: a newer version of the program has written the file, or another program has.
    """
    while _is_behind(connection, path, migrations):
        pass


def _is_behind(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> bool:
    """Take one step, where one is left to take."""
    with immediate(connection):  # whoever writes waits, so the copy misses nothing
        version = refuse_newer(connection, migrations)
        if version == len(migrations):
            return False
        if version == 0:
            _refuse_foreign(connection)
            steps = migrations  # a new file has nothing to copy on the way
        else:
            back_up(path, version)
            steps = migrations[version : version + 1]
        for statement in ";".join(steps).split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version + len(steps)}")
    return True


def refuse_newer(connection: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> int:
    """Return the version of the tables.

    Raises:
        Broken: a newer version of the program has written them.
    """
    version, known = _version(connection), len(migrations)
    if version > known:
        raise Broken(
            f"the database has version {version}, this program knows {known}: "
            "it was written by a newer Almanac; start that one"
        )
    return version


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise Broken("the database file is another program's")
