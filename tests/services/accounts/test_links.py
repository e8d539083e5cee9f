"""Links as a person asks for them; what passes over them do is in ``tests/services/sync``."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import cast

import pytest

from services.accounts.links import Links
from services.books.sharing import Sharing
from services.graph.mailbox import Mailbox
from services.graph.remote_event import RemoteCalendar
from services.model.accounts import RemoteId
from services.model.books import Book, BookId
from services.model.errors import Stale, Unreachable
from services.model.identity import Person, PersonHome
from services.storage.store import Store
from tests._builders import a_book, a_person, an_account
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


async def test_an_outlook_calendar_is_linked_with_one_thing_whoever_asks_at_once(
    store: Store, sharing: Sharing, calendar: Book, clock: FrozenClock
) -> None:
    """Two books in one calendar would each take the other's events for the person's own."""
    await store.accounts.save(an_account())
    other = await store.books.add(a_book(id=BookId("other"), home=PersonHome(a_person())))
    links = Links(store, sharing, no_mailbox, clock)
    outlook = RemoteId("AAMkCalendar")
    made = await asyncio.gather(
        *(
            links.add(a_person(), book.id, name="General", calendar=outlook)
            for book in (calendar, other)
        ),
        return_exceptions=True,
    )
    (link,) = await store.links.of_person(a_person())
    assert sorted(type(each).__name__ for each in made) == ["Link", "Stale"]
    with pytest.raises(Stale):
        await links.add(
            a_person(),
            other.id if link.book == calendar.id else calendar.id,
            name="General",
            calendar=outlook,
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """A mailbox that lists its calendars, and does nothing else."""

    found: tuple[RemoteCalendar, ...]

    async def calendars(self) -> tuple[RemoteCalendar, ...]:
        return self.found


def listed(
    name: str, owner: str = "ana@example.com", *, is_default: bool = False
) -> RemoteCalendar:
    return RemoteCalendar(
        id=RemoteId(name), name=name, is_default=is_default, can_edit=True, owner=owner
    )


@pytest.mark.parametrize("own", ["ana@example.com", ""], ids=["told", "not told"])
async def test_f35_what_others_share_is_not_offered(
    store: Store, sharing: Sharing, calendar: Book, clock: FrozenClock, own: str
) -> None:
    """Two who both link one and the same calendar would double each other's events in it."""
    await store.accounts.save(an_account())
    found = (
        listed("Calendar", own, is_default=True),
        listed("Choir", own),
        listed("Reception", "reception@example.com"),
    )
    mailbox = cast(Mailbox, Listing(found))
    offers = await Links(store, sharing, lambda _: mailbox, clock).offers(a_person())
    names = [each.name for each in offers.calendars]
    assert names == ["Calendar", "Choir", *([] if own else ["Reception"])]
