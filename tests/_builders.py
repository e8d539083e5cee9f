"""Sample values with sensible defaults: a test names only what it is about.

``a_person("ines")`` is always the same person; another word is another person.
Every builder takes the fields of its class by keyword and fills in the rest.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_DNS, uuid5
from zoneinfo import ZoneInfo

from services.model.access import Access
from services.model.accounts import Account, AccountState, Link, LinkId, RemoteId
from services.model.books import Book, BookId, BookKind
from services.model.contacts import Contact, ContactContent, ContactId, Phone, PhoneKind
from services.model.conversations import Conversation, Member
from services.model.events import Author, Event, EventContent, EventId
from services.model.identity import (
    ConversationHome,
    ConversationId,
    ConversationKind,
    ObjectId,
    Person,
    PersonHome,
    TenantId,
)
from services.model.links import LinkSettings, Tally, Word
from services.model.pairs import Intent
from services.model.settings import BookSettings
from services.model.times import AllDay, Timed

__all__ = [
    "BERLIN",
    "NEW_YORK",
    "OTHER_TENANT",
    "REGINA",
    "SERVICE_URL",
    "TENANT",
    "a_book",
    "a_channel",
    "a_channel_home",
    "a_contact",
    "a_contact_content",
    "a_contact_list",
    "a_link",
    "a_member",
    "a_person",
    "a_person_home",
    "a_personal_chat",
    "all_day",
    "an_account",
    "an_author",
    "an_event",
    "an_event_content",
    "an_intent",
    "timed",
]

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
REGINA = ZoneInfo("America/Regina")
"""No summer time, and no name that resembles Windows' one."""

TENANT = TenantId("11111111-1111-4111-8111-111111111111")
OTHER_TENANT = TenantId("22222222-2222-4222-8222-222222222222")
SERVICE_URL = "https://smba.trafficmanager.net/emea/"
LONG_AGO = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


