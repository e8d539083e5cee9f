"""The program of the demo, with the sandbox as its Microsoft 365 and somebody to look for.

:mod:`sandbox.demo` reads this module late, since it brings the whole program with it.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.assembly import Almanac, assembled
from bot.outside import Outside
from bot.process import SystemClock
from bot.serving import serving
from bot.trust.identity import anonymous
from sandbox.contacts import CONTACTS
from sandbox.entra.directory import Registration
from sandbox.people import PEOPLE, TENANT
from sandbox.seed import seed
from sandbox.server import Sandbox
from services.contacts.photos import photo_id
from services.contacts.pictures import portrait
from services.graph.auth import SignIn
from services.model.books import BookKind
from services.model.contacts import ContactContent, Phone, PhoneKind, PhotoId
from services.model.events import Author
from services.model.identity import ObjectId, Person, PersonHome, TenantId
from services.settings import Settings
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords

__all__ = ["running_program"]

CLIENT_ID = "6d1c8e54-2f0b-4a97-8b3d-e5a7091c42f6"


@asynccontextmanager
async def running_program(
    settings: Settings, folder: Path, playground_port: int | None
) -> AsyncIterator[str]:
    """Serve the sandbox, and the program over an empty store, while the block runs.

    Args:
        settings: where both listen.
        folder: where the store is made.
        playground_port: who else may send messages; ``None`` = the port that the settings name.

    Yields:
        The address of the sandbox's pages.

    Raises:
        OSError: a port is taken.
    """
    clock = SystemClock()
    callback = f"{settings.public_url}/auth/callback"
    secret = secrets.token_urlsafe(24)
    registration = Registration(CLIENT_ID, secret, frozenset({callback}))
    sandbox = Sandbox(clock, [registration])
    seed(sandbox.office)
    ports = {settings.playground_port, playground_port}
    async with AsyncExitStack() as stack:
        stack.push_async_callback(sandbox.stop)
        await sandbox.start(port=settings.sandbox_port)
        records = await SqliteRecords.open(folder / "almanac.db", clock)
        stack.push_async_callback(records.close)
        outside = Outside(
            bot=anonymous(port for port in ports if port),
            public_url=settings.public_url,
            sign_in=SignIn(
                CLIENT_ID,
                secret,
                sandbox.authority,
                callback,
                ca_bundle=sandbox.ca_file,
                instance_discovery=False,
            ),
            graph_url=sandbox.graph_url,
            trusted=frozenset({settings.public_url, sandbox.page_url}),
        )
        almanac = await stack.enter_async_context(
            assembled(outside, records, KeyRing.generate("demo"), clock)
        )
        await _seed_contacts(almanac)
        await stack.enter_async_context(serving(almanac, settings.host, settings.port))
        yield sandbox.page_url


async def _seed_contacts(almanac: Almanac) -> None:
    """Give the person at the keyboard somebody to look for."""
    you = PEOPLE[0]
    person = Person(TenantId(TENANT.id), ObjectId(you.object_id))
    author = Author(person, you.display_name)
    book = await almanac.books.at_home(
        author, PersonHome(person), BookKind.CONTACTS, zone=ZoneInfo("UTC"), language="en"
    )
    for sample in CONTACTS:
        photo = PhotoId("")
        if sample.face is not None:
            png = portrait(sample.face.drawn())
            photo = photo_id(book.id, png)
            await almanac.store.photos.put(book, photo, png)
        content = ContactContent(
            photo=photo,
            name=sample.name,
            company=sample.company,
            job=sample.job,
            emails=(sample.email,),
            phones=tuple(
                Phone(kind, number)
                for kind, number in (
                    (PhoneKind.BUSINESS, sample.business_phone),
                    (PhoneKind.MOBILE, sample.mobile_phone),
                )
                if number
            ),
        )
        await almanac.contacts.create(author, book.id, content)
