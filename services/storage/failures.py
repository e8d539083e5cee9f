"""What SQLite's errors mean for whoever runs Almanac: one class and one sentence each.

The sentence is what ``python app.py`` prints, and says what to do; nothing of the data is in it.
Codes: https://www.sqlite.org/rescode.html
"""

from __future__ import annotations

import sqlite3

from services.model.errors import Broken, Damaged, NoRoom

__all__ = ["DAMAGED", "failure"]

DAMAGED = "the database file is damaged; put a copy of it back in its place"
_PRIMARY = 0xFF
"""An extended code has its primary code in the last byte."""
_MEANINGS: dict[int, tuple[type[Broken], str]] = {
    sqlite3.SQLITE_FULL: (NoRoom, "the disk is full; nothing was written"),
    sqlite3.SQLITE_CORRUPT: (Damaged, DAMAGED),
    sqlite3.SQLITE_NOTADB: (Damaged, "the database file is damaged, or of another program"),
    sqlite3.SQLITE_READONLY: (Broken, "the database file, or its folder, can only be read"),
    sqlite3.SQLITE_PERM: (Broken, "this user may not open the database file"),
    sqlite3.SQLITE_CANTOPEN: (Broken, "the database file cannot be opened"),
    sqlite3.SQLITE_BUSY: (Broken, "another program has kept the database file to itself too long"),
    sqlite3.SQLITE_IOERR: (Broken, "the disk could not read or write the database file"),
    sqlite3.SQLITE_TOOBIG: (Broken, "a record is larger than the database takes"),
}


def failure(err: sqlite3.Error) -> Broken:
    """Return what to raise for an error of SQLite, or of the module around it."""
    code: int = getattr(err, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    cls, sentence = _MEANINGS.get(code & _PRIMARY, (Broken, "the store failed"))
    return cls(sentence)
