"""Events and contacts in messages of other people: drawn for all, and anew for each who looks.

Who is named in such a card has a client that asks for it: the members of the place in which its
book is at home, as its roster knows them, and whoever inserts it. Nobody else could see more
than what was put into the message.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.handlers.contacts.contact_forms import ContactForms
from bot.handlers.drawn import Drawn
from bot.handlers.events.event_forms import EventForms
from bot.replies import Card, Replace, Replies
from bot.router import Router
from bot.turn import Turn
from cards.contacts.contact import Addresses
from cards.events.live import MOST_READERS, live_card, live_contact
from cards.events.live_actions import ContactLive, EventLive
from cards.viewer import Everyone
from services.events.occurrences import occurrence_at
from services.model.books import Book
from services.model.contacts import Contact
from services.model.conversations import Member
from services.model.events import Event, Occurrence
from services.model.identity import ConversationHome, ConversationId, ObjectId, TenantId
from services.model.times import Clock

__all__ = ["LiveContacts", "LiveEvents", "Readers", "register"]

MOST_PLACES = 1_000
KEPT = 300
"""Seconds that a roster is good for: a search asks at each pause of the typing."""

Roster = Callable[[TenantId, ConversationId], Awaitable[Sequence[Member]]]


class Readers:
    """Says whose clients shall ask for a card anew; ``roster`` says who is in a place."""

    def __init__(self, roster: Roster, clock: Clock) -> None:
        self._roster = roster
        self._clock = clock
        self._members: Drawn[tuple[ObjectId, ...]] = Drawn(MOST_PLACES)

    async def of(self, turn: Turn, book: Book) -> tuple[ObjectId, ...]:
        """Return the person first, then the members of the book's place."""
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


class LiveContacts:
    """Draws contacts for messages that the bot does not send."""

    def __init__(self, forms: ContactForms, readers: Readers) -> None:
        self._forms = forms
        self.readers = readers

    async def for_all(self, turn: Turn, contact: Contact, book: Book) -> Card:
        """Return the card that goes into the message."""
        return self.drawn(contact, book, await self.readers.of(turn, book))

    def address(self, contact: Contact, book: Book) -> Addresses:
        """Return where its picture and its page are: whatever changes with it is drawn anew."""
        return self._forms.at(book, contact)

    def drawn(self, contact: Contact, book: Book, readers: Sequence[ObjectId]) -> Card:
        """Return the card for all who read the message."""
        at = self._forms.at(book, contact)
        return live_contact(contact, book, Everyone(book), readers, at=at)

    async def for_one(self, turn: Turn, action: ContactLive) -> Replies:
        """A client asks: the contact as it is now, for whoever looks."""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        own, at = (turn.person.object_id,), self._forms.at(seen.book, contact)
        return Replace(live_contact(contact, seen.book, seen.viewer, own, at=at))


class LiveEvents:
    """Draws events for messages that the bot does not send."""

    def __init__(self, forms: EventForms, readers: Readers) -> None:
        self._forms = forms
        self.readers = readers

    async def for_all(self, turn: Turn, event: Event, book: Book) -> Card:
        """Return the card that goes into the message."""
        one = Occurrence.of(event)
        return self.drawn(one, book, await self.readers.of(turn, book))

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


def register(
    router: Router,
    live: LiveEvents,
    events: EventForms,
    live_people: LiveContacts,
    contacts: ContactForms,
) -> None:
    """Fill in the rows."""
    router.verb(EventLive, events.unless_gone(live.for_one))
    router.verb(ContactLive, contacts.unless_gone(live_people.for_one))
