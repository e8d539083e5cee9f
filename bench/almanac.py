"""Almanac itself, in full: sealed SQLite, its own gate, a calendar of 20 events, many contacts.

``python -m bench.almanac PORT METADATA_URL WORK_DIR CONTACTS``. Only what is outside is replaced:
the connector is the stub, and the bot's own login is answered at once, as for the others.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import aiohttp

from bench.pinning import FIRST_CORE, pin
from bench.traffic import APP_ID, PERSON, TENANT
from bot.assembly import Almanac, assembled
from bot.outside import Outside
from bot.process import SystemClock
from bot.serving import serving
from bot.trust.clouds import PUBLIC, ServiceUrls
from bot.trust.credentials import TokenCredentials
from bot.trust.gate import TokenGate
from bot.trust.identity import BotIdentity
from bot.trust.signing_keys import SigningKeys
from services.graph.auth import SignIn
from services.ids import new_id
from services.model.books import BookKind
from services.model.contacts import Contact, ContactContent, ContactId, Phone, PhoneKind
from services.model.events import Author, EventContent
from services.model.identity import ObjectId, Person, PersonHome, TenantId
from services.model.times import Timed
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords

EVENTS = 20
AT_ONCE = 500
ZONE = ZoneInfo("Europe/Berlin")
AUTHOR = Author(Person(TenantId(TENANT), ObjectId(PERSON)), "Mara Lindqvist")
FIRST = (
    *("Anna", "Bert", "Clara", "Daniel", "Elsa", "Franz", "Greta", "Hannes", "Inga"),
    *("Jonas", "Katrin", "Linus", "Maria", "Nora", "Olivia", "Peter", "Quirin", "Rosa"),
    *("Samuel", "Thomas", "Ursula", "Viktor", "Wilma", "Xaver", "Yasmin", "Zoe"),
)
LAST = (
    *("Weber", "Lindqvist", "Moreau", "Nair", "Okafor", "Whitfield", "Hansen", "Petrov", "Rossi"),
    *("Novak", "Silva", "Ito"),
)
PLACES = (
    *("Northwind", "Harbour", "Studio", "Alpine", "Meadow", "Print", "Works", "Lantern", "Copper"),
    "Fjord",
)
KINDS = ("GmbH", "Ltd", "SA", "Partners", "Press", "Foods")


async def main(port: int, metadata_url: str, work_dir: Path, contacts: int) -> None:
    """Fill the books, then serve until stopped."""
    pin(FIRST_CORE)
    clock = SystemClock()
    folder = work_dir / "almanac"
    await asyncio.to_thread(fresh, folder)
    records = await SqliteRecords.open(folder / "almanac.db", clock)
    async with aiohttp.ClientSession() as session:
        outside = Outside(
            bot=identity(metadata_url, session, clock),
            public_url="https://almanac.example.com",
            sign_in=SignIn("graph", "secret", "https://127.0.0.1/none", "https://127.0.0.1/none"),
            graph_url="http://127.0.0.1:9/v1.0",
        )
        async with assembled(outside, records, KeyRing.generate("bench"), clock) as almanac:
            await add_events(almanac)
            await add_contacts(almanac, contacts)
            async with serving(almanac, "127.0.0.1", port):
                await asyncio.Event().wait()


def fresh(folder: Path) -> None:
    """Begin with nothing, so that every run measures the same."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def identity(metadata_url: str, session: aiohttp.ClientSession, clock: SystemClock) -> BotIdentity:
    """Return what production has, with the stub's origin among those that are trusted."""
    address = urlsplit(metadata_url)
    service_urls = ServiceUrls(origins=frozenset({f"{address.scheme}://{address.netloc}"}))
    gate = TokenGate(
        app_id=APP_ID,
        issuer=PUBLIC.issuer,
        keys=SigningKeys(session, metadata_url, clock),
        service_urls=service_urls,
        clock=clock,
    )
    return BotIdentity(
        app_id=APP_ID,
        gate=gate,
        service_urls=service_urls,
        credentials=TokenCredentials(
            lambda: {"access_token": "x" * 1200, "expires_in": 3600}, clock
        ),
    )


async def add_events(almanac: Almanac) -> None:
    """Make today a busy day."""
    assert AUTHOR.person is not None
    book = await almanac.books.at_home(
        AUTHOR, PersonHome(AUTHOR.person), BookKind.CALENDAR, zone=ZONE, language="en"
    )
    today = datetime.now(UTC).astimezone(ZONE).date()
    midnight = datetime.combine(today, time(tzinfo=ZONE))
    for number in range(EVENTS):
        start = midnight + timedelta(minutes=8 * 60 + number * 30)
        content = EventContent(
            title=f"Meeting {number} with {FIRST[number]} {LAST[number % len(LAST)]}",
            when=Timed(start, start + timedelta(minutes=45)),
            place="Room 2",
        )
        await almanac.events.create(AUTHOR, book.id, content)


async def add_contacts(almanac: Almanac, many: int) -> None:
    """Fill a contact list: a record and a sealed body each, by the way that people's go."""
    assert AUTHOR.person is not None
    book = await almanac.books.at_home(
        AUTHOR, PersonHome(AUTHOR.person), BookKind.CONTACTS, zone=ZONE, language="en"
    )
    now, dice = datetime.now(UTC), random.Random(20261120)
    entries = (
        Contact(
            id=ContactId(new_id()),
            book=book.id,
            content=somebody(dice, number),
            created_by=AUTHOR,
            created_at=now,
            updated_by=AUTHOR,
            updated_at=now,
        )
        for number in range(many)
    )
    while batch := [entry for _, entry in zip(range(AT_ONCE), entries, strict=False)]:
        await asyncio.gather(*(almanac.store.contacts.save(entry, book) for entry in batch))


def somebody(dice: random.Random, number: int) -> ContactContent:
    """Make up a contact; the dice fall the same in every run."""
    first, last = dice.choice(FIRST), dice.choice(LAST)
    company = f"{dice.choice(PLACES)} {dice.choice(PLACES)} {dice.choice(KINDS)}"
    return ContactContent(
        name=f"{first} {last}",
        company=company,
        job=dice.choice(("Designer", "Engineer", "Buyer", "Editor", "Director")),
        emails=(f"{first}.{last}.{number}@example.com".lower(),),
        phones=(Phone(PhoneKind.BUSINESS, f"+49 30 {dice.randrange(10**6, 10**7)}"),),
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))
