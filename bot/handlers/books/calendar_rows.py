"""The rows of calendars as such, together: lists, settings, members, holidays, copies."""

from __future__ import annotations

from dataclasses import dataclass

from bot.handlers.books import calendar_settings, calendars, clones, holidays, members
from bot.handlers.open_books import OpenBooks
from bot.handlers.owners import LookAgain
from bot.handlers.people import preferences
from bot.router import Router
from services.books.book_bin import BookBin
from services.books.calendars import Calendars
from services.books.clones import Clones
from services.books.memberships import Memberships
from services.events.holidays import Holidays
from services.people.preferences import PersonalSettings

__all__ = ["CalendarCases", "fill_calendars"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarCases:
    """What these handlers call."""

    calendars: Calendars
    memberships: Memberships
    clones: Clones
    holidays: Holidays
    personal: PersonalSettings


def fill_calendars(
    router: Router, books: OpenBooks, use: CalendarCases, bin: BookBin, look_again: LookAgain
) -> calendars.CalendarHandlers:
    """Fill in every row of theirs, and return those of calendars themselves."""
    cards = calendars.CalendarHandlers(books, use.calendars, bin, look_again)
    calendars.register(router, cards)
    settings = calendar_settings.SettingsHandlers(books, use.calendars, cards, look_again)
    calendar_settings.register(router, settings)
    members.register(router, members.MemberHandlers(books, use.memberships, look_again))
    off = holidays.HolidayHandlers(books, use.calendars, use.holidays, cards, look_again)
    holidays.register(router, off)
    clones.register(router, clones.CloneHandlers(books, use.calendars, use.clones, cards))
    preferences.register(router, preferences.PreferenceHandlers(use.personal))
    return cards
