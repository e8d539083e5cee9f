"""What was deleted, and having it back; and for owners, who changed what."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.owners import LookAgain, looked_again
from bot.replies import Card, Replace, Replies, Say, Tell
from bot.router import Router
from bot.turn import Turn
from cards.books.audit import MOST as MOST_DEEDS
from cards.books.audit import audit_card
from cards.books.book_actions import BinRestoreBook
from cards.books.recycle_bin import MOST, recycle_bin_card
from cards.general_actions import BinRestoreContact, BinRestoreEvent, BinShow
from cards.viewer import Reader
from cards.wording import say
from services.books.audit import Audit, Traced
from services.books.book_bin import BookBin
from services.books.recycle_bin import RecycleBin
from services.model.books import BookKind, Role
from services.model.contacts import Contact
from services.model.deleted_books import DeletedBook
from services.model.events import Event
from services.phrases import ShowAudit, ShowBin

__all__ = ["RecycleBinHandlers", "register"]

FOR_OWNERS = (
    "Who changed what is shown to the owners of a calendar or contact list. "
    "In a channel these are the owners of the team."
)


class RecycleBinHandlers:
    """Answers with all calendars and contact lists of the place, together."""

    def __init__(
        self,
        books: OpenBooks,
        bin: RecycleBin,
        book_bin: BookBin,
        audit: Audit,
        look_again: LookAgain,
    ) -> None:
        self._books = books
        self._bin = bin
        self._book_bin = book_bin
        self._audit = audit
        self._look_again = look_again

    async def say(self, turn: Turn, command: ShowBin) -> Replies:
        """``recycle bin``: a message, drawn for all who read it."""
        here = await self._here(turn)
        return Say(card=await self._card(turn, here, here[0].readers))

    async def show(self, turn: Turn, action: BinShow) -> Replies:
        """The button: as it is now, for the one who pressed."""
        return await self._shown(turn)

    async def restore_event(self, turn: Turn, action: BinRestoreEvent) -> Replies:
        """Bring an event back."""
        seen = await self._books.called(turn, action.book)
        await self._bin.restore_event(turn.author, seen.book.id, action.event)
        return await self._shown(turn, say(turn.language, "Restored."))

    async def restore_contact(self, turn: Turn, action: BinRestoreContact) -> Replies:
        """Bring a contact back."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        await self._bin.restore_contact(turn.author, seen.book.id, action.contact)
        return await self._shown(turn, say(turn.language, "Restored."))

    async def restore_book(self, turn: Turn, action: BinRestoreBook) -> Replies:
        """Bring a whole calendar or contact list back."""
        await self._book_bin.restore(turn.author, action.book)
        return await self._shown(turn, say(turn.language, "Restored."))

    async def say_audit(self, turn: Turn, command: ShowAudit) -> Replies:
        """``audit``: who changed what, where the person owns it."""
        traced: list[Traced] = []
        await looked_again(turn, self._look_again)
        here = await self._here(turn)
        owned = [seen for seen in here if seen.viewer.may(Role.OWNER)]
        if not owned:
            return Tell(say(turn.language, FOR_OWNERS))
        for seen in owned:
            traced += await self._audit.newest(
                turn.person, seen.book.id, MOST_DEEDS, for_all=seen.shared
            )
        traced.sort(key=lambda one: one.entry.at, reverse=True)
        told = [(one.entry, one.title) for one in traced]
        return Say(card=audit_card(told, here[0].readers))

    async def _shown(self, turn: Turn, said: str = "") -> Replies:
        here = await self._here(turn)
        return Replace(await self._card(turn, here, here[0].viewer, said))

    async def _card(self, turn: Turn, here: list[OpenBook], reader: Reader, said: str = "") -> Card:
        books = await self._book_bin.contents(turn.person, here[0].book.home)
        named = [await self._named(turn, each) for each in books]
        return recycle_bin_card(await self._contents(turn, here), reader, books=named, said=said)

    async def _named(self, turn: Turn, deleted: DeletedBook) -> DeletedBook:
        return replace(deleted, book=await self._books.named(deleted.book, turn.language))

    async def _here(self, turn: Turn) -> list[OpenBook]:
        return [seen for kind in BookKind for seen in await self._books.all_here(turn, kind)]

    async def _contents(self, turn: Turn, here: list[OpenBook]) -> list[Event | Contact]:
        found: list[Event | Contact] = []
        for seen in here:
            found += await self._bin.contents(turn.person, seen.book.id, MOST + 1)
        return sorted(found, key=_deleted_at, reverse=True)


def _deleted_at(thing: Event | Contact) -> datetime:
    return thing.deleted_at or thing.updated_at


def register(router: Router, handlers: RecycleBinHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowBin, handlers.say)
    router.command(ShowAudit, handlers.say_audit)
    router.verb(BinShow, handlers.show)
    router.verb(BinRestoreEvent, handlers.restore_event)
    router.verb(BinRestoreContact, handlers.restore_contact)
    router.verb(BinRestoreBook, handlers.restore_book)
