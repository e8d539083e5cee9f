"""What the doors and the jobs call: the use cases, grouped by the subjects of ``services``.

Each subject has a module: a class that names its use cases, and a function that builds them on the
:class:`~bot.ground.Ground`. :mod:`bot.assembly` calls these in the order in which they need each
other.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.handlers.open_books import OpenBooks
from bot.use_cases.accounts import AccountCases
from bot.use_cases.books import BookCases
from bot.use_cases.contacts import ContactCases
from bot.use_cases.events import EventCases
from bot.use_cases.files import FileCases
from bot.use_cases.people import PeopleCases
from services.model.times import Clock
from services.search import Search

__all__ = ["UseCases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """All of them, and what nearly every handler has beside its own."""

    books: BookCases
    contacts: ContactCases
    events: EventCases
    files: FileCases
    accounts: AccountCases
    people: PeopleCases
    open_books: OpenBooks
    search: Search
    clock: Clock
