"""Almanac: reads the settings, builds everything, starts it, and stops it again.

``python app.py`` is production, all from the environment. ``python app.py --demo`` is anonymous
on 127.0.0.1 with a sandbox Microsoft 365 and sample people inside; ``--playground`` adds the
Agents Playground. Nothing happens when this module is imported.

:func:`assembled` is the composition root: the one place that knows every part. What differs
between production, the demo and tests is an :class:`Outside`.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import secrets
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from aiohttp import ClientSession, web
from dotenv import dotenv_values

from bot.activity_bot import ActivityBot
from bot.adapter import AlmanacAdapter
from bot.announcer import TeamsAnnouncer
from bot.auth_pages import AuthPages
from bot.connector import Connector, open_session
from bot.handlers import UseCases, fill
from bot.handlers.open_books import OpenBooks
from bot.handlers.posts import PostDrawings, draw_news
from bot.identity import BotIdentity, anonymous, registered
from bot.notifications import NotificationsDoor
from bot.public_pages import PublicPages
from bot.roster import TeamsRoster
from bot.router import Router
from bot.routes import build
from bot.turn import Turn
from bot.watches import Watches
from sandbox.contacts import CONTACTS
from sandbox.demo import Surroundings, surroundings
from sandbox.people import PEOPLE, TENANT
from sandbox.playground.run import PlaygroundUnavailable
from services import phrases
from services.accounts import Accounts
from services.agenda import Agenda
from services.books import Books
from services.contacts import Contacts
from services.conversations import Conversations
from services.events import Events
from services.graph.auth import SignIn
from services.graph.client import GraphClient
from services.graph.mailbox import Mailbox
from services.jobs.follow_conversation import FollowConversation
from services.jobs.renew_subscription import RenewSubscription
from services.jobs.schedule import Schedule
from services.jobs.sync_link import SyncLink
from services.jobs.update_posts import UpdatePosts
from services.jobs.withdraw_copies import WithdrawCopies
from services.model.accounts import Link
from services.model.books import Book, BookKind
from services.model.errors import AlmanacError, Broken
from services.model.events import Author
from services.model.identity import ObjectId, Person, PersonHome, TenantId
from services.model.ports import Records
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.search import Search
from services.settings import Misconfigured, Settings
from services.sharing import Sharing
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from services.sync.engine import Engine
from services.sync.outlook import OutlookCalendar
from services.sync.worker import Job, Worker
from services.tokens import BorrowedTokens

log = logging.getLogger("almanac")


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What differs between production, the demo and tests: who gets in, and who is called."""

    bot: BotIdentity
    public_url: str
    sign_in: SignIn
    graph_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Almanac:
    """The program, built but not listening."""

    web: web.Application
    router: Router
    store: Store
    worker: Worker
    schedule: Schedule
    books: Books
    events: Events
    contacts: Contacts


