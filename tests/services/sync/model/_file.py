"""A store in SQLite as cheap as a thousand walks need it, and the same one each time.

The records are those of production. Only around them things are simpler: jobs are done on the spot
instead of in threads, the file is in memory, where no lock and no disk is waited for, and a new one
is a copy of one that was set up before. :func:`a_row_of_random` makes keys, ids and nonces the same
each time, so that a walk goes the same way when it is replayed.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from services.model.times import Clock
from services.storage.connections import connect
from services.storage.failures import failure
from services.storage.lanes import Lane
from services.storage.parts import Parts
from services.storage.schema import migrate
from services.storage.sqlite import SqliteRecords

__all__ = ["a_row_of_random", "open_file"]

T = TypeVar("T")
IN_MEMORY = Path(":memory:")
"""What SQLite calls a file that is none."""


class OnTheSpot(Lane):
    """A lane without a thread: who asks does it."""

    def __init__(self, connection: sqlite3.Connection, parts: Parts) -> None:
        self._connection = connection
        self._parts = parts

    async def run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Return what the job returns."""
        try:
            with self._parts.transaction(self._connection):
                return job(self._connection)
        except sqlite3.Error as err:
            raise failure(err) from err

    async def close(self) -> None:
        """Nothing is under way."""


def open_file(file: bytes, clock: Clock) -> tuple[SqliteRecords, sqlite3.Connection]:
    """Return records as they are in a file, none where it is empty, and what is to be closed."""
    connection = connect(IN_MEMORY)
    if file:
        connection.deserialize(file)
    migrate(connection, IN_MEMORY)
    parts = Parts()
    lane = OnTheSpot(connection, parts)
    return SqliteRecords(lane, lane, connection, parts, clock), connection


@contextmanager
def a_row_of_random(seed: int) -> Iterator[None]:
    """Within the block, what asks the system for random bytes gets the same ones each time."""
    with pytest.MonkeyPatch.context() as patch:
        row = Random(seed)
        patch.setattr(os, "urandom", row.randbytes)
        patch.setattr(random, "_urandom", row.randbytes)
        yield
