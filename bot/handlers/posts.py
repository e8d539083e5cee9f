"""What the background sends: posts as they are now, and news of an account."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.handlers.open_books import OpenBooks
from bot.replies import Card
from cards.event import event_card, event_deleted
from cards.my_data import erased_card, export_failed_card, export_ready_card
from cards.notice import account_notice
from cards.viewer import Everyone, Reader, Viewer
from services.model.books import Role
from services.model.conversations import Conversation
from services.model.identity import ConversationKind
from services.model.notices import AccountNotice, DataNotice, PostNotice
from services.my_data import FETCHED_WITHIN

__all__ = ["PostDrawings", "draw_news"]


class PostDrawings:
    """Draws the posts of events."""

    def __init__(self, books: OpenBooks) -> None:
        self._books = books

    async def draw(self, notice: PostNotice, place: Conversation) -> Card:
        """Return the event as everybody in the place may see it now."""
        book = await self._books.named(notice.book, notice.book.language)
        reader: Reader = Everyone(book)
        if place.kind is ConversationKind.PERSONAL:
            reader = Viewer(book.zone, book.language, Role.OWNER)
        drawn = event_deleted if notice.event.deleted_at else event_card
        return drawn(notice.event, book, reader)


def draw_news(notice: AccountNotice | DataNotice) -> Card:
    """Return the card for news of somebody's account, or of their data."""
    reader = Viewer(ZoneInfo("UTC"))
    if isinstance(notice, AccountNotice):
        return account_notice(notice.what, reader)
    if notice.what == "export_ready":
        hours = int(FETCHED_WITHIN.total_seconds() // 3600)
        return export_ready_card(notice.url, hours, reader)
    if notice.what == "export_failed":
        return export_failed_card(reader)
    return erased_card(notice.counts, reader)
