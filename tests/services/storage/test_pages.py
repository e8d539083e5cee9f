"""What a write takes to the disk: an index more is a page more, and shows in no result."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from services.model.contacts import ContactId
from services.model.events import EventId
from services.storage.store import Store
from tests._builders import a_book, a_contact, a_contact_list, an_event

BOOK, LIST = a_book(), a_contact_list()
SOME = 200
HEAD, FRAME = 32, 4096 + 24
"""Bytes of the log: its own head, and a page with what stands before it."""


async def test_a_new_event_that_says_who_made_it_takes_less_than_six_pages(
    tmp_path: Path, store: Store
) -> None:
    many = [(None, an_event(id=EventId(f"old-{number}"))) for number in range(1_000)]
    await store.events.save_all(many, BOOK)
    people = [(None, a_contact(id=ContactId(f"old-{number}"))) for number in range(300)]
    await store.contacts.save_all(people, LIST)
    with closing(sqlite3.connect(tmp_path / "almanac.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    for number in range(SOME):
        await store.events.save(an_event(id=EventId(f"new-{number}")), BOOK)
    log = (tmp_path / "almanac.db-wal").stat().st_size
    assert 4.5 <= (log - HEAD) / FRAME / SOME <= 6
