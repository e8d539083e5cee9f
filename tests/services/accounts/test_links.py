"""Links as a person asks for them; what passes over them do is in ``tests/services/sync``."""

from __future__ import annotations

import asyncio

from services.accounts.links import Links
from services.books.sharing import Sharing
from services.graph.mailbox import Mailbox
from services.model.books import Book
from services.model.errors import Unreachable
from services.model.identity import Person
from services.storage.store import Store
from tests._builders import a_person, an_account
from tests._fakes import FrozenClock


def no_mailbox(person: Person) -> Mailbox:
    raise Unreachable("no one waits for Outlook here")


async def test_who_links_a_calendar_several_times_at_once_has_one_link(
    store: Store, sharing: Sharing, calendar: Book, clock: FrozenClock
) -> None:
    await store.accounts.save(an_account())
    links = Links(store, sharing, no_mailbox, clock)
    made = await asyncio.gather(
        *(links.add(a_person(), calendar.id, name="General") for _ in range(4))
    )
    (link,) = await store.links.of_person(a_person())
    assert {each.id for each in made} == {link.id}
    assert await store.links.of_book(calendar.tenant, calendar.id) == ((a_person(), link.id),)
