"""Almanac: reads the settings, builds everything, starts it, and stops it again.

``python app.py`` is production, all from the environment. ``python app.py --demo`` is anonymous
on 127.0.0.1 with a sandbox Microsoft 365 and sample people inside; ``--playground`` adds the
Agents Playground.

What differs between production and the demo is decided here; :mod:`bot.assembly` puts the parts
together. Nothing happens when this module is imported.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values

from bot.app_tokens import AppLogin
from bot.assembly import Almanac, Outside, assembled
from bot.clouds import Cloud, cloud_of
from bot.connector import open_session
from bot.credentials import Login, TokenCredentials, managed_identity, with_secret
from bot.identity import anonymous, registered
from bot.moves import MOVES, move
from bot.operations import add_operations, operate
from bot.serving import serving
from bot.signing_keys import SigningKeys
from bot.stores import erased_list, open_records
from sandbox.contacts import CONTACTS
from sandbox.demo import Surroundings, surroundings
from sandbox.people import PEOPLE, TENANT
from sandbox.playground.run import PlaygroundUnavailable
from services.graph.auth import SignIn
from services.model.books import BookKind
from services.model.contacts import ContactContent, Phone, PhoneKind
from services.model.errors import Broken, Upstream
from services.model.events import Author
from services.model.identity import ObjectId, Person, PersonHome, TenantId
from services.model.times import Clock
from services.settings import AppType, BotSettings, Misconfigured, Settings
from services.storage.counted import Numbers
from services.storage.keys import KeyRing
from services.storage.master_keys import master_keys
from services.storage.sqlite import SqliteRecords
from services.storage.store import open_store

log = logging.getLogger("almanac")


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present in UTC."""
        return datetime.now(UTC)


def production(settings: Settings, keys: SigningKeys, clock: Clock) -> Outside:
    """Return the real world: the Bot Framework's tokens, Entra and Graph."""
    if settings.bot is None or settings.graph is None:
        raise Broken("the demo's settings are not for production")
    cloud = cloud_of(settings.bot.metadata_url)
    credentials = TokenCredentials(_login(settings.bot, cloud), clock)
    return Outside(
        bot=registered(settings.bot.app_id, cloud, keys, credentials, clock),
        public_url=settings.public_url,
        sign_in=SignIn(
            settings.graph.client_id,
            settings.graph.client_secret,
            settings.graph.authority,
            f"{settings.public_url}/auth/callback",
        ),
        graph_url=settings.graph.base_url,
        app_login=_app_login(settings.bot, settings.graph.base_url, cloud),
    )


def _app_login(bot: BotSettings, graph_url: str, cloud: Cloud) -> AppLogin:
    """Return how the bot's own registration asks for tokens of Graph, in each organisation."""
    parts = urlsplit(graph_url)
    graph = f"{parts.scheme}://{parts.netloc}"

    def login(tenant: TenantId) -> Login:
        if bot.type is AppType.MANAGED_IDENTITY:
            return managed_identity(bot.app_id, resource=graph)
        authority = f"{cloud.login}/{tenant}"
        return with_secret(bot.app_id, bot.password, authority=authority, scope=f"{graph}/.default")

    return login


def _login(bot: BotSettings, cloud: Cloud) -> Login:
    if bot.type is AppType.MANAGED_IDENTITY:
        return managed_identity(bot.app_id, resource=cloud.scope.removesuffix("/.default"))
    tenant = cloud.shared_tenant if bot.type is AppType.MULTI_TENANT else bot.tenant
    authority = f"{cloud.login}/{tenant}"
    return with_secret(bot.app_id, bot.password, authority=authority, scope=cloud.scope)


def imitation(settings: Settings, around: Surroundings) -> Outside:
    """Return the demo's world: everybody on this machine gets in, and nothing leaves it."""
    ports = {settings.playground_port, urlsplit(around.playground_url).port}
    return Outside(
        bot=anonymous(port for port in ports if port),
        public_url=settings.public_url,
        sign_in=SignIn(
            around.client_id,
            around.client_secret,
            around.sandbox.authority,
            f"{settings.public_url}/auth/callback",
            ca_bundle=around.sandbox.ca_file,
            instance_discovery=False,
        ),
        graph_url=around.sandbox.graph_url,
        trusted=frozenset({settings.public_url, around.sandbox.page_url}),
    )


