"""What the background sends: posts as they are now, and news of an account."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.handlers.calendar_posts import shown_days
from bot.handlers.contact_addresses import At
from bot.handlers.open_books import OpenBooks
from bot.handlers.refreshing import RefreshList
from bot.replies import Card
from cards.administration import done_for_card
from cards.calendar import calendar_card
from cards.clone_form import copied_card
from cards.contact import contact_card, contact_deleted
from cards.event import event_card
from cards.event_questions import event_deleted
from cards.import_card import import_begun, imported_card
from cards.my_data import erased_card, export_failed_card, export_ready_card
from cards.notice import account_notice
from cards.offer import offer_card
from cards.progress import progress_card
from cards.sight import window_of
from cards.viewer import Everyone, Viewer
from services.marks import Marks
from services.model.books import Role
from services.model.contacts import Contact
from services.model.conversations import Conversation
from services.model.events import Event
from services.model.notices import (
    AccountNotice,
    CopyNotice,
    DataNotice,
    ImportNotice,
    ImportProgress,
    OfferNotice,
    PostNotice,
    ProgressNotice,
)
from services.model.times import Clock
from services.model.veil import one_seen_by, seen_by
from services.my_data import FETCHED_WITHIN

__all__ = ["PostDrawings", "draw_news"]


class PostDrawings:
    """Draws posts the way in which the handlers that sent them have drawn them."""

    def __init__(
        self, books: OpenBooks, refreshing: RefreshList, marks: Marks, at: At, clock: Clock
    ) -> None:
        self._books = books
        self._marks = marks
        self._at = at
        self._refreshing = refreshing
        self._clock = clock

    async def draw(self, notice: PostNotice, place: Conversation) -> Card | None:
        """Return what the post shows now; ``None`` where nobody may see that any more."""
        book = await self._books.named(notice.book, notice.book.language)
        reader = await self._books.reader_in(place, book)
        if reader is None:
            return None
        match notice.shows:
            case Event(deleted_at=None) as event:
                answers = notice.answers if isinstance(reader, Everyone) else None
                readers = await self._refreshing.of(place) if answers is not None else ()
                seen = seen_by(event, place.person)
                return event_card(seen, book, reader, refresh_for=readers, answers=answers)
            case Event() as event:
                return event_deleted(seen_by(event, place.person), book, reader)
            case Contact(deleted_at=None) as contact:
                return contact_card(contact, book, reader, at=self._at(book, contact))
            case Contact() as contact:
                return contact_deleted(contact, reader)
            case occurrences:
                today = self._clock.now().astimezone(reader.zone).date()
                shown = shown_days(notice.post, today)
                readers = await self._refreshing.of(place) if place.person is None else ()
                calendars = [
                    await self._books.named(each, reader.language)
                    for each in notice.calendars or (book,)
                ]
                if notice.calendars:
                    book = await self._books.place_of(book, reader.language)
                span = window_of(shown, book, reader, today).span
                return calendar_card(
                    [one_seen_by(one, place.person) for one in occurrences],
                    shown,
                    book,
                    reader,
                    today=today,
                    refresh_for=readers,
                    calendars=calendars,
                    holidays=await self._marks.of(calendars, span, reader.language),
                )


def draw_news(
    notice: AccountNotice
    | CopyNotice
    | DataNotice
    | ImportNotice
    | ImportProgress
    | OfferNotice
    | ProgressNotice,
) -> Card:
    """Return the card for news of somebody's account or data, or of what they wrote."""
    if isinstance(notice, OfferNotice):
        book = notice.book
        return offer_card(
            notice.offer, notice.item, book, Viewer(book.zone, book.language, Role.EDITOR)
        )
    if isinstance(notice, CopyNotice):
        return copied_card(notice.book, notice.items, Everyone(notice.book))
    if isinstance(notice, ImportNotice):
        return imported_card(notice.book, notice.done, Everyone(notice.book))
    if isinstance(notice, ImportProgress):
        return import_begun(notice.book, Everyone(notice.book), notice.done, notice.total)
    reader = Viewer(ZoneInfo("UTC"))
    if isinstance(notice, ProgressNotice):
        return progress_card(notice.name, notice.done, notice.total, notice.link, reader)
    if isinstance(notice, AccountNotice):
        return account_notice(notice.what, reader, name=notice.name, link=notice.link)
    hours = int(FETCHED_WITHIN.total_seconds() // 3600)
    if notice.about is not None:
        return done_for_card(notice.what, notice.about, notice.url, hours, reader)
    if notice.what == "export_ready":
        return export_ready_card(notice.url, hours, reader)
    if notice.what == "export_failed":
        return export_failed_card(reader)
    return erased_card(notice.counts, reader)
