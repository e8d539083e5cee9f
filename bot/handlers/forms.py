"""Forms of events and contacts, in a chat or in a window: handed out, taken back, shown again.

A form that cannot be taken comes back as it was typed, with what is wrong beside each input; so
does one whose item somebody else has changed meanwhile. :class:`Forms` knows how that goes, its
subclasses (:mod:`~bot.handlers.events.event_forms`, :mod:`~bot.handlers.contacts.contact_forms`)
know how each kind of item is read and drawn, and what becomes of a form that was taken is said by
:mod:`~bot.handlers.chat_forms` and :mod:`~bot.handlers.windows`.
"""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from bot.handlers.not_taken import why_not_taken
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.overtaken import changed_by, made_by
from bot.handlers.sheets import Sheet
from bot.replies import Card, Dialog, PostAbout, Replace, Replies
from bot.turn import Turn
from cards.action import Action
from cards.form import IN_BOOK, Mode
from cards.viewer import Reader, Viewer
from cards.wording import say, sentence_of
from services.books.items import Items
from services.model.books import Book, BookId, BookKind
from services.model.contacts import Contact, ContactContent
from services.model.errors import AlmanacError, InvalidInput, NotFound, Stale
from services.model.events import Event, EventContent

__all__ = ["Filed", "Form", "Forms", "OfBook", "new_form"]

T = TypeVar("T", bound=Event | Contact)
Id = TypeVar("Id", bound=str)
C = TypeVar("C", bound=EventContent | ContactContent)


class OfBook(Protocol):
    """An action that is about something in a book."""

    @property
    def book(self) -> BookId:
        """The book."""


A = TypeVar("A", bound=OfBook)


def new_form() -> str:
    """Return the name of a form that is about to be shown: 128 random bits.

    What is made by it has an id that follows from this name, so one form makes one item, however
    often its submit arrives and whoever else sees it and presses as well.
    """
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class Form:
    """A form to fill in, for the first time or once more."""

    title: str
    card: Card

    def in_chat(self) -> Replace:
        """Return it in the place of the card that was pressed."""
        return Replace(self.card, is_form=True)

    def in_window(self) -> Dialog:
        """Return it as a window."""
        return Dialog(title=self.title, card=self.card, height="large")


@dataclass(frozen=True, slots=True)
class Filed(Generic[T]):
    """A form that was taken, and the item that it made or changed."""

    seen: OpenBook
    item: T
    is_new: bool = False
    """Whether this very submit made the item."""

    @property
    def about(self) -> PostAbout:
        """What a message says that shows the item."""
        return PostAbout(self.seen.book, self.item.id)


