"""What the background tells of somebody's account, data or own words: drawn for who reads it.

News for one person come in the language and zone that they have set for themselves. Teams tells
neither outside a turn, so who has set none reads their book's, or English where there is no book.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.replies import Card
from cards.accounts.offer import offer_card
from cards.accounts.progress import progress_card
from cards.books.clone_form import copied_card
from cards.files.import_card import import_begun, imported_card
from cards.notice import account_notice
from cards.people.administration import done_for_card
from cards.people.my_data import erased_card, export_failed_card, export_ready_card
from cards.viewer import Everyone, Viewer
from services.model.books import Role
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

    def __init__(self, settings: PersonalSettings) -> None:
        self._settings = settings

    async def draw(self, notice: Personal | ImportNotice | ImportProgress) -> Card:
        """Return the card of a notice, for whoever it is for."""
        match notice:
            case ImportNotice():
                return imported_card(notice.book, notice.done, Everyone(notice.book))
            case ImportProgress():
                book, done, total = notice.book, notice.done, notice.total
                return import_begun(book, Everyone(book), done, total)
        reader = await self._reader(notice)
        match notice:
            case OfferNotice():
                return offer_card(notice.offer, notice.item, notice.book, reader)
            case CopyNotice():
                return copied_card(notice.book, notice.items, reader)
            case ProgressNotice():
                return progress_card(notice.name, notice.done, notice.total, notice.link, reader)
            case AccountNotice():
                return account_notice(notice.what, reader, name=notice.name, link=notice.link)
            case DataNotice():
                return _of_data(notice, reader)

    async def _reader(self, notice: Personal) -> Viewer:
        own = await self._settings.of(notice.person)
        if isinstance(notice, OfferNotice | CopyNotice):
            book = notice.book
            zone, language = own.zone or book.zone, own.language or book.language
            return Viewer(zone, language, Role.EDITOR)
        return Viewer(own.zone or ZoneInfo("UTC"), own.language or "en")


def _of_data(notice: DataNotice, reader: Viewer) -> Card:
    hours = int(FETCHED_WITHIN.total_seconds() // 3600)
    if notice.about is not None:
        return done_for_card(notice.what, notice.about, notice.url, hours, reader)
    if notice.what == "export_ready":
        return export_ready_card(notice.url, hours, reader)
    if notice.what == "export_failed":
        return export_failed_card(reader)
    return erased_card(notice.counts, reader)
