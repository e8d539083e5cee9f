"""What the bot does when it is asked: one file a subject, each a few rows of the router's table.

:func:`fill` puts all of them in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.handlers import (
    accounts,
    administration,
    agenda,
    birthdays,
    changing,
    contact_choosing,
    contact_windows,
    contacts,
    directory,
    event_answers,
    event_rows,
    event_transfers,
    event_windows,
    events,
    feeds,
    file_delivery,
    files,
    files_out,
    finding,
    free_time,
    guide,
    lifecycle,
    links,
    live,
    my_data,
    offers,
    prints,
    recycle_bin,
    search,
    subscriptions,
    watching,
    whole_books,
)
from bot.handlers.calendar_rows import CalendarCases, fill_calendars
from bot.handlers.contact_forms import ContactForms
from bot.handlers.contact_rows import ContactCases, fill_contact_pages, fill_groups
from bot.handlers.event_forms import BesideEvents, EventForms
from bot.handlers.open_books import OpenBooks
from bot.handlers.owners import LookAgain
from bot.handlers.people_around import PeopleAround
from bot.handlers.refreshing import RefreshList
from bot.router import Router
from services.accounts import Accounts
from services.administrators import Administrators
from services.agenda import Agenda
from services.answers import Answers
from services.approvals import Approvals
from services.audit import Audit
from services.away import Away
from services.book_bin import BookBin
from services.book_files import BookFiles
from services.book_pages import BookPages
from services.colleagues import Colleagues
from services.contacts import Contacts
from services.conversations import Conversations
from services.directory import Directory
from services.event_choice import EventChoice
from services.event_histories import EventHistories
from services.event_search import EventSearch
from services.events import Events
from services.feeds import Feeds
from services.fetching import Fetcher
from services.free_time import FreeTime
from services.imports import Imports
from services.links import Links
from services.marks import Marks
from services.model.times import Clock
from services.my_data import MyData
from services.recycle_bin import RecycleBin
from services.search import Search
from services.subscriptions import Subscriptions
from services.sync.offers import Offers
from services.transfers import Transfers
from services.watching import Watching

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


def fill(router: Router, use: UseCases) -> None:
    """Fill in every row of the table."""
    books, clock = use.open_books, use.clock
    guide.register(router)
    lifecycle.register(router, lifecycle.Lifecycle(use.conversations))
    accounts.register(
        router, accounts.AccountHandlers(use.accounts, use.approvals, use.links, books)
    )
    links.register(router, links.LinkHandlers(use.accounts, use.links, books))
    refreshing = RefreshList(use.conversations.roster)
    of_calendars = fill_calendars(router, books, use.calendar_cases, use.book_bin, use.look_again)
    agenda.register(
        router,
        agenda.AgendaHandlers(books, use.agenda, refreshing, use.marks, clock),
    )
    event_search = EventSearch(use.search, use.agenda)
    looking = finding.FindingHandlers(
        books, event_search, use.search, use.away, use.look_again, use.directory, clock
    )
    finding.register(router, looking)
    free_times = free_time.FreeTimeHandlers(
        books, use.free_time, use.colleagues, use.look_again, clock
    )
    free_time.register(router, free_times)
    around = PeopleAround(use.colleagues, use.look_again)
    beside = BesideEvents(
        events=use.events,
        answers=use.answers,
        around=around,
        refreshing=refreshing,
    )
    event_forms = EventForms(books, beside, clock)
    events.register(router, event_forms, clock)
    event_answers.register(router, event_forms)
    event_transfers.register(router, event_forms, use.transfers, use.histories)
    contact_forms = ContactForms(books, use.contacts, around, use.contact_cases.at)
    readers = live.Readers(use.conversations.roster, clock)
    in_messages = live.LiveEvents(event_forms, readers)
    people_in_messages = live.LiveContacts(contact_forms, readers)
    live.register(router, in_messages, event_forms, people_in_messages, contact_forms)
    event_windows.register(router, event_forms, in_messages, clock)
    choice = EventChoice(use.search, use.agenda)
    changes = changing.ChangeHandlers(event_forms, choice, of_calendars, clock)
    changing.register(router, changes, event_forms)
    choosing = contact_choosing.ContactChoosing(contact_forms, use.search, use.directory)
    contact_choosing.register(router, choosing)
    contacts.register(router, contact_forms, use.search, use.directory, choosing)
    contact_windows.register(router, contact_forms, people_in_messages)
    extras = fill_contact_pages(
        router, contact_forms, event_forms, use.contact_cases, use.search, use.file_delivery
    )
    fill_groups(router, books, use.contact_cases, use.look_again)
    days = birthdays.BirthdayHandlers(
        books,
        use.contact_cases.birthdays,
        use.calendar_cases.calendars,
        use.file_delivery,
        clock,
    )
    birthdays.register(router, days)
    admins = administration.AdminHandlers(use.administrators, use.grace)
    administration.register(router, admins)
    my_data.register(router, my_data.MyDataHandlers(use.my_data))
    file_delivery.register(router, use.file_delivery)
    incoming = files.FileHandlers(
        books, use.imports, use.fetcher, use.file_delivery, extras.receive
    )
    files.register(router, incoming)
    feeds.register(router, feeds.FeedHandlers(books, use.feeds, use.feed_url))
    subscriptions.register(router, subscriptions.SubscriptionHandlers(books, use.subscriptions))
    prints.register(router, prints.PrintHandlers(books, use.book_pages, use.file_delivery, clock))
    files_out.register(router, files_out.FilesOut(books, use.book_files, use.file_delivery))
    offers.register(router, offers.OfferHandlers(use.offers))
    bin_handlers = recycle_bin.RecycleBinHandlers(
        books, use.recycle_bin, use.book_bin, use.audit, use.look_again
    )
    recycle_bin.register(router, bin_handlers)
    deleting = whole_books.WholeBookHandlers(books, use.book_bin, use.look_again)
    whole_books.register(router, deleting)
    watching.register(router, watching.WatchHandlers(books, use.watching, use.events))
    rows = event_rows.EventRows(books, use.search, event_search, use.events, in_messages, clock)
    directory.register(router, use.accounts)
    search.register(
        router,
        search.SearchHandlers(
            books, use.search, rows, use.contacts, use.directory, people_in_messages
        ),
    )
