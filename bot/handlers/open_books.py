"""A book as it lies before somebody: which one is meant, what it is called, what they may do.

Every handler begins here: :meth:`OpenBooks.here` finds the calendar or contact list of the place
in which somebody asks, :meth:`OpenBooks.called` the one that a button names.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.turn import Turn
from cards.viewer import Everyone, Reader, Viewer
from cards.wording import say
from services.books.books import Books
from services.books.sharing import Sharing
from services.model.books import Book, BookId, BookKind, Role
from services.model.conversations import Conversation
from services.model.errors import NotAllowed, NotFound, ReadOnly, ReadOnlyReason
from services.model.identity import (
    ConversationHome,
    ConversationId,
    ConversationKind,
    Home,
    Person,
    PersonHome,
    TenantId,
)
from services.model.preferences import Preferences

__all__ = ["FindPlace", "OpenBook", "OpenBooks", "own_view"]

FindPlace = Callable[[TenantId, ConversationId], Awaitable[Conversation | None]]

OWN = {BookKind.CALENDAR: "Your calendar", BookKind.CONTACTS: "Your contacts"}


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A book and the person in front of it."""

    book: Book
    """Named after its home where it has no name of its own."""
    viewer: Viewer
    shared: bool
    """True where others read the same messages."""
    person: Person | None = None
    beside: tuple[Book, ...] = ()
    """All of the place in which the person may add something, where there is a choice."""

    @property
    def readers(self) -> Reader:
        """For whom a message in this place is drawn: the one reader there is, or everyone."""
        return Everyone(self.book) if self.shared else self.viewer


