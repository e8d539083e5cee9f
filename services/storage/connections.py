"""Connections to the SQLite file, and the transactions that jobs run in."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["LONG_READS_KIB", "connect", "immediate", "patient", "savepoint", "snapshot"]

_BUSY_SECONDS = 5
_PATIENT_SECONDS = 120
_PAUSE_SECONDS = 0.01
_PRIMARY = 0xFF
"""The part of an error's code that names its family."""
_LOG_PAGES = 4_000
"""The log grows to 16 MB before its pages go to the file: most of them are written again first."""
_CACHE_KIB = 16_384
"""Of pages, for a connection: the upper floors of every index stay in memory."""
LONG_READS_KIB = 1_024
"""For one that reads at length: what it has read it seldom reads again."""


def connect(
    path: Path, *, read_only: bool = False, cache_kib: int = _CACHE_KIB
) -> sqlite3.Connection:
    """Return a connection that leaves transactions to us and may be handed to a thread."""
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        _set_up(connection, read_only=read_only, cache_kib=cache_kib)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection, *, read_only: bool, cache_kib: int) -> None:
    _keep_a_log(connection)
    connection.execute("PRAGMA synchronous = FULL")
    # Nothing may be spilled beside the database, sealed as it is.
    connection.execute("PRAGMA temp_store = MEMORY")
    # What is taken away or written over, destroyed keys above all, is zeros in its page.
    connection.execute("PRAGMA secure_delete = FAST")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    if read_only:
        connection.execute("PRAGMA query_only = ON")


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Change to a write-ahead log, also while another instance is making the same file.

    SQLite refuses at once, whatever the patience asked for, when two connections want to change
    the mode: waiting inside could be for ever. So the waiting is done here, outside of its locks.
    """
    deadline = time.monotonic() + _PATIENT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as err:
            busy = err.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
        time.sleep(_PAUSE_SECONDS)


@contextmanager
def patient(connection: sqlite3.Connection) -> Iterator[None]:
    """Wait for others much longer than usual."""
    connection.execute(f"PRAGMA busy_timeout = {1000 * _PATIENT_SECONDS}")
    yield
    connection.execute(f"PRAGMA busy_timeout = {1000 * _BUSY_SECONDS}")


@contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[None]:
    """Write: take the file's one write lock at once, then commit all or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """One of several writers in a transaction: undo its work alone when it fails."""
    if not connection.in_transaction:  # a savepoint outside would be a transaction of its own
        raise sqlite3.OperationalError("the transaction was rolled back")
    connection.execute("SAVEPOINT job")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # some errors have rolled back everything already
            connection.execute("ROLLBACK TO job")
        raise
    finally:
        if connection.in_transaction:
            connection.execute("RELEASE job")


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read: all that is asked inside sees one state of the file."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")