async def run_production(settings: Settings) -> None:
    """Serve until somebody ends the process."""
    ended, clock = _end_of_process(), SystemClock()
    numbers = Numbers()
    records = await open_records(settings, clock, numbers)
    try:
        async with AsyncExitStack() as stack:
            session = await stack.enter_async_context(open_session())
            metadata_url = settings.bot.metadata_url if settings.bot else ""
            signing = SigningKeys(session, metadata_url, clock)
            stack.push_async_callback(signing.close)
            outside = production(settings, signing, clock)
            keys = await stack.enter_async_context(
                master_keys(settings.keys, settings.key_vault_key)
            )
            erased = await stack.enter_async_context(erased_list(settings, clock))
            almanac = await stack.enter_async_context(
                assembled(
                    outside,
                    records,
                    keys,
                    clock,
                    erased=erased,
                    grace=settings.grace,
                    admins=settings.admins,
                    numbers=numbers,
                )
            )
            await stack.enter_async_context(serving(almanac, settings.host, settings.port))
            log.info("listening on %s:%s", settings.host, settings.port)
            await ended.wait()
    finally:
        await records.close()


async def run_demo(settings: Settings, *, with_playground: bool) -> None:
    """Serve the demo until Ctrl-C; what it stored is thrown away at the next start."""
    ended, clock = _end_of_process(), SystemClock()
    folder = settings.data_dir / "demo"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    _say("Starting the sandbox Microsoft 365" + (" and the Playground" * with_playground) + " ...")
    async with surroundings(
        clock,
        bot_url=settings.public_url,
        sandbox_port=settings.sandbox_port,
        playground_port=settings.playground_port if with_playground else None,
        work_dir=folder / "playground",
    ) as around:
        records = await SqliteRecords.open(folder / "almanac.db", clock)
        try:
            ring = KeyRing.generate("demo")
            async with assembled(imitation(settings, around), records, ring, clock) as almanac:
                await _seed_contacts(almanac)
                async with serving(almanac, settings.host, settings.port):
                    _say_where(settings, around)
                    await ended.wait()
                    _say("Stopping ...")
        finally:
            await records.close()


async def _seed_contacts(almanac: Almanac) -> None:
    """Give the person at the keyboard somebody to look for."""
    you = PEOPLE[0]
    person = Person(TenantId(TENANT.id), ObjectId(you.object_id))
    author = Author(person, you.display_name)
    book = await almanac.books.at_home(
        author, PersonHome(person), BookKind.CONTACTS, zone=ZoneInfo("UTC"), language="en"
    )
    for sample in CONTACTS:
        content = ContactContent(
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


def _say_where(settings: Settings, around: Surroundings) -> None:
    sandbox = around.sandbox.page_url
    mailbox = f"{sandbox}/sandbox/mailbox/{PEOPLE[0].key}"
    _say(f"The bot listens on {settings.public_url}/api/messages")
    _say(f"Outlook of {PEOPLE[0].display_name} (the sandbox): {mailbox}")
    _say(f"\nOpen {around.playground_url or sandbox + '/sandbox/'}\n\nCtrl-C stops everything.")


async def run_operation(settings: Settings, chosen: argparse.Namespace) -> None:
    """Do what an operator asks for, beside a running program or without one."""
    clock = SystemClock()
    records = await open_records(settings, clock)
    try:
        async with master_keys(settings.keys, settings.key_vault_key) as keys:
            if chosen.command in MOVES:
                return await move(records, keys, clock, chosen, _say)
            store = await open_store(records, keys, clock)
            for line in await operate(store, clock, chosen):
                _say(line)
    finally:
        await records.close()


def _say(text: str) -> None:
    print(text, flush=True)


def _end_of_process() -> asyncio.Event:
    """Return what is set when the process is asked to end, from now on."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, ended.set)
        except NotImplementedError:  # Windows has no handlers in the loop
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(ended.set))
    return ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the arguments and the environment, and run; return the exit status."""
    parser = argparse.ArgumentParser(description="Almanac, a bot for Microsoft Teams.")
    parser.add_argument("--demo", action="store_true", help="anonymous, with sample people")
    parser.add_argument("--playground", action="store_true", help="the demo with a chat to try")
    add_operations(parser)
    chosen = parser.parse_args(arguments)
    demo = chosen.demo or chosen.playground
    logging.basicConfig(level=logging.WARNING if demo else logging.INFO)
    logging.getLogger("azure").setLevel(logging.WARNING)  # it tells of every single request
    environ = {name: value for name, value in dotenv_values().items() if value is not None}
    try:
        settings = Settings.from_env({**environ, **os.environ}, demo=demo)
        if chosen.command:
            asyncio.run(run_operation(settings, chosen))
        elif demo:
            asyncio.run(run_demo(settings, with_playground=chosen.playground))
        else:
            asyncio.run(run_production(settings))
    except Misconfigured as err:
        print("Almanac cannot start with these settings:", file=sys.stderr)
        for problem in err.problems:
            print(f"  {problem}", file=sys.stderr)
        return 2
    except (PlaygroundUnavailable, Broken, Upstream, OSError) as err:
        print(f"Almanac cannot {chosen.command or 'start'}: {err}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. An export or import goes on when it is called again.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
