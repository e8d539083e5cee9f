"""The bot with a handful of handlers of its own, wired as the program wires it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from aiohttp.test_utils import TestServer

from bot.activity_bot import ActivityBot
from bot.adapter import AlmanacAdapter
from bot.connector import Connector, open_session
from bot.open_forms import OpenForms
from bot.replies import (
    Dialog,
    Done,
    Edit,
    Found,
    Insert,
    PostAbout,
    Replace,
    Replies,
    Results,
    Say,
    Tell,
)
from bot.router import Router
from bot.trust.clouds import PUBLIC, ServiceUrls
from bot.trust.gate import Gate, OpenGate, TokenGate
from bot.trust.signing_keys import SigningKeys
from bot.turn import Change, Composing, Happening, Query, Turn
from bot.web.auth_pages import AuthPages
from bot.web.feed_pages import FeedPages
from bot.web.fetch_pages import FILES, OWN_DATA, FetchPages, zipped
from bot.web.notifications import NotificationsDoor, Watch
from bot.web.photo_pages import PhotoPages
from bot.web.public_pages import PublicPages
from bot.web.routes import build
from services.files.exports import FileToFetch
from services.files.feeds import Fed
from services.graph.notifications import Notification
from services.model.books import Book
from services.model.errors import NotFound, StoreBusy, Unreachable
from services.model.events import EventId
from services.model.posts import Post
from services.model.tasks import Task
from tests._builders import a_book
from tests._fakes import FrozenClock
from tests._teams import FakeTeams

APP_ID = "33333333-3333-4333-8333-333333333333"


class FakeCredentials:
    def __init__(self, token: str) -> None:
        self._token = token
        self.forgotten: list[str] = []

    async def token(self) -> str:
        return self._token

    def forget(self, token: str) -> None:
        self.forgotten.append(token)


class Sleeps:
    """A sleep that takes no time and is remembered."""

    def __init__(self) -> None:
        self.all: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.all.append(seconds)


@dataclass(frozen=True)
class Words:
    text: str


@dataclass(frozen=True)
class Save:
    verb: ClassVar[str] = "thing.save"
    id: str

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(str(data["id"]))


@dataclass(frozen=True)
class Break:
    verb: ClassVar[str] = "thing.break"

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls()


def a_card(text: str, *actions: dict[str, Any]) -> dict[str, Any]:
    body = [{"type": "TextBlock", "text": text}]
    card: dict[str, Any] = {"type": "AdaptiveCard", "version": "1.5", "fallbackText": text}
    return card | {"body": body, "actions": list(actions)}


def save_button() -> dict[str, Any]:
    data = {"verb": Save.verb, "id": "7"}
    return {"type": "Action.Execute", "title": "Save", "verb": Save.verb, "data": data}


def window_button() -> dict[str, Any]:
    data = {"verb": Save.verb, "id": "7", "msteams": {"type": "task/fetch"}}
    return {"type": "Action.Submit", "title": "Open", "data": data}


def old_button() -> dict[str, Any]:
    data = {"verb": Save.verb, "id": "7"}
    return {"type": "Action.Submit", "title": "Save the old way", "data": data}


def a_found(title: str) -> Found:
    preview = {
        "contentType": "application/vnd.microsoft.card.thumbnail",
        "content": {"title": title},
    }
    return Found(card=a_card(title), preview=preview)


@dataclass
class Handlers:
    """What the bot of these tests can do, and what it was asked."""

    turns: list[Turn] = field(default_factory=list)
    asked: list[object] = field(default_factory=list)
    happened: list[Happening] = field(default_factory=list)
    saves: int = 0

    def router(self) -> Router:
        router = Router(lambda turn: Words(turn.text))
        router.command(Words, self.words)
        router.verb(Save, self.save)
        router.verb(Break, self.fail)
        router.dialog(Save, self.open)
        router.submit(Save, self.end)
        router.query("searchThings", self.search)
        router.action("newThing", open=self.compose, submit=self.composed)
        router.link(self.unfurl)
        for change in Change:
            router.happening(change, self.note)
        return router

    async def words(self, turn: Turn, words: Words) -> Replies:
        self.turns.append(turn)
        match words.text:
            case "card":
                card = a_card("A card", save_button(), window_button(), old_button())
                return Say(card=card, about=PostAbout(a_book(), EventId("event-1")))
            case "silence":
                return None
            case "gone":
                raise NotFound("event")
            case "bug":
                raise RuntimeError("a secret of Ines")
            case "dialog":
                return Dialog(title="x", card=a_card("x"))
        return Tell(f"You said: {words.text}")

    async def save(self, turn: Turn, action: Save) -> Replies:
        self.turns.append(turn)
        self.saves += 1
        card = a_card(f"Saved {action.id} {self.saves}")
        return Replace(card, PostAbout(a_book(), EventId("event-2"))), Say(text="By the way")

    async def fail(self, turn: Turn, action: Break) -> Replies:
        match turn.value.get("how"):
            case "gone":
                raise NotFound("event")
            case "bug":
                raise RuntimeError("a secret of Ines")
            case "unsuitable":
                return Results(())
            case "edit":
                return Edit(card=a_card("Edited"))
            case "both":
                return Edit(card=a_card("For all")), Replace(a_card("For you"))
        raise Unreachable("no")

    async def open(self, turn: Turn, action: Save) -> Replies:
        button = old_button() | {"title": "End"}
        return Dialog(title="A dialog", card=a_card("Inside", button))

    async def end(self, turn: Turn, action: Save) -> Replies:
        self.saves += 1
        return Done("Ended")

    async def search(self, turn: Turn, query: Query) -> Replies:
        self.asked.append(query)
        if query.text == "nothing":
            return Tell("Nothing found")
        return Results([a_found("One"), a_found("Two")])

    async def compose(self, turn: Turn, composing: Composing) -> Replies:
        self.asked.append(composing)
        button = {"type": "Action.Submit", "title": "Insert", "data": {}}
        return Dialog(title="New", card=a_card("Form", button))

    async def composed(self, turn: Turn, composing: Composing) -> Replies:
        self.saves += 1
        return Insert(a_found("Inserted"))

    async def unfurl(self, turn: Turn, url: str) -> Replies:
        return Results([a_found(url)])

    async def note(self, happening: Happening) -> Replies:
        self.happened.append(happening)
        return Say(text="Welcome") if happening.change is Change.INSTALLED else None


@dataclass
class Finished:
    problem: str = ""


class NoApprovals:
    def consent_url(self, tenant: str, state: str) -> str | None:
        return None

    async def finish(self, answer: Mapping[str, str]) -> str:
        return "expired"


@dataclass
class FakeSignIn:
    problem: str = ""
    answers: list[dict[str, str]] = field(default_factory=list)

    async def begin(self, state: str) -> str:
        if state == "down":
            raise Unreachable("no")
        if state != "good":
            raise NotFound("sign-in")
        return "https://login.example/authorize"

    async def finish(self, answer: Mapping[str, str]) -> Finished:
        self.answers.append(dict(answer))
        return Finished(self.problem)


@dataclass
class Wired:
    teams: FakeTeams
    clock: FrozenClock
    handlers: Handlers
    url: str
    posts: list[tuple[Post, Book]]
    sleeps: Sleeps
    sign_in: FakeSignIn
    watches: dict[str, Watch]
    tasks: list[Task]
    keys: SigningKeys
    problems: list[Exception] = field(default_factory=list)
    """Not empty: the store fails with the first."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What can be fetched, by token."""
    hindrances: list[Callable[[], Awaitable[object]]] = field(default_factory=list)
    """What happens first when a task is put."""
    surprises: list[str] = field(default_factory=list)
    """Not empty: no subscription is being asked for."""
    looked_up: list[str] = field(default_factory=list)
    """The subscriptions that notices named."""


