"""The people somebody can ask about by name: those of a place, or of all places they are in.

:meth:`Colleagues.around` lists them, :func:`pick` finds in a list whom a few names mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.books.books import Books
from services.model.books import BookKind
from services.model.conversations import Member
from services.model.filters import folded
from services.model.identity import ConversationHome, Home, Person
from services.model.picking import fitting
from services.storage.store import Store

__all__ = ["Colleagues", "Picked", "pick"]

BETWEEN = re.compile(r"\s*(?:,|;|&|\+|\b(?:and|und|et|y|og)\b)\s*", re.I)
ME = frozenset(
    ("me", "i", "myself", "ich", "mich", "mir", "moi", "je", "yo", "mí", "mi", "mig", "jeg")
)
MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Picked:
    """Whom names meant."""

    found: tuple[Member, ...]
    """Each once, in the order of the names."""
    unknown: tuple[str, ...] = ()
    """Names that nobody has."""
    unclear: tuple[str, ...] = ()
    """Names that several have: none of them was meant for sure."""


class Colleagues:
    """Who is around."""

    def __init__(self, store: Store, books: Books) -> None:
        self._store = store
        self._books = books

    async def around(self, person: Person, home: Home) -> tuple[Member, ...]:
        """Return who is in a place or, around somebody's own chat, in all places they share."""
        if isinstance(home, ConversationHome):
            return await self._store.conversations.roster(home.tenant, home.conversation)
        homes = {book.home for book in await self._books.on_shelf(person, BookKind.CALENDAR)}
        found: dict[Person, Member] = {}
        for each in homes:
            if isinstance(each, ConversationHome):
                roster = await self._store.conversations.roster(each.tenant, each.conversation)
                found |= {member.person: member for member in roster}
        return tuple(sorted(found.values(), key=lambda member: folded(member.name)))


def pick(names: str, members: Sequence[Member], asker: Member) -> Picked:
    """Return whom a list of names means: ``ines, omar and me``.

    Args:
        names: as they were typed.
        members: between whom to choose.
        asker: who is meant by ``me``.
    """
    found: list[Member] = []
    unknown, unclear = [], []
    for name in [part for part in BETWEEN.split(names.strip()) if part][:MOST_NAMES]:
        meant = [asker] if folded(name) in ME else fitting(name, members)
        if len(meant) == 1:
            found += meant
        elif meant:
            unclear.append(name)
        else:
            unknown.append(name)
    return Picked(tuple(dict.fromkeys(found)), tuple(unknown), tuple(unclear))
