"""Who may do what in a book, looked at by its members and changed by its owners.

Names come from the roster of the place, roles from :mod:`services.books.rights`. Every change can
be taken back, and none leaves a book without an owner. A book of one person has no members.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from services.books.rights import granted, is_guest, owners_among, role_in
from services.books.sharing import Sharing
from services.model.access import Access, Mode, Role
from services.model.audit import AuditEntry
from services.model.books import Book, BookId
from services.model.conversations import Member
from services.model.deeds import Deed
from services.model.errors import InvalidInput, LastOwner, NotFound, Problem, Stale, Wrong
from services.model.events import Author
from services.model.identity import ConversationHome, ConversationKind, Person
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["MemberRole", "Members", "Memberships", "Rules"]


@dataclass(frozen=True, slots=True)
class MemberRole:
    """Somebody in the place of a book."""

    member: Member
    role: Role
    is_named: bool
    """Whether the role was given to them by name, and counts."""
    is_guest: bool


@dataclass(frozen=True, slots=True)
class Members:
    """A book and everybody who may see it."""

    book: Book
    roles: tuple[MemberRole, ...]
    """Owners first, then by name."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for whoever has no role of their own."""

    mode: Mode
    others: Role
    guests: Role


class Memberships:
    """Use cases of rights."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._clock = clock

    async def look(self, person: Person, book_id: BookId) -> Members:
        """Return the members and their roles.

        Raises:
            NotFound: there is no such book, as far as this person may know, or it is a person's.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        return _members(book, await self._roster(book))

    async def change(
        self,
        author: Author,
        book_id: BookId,
        rules: Rules,
        roles: Mapping[Person, Role | None] | None = None,
        *,
        etag: str | None = None,
    ) -> Members:
        """Set who may do what; to what it is already, nothing is written.

        Args:
            author: one of the owners.
            book_id: the book.
            rules: what holds for those without a role of their own.
            roles: roles to give by name, ``None`` = to take back; whoever is not named keeps
                theirs. A role below an owner's needs ``Mode.CUSTOM``.
            etag: of the version that the author saw; ``None`` = whatever is there now.

        Raises:
            NotFound: no such book for this person, or it is a person's own.
            NotAllowed: they do not own it.
            LastOwner: nobody would own it any more.
            InvalidInput: a guest cannot own it; somebody is not there.
            Stale: it has changed since the author saw it.
        """
        if author.person is None:
            raise NotFound("book")
        book = await self._sharing.book_for(author.person, book_id, Role.READER)
        await self._sharing.require(author.person, book, Role.OWNER)
        roster = await self._roster(book)
        access = _changed(book, rules, roles or {}, roster)
        if await self._is_group(book):
            access = _named(access, author.person, {member.person for member in roster})
        if access == book.access:
            return _members(book, roster)
        if etag is not None and etag != book.etag:
            raise Stale("the book has changed")
        if not owners_among(access, roster, book.tenant):
            raise LastOwner
        entry = AuditEntry(
            at=self._clock.now(), by=author, deed=Deed.SHARED, kind="book", item=book.id
        )
        await self._store.audit.add(book, entry)
        return _members(await self._store.books.save(replace(book, access=access)), roster)

    async def _is_group(self, book: Book) -> bool:
        """Whether it is of a group chat, whose roster makes everybody an owner."""
        if not isinstance(book.home, ConversationHome):
            return False
        place = await self._store.conversations.get(book.tenant, book.home.conversation)
        return place is not None and place.kind is ConversationKind.GROUP

    async def _roster(self, book: Book) -> tuple[Member, ...]:
        if not isinstance(book.home, ConversationHome):
            raise NotFound("book")
        return await self._store.conversations.roster(book.tenant, book.home.conversation)


def _members(book: Book, roster: Iterable[Member]) -> Members:
    found = [_role_of(book, member) for member in roster]
    found.sort(key=lambda each: (-each.role, each.member.name.casefold(), each.member.teams_id))
    return Members(book, tuple(found))


def _role_of(book: Book, member: Member) -> MemberRole:
    grant, access = book.access.of(member.person), book.access
    counts = grant is not None and (grant.role is Role.OWNER or access.mode is Mode.CUSTOM)
    return MemberRole(
        member, role_in(access, member, book.tenant), counts, is_guest(member, book.tenant)
    )


def _changed(
    book: Book, rules: Rules, roles: Mapping[Person, Role | None], roster: Iterable[Member]
) -> Access:
    access = replace(book.access, mode=rules.mode, others=rules.others, guests=rules.guests)
    if Role.OWNER in (rules.others, rules.guests):
        raise InvalidInput(Problem("others", Wrong.NOT_A_CHOICE))
    there = {member.person: member for member in roster}
    for person, role in roles.items():
        if person not in there:
            raise InvalidInput(Problem("roles", Wrong.NOT_A_CHOICE))
        if role is Role.OWNER and is_guest(there[person], book.tenant):
            raise InvalidInput(Problem("roles", Wrong.NOT_A_CHOICE))
        access = granted(access, person, role)
    return access


def _named(access: Access, person: Person, there: Container[Person]) -> Access:
    """Where all own a book, who first shuts it is the one who keeps it, until it is everybody's."""
    if access.mode is Mode.EVERYBODY:
        return replace(access, owners_named=False)
    owners = [each for each in access.grants if each.role is Role.OWNER and each.person in there]
    if not owners and access.of(person) is None:
        access = granted(access, person, Role.OWNER)
    return replace(access, owners_named=True)
