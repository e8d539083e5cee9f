"""The tables of the SQLite file, and how an older file is brought up to date.

``PRAGMA user_version`` counts the migrations that a file has been through. A new version of the
tables is one more entry at the end of :data:`MIGRATIONS`; entries never change.

``part`` numbers the partitions, whose names are long and would otherwise stand in every index.
Times are microseconds since 1970 in UTC.
"""

from __future__ import annotations

import sqlite3

from services.model.errors import Broken
from services.storage.connections import immediate

__all__ = ["MIGRATIONS", "migrate"]

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
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file up to date; instances that start together take turns.

    Raises:
        Broken: a newer version of the program has written the file.
    """
    with immediate(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise Broken(
                f"the database has version {version}, this program knows {len(MIGRATIONS)}: "
                "it was written by a newer Almanac"
            )
        for migration in MIGRATIONS[version:]:
            for statement in migration.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
