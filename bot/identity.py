"""Who the bot is to the Bot Framework, and whom it believes.

:func:`registered` is a bot with a registration in Azure: it checks tokens and has its own.
:func:`anonymous` is the demo's: it lets in whoever is on this machine, and can answer nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import aiohttp

from bot.clouds import ServiceUrls, cloud_of
from bot.credentials import (
    Anonymous,
    Credentials,
    TokenCredentials,
    managed_identity,
    with_secret,
)
from bot.gate import Gate, OpenGate, TokenGate
from bot.signing_keys import SigningKeys
from services.model.times import Clock
from services.settings import AppType, BotSettings

__all__ = ["BotIdentity", "anonymous", "registered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BotIdentity:
    """The bot's side of every conversation with Teams."""

    app_id: str
    gate: Gate
    service_urls: ServiceUrls
    credentials: Credentials


def registered(bot: BotSettings, session: aiohttp.ClientSession, clock: Clock) -> BotIdentity:
    """Return the identity of a registration; its cloud follows from where its keys are."""
    cloud = cloud_of(bot.metadata_url)
    service_urls = ServiceUrls(cloud.hosts)
    keys = SigningKeys(session, bot.metadata_url, clock)
    return BotIdentity(
        app_id=bot.app_id,
        gate=TokenGate(bot.app_id, cloud.issuer, keys, service_urls, clock),
        service_urls=service_urls,
        credentials=_credentials(bot, clock),
    )


def anonymous(ports: Iterable[int]) -> BotIdentity:
    """Return no identity: anybody gets in, and answers go to these ports of this machine."""
    hosts = ("127.0.0.1", "localhost")
    origins = frozenset(f"http://{host}:{port}" for host in hosts for port in ports)
    service_urls = ServiceUrls(origins=origins)
    return BotIdentity(
        app_id="", gate=OpenGate(service_urls), service_urls=service_urls, credentials=Anonymous()
    )


def _credentials(bot: BotSettings, clock: Clock) -> Credentials:
    cloud = cloud_of(bot.metadata_url)
    if bot.type is AppType.MANAGED_IDENTITY:
        resource = cloud.scope.removesuffix("/.default")
        return TokenCredentials(managed_identity(bot.app_id, resource=resource), clock)
    tenant = cloud.shared_tenant if bot.type is AppType.MULTI_TENANT else bot.tenant
    authority = f"{cloud.login}/{tenant}"
    login = with_secret(bot.app_id, bot.password, authority=authority, scope=cloud.scope)
    return TokenCredentials(login, clock)
