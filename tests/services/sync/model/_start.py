"""Where a walk begins: a file in which everybody has joined and linked, and what Outlook holds.

A :class:`Start` is made once and copied for each walk. Who has linked which book with a folder of
their own mailbox is one of :data:`SETTINGS`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from services.model.accounts import LinkId, RemoteId
from services.model.books import BookId
from services.model.identity import Person
from services.model.tasks import sync_task
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import open_store
from tests._builders import (
    OTHER_TENANT,
    TENANT,
    a_book,
    a_channel_home,
    a_contact_list,
    a_link,
    a_member,
    a_person,
    a_person_home,
    an_account,
)
from tests._fakes import NOON, FrozenClock
from tests.services.sync.model._faces import LIST
from tests.services.sync.model._file import a_row_of_random, open_file
from tests.services.sync.model._folder import Stock
from tests.services.sync.model._values import Count

__all__ = ["BOOKS", "KEYS", "SETTINGS", "Start", "somebody", "unfurnished"]

TEAM, OWN = BookId("team"), BookId("own")
SETTINGS: Mapping[str, Sequence[tuple[str, BookId]]] = {
    "alone": (("ines", OWN),),
    "shared": (("ines", TEAM), ("omar", TEAM)),
    "several": (("ines", TEAM), ("omar", TEAM), ("ines", OWN), ("omar", LIST)),
    "contacts": (("ines", LIST), ("omar", LIST)),
    "visited": (("ines", TEAM), ("otto", TEAM)),
}
"""Who has linked which book."""
GUESTS = frozenset({"otto"})
"""They are of another organisation: their account and what is known of their links lie there."""
BOOKS = {
    TEAM: a_book(id=TEAM),
    OWN: a_book(id=OWN, home=a_person_home("ines")),
    LIST: a_contact_list(id=LIST),
}
KEYS = KeyRing(("k1",), {"k1": bytes(32)})


def somebody(name: str) -> Person:
    """Return who goes by a name in the settings."""
    return a_person(name, OTHER_TENANT if name in GUESTS else TENANT)


@dataclass(frozen=True, kw_only=True)
class Start:
    """What a house is when somebody walks in."""

    setting: str
    file: bytes
    random: int
    """Names the row of random bytes: ids must not come twice."""
    now: datetime = NOON
    stocks: Sequence[Stock] = ()
    """Of each folder."""
    count: Count = field(default_factory=Count)

    def copied(self) -> Start:
        return replace(
            self, stocks=[each.copied() for each in self.stocks], count=deepcopy(self.count)
        )


@cache
def unfurnished(setting: str) -> Start:
    """Return a house in which people have linked what is still empty."""
    with a_row_of_random(0):
        clock = FrozenClock()
        records, connection = open_file(b"", clock)
        asyncio.run(_move_in(records, clock, setting))
        stocks = [Stock() for _ in SETTINGS[setting]]
        start = Start(setting=setting, file=connection.serialize(), random=1, stocks=stocks)
        connection.close()
        return start


async def _move_in(records: SqliteRecords, clock: FrozenClock, setting: str) -> None:
    store = await open_store(records, KEYS, clock)
    home, ties = a_channel_home(), SETTINGS[setting]
    for book in dict.fromkeys(book for _, book in ties):
        await store.books.add(BOOKS[book])
    names = dict.fromkeys(who for who, _ in ties)
    members = [replace(a_member(who), person=somebody(who)) for who in names]
    await store.conversations.put_members(home.tenant, home.conversation, members)
    for member in members:
        await store.accounts.save(an_account(person=member.person))
    for number, (who, book) in enumerate(ties):
        link = a_link(
            id=LinkId(f"link-{number}"),
            person=somebody(who),
            book=book,
            calendar=RemoteId(f"folder-{number}"),
        )
        if who in GUESTS:
            link = replace(link, host=TENANT)
            await store.shelves.put(link.person, book, TENANT)
        await store.links.add(link)
        await store.tasks.put(sync_task(link.person, link.id, clock.now()))