@asynccontextmanager
async def wired(*, open_gate: bool = False) -> AsyncIterator[Wired]:
    clock = FrozenClock()
    handlers, sign_in, sleeps = Handlers(), FakeSignIn(), Sleeps()
    posts: list[tuple[Post, Book]] = []
    watches: dict[str, Watch] = {}
    tasks: list[Task] = []
    problems: list[Exception] = []
    files: dict[str, bytes] = {}
    hindrances: list[Callable[[], Awaitable[object]]] = []
    surprises: list[str] = []
    looked_up: list[str] = []

    async def remember(post: Post, book: Book) -> None:
        if problems:
            raise problems[0]
        posts.append((post, book))

    async def find(notice: Notification) -> Watch | None:
        looked_up.append(notice.subscription_id)
        return watches.get(notice.subscription_id)

    async def put(task: Task) -> None:
        if hindrances:
            await hindrances[0]()
        tasks.append(task)

    async def expects() -> bool:
        return not surprises

    async def is_there(token: str) -> bool:
        if problems:
            raise problems[0]
        return token in files

    async def fetch(token: str) -> bytes | None:
        return files.pop(token, None)

    async def fetch_feed(secret: str, known: str) -> Fed | None:
        if secret == "lost":
            raise NotFound("book")
        if secret == "busy":
            raise StoreBusy(3)
        if secret != "good":
            return None
        return Fed("a", None if known == "a" else b"BEGIN:VCALENDAR")

    async def fetch_file(token: str) -> FileToFetch | None:
        data = files.get(token)
        return FileToFetch("Übersicht.csv", "text/csv", data) if data else None

    async def fetch_photo(address: str) -> bytes | None:
        if problems:
            raise problems[0]
        return b"png" if address == "known" else None

    async def ready() -> None:
        if problems:
            raise problems[0]

    async with FakeTeams(APP_ID, clock.now) as teams, open_session() as session:
        trusted = ServiceUrls(PUBLIC.hosts, frozenset({teams.origin}))
        keys = SigningKeys(session, teams.metadata_url, clock)
        gate: Gate = OpenGate(trusted)
        if not open_gate:
            gate = TokenGate(
                app_id=APP_ID, issuer=PUBLIC.issuer, keys=keys, service_urls=trusted, clock=clock
            )
        credentials = FakeCredentials(teams.bot_token)
        connector = Connector(session, credentials, trusted, clock, sleep=sleeps)
        app = build(
            adapter=AlmanacAdapter(gate, connector, APP_ID),
            bot=ActivityBot(handlers.router(), connector, remember, OpenForms(clock), clock),
            notifications=NotificationsDoor(find, put, expects),
            auth=AuthPages(sign_in, NoApprovals()),
            public=PublicPages(APP_ID),
            exports=FetchPages(OWN_DATA, is_there, zipped(fetch)),
            files=FetchPages(FILES, is_there, fetch_file),
            feeds=FeedPages(fetch_feed),
            photos=PhotoPages(fetch_photo),
            ready=ready,
        )
        server = TestServer(app)
        await server.start_server()
        url = f"http://127.0.0.1:{server.port}"
        teams.bot_url = url
        try:
            yield Wired(
                teams,
                clock,
                handlers,
                url,
                posts,
                sleeps,
                sign_in,
                watches,
                tasks,
                keys,
                problems,
                files,
                hindrances,
                surprises,
                looked_up,
            )
        finally:
            await keys.close()
            await server.close()