def _fill(defaults: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    unknown = given.keys() - defaults.keys()
    if unknown:
        raise TypeError(f"no such field: {', '.join(sorted(unknown))}")
    return defaults | given


def a_person(name: str = "ines", tenant: TenantId = TENANT) -> Person:
    return Person(tenant, ObjectId(str(uuid5(NAMESPACE_DNS, f"{name}.{tenant}"))))


def an_author(name: str = "ines", tenant: TenantId = TENANT) -> Author:
    return Author(a_person(name, tenant), name.capitalize())


def a_person_home(name: str = "ines", tenant: TenantId = TENANT) -> PersonHome:
    return PersonHome(a_person(name, tenant))


def a_channel_home(name: str = "general", tenant: TenantId = TENANT) -> ConversationHome:
    return ConversationHome(tenant, ConversationId(f"19:{name}@thread.tacv2"))


def a_channel(name: str = "general", tenant: TenantId = TENANT, **given: Any) -> Conversation:
    channel = Conversation(
        tenant=tenant,
        id=a_channel_home(name, tenant).conversation,
        kind=ConversationKind.CHANNEL,
        name=name.capitalize(),
        team_id="19:team@thread.tacv2",
        team_name="Harbour",
        service_url=SERVICE_URL,
        bot_id="28:almanac",
    )
    return replace(channel, **given)


def a_personal_chat(name: str = "ines", tenant: TenantId = TENANT, **given: Any) -> Conversation:
    chat = Conversation(
        tenant=tenant,
        id=ConversationId(f"a:{name}"),
        kind=ConversationKind.PERSONAL,
        service_url=SERVICE_URL,
        bot_id="28:almanac",
        person=a_person(name, tenant),
    )
    return replace(chat, **given)


def a_member(name: str = "ines", tenant: TenantId = TENANT) -> Member:
    return Member(a_person(name, tenant), name.capitalize(), f"29:{name}")


def a_book(**given: Any) -> Book:
    defaults: dict[str, Any] = {
        "id": BookId("book-1"),
        "kind": BookKind.CALENDAR,
        "tenant": TENANT,
        "home": a_channel_home(),
        "name": "",
        "zone": BERLIN,
        "language": "en",
        "created_at": LONG_AGO,
        "settings": BookSettings(),
        "access": Access(),
        "archived": False,
        "retired": False,
        "etag": "",
    }
    return Book(**_fill(defaults, given))


def a_contact_list(**given: Any) -> Book:
    return a_book(**({"id": BookId("list-1"), "kind": BookKind.CONTACTS} | given))


def timed(start: str = "2026-11-20T12:30", minutes: float = 60, zone: ZoneInfo = BERLIN) -> Timed:
    """``timed("2026-11-20T12:30", 45)``: real minutes, wall-clock start."""
    begin = datetime.fromisoformat(start).replace(tzinfo=zone)
    end = (begin.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
    return Timed(begin, end)


def all_day(first: str = "2026-11-20", days: int = 1) -> AllDay:
    start = date.fromisoformat(first)
    return AllDay(start, start + timedelta(days=days))


def an_event_content(**given: Any) -> EventContent:
    defaults: dict[str, Any] = {"title": "Lunch with Ines", "when": timed()}
    return EventContent(**(defaults | given))


def _stamps() -> dict[str, Any]:
    """What a ledger keeps of an item beside its content: nothing has happened to it yet."""
    return {
        "created_by": an_author(),
        "created_at": LONG_AGO,
        "updated_by": an_author(),
        "updated_at": LONG_AGO,
        "revision": 0,
        "etag": "",
        "deleted_at": None,
    }


def an_event(content: EventContent | None = None, **given: Any) -> Event:
    """An event of ``a_book()``; fields of the content may be given as well."""
    of_content = {k: given.pop(k) for k in tuple(given) if k in EventContent.__slots__}
    defaults: dict[str, Any] = {
        "id": EventId("event-1"),
        "book": BookId("book-1"),
        "content": replace(content or an_event_content(), **of_content),
        "mirror": None,
        **_stamps(),
    }
    return Event(**_fill(defaults, given))


def a_contact_content(**given: Any) -> ContactContent:
    defaults: dict[str, Any] = {
        "name": "Ada Byron",
        "company": "Analytical Engines",
        "job": "Engineer",
        "emails": ("ada@engines.example",),
        "phones": (Phone(PhoneKind.BUSINESS, "+45 70 12 34 56"),),
    }
    return ContactContent(**(defaults | given))


def a_contact(content: ContactContent | None = None, **given: Any) -> Contact:
    """A contact of ``a_contact_list()``; fields of the content may be given as well."""
    of_content = {k: given.pop(k) for k in tuple(given) if k in ContactContent.__slots__}
    defaults: dict[str, Any] = {
        "id": ContactId("contact-1"),
        "book": BookId("list-1"),
        "content": replace(content or a_contact_content(), **of_content),
        **_stamps(),
    }
    return Contact(**_fill(defaults, given))


def an_account(**given: Any) -> Account:
    defaults: dict[str, Any] = {
        "person": a_person(),
        "username": "ines@harbour.example",
        "state": AccountState.CONNECTED,
        "tokens": "{}",
        "connected_at": LONG_AGO,
        "not_before": None,
        "awaits_more": False,
        "etag": "",
    }
    return Account(**_fill(defaults, given))


def a_link(**given: Any) -> Link:
    defaults: dict[str, Any] = {
        "id": LinkId("link-1"),
        "person": a_person(),
        "book": BookId("book-1"),
        "calendar": RemoteId("outlook-calendar-1"),
        "calendar_name": "Calendar",
        "active": True,
        "created_at": LONG_AGO,
        "synced_at": None,
        "last_problem": "",
        "told": "",
        "team_revision": 0,
        "subscription": None,
        "etag": "",
        "settings": LinkSettings(),
        "is_ours": False,
        "is_started": True,
        "preview": None,
        "doomed": None,
        "word": Word.NONE,
        "tally": Tally(),
    }
    return Link(**_fill(defaults, given))


def an_intent(team: str, batch: str = "", **fields: Any) -> Intent:
    """Return an open create of an event."""
    intent = Intent(
        team=EventId(team),
        transaction_id="t",
        tag="g",
        payload=b"{}",
        content=an_event_content(),
        team_revision=1,
        batch=batch,
    )
    return replace(intent, **fields)
