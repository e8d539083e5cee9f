"""The whole program between a fake Teams and the sandbox Microsoft 365, for scenarios.

::

    async with a_house(tmp_path) as house:
        mara = house.someone(MARA)
        heard = await house.teams.message(mara, "agenda")
        await house.connect(mara)
        await house.settle()                       # everything that is due has been done

Authentication is on, records are SQLite's, and time stands still until a test moves it. What the
schedule would do by itself happens in :meth:`House.settle`.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp
import requests
from aiohttp.test_utils import TestServer

from bot.assembly import Almanac, assembled
from bot.outside import Outside
from bot.trust.clouds import PUBLIC, ServiceUrls
from bot.trust.credentials import with_secret
from bot.trust.gate import TokenGate
from bot.trust.identity import BotIdentity
from bot.trust.signing_keys import SigningKeys
from sandbox.entra.directory import Registration
from sandbox.items import Content, Item
from sandbox.mailbox import Mailbox
from sandbox.people import PEOPLE, TENANT, SamplePerson
from sandbox.server import Sandbox
from services.files.file_reading import Here
from services.graph.auth import SignIn
from services.model.identity import ObjectId, Person, TenantId
from services.model.ports import Records
from services.model.times import Clock
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from tests._fakes import FrozenClock
from tests._judge import JudgedSandbox
from tests._ports import held
from tests._teams import Chat, Dialog, FakeTeams, Posted, Someone
from tests._teams_cards import buttons, inputs

__all__ = [
    "DANA",
    "INES",
    "MARA",
    "PRIYA",
    "SAMUEL",
    "House",
    "a_contact",
    "a_house",
    "address_in",
    "agenda_of",
    "an_event",
    "edited",
    "line_of",
    "opened",
    "removed",
    "typed_in",
    "words",
]

OpensStore = Callable[[Path, Clock], AbstractAsyncContextManager[Records]]
MARA, INES, PRIYA, SAMUEL, DANA = PEOPLE
APP_ID = "33333333-3333-4333-8333-333333333333"
MANIFEST = json.loads((Path(__file__).parents[2] / "manifest/manifest.json").read_text("utf-8"))
ACTIVITIES = {
    each["type"]: each["templateText"] for each in MANIFEST["activities"]["activityTypes"]
}
CLIENT_ID = "6d1c8e54-2f0b-4a97-8b3d-e5a7091c42f6"
FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')


class TheToken:
    """The bot's own token, as the fake connector expects it."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def token(self) -> str:
        return self._token

    def forget(self, token: str) -> None:
        raise AssertionError("the connector refused the bot's token")


@dataclass(slots=True, kw_only=True)
class House:
    """Everything, and the hands of people on it."""

    teams: FakeTeams
    sandbox: Sandbox
    almanac: Almanac
    clock: FrozenClock
    browser: aiohttp.ClientSession
    database: Path

    @property
    def url(self) -> str:
        return self.teams.bot_url

    def someone(self, person: SamplePerson) -> Someone:
        """A person of the sandbox at a Teams client."""
        return Someone(person.display_name, person.object_id, TENANT.id)

    def person(self, who: Someone) -> Person:
        return Person(TenantId(who.tenant), ObjectId(who.object_id))

    def outlook(self, person: SamplePerson = MARA) -> Mailbox:
        return self.sandbox.mailbox(person)

    def events_in_outlook(self, person: SamplePerson = MARA) -> list[Item]:
        """What stands in the default calendar."""
        mailbox = self.outlook(person)
        return mailbox.items(mailbox.default_calendar.id)

    async def settle(self) -> None:
        """Do everything that is due, and what follows from it within some seconds."""
        for _ in range(2):
            await self.sandbox.notices.settle()
            await self.almanac.worker.drain()
            self.clock.advance(5)
        await self.almanac.worker.drain()

    async def pass_time(self, by: timedelta) -> None:
        self.clock.advance(by)
        await self.settle()

    async def connect(self, who: Someone, decision: str = "approve") -> str:
        """Type ``connect``, follow the link, sign in; return the page that the browser ends on."""
        heard = await self.teams.message(who, "connect")
        return await self.sign_in(address_in(heard.card), who.object_id, decision)

    async def sign_in(self, start: str, object_id: str, decision: str = "approve") -> str:
        """Do in a browser what a person does, from our own link on."""
        callback = await self.signed_in_answer(start, object_id, decision)
        async with self.browser.post(f"{self.url}/auth/callback", data=callback) as page:
            return await page.text()

    async def signed_in_answer(
        self, start: str, object_id: str, decision: str = "approve"
    ) -> dict[str, str]:
        """Return what Microsoft's page would post back to us."""
        async with self.browser.get(start) as page:
            text, address = await page.text(), page.url
            assert page.status == 200, text
        fields = dict(FIELD.findall(text))
        form = {"flow": unescape(fields["flow"]), "person": object_id, "decision": decision}
        async with self.browser.post(address.with_query(None), data=form) as page:
            text = await page.text()
        return {name: unescape(value) for name, value in FIELD.findall(text)}


@asynccontextmanager
async def a_file(folder: Path, clock: Clock) -> AsyncIterator[Records]:
    """Open the store that the program has where nobody chooses another."""
    records = await SqliteRecords.open(folder / "almanac.db", clock)
    yield records
    await records.close()


