from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import pytest_asyncio

from bot.connector import Connector, open_session
from bot.open_forms import OpenForms
from bot.telling.announcer import TeamsAnnouncer
from bot.trust.clouds import ServiceUrls
from bot.turn import Turn
from services.model.accounts import LinkId
from services.model.books import Book
from services.model.conversations import Conversation
from services.model.errors import Throttled, Unreachable
from services.model.events import Event
from services.model.identity import ConversationId, Person, TenantId
from services.model.imports import Imported
from services.model.notices import (
    AccountNotice,
    CopyNotice,
    DataNotice,
    ImportNotice,
    ImportProgress,
    OfferNotice,
    PostNotice,
    ProgressNotice,
    WatchNotice,
)
from services.model.posts import Post
from tests._builders import BERLIN, a_book, a_channel, a_person, a_personal_chat, an_event
from tests._fakes import FrozenClock
from tests._teams import Chat, FakeTeams, Posted
from tests.bot._wired import APP_ID, FakeCredentials, a_card


@dataclass
class FakePlaces:
    all: dict[str, Conversation] = field(default_factory=dict)

    async def get(self, tenant: TenantId, id: ConversationId) -> Conversation | None:
        place = self.all.get(id)
        return place if place and place.tenant == tenant else None

    async def of_person(self, person: Person) -> Conversation | None:
        return next((place for place in self.all.values() if place.person == person), None)

    async def save(self, conversation: Conversation) -> Conversation:
        self.all[conversation.id] = conversation
        return conversation


@dataclass
class Stage:
    teams: FakeTeams
    connector: Connector
    announcer: TeamsAnnouncer
    another: TeamsAnnouncer
    """Another process's, over the same store."""
    places: FakePlaces
    channel: Chat
    kept: dict[str, Post]
    forms: OpenForms
    forgotten: list[str]
    sleeps: list[float]
    now: list[float]

    async def post(self) -> PostNotice:
        """A message of the bot that shows an event, and the notice that the event has changed."""
        message = {"type": "message", "text": "old"}
        url = self.teams.service_url
        id = await self.connector.send(url, self.channel.id, message)
        event, clock = an_event(), FrozenClock()
        where = ConversationId(self.channel.id)
        post = Post(
            conversation=where,
            activity_id=id,
            book=event.book,
            item=event.id,
            posted_at=clock.now(),
        )
        return PostNotice(post, a_book(), event)

    def pressed(self, on: Posted) -> Turn:
        """Somebody presses a button of a message."""
        return Turn(
            person=a_person(),
            name="Ines",
            conversation=self.places.all[on.chat.id],
            zone=BERLIN,
            reply_to_id=on.id,
        )

    def news(self) -> AccountNotice:
        [person] = [place.person for place in self.places.all.values() if place.person]
        return AccountNotice(person, "connected")


@dataclass
class FakeCounts:
    """Remembers, as a store does, beyond the announcer that wrote it down."""

    kept: dict[LinkId, str]

    async def find(self, person: Person, link: LinkId) -> str:
        return self.kept.get(link, "")

    async def put(self, person: Person, link: LinkId, activity_id: str) -> None:
        self.kept[link] = activity_id

    async def remove(self, person: Person, link: LinkId) -> None:
        del self.kept[link]


@dataclass
class FakePosts:
    kept: dict[str, Post]
    forgotten: list[str]

    async def add(self, post: Post, book: Book) -> None:
        self.kept[post.activity_id] = post

    async def remove(self, post: Post, book: Book) -> None:
        self.forgotten.append(post.activity_id)


async def draw_post(notice: PostNotice, place: Conversation) -> dict[str, Any] | None:
    assert isinstance(notice.shows, Event)
    return a_card(notice.shows.content.title) if notice.shows.content.title else None


async def draw_news(
    notice: AccountNotice
    | CopyNotice
    | DataNotice
    | ImportNotice
    | ImportProgress
    | OfferNotice
    | ProgressNotice,
    place: Conversation,
) -> dict[str, Any]:
    if isinstance(notice, ImportNotice | ImportProgress):
        return a_card("imported" if isinstance(notice, ImportNotice) else "importing")
    assert not isinstance(notice, CopyNotice | OfferNotice)
    if isinstance(notice, ProgressNotice):
        return a_card(f"{notice.done} of {notice.total}")
    return a_card(notice.what)


