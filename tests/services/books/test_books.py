from __future__ import annotations

import asyncio

import pytest

from services.books.books import Books
from services.books.sharing import Sharing
from services.model.books import Book, BookId, BookKind, Role
from services.model.errors import NotAllowed, NotFound
from services.model.events import Author
from services.model.identity import Home
from services.people.conversations import Conversations
from tests._builders import (
    BERLIN,
    NEW_YORK,
    OTHER_TENANT,
    a_book,
    a_channel,
    a_channel_home,
    a_member,
    a_person,
    a_person_home,
    an_author,
)


async def at_home(books: Books, author: Author, home: Home) -> Book:
    return await books.at_home(author, home, BookKind.CALENDAR, zone=BERLIN, language="de")


async def test_a_home_has_one_calendar_however_often_it_is_asked_for(
    books: Books, calendar: Book
) -> None:
    again = await books.at_home(
        an_author("tom"), a_channel_home(), BookKind.CALENDAR, zone=NEW_YORK, language="en"
    )
    assert again == calendar
    assert (again.zone, again.language, again.name) == (BERLIN, "en", "")


async def test_two_who_ask_at_once_get_the_same_new_calendar(books: Books) -> None:
    made = await asyncio.gather(*(at_home(books, an_author(), a_person_home()) for _ in range(5)))
    assert len({book.id for book in made}) == 1


async def test_a_calendar_and_a_contact_list_of_one_home_are_two_books(
    calendar: Book, contact_list: Book
) -> None:
    assert calendar.id != contact_list.id
    assert contact_list.kind is BookKind.CONTACTS


async def test_a_stranger_gets_no_book_of_a_channel_and_makes_none(books: Books) -> None:
    with pytest.raises(NotFound):
        await at_home(books, an_author("mallory"), a_channel_home())
    with pytest.raises(NotFound):
        await at_home(books, an_author("mallory"), a_person_home("ines"))
    with pytest.raises(NotFound):
        await at_home(books, Author(None, "Outlook"), a_person_home("ines"))


async def test_a_new_book_of_an_archived_place_is_archived(
    books: Books, conversations: Conversations
) -> None:
    await conversations.seen(a_channel(), a_member())
    await conversations.deleted(a_channel().tenant, a_channel().id)
    assert (await at_home(books, an_author(), a_channel_home())).archived


async def test_the_shelf_holds_what_was_met_and_is_still_open_to_the_person(
    books: Books, calendar: Book, contact_list: Book, conversations: Conversations
) -> None:
    own = await at_home(books, an_author(), a_person_home())
    assert await books.on_shelf(a_person(), BookKind.CALENDAR) == (calendar, own)
    assert await books.on_shelf(a_person(), BookKind.CONTACTS) == (contact_list,)
    assert await books.on_shelf(a_person("tom"), BookKind.CALENDAR) == ()
    await conversations.members_removed(calendar.tenant, a_channel().id, ["29:ines"])
    assert await books.on_shelf(a_person(), BookKind.CALENDAR) == (own,)


async def test_members_edit_owners_own_and_for_everybody_else_there_is_no_book(
    sharing: Sharing, calendar: Book
) -> None:
    own = a_book(home=a_person_home())
    assert await sharing.role_of(a_person("tom"), calendar) is Role.EDITOR
    assert await sharing.role_of(a_person(), own) is Role.OWNER
    assert await sharing.role_of(a_person("tom"), own) is None
    assert await sharing.role_of(a_person("ines", OTHER_TENANT), calendar) is None
    with pytest.raises(NotAllowed):
        await sharing.require(a_person("tom"), calendar, Role.OWNER)
    with pytest.raises(NotFound, match="book"):
        await sharing.require(a_person("mallory"), calendar, Role.READER)


async def test_no_book_and_no_right_look_the_same(books: Books, calendar: Book) -> None:
    for person, book_id in [
        (a_person("mallory"), calendar.id),
        (a_person(), BookId("none")),
        (a_person("ines", OTHER_TENANT), calendar.id),
    ]:
        with pytest.raises(NotFound) as caught:
            await books.get(person, book_id)
        assert caught.value.what == "book"


async def test_a_guest_finds_what_they_have_met_in_another_organisation(
    books: Books, calendar: Book, conversations: Conversations
) -> None:
    guest = an_author("otto", OTHER_TENANT)
    assert guest.person
    with pytest.raises(NotFound):
        await at_home(books, guest, a_channel_home())
    await conversations.seen(a_channel(), a_member("otto", OTHER_TENANT))
    with pytest.raises(NotFound):
        await books.get(guest.person, calendar.id)
    assert await at_home(books, guest, a_channel_home()) == calendar
    assert await books.get(guest.person, calendar.id) == calendar
    assert await books.on_shelf(guest.person, BookKind.CALENDAR) == (calendar,)
    await conversations.members_removed(calendar.tenant, a_channel().id, ["29:otto"])
    assert await books.on_shelf(guest.person, BookKind.CALENDAR) == ()