@asynccontextmanager
async def a_house(
    folder: Path, store: OpensStore = a_file, admins: Collection[SamplePerson] = ()
) -> AsyncIterator[House]:
    """Build the program as ``app.py`` does, with the outside replaced by what stands in for it."""
    clock = FrozenClock()
    async with AsyncExitStack() as stack:
        teams = await stack.enter_async_context(FakeTeams(APP_ID, clock.now))
        browser = await stack.enter_async_context(aiohttp.ClientSession())
        records = await stack.enter_async_context(store(folder, clock))
        door = stack.enter_context(held())
        bot_url = f"http://127.0.0.1:{door.getsockname()[1]}"
        callback = f"{bot_url}/auth/callback"
        sandbox = JudgedSandbox(
            clock,
            [
                Registration(CLIENT_ID, "a-secret", frozenset({callback})),
                Registration(APP_ID, "the-bots-secret", frozenset(), activities=ACTIVITIES),
            ],
        )
        await sandbox.start(port=0)
        stack.push_async_callback(sandbox.stop)
        http = stack.enter_context(requests.Session())
        http.verify, http.trust_env = sandbox.ca_file, False
        service_urls = ServiceUrls(PUBLIC.hosts, frozenset({teams.origin}))
        keys = SigningKeys(browser, teams.metadata_url, clock)
        outside = Outside(
            bot=BotIdentity(
                app_id=APP_ID,
                gate=TokenGate(APP_ID, PUBLIC.issuer, keys, service_urls, clock),
                service_urls=service_urls,
                credentials=TheToken(teams.bot_token),
            ),
            public_url=bot_url,
            sign_in=SignIn(
                CLIENT_ID,
                "a-secret",
                sandbox.authority,
                callback,
                ca_bundle=sandbox.ca_file,
                instance_discovery=False,
            ),
            graph_url=sandbox.graph_url,
            trusted=frozenset({teams.origin}),
            app_login=lambda _tenant: with_secret(
                APP_ID,
                "the-bots-secret",
                authority=sandbox.authority,
                scope="https://graph.microsoft.com/.default",
                http_client=http,
                instance_discovery=False,
            ),
            files=Here(),  # a process for each file would take longer than the tests
        )
        ring = KeyRing.generate("test")
        named = [Person(TenantId(TENANT.id), ObjectId(one.object_id)) for one in admins]
        building = assembled(outside, records, ring, clock, admins=named)
        almanac = await stack.enter_async_context(building)
        server = TestServer(almanac.web, socket_factory=lambda *_: door)
        await server.start_server()
        stack.push_async_callback(server.close)
        teams.bot_url = bot_url
        yield House(
            teams=teams,
            sandbox=sandbox,
            almanac=almanac,
            clock=clock,
            browser=browser,
            database=folder / "almanac.db",
        )


def address_in(card: dict[str, Any]) -> str:
    """Return where the card's first link leads."""
    (url,) = (a["url"] for a in card["actions"] if a["type"] == "Action.OpenUrl")
    return str(url)


def words(card: dict[str, Any]) -> str:
    """Return everything that a card says, one piece a line; in plain spaces and dashes."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for key in ("text", "title", "value", "label", "placeholder"):
                if isinstance(node.get(key), str):
                    found.append(node[key])
            for key, inner in node.items():
                if key not in ("data", "fallback", "refresh"):
                    walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(card)
    return "\n".join(found).translate({0x2009: " ", 0x2013: "-"})


def typed_in(card: dict[str, Any]) -> dict[str, str]:
    """Return what stands in the inputs of a form."""
    return {item["id"]: item.get("value", "") for item in inputs(card)}


def line_of(card: dict[str, Any], word: str) -> str:
    """Return the title of the button or line that holds a word."""
    return next(str(a["title"]) for a in buttons(card) if word in a["title"])


async def an_event(
    teams: FakeTeams, who: Someone, sentence: str, where: Chat | None = None
) -> Posted:
    """Write ``new event ...``, press Create, and return the message that shows the event."""
    heard = await teams.message(who, f"new event {sentence}", where)
    created = await teams.click(who, heard.post, "Create")
    assert "Created." in words(created.card)
    return heard.post


async def opened(teams: FakeTeams, who: Someone, post: Posted, title: str) -> Dialog:
    """Press a button that opens a dialog."""
    answer = await teams.open_dialog(who, post, title)
    assert answer.dialog, answer.text
    return answer.dialog


async def a_contact(
    teams: FakeTeams, who: Someone, typed: dict[str, str], where: Chat | None = None
) -> Posted:
    """Write ``new contact``, fill in the form, and return the message that shows the contact."""
    heard = await teams.message(who, "new contact", where)
    created = await teams.click(who, heard.post, "Create", typed)
    assert "Created." in words(created.card)
    return heard.post


async def agenda_of(teams: FakeTeams, who: Someone, days: str = "") -> str:
    """Return what ``agenda ...`` says in somebody's own chat."""
    return words((await teams.message(who, f"agenda {days}".strip())).card)


def edited(house: House, item: Item, content: Content) -> None:
    """Play a person who changes an event in Outlook."""
    outlook = house.outlook()
    outlook.edit(outlook.get(outlook.id_of(item)), content)


def removed(house: House, item: Item, day: date | None = None) -> None:
    """Play a person who deletes an event, or one occurrence, in Outlook."""
    outlook = house.outlook()
    outlook.remove(outlook.get(outlook.id_of(item, day)))
