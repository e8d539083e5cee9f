"""What the use cases of every subject stand on, built once; see :mod:`bot.assembly`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from aiohttp import ClientSession

from bot.handlers.open_books import OpenBooks
from bot.outside import Outside
from services.books.books import Books
from services.books.sharing import Sharing
from services.contacts.uses import ContactUses
from services.files.fetching import Fetcher
from services.graph.client import GraphClient
from services.model.budgets import Budgets
from services.model.times import Clock
from services.people.conversations import Conversations
from services.people.departures import Departures
from services.people.preferences import PersonalSettings
from services.search import Search
from services.storage.store import Store

__all__ = ["Ground", "ground_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The store, the time, who may do what, and who is asked outside."""

    outside: Outside
    store: Store
    clock: Clock
    sharing: Sharing
    books: Books
    open_books: OpenBooks
    conversations: Conversations
    departures: Departures
    personal: PersonalSettings
    search: Search
    """To be closed at the end."""
    fetcher: Fetcher
    graph: GraphClient
    budgets: Budgets


def ground_of(
    outside: Outside, store: Store, clock: Clock, to_graph: ClientSession, grace: timedelta
) -> Ground:
    """Return it over an open store; ``grace`` is how long an organisation outlives its last app."""
    sharing = Sharing(store)
    books = Books(store, sharing, clock)
    departures = Departures(store, clock, grace)
    conversations = Conversations(store, clock, departures)
    budgets = Budgets()
    return Ground(
        outside=outside,
        store=store,
        clock=clock,
        sharing=sharing,
        books=books,
        open_books=OpenBooks(books, sharing, conversations.find),
        conversations=conversations,
        departures=departures,
        personal=PersonalSettings(store, clock),
        search=Search(store, books, ContactUses(store, clock)),
        fetcher=Fetcher(outside.trusted),
        graph=GraphClient(to_graph, outside.graph_url, clock, budgets),
        budgets=budgets,
    )
