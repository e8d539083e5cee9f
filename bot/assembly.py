"""The composition root: every part of the program, put together over open records.

:func:`assembled` builds the program for production, the demo, the benchmarks and the scenarios
alike; what differs between them is an :class:`~bot.outside.Outside`. The use cases come from
:mod:`bot.use_cases`, word of news from :mod:`bot.telling.announcers`, what works unasked from
:mod:`bot.background`; :mod:`bot.serving` listens.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from aiohttp import web

from bot.activity_bot import ActivityBot
from bot.adapter import AlmanacAdapter
from bot.background import worker_of
from bot.connector import Connector
from bot.connector import open_session as open_teams
from bot.ground import Ground, ground_of
from bot.handlers.people.preferences import as_preferred
from bot.open_forms import OpenForms
from bot.outside import Outside
from bot.roster import TeamsRoster
from bot.router import Router
from bot.table import fill
from bot.telling.announcers import announcer_of
from bot.turn import Turn
from bot.use_cases import UseCases
from bot.use_cases.accounts import account_cases
from bot.use_cases.books import book_cases
from bot.use_cases.contacts import contact_cases
from bot.use_cases.events import event_cases
from bot.use_cases.files import file_cases
from bot.use_cases.people import people_cases
from bot.web.auth_pages import AuthPages
from bot.web.feed_pages import FeedPages
from bot.web.fetch_pages import FILES, OWN_DATA, FetchPages, zipped
from bot.web.notifications import NotificationsDoor
from bot.web.photo_pages import PhotoPages
from bot.web.public_pages import PublicPages
from bot.web.routes import build
from bot.web.watches import Watches
from services import phrases
from services.books.books import Books
from services.contacts.contacts import Contacts
from services.events.events import Events
from services.graph.client import open_session as open_graph
from services.jobs.follow_conversation import FollowConversation
from services.jobs.schedule import Schedule, Tick
from services.jobs.upkeep import begin_upkeep
from services.model.errors import AlmanacError
from services.model.identity import Person
from services.model.notices import Announcer
from services.model.ports import Records
from services.model.times import Clock
from services.people.departures import GRACE
from services.storage.counted import CountedRecords, Numbers
from services.storage.erased import ErasedList
from services.storage.keys import Wrapping
from services.storage.store import Store, open_store
from services.sync.worker import Worker

log = logging.getLogger(__name__)

__all__ = ["Almanac", "assembled"]


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
        to_teams = await stack.enter_async_context(open_teams())
        to_graph = await stack.enter_async_context(open_graph())
        numbers = numbers or Numbers()
        store = await open_store(CountedRecords(records, numbers), keys, clock, erased)
        await begin_upkeep(store, clock)
        ground = ground_of(outside, store, clock, to_graph, grace)
        stack.push_async_callback(ground.search.close)
        connector = Connector(to_teams, outside.bot.credentials, outside.bot.service_urls, clock)
        follow = FollowConversation(
            conversations=ground.conversations, roster=TeamsRoster(connector)
        )
        open_forms = OpenForms(clock)
        use, announcer = _use_cases(ground, connector, open_forms, follow, admins)
        router = Router(_reader(clock))
        fill(router, use)
        worker = worker_of(ground, use, announcer, follow)
        ticks = [Tick("tell_numbers", 60, numbers.tell)]
        yield Almanac(
            web=_doors(ground, use, router, connector, open_forms),
            router=router,
            store=store,
            worker=worker,
            schedule=Schedule(worker, store.tasks, _report_tick, ticks),
            books=ground.books,
            events=use.events.events,
            contacts=use.contacts.contacts,
        )


def _use_cases(
    ground: Ground,
    connector: Connector,
    open_forms: OpenForms,
    follow: FollowConversation,
    admins: Collection[Person],
) -> tuple[UseCases, Announcer]:
    """Return the use cases, in the order in which they need each other, and who tells of news."""
    contacts = contact_cases(ground)
    events = event_cases(ground, contacts.birthdays)
    announcer = announcer_of(ground, connector, open_forms, events.marks, contacts.at)
    accounts = account_cases(ground, announcer, events.events, contacts.contacts)
    use = UseCases(
        books=book_cases(ground),
        contacts=contacts,
        events=events,
        files=file_cases(ground, events.holidays, contacts.birthdays),
        accounts=accounts,
        people=people_cases(ground, accounts.accounts, follow.look, admins),
        open_books=ground.open_books,
        search=ground.search,
        clock=ground.clock,
    )
    return use, announcer


def _doors(
    ground: Ground, use: UseCases, router: Router, connector: Connector, open_forms: OpenForms
) -> web.Application:
    """Return the addresses of the server, with what lies behind each."""
    outside, store, clock = ground.outside, ground.store, ground.clock
    preferred = partial(as_preferred, ground.personal)
    my_data, exports = use.people.my_data, use.files.exports
    watches = Watches(store, clock)
    return build(
        adapter=AlmanacAdapter(outside.bot.gate, connector, outside.bot.app_id),
        bot=ActivityBot(router, connector, store.posts.add, open_forms, clock, preferred),
        notifications=NotificationsDoor(watches.find, store.tasks.put, watches.expects),
        auth=AuthPages(use.accounts.accounts, use.accounts.approvals),
        public=PublicPages(outside.bot.app_id),
        exports=FetchPages(OWN_DATA, my_data.is_there, zipped(my_data.fetch)),
        files=FetchPages(FILES, exports.is_there, exports.fetch),
        feeds=FeedPages(use.files.feeds.fetch),
        photos=PhotoPages(use.contacts.photos.at),
        ready=store.records.ready,
    )


def _reader(clock: Clock) -> Callable[[Turn], phrases.Command]:
    """Return what understands a typed line, at the time and in the zone of whoever wrote it."""

    def read(turn: Turn) -> phrases.Command:
        return phrases.read(turn.text, clock.now(), turn.zone, turn.language)

    return read


def _report_tick(failure: AlmanacError) -> None:
    log.error("a tick failed: %s", type(failure).__name__)
