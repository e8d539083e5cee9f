"""Forms in a chat: what becomes of them in the card's place, and in the message below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from bot.handlers.audience import for_all, stands_alone, with_its_message
from bot.handlers.forms import Filed, Form, Forms
from bot.replies import Replace, Replies, Say
from bot.turn import Turn
from cards.action import Action
from cards.form import Mode
from cards.notice import done_card
from cards.wording import say
from services.model.books import BookId
from services.model.contacts import Contact, ContactContent
from services.model.events import Event, EventContent

__all__ = ["ChatForms"]

T = TypeVar("T", bound=Event | Contact)
Id = TypeVar("Id", bound=str)
C = TypeVar("C", bound=EventContent | ContactContent)


class ChatForms(Generic[T, Id, C]):
    """Answers the buttons of forms, and of what follows from them."""

    def __init__(self, forms: Forms[T, Id, C]) -> None:
        self._forms = forms

    async def open_new(self, turn: Turn, book: BookId, draft: str = "") -> Replies:
        """Show the form of a new item."""
        return (await self._forms.new(turn, book, Mode.CHAT, draft=draft)).in_chat()

    async def open_edit(
        self, turn: Turn, book: BookId, id: Id, back: Action | None = None
    ) -> Replies:
        """Show the form of an item that exists; ``back`` shows the list that it was opened from."""
        return (await self._forms.of(turn, book, id, Mode.CHAT, back=back)).in_chat()

    async def create(
        self,
        turn: Turn,
        book: BookId,
        draft: str,
        *,
        steps: Sequence[tuple[Action, str]] = (),
        back: Action | None = None,
    ) -> Replies:
        """Make the item, or show the form again with what is wrong.

        Whoever presses when it is there already gets the same answer, and nothing is posted twice.

        Args:
            turn: who presses.
            book: the book.
            draft: the name of the form.
            steps: what may be done next, where the form was a view of another message.
            back: shows what it was copied from, and the list from which that was opened.
        """
        filed = await self._forms.created(turn, book, draft, Mode.CHAT, back=back)
        if isinstance(filed, Form):
            return filed.in_chat()
        said, seen = say(turn.language, "Created."), filed.seen
        message = await self._forms.shown(turn, seen, filed.item, seen.readers)
        if stands_alone(turn):
            answer = await self._forms.shown(turn, seen, filed.item, seen.viewer, said, back=back)
            return for_all(filed.about, message, answer)
        done = Replace(done_card(said, seen.viewer, steps=steps))
        return [Say(card=message, about=filed.about), done] if filed.is_new else done

    async def save(
        self, turn: Turn, book: BookId, id: Id, etag: str, back: Action | None = None
    ) -> Replies:
        """Save the form, or show it again with what is wrong; ``back`` as of :meth:`open_edit`."""
        filed = await self._forms.saved(turn, book, id, etag, Mode.CHAT, back=back)
        if isinstance(filed, Form):
            return filed.in_chat()
        return await self._changed(turn, filed, say(turn.language, "Saved."), back)

    async def delete(self, turn: Turn, book: BookId, id: Id) -> Replies:
        """Delete the item; the second delivery of the same press finds it done."""
        seen = await self._forms.books.called(turn, book, self._forms.BOOKS)
        item = await self._forms.items.delete(turn.author, seen.book.id, id)
        return await self._changed(turn, Filed(seen, item))

    async def _changed(
        self, turn: Turn, filed: Filed[T], said: str = "", back: Action | None = None
    ) -> Replies:
        seen = filed.seen
        message = await self._forms.shown(turn, seen, filed.item, seen.readers)
        answer = await self._forms.shown(turn, seen, filed.item, seen.viewer, said, back=back)
        return with_its_message(turn, filed.about, message, answer)
