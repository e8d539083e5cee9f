"""The use cases over a real store on a fresh file, with people in a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.books.books import Books
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.events.agenda import Agenda
from services.events.events import Events
from services.model.books import Book, BookKind
from services.people.conversations import Conversations
from services.storage.store import Store
from tests._builders import BERLIN, a_channel, a_channel_home, a_member, an_author
from tests._fakes import FrozenClock
from tests._stores import a_store


@pytest.fixture
async def store(tmp_path: Path, clock: FrozenClock) -> AsyncIterator[Store]:
    async with a_store(tmp_path, clock) as store:
        yield store


@pytest.fixture
def sharing(store: Store) -> Sharing:
    return Sharing(store)


@pytest.fixture
def books(store: Store, sharing: Sharing, clock: FrozenClock) -> Books:
    return Books(store, sharing, clock)


@pytest.fixture
def events(store: Store, sharing: Sharing, clock: FrozenClock) -> Events:
    return Events(store, sharing, clock)


@pytest.fixture
def contacts(store: Store, sharing: Sharing, clock: FrozenClock) -> Contacts:
    return Contacts(store, sharing, clock)


@pytest.fixture
def agenda(store: Store, sharing: Sharing) -> Agenda:
    return Agenda(store, sharing)


@pytest.fixture
def conversations(store: Store, clock: FrozenClock) -> Conversations:
    return Conversations(store, clock)


async def nothing_due(store: Store) -> None:
    """End what the arrival of people has put down: their roster is to be read."""
    for task in await store.tasks.claim("test", 50, 60):
        await store.tasks.done(task)


@pytest.fixture
async def calendar(books: Books, conversations: Conversations, store: Store) -> Book:
    """The calendar of the channel ``general``, where Ines and Tom are."""
    for name in ("ines", "tom"):
        await conversations.seen(a_channel(), a_member(name))
    await nothing_due(store)
    return await books.at_home(
        an_author(), a_channel_home(), BookKind.CALENDAR, zone=BERLIN, language="en"
    )


@pytest.fixture
async def contact_list(books: Books, calendar: Book) -> Book:
    """The contact list of the same channel."""
    return await books.at_home(
        an_author(), calendar.home, BookKind.CONTACTS, zone=BERLIN, language="en"
    )
