"""The fields that the owners of a contact list give it, beside those that every contact has.

A field keeps its kind for good: what contacts hold in it was checked for that. Taking one away
hides what they hold, and the next edit of each lets go of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.books.sharing import Sharing
from services.ids import id_of
from services.model.audit import AuditEntry
from services.model.books import Book, BookId, BookKind, Role
from services.model.contact_lists import CustomField, FieldId, FieldKind
from services.model.deeds import Deed
from services.model.errors import InvalidInput, NotFound, Problem, Stale, Wrong
from services.model.events import Author
from services.model.times import Clock
from services.storage.store import Store
from services.tidy_text import names, one_line

__all__ = ["MAX_CHOICES", "MAX_FIELDS", "FieldDraft", "ListFields"]

MAX_FIELDS = 20
MAX_CHOICES = 50
MAX_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDraft:
    """A field as a form describes it."""

    id: FieldId | None = None
    """``None`` = a new one."""
    name: str
    """Empty = it is to go."""
    kind: FieldKind = FieldKind.TEXT
    """Of a new one."""
    choices: tuple[str, ...] = ()


class ListFields:
    """Use cases of a list's own fields."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._clock = clock

    async def change(
        self, author: Author, book_id: BookId, drafts: Sequence[FieldDraft], *, etag: str
    ) -> Book:
        """Give a list these fields and no others, in this order.

        Args:
            author: one of its owners.
            book_id: the contact list.
            drafts: its fields; one that is not named stays behind the others.
            etag: of the list as the author saw it.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such list, not an owner's, or archived.
            InvalidInput: a field cannot be taken; names the input, counted from 0.
            Stale: the list has changed since the author saw it.
        """
        if author.person is None:
            raise NotFound("book")
        book = await self._sharing.book_for(author.person, book_id, Role.OWNER)
        if book.kind is not BookKind.CONTACTS:
            raise NotFound("book")
        fields = [_field(book, number, draft) for number, draft in enumerate(drafts) if draft.name]
        named = {draft.id for draft in drafts if draft.id}
        fields += [field for field in book.shape.fields if field.id not in named]
        problems = list(_problems(drafts, fields))
        if problems:
            raise InvalidInput(*problems)
        shape = replace(book.shape, fields=tuple(fields))
        if shape == book.shape:
            return book
        if etag != book.etag:
            raise Stale("the list has changed")
        now = self._clock.now()
        entry = AuditEntry(at=now, by=author, deed=Deed.SET, kind="book", item=book.id)
        await self._store.audit.add(book, entry)
        return await self._store.books.save(replace(book, shape=shape))


def _field(book: Book, number: int, draft: FieldDraft) -> CustomField:
    """Return a field as it will be kept; a new one's id follows from the version it is added to."""
    kept = book.shape.field(draft.id) if draft.id else None
    kind = kept.kind if kept else draft.kind
    id = kept.id if kept else FieldId(id_of("field", book.id, book.etag, str(number)))
    choices = names(draft.choices) if kind is FieldKind.CHOICE else ()
    return CustomField(id, one_line(draft.name), kind, choices)


def _problems(drafts: Sequence[FieldDraft], fields: Sequence[CustomField]) -> Iterator[Problem]:
    taken: set[str] = set()
    for number, draft in enumerate(drafts):
        name = one_line(draft.name)
        if not name:
            continue
        if len(name) > MAX_NAME:
            yield Problem(f"field_name_{number}", Wrong.TOO_LONG, MAX_NAME)
        if name.casefold() in taken:
            yield Problem(f"field_name_{number}", Wrong.TAKEN)
        taken.add(name.casefold())
        choices = names(draft.choices)
        if draft.kind is FieldKind.CHOICE and not choices:
            yield Problem(f"field_choices_{number}", Wrong.MISSING)
        if len(choices) > MAX_CHOICES:
            yield Problem(f"field_choices_{number}", Wrong.TOO_MANY, MAX_CHOICES)
        if any(len(choice) > MAX_NAME for choice in choices):
            yield Problem(f"field_choices_{number}", Wrong.TOO_LONG, MAX_NAME)
    if len(fields) > MAX_FIELDS:
        yield Problem("field_name_0", Wrong.TOO_MANY, MAX_FIELDS)