class Forms(ABC, Generic[T, Id, C]):
    """The forms of one kind of item."""

    BOOKS: ClassVar[BookKind]
    TITLES: ClassVar[tuple[str, str]]
    """Over the form of a new item, and over that of one which exists."""

    def __init__(self, books: OpenBooks, items: Items[T, Id, C]) -> None:
        self.books = books
        self.items = items

    async def new(self, turn: Turn, book: BookId, mode: Mode, *, draft: str = "") -> Form:
        """Return the form of a new item, filled with what the button brought along."""
        seen = await self.books.called(turn, book, self.BOOKS)
        seen = await self.books.to_choose(turn, seen)
        return self.filled(turn, seen, self.brought(turn, seen.book), mode, draft=draft)

    def filled(
        self,
        turn: Turn,
        seen: OpenBook,
        values: Mapping[str, str],
        mode: Mode,
        *,
        draft: str = "",
        back: Action | None = None,
    ) -> Form:
        """Return the form of a new item with these values.

        ``draft`` is of a proposal, ``back`` shows what the values are copied from.
        """
        return self._form(
            turn, seen, values, Sheet(mode=mode, draft=draft or new_form(), back=back)
        )

    async def of(
        self, turn: Turn, book: BookId, id: Id, mode: Mode, *, back: Action | None = None
    ) -> Form:
        """Return the form of an item that exists; ``back`` shows the list that it was opened from.

        Raises:
            NotFound: there is none, as far as this person may know.
        """
        seen, item = await self.named(turn, book, id)
        values = self.values(turn, item)
        sheet = Sheet(mode=mode, item=item, etag=item.etag, back=back)
        return self._form(turn, seen, values, sheet)

    async def for_new(self, turn: Turn, book: BookId) -> OpenBook:
        """Return where a form puts a new item, beside the others among which it can choose."""
        seen = await self.books.called(turn, _chosen(turn) or book, self.BOOKS)
        return await self.books.to_choose(turn, seen)

    async def created(
        self, turn: Turn, book: BookId, draft: str, mode: Mode, *, back: Action | None = None
    ) -> Filed[T] | Form:
        """Make the item of a form; ``back`` as of :meth:`filled`.

        Raises:
            NotFound: no such book for this person; or what the form made is deleted.
        """
        seen = await self.for_new(turn, book)
        typed = self.typed(turn.value)
        sheet: Sheet[T] = Sheet(mode=mode, draft=draft, back=back)
        try:
            content = await self.read(turn, seen, None)
            made = await self.items.make(turn.author, seen.book.id, content, draft)
        except InvalidInput as err:
            return self._form(turn, seen, typed, replace(sheet, problems=err.problems))
        except Stale:
            item = await self.items.of_draft(turn.person, seen.book.id, draft)
            said = made_by(item.updated_by.name, turn.language)
            sheet = replace(sheet, item=item, etag=item.etag, said=said)
            return self._form(turn, seen, typed, sheet)
        except AlmanacError as err:
            return self.kept(turn, seen, typed, sheet, err)
        return Filed(seen, made.item, made.is_new)

    async def saved(
        self,
        turn: Turn,
        book: BookId,
        id: Id,
        etag: str,
        mode: Mode,
        *,
        back: Action | None = None,
    ) -> Filed[T] | Form:
        """Change an item as its form says; ``back`` as of :meth:`of`.

        Raises:
            NotFound: there is none, as far as this person may know.
        """
        seen, item = await self.named(turn, book, id)
        typed, sheet = self.typed(turn.value), Sheet(mode=mode, item=item, etag=etag, back=back)
        try:
            content = await self.read(turn, seen, item)
            return Filed(
                seen, await self.items.edit(turn.author, seen.book.id, id, content, etag=etag)
            )
        except InvalidInput as err:
            return self._form(turn, seen, typed, replace(sheet, problems=err.problems))
        except Stale:
            _, item = await self.named(turn, book, id)
            said = changed_by(item.updated_by.name, turn.language)
            sheet = replace(sheet, item=item, etag=item.etag, said=said)
            return self._form(turn, seen, typed, sheet)
        except AlmanacError as err:
            return self.kept(turn, seen, typed, sheet, err)

    async def named(self, turn: Turn, book: BookId, id: Id) -> tuple[OpenBook, T]:
        """Return the item that a button names, and its book.

        Raises:
            NotFound: there is none, as far as this person may know.
        """
        seen = await self.books.called(turn, book, self.BOOKS)
        return seen, await self.items.get(turn.person, seen.book.id, id)

    def unless_gone(
        self, handler: Callable[[Turn, A], Awaitable[Replies]]
    ) -> Callable[[Turn, A], Awaitable[Replies]]:
        """Return the handler, with a fresh card for the button of an item that is gone."""

        async def answer(turn: Turn, action: A) -> Replies:
            try:
                return await handler(turn, action)
            except NotFound as err:
                if err.what != self.items.KIND:
                    raise
                seen = await self.books.called(turn, action.book, self.BOOKS)
                return Replace(self.gone(sentence_of(turn.language, err), seen))

        return answer

    @abstractmethod
    def typed(self, data: Mapping[str, Any]) -> dict[str, str]:
        """Return what was typed, right or wrong."""

    @abstractmethod
    def brought(self, turn: Turn, book: Book) -> dict[str, str]:
        """Return what a new form begins with in a book."""

    @abstractmethod
    def values(self, turn: Turn, item: T) -> dict[str, str]:
        """Return what the form of an item begins with."""

    @abstractmethod
    async def read(self, turn: Turn, seen: OpenBook, item: T | None) -> C:
        """Return the content that a form describes; ``item`` is what it was opened for.

        Raises:
            InvalidInput: something cannot be taken.
        """

    @abstractmethod
    def draw_form(self, seen: OpenBook, values: Mapping[str, str], sheet: Sheet[T]) -> Card:
        """Return the form as a card."""

    @abstractmethod
    def draw(
        self, item: T, book: Book, reader: Reader, said: str = "", *, back: Action | None = None
    ) -> Card:
        """Return the item as a card; a deleted one says so."""

    async def shown(
        self,
        turn: Turn,
        seen: OpenBook,
        item: T,
        reader: Reader,
        said: str = "",
        *,
        back: Action | None = None,
    ) -> Card:
        """Return the item as a card, with what is kept beside it."""
        return self.draw(item, seen.book, reader, said, back=back)

    @abstractmethod
    def preview(self, item: T, viewer: Viewer) -> Mapping[str, Any]:
        """Return the item as a row of results."""

    @abstractmethod
    def gone(self, sentence: str, seen: OpenBook) -> Card:
        """Return the card for the button of an item that is gone."""

    def kept(
        self,
        turn: Turn,
        seen: OpenBook,
        typed: Mapping[str, str],
        sheet: Sheet[T],
        err: AlmanacError,
    ) -> Form:
        """Return the form of a window as it was typed, with why it was not taken."""
        said = why_not_taken(turn, sheet.mode, err)
        return self._form(turn, seen, typed, replace(sheet, said=said))

    def _form(self, turn: Turn, seen: OpenBook, values: Mapping[str, str], sheet: Sheet[T]) -> Form:
        new, existing = self.TITLES
        title = say(turn.language, new if sheet.item is None else existing)
        return Form(title, self.draw_form(seen, values, sheet))


def _chosen(turn: Turn) -> BookId:
    """Return the book that was chosen in the form, where there was a choice."""
    value = turn.value.get(IN_BOOK)
    return BookId(value) if isinstance(value, str) else BookId("")
