"""A person of another organisation, with every id in hand, gets nowhere: the walk.

The use cases are collected by reflection, so a new one cannot be left out: a parameter that this
file has no value for fails the test.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from services.books.audit import Audit
from services.books.book_bin import BookBin
from services.books.books import Books
from services.books.recycle_bin import RecycleBin
from services.books.sharing import Sharing
from services.contacts.contact_groups import ContactGroups
from services.contacts.contacts import Contacts
from services.contacts.list_fields import ListFields
from services.events.agenda import Agenda
from services.events.answers import Answers
from services.events.events import Events
from services.model.answers import Answer
from services.model.books import Book, BookKind
from services.model.errors import NotFound
from services.model.reach import Reach
from services.search import Search
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    OTHER_TENANT,
    a_contact_content,
    a_person,
    an_author,
    an_event_content,
)
from tests._fakes import FrozenClock

USE_CASES: tuple[type, ...] = (
    *(Answers, Books, BookBin, Events, Contacts, Agenda, RecycleBin, Audit),
    *(ContactGroups, ListFields),
)
"""Everything that takes a book's id from a person; what a class answers empty is asked below."""
ANSWERS_EMPTY = {(Books, "in_use"), (Books, "on_shelf"), (Books, "visible")}

STRANGERS = {
    "another organisation": OTHER_TENANT,
    "the same organisation": a_person().tenant,
}


def walk() -> Iterator[tuple[type, str]]:
    for cls in USE_CASES:
        for name, _ in inspect.getmembers(cls, inspect.iscoroutinefunction):
            if not name.startswith("_"):
                yield cls, name


@pytest.fixture
async def ids(
    events: Events, contacts: Contacts, calendar: Book, contact_list: Book
) -> Mapping[str, Any]:
    event = await events.create(an_author(), calendar.id, an_event_content())
    contact = await contacts.create(an_author(), contact_list.id, a_contact_content())
    return {
        "home": calendar.home,
        "kind": BookKind.CALENDAR,
        "event_id": event.id,
        "id": event.id,
        "draft": "k",
        "answer": Answer.YES,
        "original": "",
        "contact_id": contact.id,
        "etag": event.etag,
        "expect_revision": event.revision,
        "book_id": calendar.id,
        "mirror": None,
        "key": "k",
        "zone": BERLIN,
        "language": "en",
        "first": date(2026, 11, 1),
        "last": date(2026, 11, 30),
        "most": 20,
        "ids": [calendar.id],
        "book_ids": [calendar.id],
        "day": date(2026, 11, 20),
        "reach": Reach.ALL,
        "for_all": False,
        "made": None,
    }


@pytest.mark.parametrize("tenant", list(STRANGERS.values()), ids=list(STRANGERS))
@pytest.mark.parametrize(
    ("cls", "name"), list(walk()), ids=lambda part: getattr(part, "__name__", part)
)
async def test_a_stranger_with_every_id_finds_nothing(
    cls: type,
    name: str,
    tenant: Any,
    ids: dict[str, Any],
    store: Store,
    sharing: Sharing,
    clock: FrozenClock,
    contact_list: Book,
) -> None:
    own = {
        "person": a_person("mallory", tenant),
        "author": an_author("mallory", tenant),
        "content": an_event_content() if cls is Events else a_contact_content(),
        "new": {},
        "drafts": [],
    }
    values = {**ids, **own}
    if cls in (Contacts, ContactGroups, ListFields):
        values |= {"book_id": contact_list.id, "id": ids["contact_id"]}
    if cls is ContactGroups:
        values |= {"name": "Sea", "old": "Sea", "new": "Ocean"}
    made = cls(store, sharing) if cls in (Agenda, Audit) else cls(store, sharing, clock)
    method: Callable[..., Any] = getattr(made, name)
    arguments = {parameter: values[parameter] for parameter in inspect.signature(method).parameters}
    if (cls, name) in ANSWERS_EMPTY:
        assert await method(**arguments) == ()
        return
    with pytest.raises(NotFound) as caught:
        await method(**arguments)
    assert caught.value.what == "book"


def test_the_walk_reaches_every_use_case_that_takes_a_books_id() -> None:
    walked = {f"{cls.__name__}.{name}" for cls, name in walk()}
    assert {"Books.get", "Events.delete_from_sync", "Contacts.edit", "BookBin.restore"} <= walked


async def test_a_search_shows_nothing_of_books_on_a_shelf_that_are_not_open_to_the_person(
    ids: dict[str, Any], store: Store, books: Books, calendar: Book, contact_list: Book
) -> None:
    search = Search(store, books)
    for tenant in STRANGERS.values():
        mallory = a_person("mallory", tenant)
        for book in (calendar, contact_list):
            await store.shelves.put(mallory, book.id)
        assert (await search.contacts(mallory, "ada")).records == ()
        assert (await search.contacts(mallory, "")).records == ()
        assert (await search.events(mallory, "lunch")).records == ()
    assert len((await search.contacts(a_person(), "ada")).records) == 1
    await search.close()
