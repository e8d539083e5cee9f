"""Every row of the router's table: one function a subject, each of a few lines a file of handlers.

:func:`fill` puts all of them in.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.handlers import guide, lifecycle, search
from bot.handlers.accounts import accounts, links, offers
from bot.handlers.books import (
    calendar_settings,
    calendars,
    clones,
    holidays,
    members,
    recycle_bin,
    whole_books,
)
from bot.handlers.contacts import (
    birthdays,
    contact_choosing,
    contact_extras,
    contact_files,
    contact_groups,
    contact_pages,
    contact_windows,
    contacts,
    directory,
)
from bot.handlers.contacts.contact_forms import ContactForms
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
from bot.handlers.people import administration, my_data, preferences
from bot.handlers.people_around import PeopleAround
from bot.handlers.refreshing import RefreshList
from bot.handlers.views import agenda, finding, free_time
from bot.handlers.watching import watching
from bot.router import Router
from bot.use_cases import UseCases
from services.events.event_choice import EventChoice
from services.events.event_search import EventSearch

__all__ = ["fill"]


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
    guide.register(router)
    _fill_people(router, use)
    _fill_accounts(router, use)
    of_calendars = _fill_books(router, use)
    _fill_views(router, use, shared)
    _fill_events(router, use, shared, of_calendars)
    _fill_contacts(router, use, shared)
    pictures = _fill_contact_pages(router, use, shared)
    _fill_files(router, use, pictures)


def _shared(use: UseCases) -> _Shared:
    people, roster = use.people, use.people.conversations.roster
    refreshing = RefreshList(roster)
    around = PeopleAround(people.colleagues, people.look_again)
    beside = BesideEvents(
        events=use.events.events, answers=use.events.answers, around=around, refreshing=refreshing
    )
    event_forms = EventForms(use.open_books, beside, use.clock)
    contact_forms = ContactForms(use.open_books, use.contacts.contacts, around, use.contacts.at)
    readers = live.Readers(roster, use.clock)
    return _Shared(
        event_forms=event_forms,
        contact_forms=contact_forms,
        live_events=live.LiveEvents(event_forms, readers),
        live_contacts=live.LiveContacts(contact_forms, readers),
        event_search=EventSearch(use.search, use.events.agenda),
        refreshing=refreshing,
    )


def _fill_people(router: Router, use: UseCases) -> None:
    """Fill in where people are, how they like it, and what is kept of them."""
    of = use.people
    lifecycle.register(router, lifecycle.Lifecycle(of.conversations))
    preferences.register(router, preferences.PreferenceHandlers(of.personal))
    my_data.register(router, my_data.MyDataHandlers(of.my_data))
    admins = administration.AdminHandlers(of.administrators, of.grace)
    administration.register(router, admins)


def _fill_accounts(router: Router, use: UseCases) -> None:
    """Fill in what is about somebody's connection to Microsoft 365."""
    of, books = use.accounts, use.open_books
    handlers = accounts.AccountHandlers(of.accounts, of.approvals, of.links, books)
    accounts.register(router, handlers)
    links.register(router, links.LinkHandlers(of.accounts, of.links, books))
    directory.register(router, of.accounts)
    offers.register(router, offers.OfferHandlers(of.offers, use.contacts.at))


def _fill_books(router: Router, use: UseCases) -> calendars.CalendarHandlers:
    """Fill in what is about calendars and lists as such; return what shows the calendars."""
    of, books, look_again = use.books, use.open_books, use.people.look_again
    cards = calendars.CalendarHandlers(books, of.calendars, of.book_bin, look_again)
    calendars.register(router, cards)
    settings = calendar_settings.SettingsHandlers(books, of.calendars, cards, look_again)
    calendar_settings.register(router, settings)
    members.register(router, members.MemberHandlers(books, of.memberships, look_again))
    days_off = use.events.holidays
    off = holidays.HolidayHandlers(books, of.calendars, days_off, cards, look_again)
    holidays.register(router, off)
    clones.register(router, clones.CloneHandlers(books, of.calendars, of.clones, cards))
    deleted = recycle_bin.RecycleBinHandlers(
        books, of.recycle_bin, of.book_bin, of.audit, look_again
    )
    recycle_bin.register(router, deleted)
    whole_books.register(router, whole_books.WholeBookHandlers(books, of.book_bin, look_again))
    return cards


