"""What keeps a SQLite file from harm: a look at it before it is used, a copy before it changes.

A copy stands beside the file and is named by the version of its tables: ``almanac.db.v1.backup``.
To go back, stop Almanac, remove ``almanac.db-wal`` and ``almanac.db-shm``, and put the copy in the
file's place. It holds what the file held, sealed alike, also of tenants that were erased since:
remove it once the new version has proved itself.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from services.model.errors import Damaged
from services.storage.connections import connect
from services.storage.failures import DAMAGED

__all__ = ["back_up", "check"]


def check(connection: sqlite3.Connection) -> None:
    """Read every page once; pages that do not belong together are found.

    Raises:
        Damaged: the file cannot be trusted.
    """
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise Damaged(DAMAGED)


def back_up(path: Path, version: int) -> Path:
    """Copy the file as it is now; the copy appears under its name only once it is complete."""
    copy = path.with_name(f"{path.name}.v{version}.backup")
    unfinished = copy.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with (
        closing(connect(path, read_only=True)) as source,
        closing(sqlite3.connect(unfinished)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # the copy is one file
    os.replace(unfinished, copy)
    return copy