@asynccontextmanager
async def assembled(
    outside: Outside, records: Records, ring: KeyRing, clock: Clock
) -> AsyncIterator[Almanac]:
    """Build everything over open records; on leaving, let go of what was opened here.

    Raises:
        Damaged: no key of the ring opens the records.
    """
    owner = secrets.token_hex(8)
    random = Random(secrets.randbits(64))
    async with AsyncExitStack() as stack:
        to_teams = await stack.enter_async_context(open_session())
        to_graph = await stack.enter_async_context(ClientSession())
        store = await open_store(records, ring, clock)

        sharing = Sharing(store)
        books = Books(store, sharing, clock)
        events = Events(store, sharing, clock)
        contacts = Contacts(store, sharing, clock)
        conversations = Conversations(store, clock)
        search = Search(store, books)
        stack.push_async_callback(search.close)

        connector = Connector(to_teams, outside.bot.credentials, outside.bot.service_urls, clock)
        open_books = OpenBooks(books, sharing, conversations.find)
        announcer = TeamsAnnouncer(
            connector,
            store.conversations,
            draw_post=PostDrawings(open_books).draw,
            draw_news=draw_news,
            forget=store.posts.remove,
        )
        graph = GraphClient(to_graph, outside.graph_url, clock)
        accounts = Accounts(
            store,
            books,
            outside.sign_in,
            graph,
            announcer,
            clock,
            start_url=f"{outside.public_url}/auth/start",
        )

        def mailbox_of(person: Person) -> Mailbox:
            return Mailbox(graph, accounts, person, background=True)

        def borrowed(person: Person, tokens: str) -> Mailbox:
            return Mailbox(graph, BorrowedTokens(outside.sign_in, tokens), person, background=True)

        def outlook_of(link: Link, book: Book) -> OutlookCalendar:
            mailbox = Mailbox(graph, accounts, link.person, zone=book.zone, background=True)
            return OutlookCalendar(mailbox, link.calendar)

        jobs: dict[TaskKind, Job] = {
            TaskKind.SYNC_LINK: SyncLink(
                store=store,
                engine=Engine(store, events, outlook_of, clock),
                accounts=accounts,
                announcer=announcer,
                clock=clock,
                random=random,
                owner=owner,
            ),
            TaskKind.RENEW_SUBSCRIPTION: RenewSubscription(
                store=store,
                mailbox_of=mailbox_of,
                clock=clock,
                owner=owner,
                notification_url=f"{outside.public_url}/api/notifications",
            ),
            TaskKind.UPDATE_POSTS: UpdatePosts(store=store, announcer=announcer),
            TaskKind.FOLLOW_CONVERSATION: FollowConversation(
                store=store, roster=TeamsRoster(connector)
            ),
            TaskKind.WITHDRAW_COPIES: WithdrawCopies(store=store, borrow=borrowed),
        }
        worker = Worker(store.tasks, jobs, clock, random=random, report=_report_task, owner=owner)

        def read(turn: Turn) -> phrases.Command:
            return phrases.read(turn.text, clock.now(), turn.zone, turn.language)

        router = Router(read)
        fill(
            router,
            UseCases(
                open_books=open_books,
                accounts=accounts,
                agenda=Agenda(store, sharing),
                contacts=contacts,
                conversations=conversations,
                events=events,
                search=search,
                clock=clock,
            ),
        )

        yield Almanac(
            web=build(
                adapter=AlmanacAdapter(outside.bot.gate, connector, outside.bot.app_id),
                bot=ActivityBot(router, connector, store.posts.add, clock),
                notifications=NotificationsDoor(Watches(store, clock).find, store.tasks.put),
                auth=AuthPages(accounts),
                public=PublicPages(outside.bot.app_id),
                ready=store.records.ready,
            ),
            router=router,
            store=store,
            worker=worker,
            schedule=Schedule(worker, store.tasks, _report_tick),
            books=books,
            events=events,
            contacts=contacts,
        )


