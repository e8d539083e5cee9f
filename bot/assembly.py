"""The composition root: the one place that knows every part of the program.

:func:`assembled` builds the program over open records, for production, the demo, the benchmarks
and the scenarios alike; what differs between them is an :class:`Outside`. What works unasked is put
together in :mod:`bot.background`, and :mod:`bot.serving` listens.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from aiohttp import ClientSession, web

from bot.activity_bot import ActivityBot
from bot.adapter import AlmanacAdapter
from bot.announcer import TeamsAnnouncer
from bot.app_tokens import AppTokens
from bot.auth_pages import AuthPages
from bot.background import worker_of
from bot.connector import Connector, open_session
from bot.feed_announcer import FeedAnnouncer
from bot.feed_links import FeedLinks
from bot.feed_pages import FeedPages
from bot.fetch_pages import FILES, OWN_DATA, FetchPages, zipped
from bot.handlers import UseCases, fill
from bot.handlers.books.calendar_rows import CalendarCases
from bot.handlers.contacts.contact_addresses import addresses
from bot.handlers.contacts.contact_rows import ContactCases
from bot.handlers.files.file_delivery import FileDelivery
from bot.handlers.news import NewsDrawings
from bot.handlers.open_books import OpenBooks
from bot.handlers.people.preferences import as_preferred
from bot.handlers.posts import PostDrawings
from bot.handlers.refreshing import RefreshList
from bot.handlers.watching.watching import WatchDrawings
from bot.notifications import NotificationsDoor
from bot.open_forms import OpenForms
from bot.outside import Outside
from bot.photo_pages import PhotoPages
from bot.public_pages import PublicPages
from bot.roster import TeamsRoster
from bot.router import Router
from bot.routes import build
from bot.turn import Turn
from bot.watches import Watches
from cards.wording import say
from services import phrases
from services.accounts.accounts import Accounts
from services.accounts.approvals import Approvals
from services.accounts.links import Links
from services.books.audit import Audit
from services.books.book_bin import BookBin
from services.books.books import Books
from services.books.calendars import Calendars
from services.books.clones import Clones
from services.books.memberships import Memberships
from services.books.recycle_bin import RecycleBin
from services.books.sharing import Sharing
from services.contacts.birthdays import Birthdays
from services.contacts.contact_groups import ContactGroups
from services.contacts.contacts import Contacts
from services.contacts.directory import Directory
from services.contacts.duplicates import Duplicates
from services.contacts.list_fields import ListFields
from services.contacts.my_notes import MyNotes
from services.contacts.photos import Photos
from services.contacts.uses import ContactUses
from services.events.agenda import Agenda
from services.events.answers import Answers
from services.events.away import Away
from services.events.event_histories import EventHistories
from services.events.events import Events
from services.events.free_time import FreeTime
from services.events.holidays import Holidays
from services.events.marks import Marks
from services.events.transfers import Transfers
from services.events.watching import Watching
from services.files.book_files import BookFiles
from services.files.book_pages import BookPages
from services.files.contact_files import ContactFiles
from services.files.exports import Exports
from services.files.feeds import Feeds
from services.files.fetching import Fetcher
from services.files.imports import Imports
from services.files.subscriptions import Subscriptions
from services.graph.activity_feed import ActivityFeed
from services.graph.client import GraphClient
from services.graph.mailbox import Mailbox
from services.jobs.follow_conversation import FollowConversation
from services.jobs.schedule import Schedule, Tick
from services.jobs.upkeep import begin_upkeep
from services.model.budgets import Budgets
from services.model.errors import AlmanacError
from services.model.identity import Person
from services.model.ports import Records
from services.model.times import Clock
from services.people.administrators import Administrators
from services.people.colleagues import Colleagues
from services.people.conversations import Conversations
from services.people.departures import GRACE, Departures
from services.people.my_data import MyData
from services.people.preferences import PersonalSettings
from services.search import Search
from services.storage.counted import CountedRecords, Numbers
from services.storage.erased import ErasedList
from services.storage.keys import Wrapping
from services.storage.store import Store, open_store
from services.sync.offers import Offers
from services.sync.worker import Worker

log = logging.getLogger(__name__)

__all__ = ["Almanac", "Outside", "assembled"]


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
    outside: Outside,
    records: Records,
    keys: Wrapping,
    clock: Clock,
    *,
    erased: ErasedList | None = None,
    grace: timedelta = GRACE,
    admins: Collection[Person] = (),
    numbers: Numbers | None = None,
) -> AsyncIterator[Almanac]:
    """Build everything over open records; on leaving, let go of what was opened here.

    Args:
        outside: who gets in, and who is called.
        records: where everything is kept.
        keys: the master keys.
        clock: the time.
        erased: the list of erased organisations that lies beside the records.
        admins: who may act on behalf of others.
        grace: how long the data of an organisation stays that the app is gone from.
        numbers: where the store's operations are counted, told each minute.

    Raises:
        Damaged: no master key opens the records.
    """
    async with AsyncExitStack() as stack:
        to_teams = await stack.enter_async_context(open_session())
        to_graph = await stack.enter_async_context(ClientSession())
        numbers = numbers or Numbers()
        store = await open_store(CountedRecords(records, numbers), keys, clock, erased)
        await begin_upkeep(store, clock)

        sharing = Sharing(store)
        books = Books(store, sharing, clock)
        events = Events(store, sharing, clock)
        contacts = Contacts(store, sharing, clock)
        fetcher = Fetcher(outside.trusted)
        photos = Photos(store, sharing, contacts, fetcher, clock)
        at = addresses(outside.public_url, photos.address)
        departures = Departures(store, clock, grace)
        conversations = Conversations(store, clock, departures)
        uses = ContactUses(store, clock)
        search = Search(store, books, uses)
        stack.push_async_callback(search.close)

        connector = Connector(to_teams, outside.bot.credentials, outside.bot.service_urls, clock)
        open_forms = OpenForms(clock)
        holidays = Holidays()
        birthdays = Birthdays(store, sharing)
        marks = Marks(holidays, birthdays)
        open_books = OpenBooks(books, sharing, conversations.find)
        watch_drawings = WatchDrawings(open_books)
        personal = PersonalSettings(store, clock)
        in_chat = TeamsAnnouncer(
            connector,
            store.conversations,
            store.posts,
            store.counts,
            open_forms,
            draw_post=PostDrawings(
                open_books, RefreshList(conversations.roster), marks, at, clock
            ).draw,
            draw_news=NewsDrawings(personal).draw,
            draw_watched=watch_drawings.draw,
        )
        budgets = Budgets()
        graph = GraphClient(to_graph, outside.graph_url, clock, budgets)
        announcer = FeedAnnouncer(
            in_chat,
            ActivityFeed(graph, AppTokens(outside.app_login, clock).token)
            if outside.app_login
            else None,
            note=watch_drawings.note,
            link=FeedLinks(store, outside.bot.app_id).of,
        )
        approve_url = f"{outside.public_url}/auth/approve"
        approvals = Approvals(store, outside.sign_in, announcer, clock, approve_url=approve_url)
        accounts = Accounts(
            store,
            books,
            outside.sign_in,
            graph,
            announcer,
            clock,
            approvals=approvals,
            start_url=f"{outside.public_url}/auth/start",
        )

        exports = Exports(store, clock)
        feeds = Feeds(store, sharing, clock, birthdays, busy=lambda language: say(language, "Busy"))
        my_data = MyData(store, accounts, clock)
        offers = Offers(store, sharing, events, contacts)

        links = Links(store, sharing, lambda person: Mailbox(graph, accounts, person), clock)
        follow = FollowConversation(conversations=conversations, roster=TeamsRoster(connector))

        def read(turn: Turn) -> phrases.Command:
            return phrases.read(turn.text, clock.now(), turn.zone, turn.language)

        calendars = Calendars(store, sharing, clock)
        calendar_cases = CalendarCases(
            calendars=calendars,
            memberships=Memberships(store, sharing, clock),
            clones=Clones(store, sharing, calendars, clock),
            holidays=holidays,
            personal=personal,
        )

        contact_cases = ContactCases(
            contacts=contacts,
            contact_files=ContactFiles(store, sharing, search),
            duplicates=Duplicates(store, sharing, clock),
            birthdays=birthdays,
            photos=photos,
            notes=MyNotes(store, contacts, clock),
            groups=ContactGroups(store, sharing, clock),
            fields=ListFields(store, sharing, clock),
            exports=exports,
            at=at,
        )

        watches = Watches(store, clock)
        use = UseCases(
            open_books=open_books,
            accounts=accounts,
            approvals=approvals,
            agenda=Agenda(store, sharing),
            answers=Answers(store, sharing, clock),
            histories=EventHistories(store, sharing),
            transfers=Transfers(store, sharing, clock),
            administrators=Administrators(store, departures, clock, admins),
            audit=Audit(store, sharing),
            book_bin=BookBin(store, sharing, clock),
            calendar_cases=calendar_cases,
            contacts=contacts,
            contact_cases=contact_cases,
            conversations=conversations,
            events=events,
            book_files=BookFiles(store, sharing),
            book_pages=BookPages(store, sharing, holidays, birthdays, clock),
            feeds=feeds,
            feed_url=f"{outside.public_url}/feeds",
            subscriptions=Subscriptions(store, sharing, fetcher, clock, outside.files),
            fetcher=fetcher,
            imports=Imports(store, sharing, clock, outside.files),
            file_delivery=FileDelivery(exports, fetcher, f"{outside.public_url}/files"),
            away=Away(store, sharing),
            free_time=FreeTime(store, sharing, lambda person: Mailbox(graph, accounts, person)),
            colleagues=Colleagues(store, books),
            links=links,
            marks=marks,
            grace=grace,
            look_again=follow.look,
            my_data=my_data,
            offers=offers,
            recycle_bin=RecycleBin(store, sharing, clock),
            search=search,
            directory=Directory(store, lambda person: Mailbox(graph, accounts, person)),
            watching=Watching(store, sharing, clock),
            clock=clock,
        )
        router = Router(read)
        fill(router, use)
        worker = worker_of(
            outside, store, use, announcer, graph, budgets, departures=departures, follow=follow
        )

        yield Almanac(
            web=build(
                adapter=AlmanacAdapter(outside.bot.gate, connector, outside.bot.app_id),
                bot=ActivityBot(
                    router,
                    connector,
                    store.posts.add,
                    open_forms,
                    clock,
                    partial(as_preferred, calendar_cases.personal),
                ),
                notifications=NotificationsDoor(watches.find, store.tasks.put, watches.expects),
                auth=AuthPages(accounts, approvals),
                public=PublicPages(outside.bot.app_id),
                exports=FetchPages(OWN_DATA, my_data.is_there, zipped(my_data.fetch)),
                files=FetchPages(FILES, exports.is_there, exports.fetch),
                feeds=FeedPages(feeds.fetch),
                photos=PhotoPages(photos.at),
                ready=store.records.ready,
            ),
            router=router,
            store=store,
            worker=worker,
            schedule=Schedule(
                worker, store.tasks, _report_tick, [Tick("tell_numbers", 60, numbers.tell)]
            ),
            books=books,
            events=events,
            contacts=contacts,
        )


def _report_tick(failure: AlmanacError) -> None:
    log.error("a tick failed: %s", type(failure).__name__)
