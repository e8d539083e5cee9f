"""What the background tells of somebody's account, data or own words: drawn for who reads it.

News for one person come in the language and zone that they have set for themselves. Teams tells
neither outside a turn, so who has set none reads their book's, or English where there is no book.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.handlers.contacts.contact_addresses import At, faces_of
from bot.replies import Card
from cards.accounts.offer import offer_card
from cards.accounts.progress import progress_card
from cards.books.clone_form import copied_card
from cards.files.import_card import import_begun, imported_card
from cards.notice import account_notice
from cards.people.administration import done_for_card
from cards.people.my_data import erased_card, export_failed_card, export_ready_card
from cards.viewer import Everyone, Reader, Viewer
from services.model.books import Book, Role
from services.model.conversations import Conversation
from services.model.identity import Person
from services.model.notices import (
    AccountNotice,
    CopyNotice,
    DataNotice,
    ImportNotice,
    ImportProgress,
    OfferNotice,
    ProgressNotice,
)
from services.people.my_data import FETCHED_WITHIN
from services.people.preferences import PersonalSettings

__all__ = ["NewsDrawings"]

Personal = AccountNotice | CopyNotice | DataNotice | OfferNotice | ProgressNotice
"""News that go to one person's own chat."""


class NewsDrawings:
    """Draws news that belong to no post."""

    def __init__(self, settings: PersonalSettings, at: At) -> None:
        self._settings = settings
        self._at = at

    async def draw(
        self, notice: Personal | ImportNotice | ImportProgress, place: Conversation
    ) -> Card:
        """Return the card of a notice, for whoever it is for in the place where it is told."""
        if isinstance(notice, ImportNotice | ImportProgress):
            return await self._of_import(notice, place)
        reader = await self._reader(notice)
        match notice:
            case OfferNotice():
                faces = faces_of(self._at, notice.book, notice.item, notice.offer.value)
                return offer_card(notice.offer, notice.item, notice.book, reader, faces=faces)
            case CopyNotice():
                return copied_card(notice.book, notice.items, reader)
            case ProgressNotice():
                return progress_card(notice.name, notice.done, notice.total, notice.link, reader)
            case AccountNotice():
                return account_notice(notice.what, reader, name=notice.name, link=notice.link)
            case DataNotice():
                return _of_data(notice, reader)

    async def _of_import(self, notice: ImportNotice | ImportProgress, place: Conversation) -> Card:
        """Return how an import stands: in one's own chat for oneself, elsewhere for all."""
        book = notice.book
        reader: Reader = Everyone(book)
        if place.person is not None:
            reader = await self._editor(place.person, book)
        if isinstance(notice, ImportProgress):
            return import_begun(book, reader, notice.done, notice.total)
        return imported_card(book, notice.done, reader)

    async def _reader(self, notice: Personal) -> Viewer:
        if isinstance(notice, OfferNotice | CopyNotice):
            return await self._editor(notice.person, notice.book)
        own = await self._settings.of(notice.person)
        return Viewer(own.zone or ZoneInfo("UTC"), own.language or "en")

    async def _editor(self, person: Person, book: Book) -> Viewer:
        own = await self._settings.of(person)
        return Viewer(own.zone or book.zone, own.language or book.language, Role.EDITOR)


def _of_data(notice: DataNotice, reader: Viewer) -> Card:
    hours = int(FETCHED_WITHIN.total_seconds() // 3600)
    if notice.about is not None:
        return done_for_card(notice.what, notice.about, notice.url, hours, reader)
    if notice.what == "export_ready":
        return export_ready_card(notice.url, hours, reader)
    if notice.what == "export_failed":
        return export_failed_card(reader)
    return erased_card(notice.counts, reader)
