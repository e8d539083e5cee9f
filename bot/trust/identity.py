"""Who the bot is to the Bot Framework, and whom it believes.

:func:`registered` is a bot with a registration in Azure: it checks tokens and has its own.
:func:`anonymous` is the demo's: it lets in whoever is on this machine, and can answer nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.trust.clouds import Cloud, ServiceUrls
from bot.trust.credentials import Anonymous, Credentials
from bot.trust.gate import Gate, OpenGate, TokenGate
from bot.trust.signing_keys import SigningKeys
from services.model.times import Clock

__all__ = ["BotIdentity", "anonymous", "registered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BotIdentity:
    """The bot's side of every conversation with Teams."""

    app_id: str
    gate: Gate
    service_urls: ServiceUrls
    credentials: Credentials


def registered(
    app_id: str, cloud: Cloud, keys: SigningKeys, credentials: Credentials, clock: Clock
) -> BotIdentity:
    """Return the identity of a registration in one of Microsoft's clouds."""
    service_urls = ServiceUrls(cloud.hosts)
    return BotIdentity(
        app_id=app_id,
        gate=TokenGate(app_id, cloud.issuer, keys, service_urls, clock),
        service_urls=service_urls,
        credentials=credentials,
    )


def anonymous(ports: Iterable[int]) -> BotIdentity:
    """Return no identity: anybody gets in, and answers go to these ports of this machine."""
    hosts = ("127.0.0.1", "localhost")
    origins = frozenset(f"http://{host}:{port}" for host in hosts for port in ports)
    service_urls = ServiceUrls(origins=origins)
    return BotIdentity(
        app_id="", gate=OpenGate(service_urls), service_urls=service_urls, credentials=Anonymous()
    )