class OpenBooks:
    """Opens books for handlers; ``find_place`` looks a conversation up."""

    def __init__(self, books: Books, sharing: Sharing, find_place: FindPlace) -> None:
        self._books = books
        self._sharing = sharing
        self._find_place = find_place

    async def here(self, turn: Turn, kind: BookKind) -> OpenBook:
        """Return the default book of the place, made where there is none yet.

        From the compose box of a chat in which the app is not installed, the person's own is
        meant: that chat has no members list that could say who may see it.
        """
        return await self._opened(turn, await self._at(turn, await self.home(turn), kind))

    async def to_add(self, turn: Turn, kind: BookKind) -> OpenBook:
        """Return the book of the place to which something is added: the first that may be.

        Raises:
            NotAllowed: the person may add something to none.
            ReadOnly: what there is is archived.
        """
        seen = await self.here(turn, kind)
        if seen.viewer.may(Role.CONTRIBUTOR) and not seen.book.archived:
            return seen
        there = await self._books.of_place(turn.person, seen.book.home, kind)
        for other in await self._open_to(turn, there):
            return await self._opened(turn, other)
        if seen.book.archived:
            raise ReadOnly(ReadOnlyReason.ARCHIVED)
        raise NotAllowed(Role.CONTRIBUTOR.name.lower())

    async def called(self, turn: Turn, id: BookId, kind: BookKind = BookKind.CALENDAR) -> OpenBook:
        """Return the book that a button names; without an id, the default one of the place.

        Raises:
            NotFound: no such book, or not for this person.
        """
        if not id:
            return await self.here(turn, kind)
        if turn.person.tenant != turn.conversation.tenant:
            for each in BookKind:  # a guest finds the books of the hosts by their shelf alone
                await self.meet(turn, each)
        return await self._opened(turn, await self._books.get(turn.person, id))

    async def of_place(self, turn: Turn, kind: BookKind) -> list[Book]:
        """Return the books of the place, each by its name: the first one, then the archived."""
        home = await self.home(turn)
        await self._at(turn, home, kind)
        found = await self._books.of_place(turn.person, home, kind)
        return [await self.named(book, turn.language) for book in found]

    async def all_here(self, turn: Turn, kind: BookKind) -> list[OpenBook]:
        """Return all books of the place as they lie before somebody, the first one first."""
        first = await self.here(turn, kind)
        others = await self._books.of_place(turn.person, first.book.home, kind)
        return [first] + [await self._opened(turn, b) for b in others if b.id != first.book.id]

    async def by_name(self, turn: Turn, kind: BookKind, name: str) -> OpenBook:
        """Return the book of the place that somebody calls so; without a name, the first one.

        In a chat of their own all that they have met is meant: nobody else reads the answer.

        Raises:
            NotFound: there is none such, as far as this person may know.
        """
        if not name:
            return await self.here(turn, kind)
        books = await self.of_place(turn, kind)
        if turn.kind is ConversationKind.PERSONAL:
            books += await self.readable(turn, kind)
        found = _called(books, name)
        if found is None:
            raise NotFound(kind.value)
        return await self._opened(turn, found)

    async def named_so(self, turn: Turn, name: str) -> OpenBook:
        """Return the calendar that somebody calls so, or else the contact list.

        Raises:
            NotFound: there is neither, as far as this person may know.
        """
        try:
            return await self.by_name(turn, BookKind.CALENDAR, name)
        except NotFound:
            with suppress(NotFound):
                return await self.by_name(turn, BookKind.CONTACTS, name)
            raise

    async def to_choose(self, turn: Turn, seen: OpenBook) -> OpenBook:
        """Return a book together with the others of its place to which something may be added."""
        there = await self._books.of_place(turn.person, seen.book.home, seen.book.kind)
        choice = await self._open_to(turn, there)
        return replace(seen, beside=tuple(choice) if len(choice) > 1 else ())

    async def writable(self, turn: Turn, kind: BookKind) -> list[Book]:
        """Return the books to which the person may add something from here, each by its name.

        In a chat of their own these are all that they have met, for a file can be sent there alone.
        """
        is_own = turn.kind is ConversationKind.PERSONAL
        found = await (self.readable if is_own else self.of_place)(turn, kind)
        return await self._open_to(turn, found)

    async def home(self, turn: Turn) -> Home:
        """Return whose books are meant where somebody asks."""
        if turn.kind is ConversationKind.PERSONAL:
            return PersonHome(turn.person)
        place = await self._find_place(turn.conversation.tenant, turn.conversation.id)
        return turn.home if place and place.installed else PersonHome(turn.person)

    async def meet(self, turn: Turn, kind: BookKind) -> None:
        """Put the book of a place that is shared on the shelf of somebody who is there."""
        home = await self.home(turn)
        if isinstance(home, ConversationHome):
            await self._at(turn, home, kind)

    async def on_shelf(self, turn: Turn, kind: BookKind) -> tuple[BookId, ...]:
        """Return the books that the person has met, and may still look at."""
        return tuple(book.id for book in await self._books.on_shelf(turn.person, kind))

    async def readable(self, turn: Turn, kind: BookKind) -> list[Book]:
        """Return the books that the person has met, and may still look at, each by its name."""
        books = await self._books.on_shelf(turn.person, kind)
        return [await self.named(book, turn.language) for book in books]

    async def looked_through(self, turn: Turn, first: BookId, kind: BookKind) -> list[BookId]:
        """Return the books that a question in words is about, ``first`` before all others.

        In somebody's own chat these are all that they may look at; where others read along, those
        of the place; in either, but for what an owner has archived.
        """
        is_own = turn.kind is ConversationKind.PERSONAL
        there = await (self.readable if is_own else self.of_place)(turn, kind)
        others = (book.id for book in there if not book.retired)
        return list(dict.fromkeys((first, *others)))

    async def named(self, book: Book, language: str) -> Book:
        """Return the book under its own name, or under that of its home."""
        return book if book.name else replace(book, name=await self._name_of(book, language))

    async def place_of(self, book: Book, language: str) -> Book:
        """Return a book under the name of its home, as what stands for all that are there."""
        return replace(book, name=await self._name_of(book, language))

    async def reader_in(self, place: Conversation, book: Book, own: Preferences) -> Reader | None:
        """Return for whom a message in a place is drawn; ``None`` = it is not for that place.

        Whose own chat it is reads it as they have set (``own``), else as the book has it: outside
        a turn Teams tells neither zone nor language.
        """
        if place.person is None:
            is_home = book.home == ConversationHome(place.tenant, place.id)
            return Everyone(book) if is_home else None
        role = await self._sharing.role_of(place.person, book)
        if role is None:
            return None
        zone, language = own.zone or book.zone, own.language or book.language
        return Viewer(zone, language, role, _whose(place.person, role))

    async def _at(self, turn: Turn, home: Home, kind: BookKind) -> Book:
        return await self._books.at_home(
            turn.author, home, kind, zone=turn.zone, language=turn.language
        )

    async def _open_to(self, turn: Turn, books: Sequence[Book]) -> list[Book]:
        """Return those to which the person may add something, each by its name."""
        roles = [await self._sharing.role_of(turn.person, book) for book in books]
        return [
            await self.named(book, turn.language)
            for book, role in zip(books, roles, strict=True)
            if role is not None and role >= Role.CONTRIBUTOR and not book.archived
        ]

    async def _opened(self, turn: Turn, book: Book) -> OpenBook:
        role = await self._sharing.role_of(turn.person, book)
        viewer = Viewer(turn.zone, turn.language, role or Role.READER, _whose(turn.person, role))
        named = await self.named(book, turn.language)
        shared = turn.kind is not ConversationKind.PERSONAL
        return OpenBook(named, viewer, shared, turn.person)

    async def _name_of(self, book: Book, language: str) -> str:
        if not isinstance(book.home, ConversationHome):
            return say(language, OWN[book.kind])
        place = await self._find_place(book.tenant, book.home.conversation)
        if place is None:
            return ""
        return " · ".join(part for part in (place.team_name, place.name) if part)


def _whose(person: Person, role: Role | None) -> Person | None:
    """Return the person where it matters to them who made something."""
    return person if role is Role.CONTRIBUTOR else None


def _called(books: Sequence[Book], name: str) -> Book | None:
    """Return the book of a name, or the one whose name begins so, or holds it."""
    wanted = name.casefold()
    for fits in (str.__eq__, str.startswith, str.__contains__):
        for book in books:
            if fits(book.name.casefold(), wanted):
                return book
    return None


def own_view(turn: Turn) -> Viewer:
    """Return the reader of a card that is about no book."""
    return Viewer(turn.zone, turn.language)
