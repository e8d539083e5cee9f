"""Subscriptions by themselves: how often, how much, and what becomes of a calendar that is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.books.sharing import Sharing
from services.files.fetching import Fetched, Fetcher
from services.files.subscriptions import MOST_SUBSCRIPTIONS, Subscriptions
from services.model.books import Book
from services.model.errors import InvalidInput, Stale
from services.model.feeds import FeedState, Subscription
from services.model.tasks import TaskKind
from services.model.web_links import NotFetched
from services.storage.store import Store
from tests._builders import a_person, an_author
from tests._fakes import FrozenClock

URL = "https://club.example/x.ics"
EVENT = "BEGIN:VEVENT\nUID:{n}\nDTSTART:{day}\nSUMMARY:{title}\nEND:VEVENT\n"


class Web(Fetcher):
    """A web with a few calendars in it, that counts who asks."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, bytes] = {}
        self.asked: list[Mapping[str, str]] = []

    async def get(self, url: str, **given: Any) -> Fetched:
        self.asked.append({"url": url, **{k: str(v) for k, v in given.items()}})
        if url not in self.pages:
            raise NotFetched
        tag = str(hash(self.pages[url]))
        if given["etag"] == tag:
            return Fetched(b"", is_unchanged=True)
        return Fetched(self.pages[url], etag=tag)


def a_calendar(*events: tuple[str, str], name: str = "Club") -> bytes:
    body = "".join(EVENT.format(n=t, day=day, title=t) for t, day in events)
    return f"BEGIN:VCALENDAR\nX-WR-CALNAME:{name}\n{body}END:VCALENDAR\n".encode()


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def followed(store: Store, sharing: Sharing, web: Web, clock: FrozenClock) -> Subscriptions:
    return Subscriptions(store, sharing, web, clock)


async def titles(store: Store, book: Book) -> list[str]:
    found, _ = await store.events.changes(book, 0)
    return sorted(e.content.title for e in found if e.deleted_at is None)


async def test_what_was_over_long_ago_and_what_is_too_much_is_left_out(
    store: Store, followed: Subscriptions, web: Web, calendar: Book
) -> None:
    web.pages[URL] = a_calendar(("old", "20200101"), ("new", "20261120"))
    made = await followed.add(an_author(), calendar.id, URL)
    assert (made.events, made.left_out, made.name) == (1, 1, "Club")
    assert await titles(store, calendar) == ["new"]


async def test_an_address_that_is_there_already_is_read_again_not_doubled(
    store: Store, followed: Subscriptions, web: Web, calendar: Book
) -> None:
    web.pages[URL] = a_calendar(("a", "20261120"))
    first = await followed.add(an_author(), calendar.id, URL)
    web.pages[URL] = a_calendar(("b", "20261120"))
    again = await followed.add(an_author(), calendar.id, URL)
    assert first.id == again.id
    assert await titles(store, calendar) == ["b"]
    assert len(await followed.of(a_person(), calendar.id)) == 1


async def test_an_address_that_is_asked_for_twice_at_once_is_shown_once(
    store: Store, followed: Subscriptions, web: Web, calendar: Book
) -> None:
    web.pages[URL] = a_calendar(("a", "20261120"), ("b", "20261121"))
    asked = (followed.add(an_author(), calendar.id, URL) for _ in range(2))
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert {type(each) for each in answers} <= {Subscription, Stale}
    assert await titles(store, calendar) == ["a", "b"]
    assert len(await followed.of(a_person(), calendar.id)) == 1


async def test_what_has_ended_can_be_subscribed_to_again(
    store: Store, followed: Subscriptions, web: Web, calendar: Book
) -> None:
    web.pages[URL] = a_calendar(("a", "20261120"))
    first = await followed.add(an_author(), calendar.id, URL)
    await followed.end(an_author(), calendar.id, first.id)
    assert await titles(store, calendar) == []
    await followed.add(an_author(), calendar.id, URL)
    assert await titles(store, calendar) == ["a"]


