"""What the background redraws: posts as they are now."""

from __future__ import annotations

from collections.abc import Sequence

from bot.handlers.contacts.contact_addresses import At
from bot.handlers.open_books import OpenBooks
from bot.handlers.refreshing import RefreshList
from bot.handlers.views.calendar_posts import shown_days
from bot.replies import Card
from cards.contacts.contact import contact_card, contact_deleted
from cards.events.event import event_card
from cards.events.event_questions import event_deleted
from cards.viewer import Everyone, Reader
from cards.views.calendar import calendar_card
from cards.views.sight import window_of
from services.events.marks import Marks
from services.model.books import Book
from services.model.contacts import Contact
from services.model.conversations import Conversation
from services.model.events import Event, Occurrence
from services.model.notices import PostNotice
from services.model.preferences import Preferences
from services.model.times import Clock
from services.model.veil import one_seen_by, seen_by
from services.people.preferences import PersonalSettings

__all__ = ["PostDrawings"]


class PostDrawings:
    """Draws posts the way in which the handlers that sent them have drawn them."""

    def __init__(
        self,
        books: OpenBooks,
        settings: PersonalSettings,
        refreshing: RefreshList,
        marks: Marks,
        at: At,
        clock: Clock,
    ) -> None:
        self._books = books
        self._settings = settings
        self._marks = marks
        self._at = at
        self._refreshing = refreshing
        self._clock = clock

    async def draw(self, notice: PostNotice, place: Conversation) -> Card | None:
        """Return what the post shows now; ``None`` where nobody may see that any more."""
        own = await self._settings.of(place.person) if place.person else Preferences()
        reader = await self._books.reader_in(place, notice.book, own)
        if reader is None:
            return None
        book = await self._books.named(notice.book, reader.language)
        match notice.shows:
            case Event(deleted_at=None) as event:
                for_all = isinstance(reader, Everyone) and notice.answers is not None
                return event_card(
                    seen_by(event, place.person),
                    book,
                    reader,
                    refresh_for=await self._refreshing.of(place) if for_all else (),
                    answers=notice.answers,
                    me=place.person,
                )
            case Event() as event:
                return event_deleted(seen_by(event, place.person), book, reader)
            case Contact(deleted_at=None) as contact:
                return contact_card(contact, book, reader, at=self._at(book, contact))
            case Contact() as contact:
                return contact_deleted(contact, reader)
            case occurrences:
                return await self._days(notice, occurrences, place, book, reader)

    async def _days(
        self,
        notice: PostNotice,
        occurrences: Sequence[Occurrence],
        place: Conversation,
        book: Book,
        reader: Reader,
    ) -> Card:
        """Return the days that a post shows; of all calendars of the place, where it is of all."""
        today = self._clock.now().astimezone(reader.zone).date()
        shown = shown_days(notice.post, today)
        readers = await self._refreshing.of(place) if place.person is None else ()
        calendars = [
            await self._books.named(each, reader.language) for each in notice.calendars or (book,)
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