async def draw_watched(notice: WatchNotice) -> dict[str, Any]:
    return a_card(notice.book.name)


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[Stage]:
    clock = FrozenClock()
    forgotten: list[str] = []
    sleeps: list[float] = []
    now = [0.0]

    kept: dict[str, Post] = {}
    counts = FakeCounts({})
    forms = OpenForms(clock)

    async def sleep(seconds: float) -> None:
        sleeps.append(seconds)
        now[0] += seconds

    async with FakeTeams(APP_ID, clock.now) as teams, open_session() as session:
        trusted = ServiceUrls(origins=frozenset({teams.origin}))
        credentials = FakeCredentials(teams.bot_token)
        connector = Connector(session, credentials, trusted, clock, sleep=sleep)
        ines = teams.person("Ines")
        channel, chat = teams.channel("General", [ines]), teams.personal_chat(ines)
        places = FakePlaces()
        await places.save(a_channel(id=ConversationId(channel.id), service_url=teams.service_url))
        await places.save(
            a_personal_chat(id=ConversationId(chat.id), service_url=teams.service_url)
        )

        def an_announcer() -> TeamsAnnouncer:
            return TeamsAnnouncer(
                connector,
                places,
                FakePosts(kept, forgotten),
                counts,
                forms,
                draw_post=draw_post,
                draw_news=draw_news,
                draw_watched=draw_watched,
                sleep=sleep,
                seconds=lambda: now[0],
            )

        yield Stage(
            teams=teams,
            connector=connector,
            announcer=an_announcer(),
            another=an_announcer(),
            places=places,
            channel=channel,
            kept=kept,
            forms=forms,
            forgotten=forgotten,
            sleeps=sleeps,
            now=now,
        )


async def test_a_post_shows_its_event_as_it_is_now(stage: Stage) -> None:
    notice = await stage.post()
    await stage.announcer.announce(notice)
    [posted] = stage.teams.connector.posts
    assert posted.edits == 1
    assert isinstance(notice.shows, Event)
    assert posted.card["fallbackText"] == notice.shows.content.title


async def test_a_post_that_looks_as_it_did_is_left_alone(stage: Stage) -> None:
    notice = await stage.post()
    await stage.announcer.announce(notice)
    again = replace(notice, post=stage.kept[notice.post.activity_id])
    await stage.announcer.announce(again)
    [posted] = stage.teams.connector.posts
    assert posted.edits == 1
    await stage.announcer.announce(replace(again, shows=titled(an_event(), "Later")))
    assert posted.edits == 2


async def test_a_post_in_which_somebody_fills_in_a_form_is_for_later(stage: Stage) -> None:
    notice = await stage.post()
    turn = stage.pressed(stage.teams.connector.posts[0])
    stage.forms.answered(turn, with_form=True)
    with pytest.raises(Throttled) as caught:
        await stage.announcer.announce(notice)
    assert caught.value.retry_after == 20
    stage.forms.answered(turn, with_form=False)
    await stage.announcer.announce(notice)
    assert stage.teams.connector.posts[0].edits == 1


async def test_a_post_of_what_nobody_may_see_any_more_is_forgotten(stage: Stage) -> None:
    notice = await stage.post()
    await stage.announcer.announce(replace(notice, shows=titled(an_event(), "")))
    assert stage.teams.connector.posts[0].edits == 0
    assert stage.forgotten == [notice.post.activity_id]


async def test_news_of_an_account_go_to_its_owner_alone(stage: Stage) -> None:
    await stage.announcer.announce(stage.news())
    [posted] = stage.teams.connector.posts
    assert posted.chat.kind == "personal"
    assert posted.card["fallbackText"] == "connected"


async def test_a_post_that_people_have_deleted_is_forgotten(stage: Stage) -> None:
    notice = await stage.post()
    stage.teams.connector.posts[0].deleted = True
    await stage.announcer.announce(notice)
    assert stage.forgotten == [notice.post.activity_id]


async def test_where_the_bot_is_blocked_it_stops_for_good(stage: Stage) -> None:
    notice = await stage.post()
    stage.teams.connector.block(stage.channel)
    await stage.announcer.announce(notice)
    assert not stage.places.all[stage.channel.id].installed
    calls = len(stage.teams.connector.calls)
    await stage.announcer.announce(notice)
    assert len(stage.teams.connector.calls) == calls