def _fill_views(router: Router, use: UseCases, shared: _Shared) -> None:
    """Fill in what shows or finds many things at once."""
    books, clock, of = use.open_books, use.clock, use.events
    look_again, people = use.people.look_again, use.accounts.directory
    views = agenda.AgendaHandlers(books, of.agenda, shared.refreshing, of.marks, clock)
    agenda.register(router, views)
    looking = finding.FindingHandlers(
        books, shared.event_search, use.search, of.away, look_again, people, clock
    )
    finding.register(router, looking)
    free_times = free_time.FreeTimeHandlers(
        books, use.accounts.free_time, use.people.colleagues, look_again, clock
    )
    free_time.register(router, free_times)
    rows = event_rows.EventRows(
        books, use.search, shared.event_search, of.events, shared.live_events, clock
    )
    searching = search.SearchHandlers(
        books, use.search, rows, use.contacts.contacts, people, shared.live_contacts
    )
    search.register(router, searching)


def _fill_events(
    router: Router, use: UseCases, shared: _Shared, of_calendars: calendars.CalendarHandlers
) -> None:
    """Fill in what is done with events."""
    of, forms, clock = use.events, shared.event_forms, use.clock
    events.register(router, forms, clock)
    event_answers.register(router, forms)
    event_transfers.register(router, forms, of.transfers, of.histories)
    event_windows.register(router, forms, shared.live_events, clock)
    live.register(router, shared.live_events, forms, shared.live_contacts, shared.contact_forms)
    choice = EventChoice(use.search, of.agenda)
    changing.register(router, changing.ChangeHandlers(forms, choice, of_calendars, clock), forms)
    watching.register(router, watching.WatchHandlers(use.open_books, of.watching, of.events))


def _fill_contacts(router: Router, use: UseCases, shared: _Shared) -> None:
    """Fill in what is done with contacts, their groups, fields and birthdays."""
    of, forms, books = use.contacts, shared.contact_forms, use.open_books
    people, look_again = use.accounts.directory, use.people.look_again
    choosing = contact_choosing.ContactChoosing(forms, use.search, people)
    contact_choosing.register(router, choosing)
    contacts.register(router, forms, use.search, people, choosing)
    contact_windows.register(router, forms, shared.live_contacts)
    groups = contact_groups.GroupHandlers(books, of.groups, of.fields, of.contacts, look_again)
    contact_groups.register(router, groups)
    days = birthdays.BirthdayHandlers(
        books, of.birthdays, use.books.calendars, use.files.delivery, look_again, use.clock
    )
    birthdays.register(router, days)


def _fill_contact_pages(
    router: Router, use: UseCases, shared: _Shared
) -> contact_extras.ContactExtras:
    """Fill in pages, pictures, notes, files and doubles; return what takes a picture."""
    of, forms, delivery = use.contacts, shared.contact_forms, use.files.delivery
    pages = contact_pages.ContactPages(
        forms,
        shared.event_forms,
        of.contacts,
        use.search,
        of.contact_files,
        delivery,
        of.duplicates,
    )
    contact_pages.register(router, pages, forms)
    outgoing = contact_files.ContactFileHandlers(
        use.open_books, of.contact_files, of.duplicates, delivery
    )
    contact_files.register(router, outgoing)
    extras = contact_extras.ContactExtras(forms, of.photos, of.notes, use.files.exports, use.search)
    contact_extras.register(router, extras, forms)
    return extras


def _fill_files(router: Router, use: UseCases, pictures: contact_extras.ContactExtras) -> None:
    """Fill in what comes in and goes out as a file, once or again and again."""
    of, books, delivery = use.files, use.open_books, use.files.delivery
    file_delivery.register(router, delivery)
    incoming = files.FileHandlers(books, of.imports, of.fetcher, delivery, pictures.receive)
    files.register(router, incoming)
    files_out.register(router, files_out.FilesOut(books, of.book_files, delivery))
    prints.register(router, prints.PrintHandlers(books, of.book_pages, delivery, use.clock))
    feeds.register(router, feeds.FeedHandlers(books, of.feeds, of.feed_url))
    subscriptions.register(router, subscriptions.SubscriptionHandlers(books, of.subscriptions))
