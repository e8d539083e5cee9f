"""Posts, sign-in states and the index of subscriptions."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from services.model.accounts import LinkId
from services.model.events import EventId
from services.model.posts import Days, Post
from services.storage.store import Store
from tests._builders import a_book, a_channel_home, a_person
from tests._fakes import NOON, FrozenClock

BOOK = a_book()
LUNCH = EventId("lunch")


def a_post(number: int = 1, item: str = LUNCH, days: Days | None = None) -> Post:
    return Post(
        conversation=a_channel_home().conversation,
        activity_id=f"activity-{number}",
        book=BOOK.id,
        item=item,
        days=days,
        posted_at=NOON + timedelta(minutes=number),
    )


async def test_the_newest_five_posts_of_an_item_are_kept(store: Store) -> None:
    for number in (3, 1, 2, 7, 5, 4, 6):
        await store.posts.add(a_post(number), BOOK)
    await store.posts.add(a_post(9, EventId("other")), BOOK)
    kept = await store.posts.of_item(BOOK, LUNCH)
    assert [post.activity_id for post in kept] == [f"activity-{n}" for n in (7, 6, 5, 4, 3)]
    assert await store.posts.of_item(BOOK, EventId("other")) == (a_post(9, EventId("other")),)


async def test_the_newest_three_posts_of_days_are_kept_beside_them(store: Store) -> None:
    week = Days(NOON.date(), 7)
    for number in (4, 1, 2, 3):
        await store.posts.add(a_post(number, item="", days=week), BOOK)
    await store.posts.add(a_post(9), BOOK)
    kept = await store.posts.of_days(BOOK)
    assert [post.activity_id for post in kept] == [f"activity-{n}" for n in (4, 3, 2)]
    assert kept[0].days == week and week.last == NOON.date() + timedelta(days=6)
    assert await store.posts.touched_by(BOOK, LUNCH) == (a_post(9), *kept)
    assert await store.posts.touched_by(BOOK, "other") == kept


async def test_a_message_shows_what_it_was_put_down_for_last(store: Store) -> None:
    await store.posts.add(a_post(item="", days=Days(NOON.date(), 7)), BOOK)
    await store.posts.add(a_post(), BOOK)
    assert await store.posts.of_days(BOOK) == ()
    assert await store.posts.of_item(BOOK, LUNCH) == (a_post(),)


async def test_a_post_that_is_added_twice_is_one(store: Store) -> None:
    await store.posts.add(a_post(), BOOK)
    await store.posts.add(a_post(), BOOK)
    assert await store.posts.of_item(BOOK, LUNCH) == (a_post(),)


async def test_a_post_goes_when_removed_or_after_30_days(store: Store, clock: FrozenClock) -> None:
    await store.posts.add(a_post(1), BOOK)
    await store.posts.add(a_post(2), BOOK)
    await store.posts.remove(a_post(1), BOOK)
    assert await store.posts.of_item(BOOK, LUNCH) == (a_post(2),)
    clock.advance(timedelta(days=30, minutes=2))
    assert await store.posts.of_item(BOOK, LUNCH) == ()


async def test_posts_do_not_move_the_ledgers_revision(store: Store) -> None:
    await store.posts.add(a_post(), BOOK)
    assert await store.events.revision(BOOK) == 0


async def test_a_sign_in_is_taken_once(store: Store, clock: FrozenClock) -> None:
    await store.sign_ins.put("state", b"flow", clock.now() + timedelta(minutes=10))
    takes = await asyncio.gather(*(store.sign_ins.take("state") for _ in range(5)))
    assert sorted(takes, key=str) == sorted([b"flow", None, None, None, None], key=str)
    assert await store.sign_ins.take("state") is None
    assert await store.sign_ins.take("unknown") is None


async def test_a_sign_in_expires(store: Store, clock: FrozenClock) -> None:
    await store.sign_ins.put("state", b"flow", clock.now() + timedelta(minutes=10))
    clock.advance(600)
    assert await store.sign_ins.take("state") is None


async def test_a_subscription_leads_to_its_link(store: Store) -> None:
    await store.subscriptions.put("sub", a_person(), LinkId("link-1"))
    assert await store.subscriptions.find("sub") == (a_person(), "link-1")
    assert await store.subscriptions.find("other") is None
    await store.subscriptions.remove("sub")
    await store.subscriptions.remove("sub")
    assert await store.subscriptions.find("sub") is None
