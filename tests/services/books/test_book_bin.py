"""Whole calendars and contact lists in the recycle bin."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from services.books.audit import Audit
from services.books.book_bin import GONE_AFTER, BookBin
from services.books.books import Books
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.events.agenda import Agenda
from services.events.events import Events
from services.jobs.erase_book import EraseBook
from services.model.books import Book, BookKind, Role
from services.model.deeds import Deed
from services.model.errors import NotAllowed, NotFound, ReadOnly
from services.model.events import Author
from services.model.identity import ConversationKind
from services.model.posts import Post
from services.model.tasks import Task, TaskKind
from services.people.conversations import Conversations
from services.search import Search
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    TENANT,
    a_channel,
    a_channel_home,
    a_contact_content,
    a_link,
    a_member,
    a_person,
    a_person_home,
    an_account,
    an_author,
    an_event,
    an_event_content,
)
from tests._fakes import FrozenClock

INES, TOM = an_author("ines"), an_author("tom")
DAY = timedelta(days=1)


@pytest.fixture
def bin(store: Store, sharing: Sharing, clock: FrozenClock) -> BookBin:
    return BookBin(store, sharing, clock)


@pytest.fixture
async def chat(books: Books, calendar: Book, conversations: Conversations, store: Store) -> Book:
    """The calendar of the channel, which Ines owns, and Tom may edit."""
    ines, tom = await store.conversations.roster(TENANT, a_channel().id)
    await conversations.roster_read(TENANT, a_channel().id, [replace(ines, owns=True), tom])
    return calendar


async def at_home(books: Books, kind: BookKind = BookKind.CALENDAR) -> Book:
    return await books.at_home(INES, a_channel_home(), kind, zone=BERLIN, language="en")


async def due(store: Store) -> list[Task]:
    return [task for task in await store.tasks.claim("w", 50, 60)]


async def test_a_deleted_book_is_nowhere(
    bin: BookBin,
    books: Books,
    events: Events,
    agenda: Agenda,
    store: Store,
    chat: Book,
    clock: FrozenClock,
) -> None:
    event = await events.create(INES, chat.id, an_event_content(title="Lunch"))
    search, today = Search(store, books), clock.now().date()
    assert len((await search.events(a_person(), "lunch")).records) == 1
    await bin.delete(INES, chat.id)
    assert (await search.events(a_person(), "lunch")).records == ()
    assert chat.id not in {book.id for book in await books.on_shelf(a_person(), chat.kind)}
    for call in (
        books.get(a_person(), chat.id),
        events.get(a_person(), chat.id, event.id),
        events.create(INES, chat.id, an_event_content()),
        agenda.between(a_person(), chat.id, today, today, BERLIN),
        agenda.revision(a_person(), chat.id),
        store.books.get(TENANT, chat.id),
    ):
        with pytest.raises(NotFound) as caught:
            await call
        assert caught.value.what == "book"
    await search.close()


async def test_what_would_go_is_counted(
    bin: BookBin, events: Events, contacts: Contacts, store: Store, chat: Book, contact_list: Book
) -> None:
    gone = await events.create(INES, chat.id, an_event_content())
    await events.create(INES, chat.id, an_event_content())
    await events.delete(INES, chat.id, gone.id)
    await contacts.create(INES, contact_list.id, a_contact_content())
    await store.links.add(a_link(book=chat.id))
    stocks = [await bin.look(a_person(), book.id) for book in (chat, contact_list)]
    assert [(stock.book, stock.things, stock.links) for stock in stocks] == [
        (chat, 1, 1),
        (contact_list, 1, 0),
    ]


async def test_a_book_comes_back_just_as_it_was(
    bin: BookBin, events: Events, store: Store, chat: Book, clock: FrozenClock
) -> None:
    first = await events.create(INES, chat.id, an_event_content(title="Lunch"))
    await events.edit(TOM, chat.id, first.id, an_event_content(title="Dinner"))
    gone = await events.create(INES, chat.id, an_event_content(title="Past"))
    await events.delete(INES, chat.id, gone.id)
    post = Post(
        conversation=a_channel().id,
        activity_id="1",
        book=chat.id,
        item=first.id,
        posted_at=clock.now(),
    )
    await store.posts.add(post, chat)
    link = await store.links.add(a_link(book=chat.id))

    async def state() -> list[object]:
        return [
            (await store.events.changes(chat, 0))[0],
            await store.events.history(chat, first.id),
            await store.events.deleted(chat, 9),
            await store.posts.of_item(chat, first.id),
            await store.links.get(link.person, link.id),
            await store.links.of_book(TENANT, chat.id),
        ]

    before = await state()
    await bin.delete(INES, chat.id)
    clock.advance(29 * DAY)
    back = await bin.restore(TOM, chat.id)
    assert await state() == before
    assert (back.id, replace(back, etag="")) == (chat.id, replace(chat, etag=""))
    assert await events.get(a_person(), chat.id, first.id)
    synced = [task for task in await due(store) if task.kind is TaskKind.SYNC_LINK]
    assert [task.key for task in synced] == [link.id]


async def test_the_bin_says_what_lies_there_and_who_put_it_there(
    bin: BookBin, events: Events, chat: Book, contact_list: Book, clock: FrozenClock
) -> None:
    await events.create(TOM, chat.id, an_event_content())
    await bin.delete(INES, contact_list.id)
    clock.advance(DAY)
    await bin.delete(INES, chat.id)
    there = await bin.contents(a_person("tom"), a_channel_home())
    assert [(each.book.id, each.by, each.things) for each in there] == [
        (chat.id, INES, 1),
        (contact_list.id, INES, 0),
    ]
    clock.advance(29 * DAY)
    assert [each.book.id for each in await bin.contents(a_person(), a_channel_home())] == [chat.id]


@pytest.mark.parametrize("who", ["tom", "mallory"])
async def test_only_an_owner_deletes(bin: BookBin, chat: Book, who: str) -> None:
    expected = NotAllowed if who == "tom" else NotFound
    with pytest.raises(expected):
        await bin.look(a_person(who), chat.id)
    with pytest.raises(expected):
        await bin.delete(an_author(who), chat.id)
    with pytest.raises(NotFound):
        await bin.delete(Author(None, "Outlook"), chat.id)


async def test_every_editor_has_it_back_and_nobody_else(bin: BookBin, chat: Book) -> None:
    await bin.delete(INES, chat.id)
    with pytest.raises(NotFound):
        await bin.restore(an_author("mallory"), chat.id)
    with pytest.raises(NotFound):
        await bin.contents(a_person("mallory"), a_channel_home())
    assert (await bin.restore(TOM, chat.id)).deleted_at is None


async def test_in_a_group_chat_everybody_deletes(
    bin: BookBin, books: Books, conversations: Conversations
) -> None:
    place = a_channel("chat", kind=ConversationKind.GROUP, team_id="", team_name="")
    await conversations.seen(place, a_member("tom"))
    home = a_channel_home("chat")
    book = await books.at_home(TOM, home, BookKind.CALENDAR, zone=BERLIN, language="en")
    assert (await bin.delete(TOM, book.id)).deleted_at is not None


async def test_doing_it_twice_does_it_once(
    bin: BookBin, chat: Book, clock: FrozenClock, store: Store
) -> None:
    first = await bin.delete(INES, chat.id)
    clock.advance(DAY)
    assert await bin.delete(INES, chat.id) == first
    back = await bin.restore(INES, chat.id)
    assert await bin.restore(INES, chat.id) == back
    entries = await store.audit.newest(chat, 9)
    assert [(entry.kind, entry.deed) for entry in entries] == [
        ("book", Deed.RESTORED),
        ("book", Deed.DELETED),
    ]


async def test_the_log_says_that_all_of_it_was_deleted(
    bin: BookBin, store: Store, sharing: Sharing, chat: Book
) -> None:
    await bin.delete(INES, chat.id)
    await bin.restore(TOM, chat.id)
    traced = await Audit(store, sharing).newest(a_person(), chat.id)
    assert [(each.entry.deed, each.entry.by, each.title) for each in traced] == [
        (Deed.RESTORED, TOM, ""),
        (Deed.DELETED, INES, ""),
    ]


async def test_an_archived_book_is_neither_deleted_nor_restored(
    bin: BookBin, chat: Book, contact_list: Book, conversations: Conversations
) -> None:
    await bin.delete(INES, chat.id)
    await conversations.team_archived(TENANT, a_channel().team_id)
    with pytest.raises(ReadOnly):
        await bin.delete(INES, contact_list.id)
    with pytest.raises(ReadOnly):
        await bin.restore(INES, chat.id)
    await conversations.team_restored(TENANT, a_channel().team_id)
    assert not (await bin.restore(INES, chat.id)).archived


async def test_a_place_is_never_without(bin: BookBin, books: Books, chat: Book) -> None:
    seen = {chat.id}
    for _ in range(3):
        await bin.delete(INES, (await at_home(books)).id)
        made = await asyncio.gather(*(at_home(books) for _ in range(4)))
        assert len({book.id for book in made}) == 1
        assert made[0].id not in seen and made[0].deleted_at is None
        seen.add(made[0].id)


async def test_an_empty_book_makes_way_without_a_trace(
    bin: BookBin, books: Books, store: Store, chat: Book, clock: FrozenClock
) -> None:
    await bin.delete(INES, chat.id)
    fresh = await at_home(books)
    await bin.restore(TOM, chat.id)
    assert (await at_home(books)).id == chat.id
    assert await bin.contents(a_person(), a_channel_home()) == ()
    clock.advance(60)
    for task in await due(store):
        await EraseBook(store=store, clock=clock)(task)
    assert await store.books.find(TENANT, fresh.id) is None
    assert fresh.id not in await store.shelves.of_person(a_person())


async def test_what_is_written_at_the_moment_when_a_book_makes_way_keeps_it(
    bin: BookBin, books: Books, store: Store, chat: Book, clock: FrozenClock
) -> None:
    await bin.delete(INES, chat.id)
    fresh = await at_home(books)
    await bin.restore(TOM, chat.id)
    # Whoever writes here had been let in before.
    await store.events.save_together([an_event(book=fresh.id)], fresh)
    clock.advance(60)
    for task in await due(store):
        await EraseBook(store=store, clock=clock)(task)
    there = await store.books.of_home(a_channel_home(), BookKind.CALENDAR)
    assert [book.id for book in there] == [chat.id, fresh.id]
    assert await store.events.count(fresh) == 1


@pytest.mark.parametrize("has", ["an event", "a link"])
async def test_a_book_that_is_in_use_stays_beside_the_one_that_comes_back(
    bin: BookBin, books: Books, events: Events, store: Store, chat: Book, has: str
) -> None:
    await events.create(INES, chat.id, an_event_content(title="Old"))
    await bin.delete(INES, chat.id)
    fresh = await at_home(books)
    if has == "an event":
        await events.create(INES, fresh.id, an_event_content(title="New"))
    else:
        await store.links.add(a_link(book=fresh.id))
    await bin.restore(TOM, chat.id)
    assert await bin.contents(a_person(), a_channel_home()) == ()
    assert (await at_home(books)).id == chat.id
    there = await store.books.of_home(a_channel_home(), BookKind.CALENDAR)
    assert [book.id for book in there] == [chat.id, fresh.id]


async def test_after_30_days_it_is_gone_for_good(
    bin: BookBin, events: Events, store: Store, chat: Book, clock: FrozenClock
) -> None:
    await events.create(INES, chat.id, an_event_content(title="Lunch"))
    await store.accounts.save(an_account())
    await store.links.add(a_link(book=chat.id))
    await bin.delete(INES, chat.id)
    erase = EraseBook(store=store, clock=clock)
    clock.advance(30 * DAY)
    with pytest.raises(NotFound):
        await bin.restore(INES, chat.id)
    clock.advance(timedelta(hours=1))
    (task,) = [task for task in await due(store) if task.kind is TaskKind.ERASE_BOOK]
    await erase(task)
    await erase(task)  # a worker that stopped before it could say so

    assert await store.books.find(TENANT, chat.id) is None
    assert await store.links.of_person(a_person()) == ()
    for person in (a_person(), a_person("tom")):
        assert chat.id not in await store.shelves.of_person(person)
    for place in ("ledger", "posts", "book links"):
        partition = await store.vault.partition(TENANT, place, chat.id)
        page = await store.records.changes(partition.name, 0)
        assert page.records == ()


async def test_a_book_that_came_back_and_went_again_has_its_whole_time(
    bin: BookBin, store: Store, chat: Book, clock: FrozenClock
) -> None:
    await bin.delete(INES, chat.id)
    clock.advance(20 * DAY)
    await bin.restore(INES, chat.id)
    await bin.delete(INES, chat.id)
    clock.advance(20 * DAY)
    erase = EraseBook(store=store, clock=clock)
    (task,) = [task for task in await due(store) if task.kind is TaskKind.ERASE_BOOK]
    await erase(task)
    await store.tasks.done(task)
    assert (await bin.contents(a_person(), a_channel_home()))[0].book.id == chat.id
    clock.advance(GONE_AFTER - 20 * DAY)
    (task,) = [task for task in await due(store) if task.kind is TaskKind.ERASE_BOOK]
    await erase(task)
    assert await store.books.find(TENANT, chat.id) is None


async def test_a_book_that_is_in_use_is_left(
    bin: BookBin, store: Store, chat: Book, clock: FrozenClock
) -> None:
    await bin.delete(INES, chat.id)
    await bin.restore(INES, chat.id)
    clock.advance(40 * DAY)
    for task in await due(store):
        await EraseBook(store=store, clock=clock)(task)
    assert await store.books.get(TENANT, chat.id)


async def test_ones_own_book_is_ones_own_to_delete(
    bin: BookBin, own: Book, sharing: Sharing, store: Store, clock: FrozenClock
) -> None:
    assert await sharing.role_of(a_person(), own) is Role.OWNER
    await bin.delete(INES, own.id)
    with pytest.raises(NotFound):
        await bin.restore(TOM, own.id)
    clock.advance(GONE_AFTER)
    for task in await due(store):
        await EraseBook(store=store, clock=clock)(task)
    assert await store.books.find(TENANT, own.id) is None
    assert await store.shelves.of_person(a_person()) == ()


@pytest.fixture
async def own(books: Books) -> Book:
    return await books.at_home(INES, a_person_home(), BookKind.CALENDAR, zone=BERLIN, language="en")
