"""What the bot does when it is asked: one file a subject, each a few rows of the router's table.

:func:`fill` puts all of them in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.handlers import guide, lifecycle, search
from bot.handlers.accounts import accounts, links, offers
from bot.handlers.books import recycle_bin, whole_books
from bot.handlers.books.calendar_rows import CalendarCases, fill_calendars
from bot.handlers.books.calendars import CalendarHandlers
from bot.handlers.contacts import birthdays, contact_choosing, contact_windows, contacts, directory
from bot.handlers.contacts.contact_extras import ContactExtras
from bot.handlers.contacts.contact_forms import ContactForms
from bot.handlers.contacts.contact_rows import ContactCases, fill_contact_pages, fill_groups
from bot.handlers.events import (
    changing,
    event_answers,
    event_rows,
    event_transfers,
    event_windows,
    events,
    live,
)
from bot.handlers.events.event_forms import BesideEvents, EventForms
from bot.handlers.files import feeds, file_delivery, files, files_out, prints, subscriptions
from bot.handlers.open_books import OpenBooks
from bot.handlers.owners import LookAgain
from bot.handlers.people import administration, my_data
from bot.handlers.people_around import PeopleAround
from bot.handlers.refreshing import RefreshList
from bot.handlers.views import agenda, finding, free_time
from bot.handlers.watching import watching
from bot.router import Router
from services.accounts.accounts import Accounts
from services.accounts.approvals import Approvals
from services.accounts.links import Links
from services.books.audit import Audit
from services.books.book_bin import BookBin
from services.books.recycle_bin import RecycleBin
from services.contacts.contacts import Contacts
from services.contacts.directory import Directory
from services.events.agenda import Agenda
from services.events.answers import Answers
from services.events.away import Away
from services.events.event_choice import EventChoice
from services.events.event_histories import EventHistories
from services.events.event_search import EventSearch
from services.events.events import Events
from services.events.free_time import FreeTime
from services.events.marks import Marks
from services.events.transfers import Transfers
from services.events.watching import Watching
from services.files.book_files import BookFiles
from services.files.book_pages import BookPages
from services.files.feeds import Feeds
from services.files.fetching import Fetcher
from services.files.imports import Imports
from services.files.subscriptions import Subscriptions
from services.model.times import Clock
from services.people.administrators import Administrators
from services.people.colleagues import Colleagues
from services.people.conversations import Conversations
from services.people.my_data import MyData
from services.search import Search
from services.sync.offers import Offers

__all__ = ["UseCases", "fill"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """What the handlers call."""

    open_books: OpenBooks
    accounts: Accounts
    administrators: Administrators
    approvals: Approvals
    agenda: Agenda
    answers: Answers
    audit: Audit
    book_bin: BookBin
    calendar_cases: CalendarCases
    contacts: Contacts
    contact_cases: ContactCases
    conversations: Conversations
    events: Events
    book_files: BookFiles
    book_pages: BookPages
    feeds: Feeds
    feed_url: str
    subscriptions: Subscriptions
    fetcher: Fetcher
    imports: Imports
    file_delivery: file_delivery.FileDelivery
    free_time: FreeTime
    away: Away
    colleagues: Colleagues
    links: Links
    marks: Marks
    grace: timedelta
    look_again: LookAgain
    my_data: MyData
    offers: Offers
    histories: EventHistories
    transfers: Transfers
    recycle_bin: RecycleBin
    search: Search
    directory: Directory
    watching: Watching
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What several files of handlers have in common."""

    event_forms: EventForms
    contact_forms: ContactForms
    live_events: live.LiveEvents
    live_contacts: live.LiveContacts
    event_search: EventSearch
    refreshing: RefreshList


def fill(router: Router, use: UseCases) -> None:
    """Fill in every row of the table."""
    shared = _shared(use)
    _fill_people(router, use)
    of_calendars = fill_calendars(
        router, use.open_books, use.calendar_cases, use.book_bin, use.look_again
    )
    _fill_views(router, use, shared)
    _fill_events(router, use, shared, of_calendars)
    extras = _fill_contacts(router, use, shared)
    _fill_files(router, use, extras)
    _fill_deleted(router, use)


def _shared(use: UseCases) -> _Shared:
    refreshing = RefreshList(use.conversations.roster)
    around = PeopleAround(use.colleagues, use.look_again)
    beside = BesideEvents(
        events=use.events, answers=use.answers, around=around, refreshing=refreshing
    )
    event_forms = EventForms(use.open_books, beside, use.clock)
    contact_forms = ContactForms(use.open_books, use.contacts, around, use.contact_cases.at)
    readers = live.Readers(use.conversations.roster, use.clock)
    return _Shared(
        event_forms=event_forms,
        contact_forms=contact_forms,
        live_events=live.LiveEvents(event_forms, readers),
        live_contacts=live.LiveContacts(contact_forms, readers),
        event_search=EventSearch(use.search, use.agenda),
        refreshing=refreshing,
    )


