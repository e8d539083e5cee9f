"""Files that go out: a calendar for a spreadsheet or another program, one event for Outlook."""

from __future__ import annotations

from bot.handlers.files.file_delivery import FileDelivery
from bot.handlers.open_books import OpenBooks
from bot.replies import Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.files.export_card import export_choice
from cards.files.file_actions import EventFile, ExportGet
from cards.wording import say
from services.files.book_files import BookFiles
from services.model.books import BookKind
from services.model.identity import ConversationKind
from services.phrases.file_words import ExportBook

__all__ = ["FilesOut", "register"]

SAID = {
    "ics": "Your calendar, for any calendar program",
    "xlsx": "Your calendar as a table for Excel",
    "csv": "Your calendar as a plain table",
}


class FilesOut:
    """Answers for files on their way out."""

    def __init__(self, books: OpenBooks, files: BookFiles, delivery: FileDelivery) -> None:
        self._books = books
        self._files = files
        self._delivery = delivery

    async def say_export(self, turn: Turn, command: ExportBook) -> Replies:
        """``export``: what there is; ``export excel``, ``export Holidays as csv``: that."""
        seen = await self._books.by_name(turn, BookKind.CALENDAR, command.calendar)
        if command.kind is not None:
            return await self.export(turn, ExportGet(command.kind.value, seen.book.id))
        return Say(card=export_choice(seen.book, seen.readers))

    async def export(self, turn: Turn, action: ExportGet) -> Replies:
        """The button: the same, as a message of its own."""
        seen = await self._books.called(turn, action.book, BookKind.CALENDAR)
        name = seen.book.name or say(turn.language, "Calendar")
        file = await self._files.whole(
            turn.person,
            seen.book.id,
            name,
            action.ending,
            busy=say(turn.language, "Busy"),
            for_all=seen.shared,
        )
        said = say(turn.language, SAID[action.ending])
        return await self._delivery.hand_over(turn, file.name, file.data, said)

    async def event(self, turn: Turn, action: EventFile) -> Replies:
        """``Add to Outlook``: one event as a file that Outlook opens."""
        file = await self._files.one(
            turn.person,
            action.book,
            action.event,
            busy=say(turn.language, "Busy"),
            for_all=turn.kind is not ConversationKind.PERSONAL,
        )
        said = say(turn.language, "Open it, and Outlook adds the event to your calendar")
        return await self._delivery.hand_over(turn, file.name, file.data, said)


def register(router: Router, handlers: FilesOut) -> None:
    """Fill in the rows."""
    router.command(ExportBook, handlers.say_export)
    router.verb(ExportGet, handlers.export)
    router.verb(EventFile, handlers.event)
