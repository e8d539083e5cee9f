from __future__ import annotations

from services.model.conversations import Post
from services.model.events import Author
from services.model.identity import ConversationId
from services.model.notices import PostNotice
from tests._builders import an_event_content
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
        event=event.id,
        posted_at=office.clock.now(),
    )
    await office.store.posts.add(post, book)
    return post


async def test_a_changed_event_is_told_with_each_of_its_posts(office: Office) -> None:
    post = await posted(office)
    await office.events.edit(AUTHOR, post.book, post.event, an_event_content(title="Late lunch"))
    await office.work()
    (notice,) = office.announcer.notices
    assert isinstance(notice, PostNotice)
    assert notice.post == post
    assert notice.event.content.title == "Late lunch"


async def test_a_deleted_event_is_told_as_such(office: Office) -> None:
    post = await posted(office)
    await office.events.delete(AUTHOR, post.book, post.event)
    await office.work()
    (notice,) = office.announcer.notices
    assert isinstance(notice, PostNotice)
    assert notice.event.deleted_at is not None


async def test_a_post_that_could_not_be_reached_is_tried_again(office: Office) -> None:
    post = await posted(office)
    office.announcer.failures = 1
    await office.events.delete(AUTHOR, post.book, post.event)
    await office.work()
    assert office.announcer.notices == []
    await office.work(5)
    assert len(office.announcer.notices) == 1
