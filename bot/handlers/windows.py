"""Forms in windows: from the button of a card, and as an action command of the compose box.

What was made by a card's button is posted in the chat; what was made in the compose box goes into
the message that is being written. Posts that show what was changed follow by themselves.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar

from bot.handlers.forms import Filed, Form, Forms
from bot.replies import Card, Done, Found, Insert, Replies, Say
from bot.router import Outdated
from bot.turn import Turn
from cards.action import Action
from cards.form import Mode
from cards.wording import say
from services.model.books import Book, BookId
from services.model.contacts import Contact, ContactContent
from services.model.events import Event, EventContent

__all__ = ["Windows", "action_of"]

A = TypeVar("A", bound=Action)
T = TypeVar("T", bound=Event | Contact)
Id = TypeVar("Id", bound=str)
C = TypeVar("C", bound=EventContent | ContactContent)


Insertion = Callable[[Turn, T, Book], Awaitable[Card]]
"""Draws what goes into a message that somebody writes."""


class Windows(Generic[T, Id, C]):
    """Answers the windows of one kind of item; ``insert`` where a message shows it otherwise."""

    def __init__(self, forms: Forms[T, Id, C], insert: Insertion[T] | None = None) -> None:
        self._forms = forms
        self._insert = insert

    async def open_new(self, turn: Turn, book: BookId) -> Replies:
        """A card's button: the form of a new item."""
        return (await self._forms.new(turn, book, Mode.DIALOG)).in_window()

    async def open_edit(self, turn: Turn, book: BookId, id: Id) -> Replies:
        """A card's button: the form of an item that exists."""
        return (await self._forms.of(turn, book, id, Mode.DIALOG)).in_window()

    async def compose(self, turn: Turn, values: Mapping[str, str] | None = None) -> Replies:
        """The compose box, or a message's menu: a form for the books of the place."""
        seen = await self._forms.books.here(turn, self._forms.BOOKS)
        seen = await self._forms.books.to_choose(turn, seen)
        if values is None:
            values = self._forms.brought(turn, seen.book)
        return self._forms.filled(turn, seen, values, Mode.DIALOG).in_window()

    async def create(self, turn: Turn, book: BookId, draft: str) -> Replies:
        """The window's button: make the item and post it in the chat, once."""
        filed = await self._forms.created(turn, book, draft, Mode.DIALOG)
        if isinstance(filed, Form):
            return filed.in_window()
        card = await self._forms.shown(turn, filed.seen, filed.item, filed.seen.readers)
        return [Say(card=card, about=filed.about), Done()] if filed.is_new else Done()

    async def save(self, turn: Turn, book: BookId, id: Id, etag: str) -> Replies:
        """The window's button: save; the posts that show the item follow."""
        filed = await self._forms.saved(turn, book, id, etag, Mode.DIALOG)
        if isinstance(filed, Form):
            return filed.in_window()
        return Done(say(turn.language, "Saved."))

    async def insert_new(self, turn: Turn, book: BookId, draft: str) -> Replies:
        """The form of the compose box: make the item and put its card into the message."""
        return await self._inserted(turn, await self._forms.created(turn, book, draft, Mode.DIALOG))

    async def insert_saved(self, turn: Turn, book: BookId, id: Id, etag: str) -> Replies:
        """The same, once somebody else was faster with that form: change what was made."""
        filed = await self._forms.saved(turn, book, id, etag, Mode.DIALOG)
        return await self._inserted(turn, filed)

    async def _inserted(self, turn: Turn, filed: Filed[T] | Form) -> Replies:
        if isinstance(filed, Form):
            return filed.in_window()
        item, seen = filed.item, filed.seen
        if self._insert is None:
            card = self._forms.draw(item, seen.book, seen.readers)
        else:
            card = await self._insert(turn, item, seen.book)
        return Insert(Found(card=card, preview=self._forms.preview(item, seen.viewer)))


def action_of(kind: type[A], data: Mapping[str, Any]) -> A:
    """Return the action that a composed form carries.

    Raises:
        Outdated: it carries another, or none.
    """
    try:
        return kind.from_data(data)
    except (KeyError, TypeError, ValueError) as err:
        raise Outdated(kind.verb) from err
