from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.model.events import Author, Event, EventId
from services.model.identity import ConversationId
from services.model.notices import PostNotice
from services.model.posts import Days, Post
from tests._builders import an_event_content, timed
from tests.services._office import MARA_ID, Office

AUTHOR = Author(MARA_ID, "Mara")


async def posted(office: Office) -> Post:
    await office.sign_in()
    await office.work()
    office.announcer.notices.clear()
    book = await office.book()
    event = await office.events.create(AUTHOR, book.id, an_event_content())
    post = Post(
        conversation=ConversationId("19:general@thread.tacv2"),
        activity_id="1",
        book=book.id,
        item=event.id,
        posted_at=office.clock.now(),
    )
    await office.store.posts.add(post, book)
    return post


async def test_a_changed_event_is_told_with_each_of_its_posts(office: Office) -> None:
    post = await posted(office)
    await office.events.edit(
        AUTHOR, post.book, EventId(post.item), an_event_content(title="Late lunch")
    )
    await office.work(2)
    (notice,) = office.announcer.notices
    assert isinstance(notice, PostNotice)
    assert notice.post == post
    assert isinstance(notice.shows, Event)
    assert notice.shows.content.title == "Late lunch"


async def test_a_deleted_event_is_told_as_such(office: Office) -> None:
    post = await posted(office)
    await office.events.delete(AUTHOR, post.book, EventId(post.item))
    await office.work(2)
    (notice,) = office.announcer.notices
    assert isinstance(notice, PostNotice)
    assert isinstance(notice.shows, Event)
    assert notice.shows.deleted_at is not None


async def test_a_post_that_could_not_be_reached_is_tried_again(office: Office) -> None:
    post = await posted(office)
    office.announcer.failures = 1
    await office.events.delete(AUTHOR, post.book, EventId(post.item))
    await office.work(2)
    assert office.announcer.notices == []
    await office.work(5)
    assert len(office.announcer.notices) == 1


async def test_a_post_of_days_is_told_with_what_is_on_then(office: Office) -> None:
    post = await posted(office)
    book = await office.book()
    week = replace(post, item="", days=Days(date(2026, 11, 20), 7))
    await office.store.posts.add(week, book)
    later = an_event_content(when=timed("2026-11-28T09:00"))
    await office.events.create(AUTHOR, book.id, later)
    await office.work(2)
    (notice,) = office.announcer.notices
    assert isinstance(notice, PostNotice)
    assert isinstance(notice.shows, tuple)
    assert [one.content.title for one in notice.shows] == [an_event_content().title]


async def test_what_was_written_for_a_book_that_is_gone_is_nothing(office: Office) -> None:
    post = await posted(office)
    book = await office.book()
    await office.events.delete(AUTHOR, post.book, EventId(post.item))
    await office.store.books.erase(book)
    await office.work(2)
    assert office.announcer.notices == []