def _fill_people(router: Router, use: UseCases) -> None:
    """Fill in what is about somebody themselves: where they are, their account, their data."""
    books = use.open_books
    guide.register(router)
    lifecycle.register(router, lifecycle.Lifecycle(use.conversations))
    accounts.register(
        router, accounts.AccountHandlers(use.accounts, use.approvals, use.links, books)
    )
    links.register(router, links.LinkHandlers(use.accounts, use.links, books))
    directory.register(router, use.accounts)
    offers.register(router, offers.OfferHandlers(use.offers))
    watching.register(router, watching.WatchHandlers(books, use.watching, use.events))
    my_data.register(router, my_data.MyDataHandlers(use.my_data))
    admins = administration.AdminHandlers(use.administrators, use.grace)
    administration.register(router, admins)


def _fill_views(router: Router, use: UseCases, shared: _Shared) -> None:
    """Fill in what shows or finds many things at once."""
    books, clock = use.open_books, use.clock
    views = agenda.AgendaHandlers(books, use.agenda, shared.refreshing, use.marks, clock)
    agenda.register(router, views)
    looking = finding.FindingHandlers(
        books, shared.event_search, use.search, use.away, use.look_again, use.directory, clock
    )
    finding.register(router, looking)
    free_times = free_time.FreeTimeHandlers(
        books, use.free_time, use.colleagues, use.look_again, clock
    )
    free_time.register(router, free_times)
    rows = event_rows.EventRows(
        books, use.search, shared.event_search, use.events, shared.live_events, clock
    )
    searching = search.SearchHandlers(
        books, use.search, rows, use.contacts, use.directory, shared.live_contacts
    )
    search.register(router, searching)


def _fill_events(
    router: Router, use: UseCases, shared: _Shared, of_calendars: CalendarHandlers
) -> None:
    forms, clock = shared.event_forms, use.clock
    events.register(router, forms, clock)
    event_answers.register(router, forms)
    event_transfers.register(router, forms, use.transfers, use.histories)
    event_windows.register(router, forms, shared.live_events, clock)
    live.register(router, shared.live_events, forms, shared.live_contacts, shared.contact_forms)
    choice = EventChoice(use.search, use.agenda)
    changing.register(router, changing.ChangeHandlers(forms, choice, of_calendars, clock), forms)


def _fill_contacts(router: Router, use: UseCases, shared: _Shared) -> ContactExtras:
    """Fill in what is about contacts; return what takes a picture that was sent."""
    forms, cases = shared.contact_forms, use.contact_cases
    choosing = contact_choosing.ContactChoosing(forms, use.search, use.directory)
    contact_choosing.register(router, choosing)
    contacts.register(router, forms, use.search, use.directory, choosing)
    contact_windows.register(router, forms, shared.live_contacts)
    fill_groups(router, use.open_books, cases, use.look_again)
    days = birthdays.BirthdayHandlers(
        use.open_books,
        cases.birthdays,
        use.calendar_cases.calendars,
        use.file_delivery,
        use.look_again,
        use.clock,
    )
    birthdays.register(router, days)
    return fill_contact_pages(
        router, forms, shared.event_forms, cases, use.search, use.file_delivery
    )


def _fill_files(router: Router, use: UseCases, extras: ContactExtras) -> None:
    """Fill in what comes in and goes out as a file, once or again and again."""
    books, delivery = use.open_books, use.file_delivery
    file_delivery.register(router, delivery)
    incoming = files.FileHandlers(books, use.imports, use.fetcher, delivery, extras.receive)
    files.register(router, incoming)
    files_out.register(router, files_out.FilesOut(books, use.book_files, delivery))
    prints.register(router, prints.PrintHandlers(books, use.book_pages, delivery, use.clock))
    feeds.register(router, feeds.FeedHandlers(books, use.feeds, use.feed_url))
    subscriptions.register(router, subscriptions.SubscriptionHandlers(books, use.subscriptions))


def _fill_deleted(router: Router, use: UseCases) -> None:
    """Fill in what becomes of what is deleted."""
    bin_handlers = recycle_bin.RecycleBinHandlers(
        use.open_books, use.recycle_bin, use.book_bin, use.audit, use.look_again
    )
    recycle_bin.register(router, bin_handlers)
    deleting = whole_books.WholeBookHandlers(use.open_books, use.book_bin, use.look_again)
    whole_books.register(router, deleting)
