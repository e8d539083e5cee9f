"""Production: the real Teams, Entra and Graph, all from the settings.

``await run_production(settings)`` serves until somebody ends the process. :mod:`bot.assembly` puts
the parts together; the demo is built from the same ones by :mod:`sandbox.demo`.
"""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

from bot.assembly import assembled
from bot.connector import open_session
from bot.outside import Outside
from bot.process import SystemClock, end_of_process
from bot.serving import serving
from bot.stores import erased_list, open_records
from bot.trust.app_tokens import AppLogin
from bot.trust.clouds import Cloud, cloud_of
from bot.trust.credentials import Login, TokenCredentials, managed_identity, with_secret
from bot.trust.identity import registered
from bot.trust.signing_keys import SigningKeys
from services.graph.auth import SignIn
from services.model.errors import Broken
from services.model.identity import TenantId
from services.model.times import Clock
from services.settings import AppType, BotSettings, Settings
from services.storage.counted import Numbers
from services.storage.master_keys import master_keys

log = logging.getLogger("almanac")

__all__ = ["run_production"]


async def run_production(settings: Settings) -> None:
    """Serve until somebody ends the process."""
    ended, clock = end_of_process(), SystemClock()
    numbers = Numbers()
    records = await open_records(settings, clock, numbers)
    try:
        async with AsyncExitStack() as stack:
            session = await stack.enter_async_context(open_session())
            metadata_url = settings.bot.metadata_url if settings.bot else ""
            signing = SigningKeys(session, metadata_url, clock)
            stack.push_async_callback(signing.close)
            outside = _outside_of(settings, signing, clock)
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


def _outside_of(settings: Settings, keys: SigningKeys, clock: Clock) -> Outside:
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