async def test_two_calendars_with_the_same_uids_do_not_meet(
    store: Store, followed: Subscriptions, web: Web, calendar: Book
) -> None:
    for url in (URL, URL + "2"):
        web.pages[url] = a_calendar(("a", "20261120"))
        await followed.add(an_author(), calendar.id, url)
    assert await titles(store, calendar) == ["a", "a"]
    [one, _] = await followed.of(a_person(), calendar.id)
    await followed.end(an_author(), calendar.id, one.id)
    assert await titles(store, calendar) == ["a"]


async def test_there_are_only_so_many(followed: Subscriptions, web: Web, calendar: Book) -> None:
    for number in range(MOST_SUBSCRIPTIONS):
        web.pages[f"{URL}{number}"] = a_calendar()
        await followed.add(an_author(), calendar.id, f"{URL}{number}")
    with pytest.raises(InvalidInput):
        await followed.add(an_author(), calendar.id, URL)


async def test_it_is_asked_for_more_and_more_seldom_while_it_fails(
    store: Store, followed: Subscriptions, web: Web, calendar: Book, clock: FrozenClock
) -> None:
    web.pages[URL] = a_calendar(("a", "20261120"))
    made = await followed.add(an_author(), calendar.id, URL)
    del web.pages[URL]
    waits = []
    for _ in range(8):
        await followed.refresh(calendar.tenant, calendar.id, made.id)
        [task] = await _due(store, clock)
        waits.append(round((task.due_at - clock.now()) / timedelta(hours=1)))
        await store.tasks.done(task)
    assert waits == sorted(waits) and waits[0] <= 2 and waits[-1] == 24
    [failed] = await followed.of(a_person(), calendar.id)
    assert failed.state is FeedState.UNREACHABLE and failed.failures == 8
    assert await titles(store, calendar) == ["a"]


async def test_what_has_not_changed_is_neither_sent_nor_read(
    store: Store, followed: Subscriptions, web: Web, calendar: Book
) -> None:
    web.pages[URL] = a_calendar(("a", "20261120"))
    made = await followed.add(an_author(), calendar.id, URL)
    before = await store.events.revision(calendar)
    await followed.refresh(calendar.tenant, calendar.id, made.id)
    assert web.asked[-1]["etag"] == made.tag
    assert await store.events.revision(calendar) == before


async def test_an_address_that_no_longer_holds_a_calendar_changes_nothing(
    store: Store, followed: Subscriptions, web: Web, calendar: Book
) -> None:
    web.pages[URL] = a_calendar(("a", "20261120"))
    made = await followed.add(an_author(), calendar.id, URL)
    web.pages[URL] = b"<html>Sign in</html>"
    again = await followed.look_again(a_person(), calendar.id, made.id)
    assert again.state is FeedState.UNREADABLE
    assert await titles(store, calendar) == ["a"]


async def test_a_calendar_in_the_recycle_bin_rests_and_one_that_is_gone_is_forgotten(
    store: Store, followed: Subscriptions, web: Web, calendar: Book, clock: FrozenClock
) -> None:
    web.pages[URL] = a_calendar(("a", "20261120"))
    made = await followed.add(an_author(), calendar.id, URL)
    asked = len(web.asked)
    book = await store.books.save(replace(calendar, deleted_at=clock.now()))
    await followed.refresh(calendar.tenant, calendar.id, made.id)
    assert len(web.asked) == asked
    await store.books.erase(book)
    await followed.refresh(calendar.tenant, calendar.id, made.id)
    assert len(web.asked) == asked
    assert await store.subscribed.of_book(calendar) == []


async def _due(store: Store, clock: FrozenClock) -> list[Any]:
    """Claim what comes next, whenever that is; time goes back afterwards."""
    now = clock.now()
    clock.advance(48 * 3600)
    claimed = await store.tasks.claim("test", 10, 60)
    clock.advance((now - clock.now()).total_seconds())
    return [task for task in claimed if task.kind is TaskKind.REFRESH_FEED]