async def test_another_refusal_is_only_logged(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    notice = await stage.post()
    stage.teams.connector.fail(400, "BadSyntax")
    await stage.announcer.announce(notice)
    assert "400 BadSyntax" in caplog.text
    assert stage.forgotten == []


async def test_where_nobody_is_nothing_is_sent(stage: Stage) -> None:
    notice = await stage.post()
    lost = replace(notice.post, conversation=ConversationId("19:lost@thread.tacv2"))
    await stage.announcer.announce(replace(notice, post=lost))
    stage.places.all.clear()
    await stage.announcer.announce(notice)
    assert stage.teams.connector.posts[0].edits == 0


async def test_a_burst_is_spread_within_the_limits_of_teams(stage: Stage) -> None:
    notice = await stage.post()
    for _ in range(16):
        await stage.announcer.announce(notice)
    assert stage.teams.connector.posts[0].edits == 16
    assert stage.sleeps == [1.0, 1.0, 1.0]  # 7, then 8 in any 2 s


async def test_who_would_wait_long_comes_again(stage: Stage) -> None:
    notice = await stage.post()
    with pytest.raises(Throttled) as caught:
        for _ in range(61):
            await stage.announcer.announce(notice)
    assert 10 < caught.value.retry_after <= 30


async def test_a_service_that_is_down_is_the_callers_to_try_again(stage: Stage) -> None:
    notice = await stage.post()
    stage.teams.connector.fail(503, times=4)
    with pytest.raises(Unreachable):
        await stage.announcer.announce(notice)


async def test_one_conversation_is_told_in_order_and_others_do_not_wait(stage: Stage) -> None:
    first, event = await stage.post(), an_event()
    titles = ["one", "two", "three"]
    stage.teams.connector.hold()
    waiting = [
        asyncio.create_task(stage.announcer.announce(replace(first, shows=titled(event, title))))
        for title in titles
    ]
    news = asyncio.create_task(stage.announcer.announce(stage.news()))
    await stage.teams.connector.arrived(3)  # the post itself, one edit, the news
    stage.teams.connector.release()
    await asyncio.gather(*waiting, news)
    assert stage.teams.connector.posts[0].card["fallbackText"] == "three"
    assert stage.teams.connector.posts[0].edits == 3


def titled(event: Event, title: str) -> Event:
    return replace(event, content=replace(event.content, title=title))


def far(done: int) -> ProgressNotice:
    return ProgressNotice(a_person(), LinkId("link-1"), "Harbour", done, 300)


async def test_what_counts_up_is_one_message(stage: Stage) -> None:
    for done in (1, 120, 300):
        await stage.announcer.announce(far(done))
    (counted,) = stage.teams.connector.posts
    assert (counted.edits, counted.card) == (2, a_card("300 of 300"))
    await stage.announcer.announce(far(300))  # nothing is left to be counted
    await stage.announcer.announce(far(1))
    assert len(stage.teams.connector.posts) == 3


async def test_a_count_goes_on_in_the_message_that_another_process_has_begun(stage: Stage) -> None:
    await stage.announcer.announce(far(120))
    await stage.another.announce(far(121))
    await stage.another.announce(far(300))
    (counted,) = stage.teams.connector.posts
    assert (counted.edits, counted.card) == (2, a_card("300 of 300"))


async def test_a_count_takes_away_no_form_that_is_open_in_its_place(stage: Stage) -> None:
    await stage.announcer.announce(far(1))
    (counted,) = stage.teams.connector.posts
    turn = stage.pressed(counted)
    stage.forms.answered(turn, with_form=True)
    await stage.announcer.announce(far(120))
    assert counted.edits == 0
    stage.forms.answered(turn, with_form=False)
    await stage.announcer.announce(far(200))
    assert counted.edits == 1
    stage.forms.answered(turn, with_form=True)
    await stage.announcer.announce(far(300))
    assert counted.edits == 1
    assert stage.teams.connector.posts[-1].card == a_card("300 of 300")
    await stage.announcer.announce(far(1))
    assert counted.edits == 1, "it has come to its end"


async def test_a_count_whose_message_is_gone_begins_another(stage: Stage) -> None:
    await stage.announcer.announce(far(1))
    stage.teams.connector.posts[0].deleted = True
    await stage.announcer.announce(far(50))
    await stage.announcer.announce(far(100))
    assert stage.teams.connector.posts[-1].card == a_card("100 of 300")


async def test_a_count_whose_message_is_gone_at_its_end_ends_in_another(stage: Stage) -> None:
    await stage.announcer.announce(far(1))
    stage.teams.connector.posts[0].deleted = True
    await stage.announcer.announce(far(300))
    assert stage.teams.connector.posts[-1].card == a_card("300 of 300")
    await stage.announcer.announce(far(2))
    assert stage.teams.connector.posts[-1].card == a_card("2 of 300"), "it begins anew"


async def test_what_an_import_has_done_is_told_though_its_message_is_gone(stage: Stage) -> None:
    """Whoever deleted the message that counted is to know all the same how it ended."""
    chat = next(place for place in stage.places.all.values() if place.person)
    message = {"type": "message", "text": "counting"}
    begun = await stage.connector.send(stage.teams.service_url, chat.id, message)
    stage.teams.connector.posts[-1].deleted = True
    told = chat.tenant, chat.id, a_book()
    await stage.announcer.announce(ImportProgress(*told, begun, 1, 2))
    assert len(stage.teams.connector.posts) == 1
    await stage.announcer.announce(ImportNotice(*told, Imported(new=2), begun))
    assert stage.teams.connector.posts[-1].card == a_card("imported")
    stage.teams.connector.fail(403)
    await stage.announcer.announce(ImportNotice(*told, Imported(new=2), begun))
    assert len(stage.teams.connector.posts) == 2, "another refusal is only logged"