@asynccontextmanager
async def serving(almanac: Almanac, host: str, port: int) -> AsyncIterator[None]:
    """Listen and work while the block runs; then take nothing new and finish what was begun."""
    runner = web.AppRunner(almanac.web, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        almanac.schedule.start()
        try:
            yield
        finally:
            await almanac.schedule.stop()
    finally:
        await runner.cleanup()


def production(settings: Settings, session: ClientSession, clock: Clock) -> Outside:
    """Return the real world: the Bot Framework's tokens, Entra and Graph."""
    if settings.bot is None or settings.graph is None:
        raise Broken("the demo's settings are not for production")
    return Outside(
        bot=registered(settings.bot, session, clock),
        public_url=settings.public_url,
        sign_in=SignIn(
            settings.graph.client_id,
            settings.graph.client_secret,
            settings.graph.authority,
            f"{settings.public_url}/auth/callback",
        ),
        graph_url=settings.graph.base_url,
    )


def imitation(settings: Settings, around: Surroundings) -> Outside:
    """Return the demo's world: everybody on this machine gets in, and nothing leaves it."""
    ports = {settings.playground_port, urlsplit(around.playground_url).port}
    return Outside(
        bot=anonymous(port for port in ports if port),
        public_url=settings.public_url,
        sign_in=SignIn(
            around.client_id,
            around.client_secret,
            around.sandbox.authority,
            f"{settings.public_url}/auth/callback",
            ca_bundle=around.sandbox.ca_file,
            instance_discovery=False,
        ),
        graph_url=around.sandbox.graph_url,
    )


async def run_production(settings: Settings) -> None:
    """Serve until somebody ends the process."""
    clock = SystemClock()
    if settings.cosmos is not None:
        raise Broken("ALMANAC_STORE=cosmos is not available in this version; use sqlite")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    records = await SqliteRecords.open(settings.data_dir / "almanac.db", clock)
    try:
        async with open_session() as session:
            outside = production(settings, session, clock)
            ring = KeyRing.parse(settings.keys)
            async with (
                assembled(outside, records, ring, clock) as almanac,
                serving(almanac, settings.host, settings.port),
            ):
                log.info("listening on %s:%s", settings.host, settings.port)
                await _ended()
    finally:
        await records.close()


async def run_demo(settings: Settings, *, with_playground: bool) -> None:
    """Serve the demo until Ctrl-C; what it stored is thrown away at the next start."""
    clock = SystemClock()
    folder = settings.data_dir / "demo"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    _say("Starting the sandbox Microsoft 365" + (" and the Playground" * with_playground) + " ...")
    async with surroundings(
        clock,
        bot_url=settings.public_url,
        sandbox_port=settings.sandbox_port,
        playground_port=settings.playground_port if with_playground else None,
        work_dir=folder / "playground",
    ) as around:
        records = await SqliteRecords.open(folder / "almanac.db", clock)
        try:
            ring = KeyRing.generate("demo")
            async with assembled(imitation(settings, around), records, ring, clock) as almanac:
                await _seed_contacts(almanac)
                async with serving(almanac, settings.host, settings.port):
                    _say_where(settings, around)
                    await _ended()
                    _say("Stopping ...")
        finally:
            await records.close()


async def _seed_contacts(almanac: Almanac) -> None:
    """Give the person at the keyboard somebody to look for."""
    you = PEOPLE[0]
    person = Person(TenantId(TENANT.id), ObjectId(you.object_id))
    author = Author(person, you.display_name)
    book = await almanac.books.at_home(
        author, PersonHome(person), BookKind.CONTACTS, zone=ZoneInfo("UTC"), language="en"
    )
    for content in CONTACTS:
        await almanac.contacts.create(author, book.id, content, key=content.name)


def _say_where(settings: Settings, around: Surroundings) -> None:
    sandbox = around.sandbox.page_url
    mailbox = f"{sandbox}/sandbox/mailbox/{PEOPLE[0].key}"
    _say(f"The bot listens on {settings.public_url}/api/messages")
    _say(f"Outlook of {PEOPLE[0].display_name} (the sandbox): {mailbox}")
    _say(f"\nOpen {around.playground_url or sandbox + '/sandbox/'}\n\nCtrl-C stops everything.")


def _say(text: str) -> None:
    print(text, flush=True)


async def _ended() -> None:
    """Return when the process is asked to end."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, ended.set)
        except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(ended.set))
    await ended.wait()


def _report_task(failure: BaseException, task: Task) -> None:
    log.error("a task failed (%s): %s", task.kind.value, type(failure).__name__)


def _report_tick(failure: AlmanacError) -> None:
    log.error("a tick failed: %s", type(failure).__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the arguments and the environment, and run; return the exit status."""
    parser = argparse.ArgumentParser(description="Almanac, a bot for Microsoft Teams.")
    parser.add_argument("--demo", action="store_true", help="anonymous, with sample people")
    parser.add_argument("--playground", action="store_true", help="the demo with a chat to try")
    chosen = parser.parse_args(arguments)
    demo = chosen.demo or chosen.playground
    logging.basicConfig(level=logging.WARNING if demo else logging.INFO)
    environ = {name: value for name, value in dotenv_values().items() if value is not None}
    try:
        settings = Settings.from_env({**environ, **os.environ}, demo=demo)
        if demo:
            asyncio.run(run_demo(settings, with_playground=chosen.playground))
        else:
            asyncio.run(run_production(settings))
    except Misconfigured as err:
        print("Almanac cannot start with these settings:", file=sys.stderr)
        for problem in err.problems:
            print(f"  {problem}", file=sys.stderr)
        return 2
    except (PlaygroundUnavailable, Broken, OSError) as err:
        print(f"Almanac cannot start: {err}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
