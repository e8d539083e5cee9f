"""The clouds of Microsoft in which a bot can live, and the addresses each may be called from.

An activity says to which address (``serviceUrl``) its answers go, and the answers carry the
bot's token: an address that is not on the list must never be written to. Hosts are compared
whole: names under ``trafficmanager.net`` can be registered by anybody.

Reference: the host lists of Microsoft's own SDKs (microsoft/teams.py PR 370, April 2026) and
https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["CLOUDS", "PUBLIC", "Cloud", "ServiceUrls", "cloud_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """What differs from one cloud to the next."""

    name: str
    metadata_host: str
    """Where the keys of the Bot Framework are published."""
    issuer: str
    """Who signs the tokens that come in."""
    scope: str
    """What the bot's own token is asked for."""
    login: str
    """Where it is asked for."""
    shared_tenant: str
    """The tenant in which multi-tenant bots sign in."""
    hosts: frozenset[str]
    """Exact hosts of ``serviceUrl``."""


PUBLIC = Cloud(
    name="public",
    metadata_host="login.botframework.com",
    issuer="https://api.botframework.com",
    scope="https://api.botframework.com/.default",
    login="https://login.microsoftonline.com",
    shared_tenant="botframework.com",
    hosts=frozenset(
        {
            "smba.trafficmanager.net",
            "smba.onyx.prod.teams.trafficmanager.net",
            "smba.infra.gcc.teams.microsoft.com",
        }
    ),
)
GOVERNMENT = Cloud(
    name="government",
    metadata_host="login.botframework.azure.us",
    issuer="https://api.botframework.us",
    scope="https://api.botframework.us/.default",
    login="https://login.microsoftonline.us",
    shared_tenant="MicrosoftServices.onmicrosoft.us",
    hosts=frozenset({"smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us"}),
)
CHINA = Cloud(
    name="china",
    metadata_host="login.botframework.azure.cn",
    issuer="https://api.botframework.azure.cn",
    scope="https://api.botframework.azure.cn/.default",
    login="https://login.partner.microsoftonline.cn",
    shared_tenant="microsoftservices.partner.onmschina.cn",
    hosts=frozenset({"frontend.botapi.msg.infra.teams.microsoftonline.cn"}),
)
CLOUDS = (PUBLIC, GOVERNMENT, CHINA)


def cloud_of(metadata_url: str) -> Cloud:
    """Return the cloud whose keys are at ``metadata_url``; the public one for any other host."""
    host = urlsplit(metadata_url).hostname
    return next((cloud for cloud in CLOUDS if cloud.metadata_host == host), PUBLIC)


class ServiceUrls:
    """The addresses that the bot may answer to: the cloud's hosts, and exact origins beside them.

    Origins (``http://127.0.0.1:56150``) are for the demo and for tests; production adds none.
    """

    def __init__(
        self, hosts: frozenset[str] = frozenset(), origins: frozenset[str] = frozenset()
    ) -> None:
        self._hosts = hosts
        self._origins = origins
        self._known: dict[str, bool] = {}

    def trusts(self, url: str) -> bool:
        """Return whether answers may be sent to ``url``."""
        known = self._known.get(url)
        if known is None:
            known = self._judge(url)
            if known and len(self._known) < 1000:  # only good ones are worth remembering
                self._known[url] = known
        return known

    def _judge(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        if parts.username is not None or parts.query or parts.fragment or "\\" in url:
            return False
        if f"{parts.scheme}://{parts.netloc}" in self._origins:
            return True
        return parts.scheme == "https" and port is None and parts.netloc.lower() in self._hosts
