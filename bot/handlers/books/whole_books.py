"""A whole calendar or contact list: put into the recycle bin, after a question."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers.audience import asked_by
from bot.handlers.open_books import OpenBooks, own_view
from bot.handlers.owners import LookAgain, looked_again
from bot.replies import Card, Edit, Replace, Replies, Say, Tell
from bot.router import Router
from bot.turn import Turn
from cards.books.book_actions import BookDeleteYes
from cards.books.whole_book import book_deleted, book_question
from cards.viewer import Everyone, Reader
from cards.wording import say
from services.books.book_bin import BookBin
from services.model.books import Book
from services.model.errors import NotAllowed
from services.model.identity import ConversationKind
from services.phrases import DeleteBook

__all__ = ["WholeBookHandlers", "register"]

FOR_OWNERS = (
    "Only an owner can delete a whole calendar or contact list. "
    "In a channel these are the owners of the team."
)


class WholeBookHandlers:
    """Answers for the books of the place in which somebody asks."""

    def __init__(self, books: OpenBooks, bin: BookBin, look_again: LookAgain) -> None:
        self._books = books
        self._bin = bin
        self._look_again = look_again

    async def ask(self, turn: Turn, command: DeleteBook) -> Replies:
        """``delete calendar``: what would go, and the question."""
        await looked_again(turn, self._look_again)
        seen = await self._books.by_name(turn, command.kind, command.name)
        try:
            stock = await self._bin.look(turn.person, seen.book.id)
        except NotAllowed:
            return Tell(say(turn.language, FOR_OWNERS))
        named = replace(stock, book=seen.book)
        return Say(card=book_question(named, seen.readers), shows=asked_by(turn))

    async def delete(self, turn: Turn, action: BookDeleteYes) -> Replies:
        """It is meant. Everybody who reads the message is told, and can have it back there."""
        await looked_again(turn, self._look_again)
        try:
            book = await self._bin.delete(turn.author, action.book)
        except NotAllowed:
            return Tell(say(turn.language, FOR_OWNERS))
        own = await self._deleted(turn, book, own_view(turn))
        if turn.kind is ConversationKind.PERSONAL:
            return [Edit(card=own), Replace(own)]
        return [Edit(card=await self._deleted(turn, book, Everyone(book))), Replace(own)]

    async def _deleted(self, turn: Turn, book: Book, reader: Reader) -> Card:
        named = await self._books.named(book, reader.language)
        return book_deleted(named, turn.name, reader)


def register(router: Router, handlers: WholeBookHandlers) -> None:
    """Fill in the rows."""
    router.command(DeleteBook, handlers.ask)
    router.verb(BookDeleteYes, handlers.delete)
