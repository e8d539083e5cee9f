"""Events in messages of other people: drawn for all, and anew for each who looks.

Who is named in such a card has a client that asks for it: the members of the place in which the
calendar is at home, as its roster knows them, and whoever inserts it. Nobody else could see more
than what was put into the message.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.handlers.drawn import Drawn
from bot.handlers.event_forms import EventForms
from bot.replies import Card, Replace, Replies
from bot.router import Router
from bot.turn import Turn
from cards.actions import EventLive
from cards.live import MOST_READERS, live_card
from cards.viewer import Everyone
from services.model.books import Book
from services.model.conversations import Member
from services.model.events import Event, Occurrence
from services.model.identity import ConversationHome, ConversationId, ObjectId, TenantId
from services.model.times import Clock
from services.occurrences import occurrence_at

__all__ = ["LiveCards", "register"]

MOST_PLACES = 1_000
KEPT = 300
"""Seconds that a roster is good for: a search asks at each pause of the typing."""

Roster = Callable[[TenantId, ConversationId], Awaitable[Sequence[Member]]]


class LiveCards:
    """Draws cards for messages that the bot does not send; ``roster`` says who is in a place."""

    def __init__(self, forms: EventForms, roster: Roster, clock: Clock) -> None:
        self._forms = forms
        self._roster = roster
        self._clock = clock
        self._members: Drawn[tuple[ObjectId, ...]] = Drawn(MOST_PLACES)

    async def readers(self, turn: Turn, book: Book) -> tuple[ObjectId, ...]:
        """Return whose clients shall ask: the person first, then the calendar's members."""
        own = turn.person
        if not isinstance(book.home, ConversationHome):
            return (own.object_id,)
        of = (book.home, own.tenant, int(self._clock.now().timestamp()) // KEPT)
        members = self._members.find(of)
        if members is None:
            listed = await self._roster(book.home.tenant, book.home.conversation)
            people = sorted(each.person.object_id for each in listed if is_of(each, own.tenant))
            members = self._members.keep(of, tuple(people[:MOST_READERS]))
        return tuple(dict.fromkeys((own.object_id, *members)))

    async def for_all(self, turn: Turn, event: Event, book: Book) -> Card:
        """Return the card that goes into the message."""
        one = Occurrence(event, event.content)
        return self.drawn(one, book, await self.readers(turn, book))

    def drawn(self, one: Occurrence, book: Book, readers: Sequence[ObjectId]) -> Card:
        """Return the card for all who read the message."""
        occurrence = one if one.original is not None else None
        return live_card(one.event, book, Everyone(book), readers, occurrence=occurrence)

    async def for_one(self, turn: Turn, action: EventLive) -> Replies:
        """A client asks: the event as it is now, for whoever looks."""
        seen, event = await self._forms.named(turn, action.book, action.event)
        occurrence: Occurrence | None = occurrence_at(event, action.original)
        own = (turn.person.object_id,)
        card = live_card(event, seen.book, seen.viewer, own, occurrence=occurrence)
        return Replace(card)


def is_of(member: Member, tenant: TenantId) -> bool:
    """Whether the ids of an organisation name this member."""
    return member.person.tenant == tenant


def register(router: Router, handlers: LiveCards, forms: EventForms) -> None:
    """Fill in the rows."""
    router.verb(EventLive, forms.unless_gone(handlers.for_one))
