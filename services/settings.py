"""Everything that an operator can choose, read once at the start.

``Settings.from_env(environ)`` takes the environment as an argument and gives one frozen object;
only ``app.py`` calls it, and hands single values on. What is wrong is collected and reported
together, by the names of the variables and never with their values: those may be secrets.

The demo reads just what it needs (addresses, the data directory) and ignores the rest, so that a
filled-in ``.env`` cannot make it talk to a real tenant. ``.env.example`` explains every name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from services.environment import GUID, LOOPBACK, Environment
from services.model.errors import Broken
from services.model.identity import Person

__all__ = ["AppType", "BotSettings", "CosmosSettings", "GraphSettings", "Misconfigured", "Settings"]

PUBLIC_CLOUD_METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"
DOMAIN = re.compile(r"([a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}")


class Misconfigured(Broken):
    """The settings cannot be used; each problem is a sentence that names its variable."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class AppType(StrEnum):
    """How the bot proves itself to Azure."""

    SINGLE_TENANT = "SingleTenant"
    MULTI_TENANT = "MultiTenant"
    MANAGED_IDENTITY = "UserAssignedMSI"


@dataclass(frozen=True, slots=True, kw_only=True)
class BotSettings:
    """The bot's own registration in Azure."""

    app_id: str
    password: str = field(repr=False)
    """Empty with a managed identity."""
    type: AppType
    tenant: str
    """Empty for a multi-tenant bot."""
    metadata_url: str
    """Where the keys of the Bot Framework are published; national clouds differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphSettings:
    """The registration with which people connect their Outlook; not the bot's."""

    client_id: str
    client_secret: str = field(repr=False)
    authority: str
    base_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CosmosSettings:
    """An Azure Cosmos DB account."""

    endpoint: str
    key: str = field(repr=False)
    """Empty = the identity that the program runs as."""
    database: str
    regions: tuple[str, ...]
    """Preferred first; empty = as the account says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``app.py`` builds the program from."""

    host: str
    port: int
    sandbox_port: int
    playground_port: int
    public_url: str
    """Where browsers reach us: scheme and host, no slash at the end."""
    data_dir: Path
    keys: str = field(repr=False)
    """The key ring as text, current key first; empty in a demo, which makes its own."""
    key_vault_key: str = ""
    """The address of a key in Azure Key Vault that wraps in the ring's place; empty = none."""
    grace: timedelta = timedelta(days=30)
    """How long an organisation's data stays once the app is gone from all of its places."""
    admins: frozenset[Person] = frozenset()
    """Who may act for other people of their organisation."""
    bot: BotSettings | None = None
    """``None`` in the demo: an anonymous bot, hence on loopback only."""
    graph: GraphSettings | None = None
    """``None`` in the demo: the sandbox stands in."""
    cosmos: CosmosSettings | None = None
    """``None`` = SQLite in ``data_dir``."""

    @property
    def demo(self) -> bool:
        """True when nobody has to prove who they are."""
        return self.bot is None

    @classmethod
    def from_env(cls, environ: Mapping[str, str], *, demo: bool = False) -> Settings:
        """Read all settings.

        Raises:
            Misconfigured: with every problem there is, not only the first.
        """
        read = Environment(environ)
        settings = _demo(read) if demo else _production(read)
        if read.problems:
            raise Misconfigured(tuple(read.problems))
        return settings


def _demo(read: Environment) -> Settings:
    port = read.port("PORT", 3978)
    host = read.text("HOST", LOOPBACK)
    if host != LOOPBACK:
        read.problem("HOST", f"must stay {LOOPBACK} in the demo, which lets everybody in")
    return Settings(
        host=LOOPBACK,
        port=port,
        sandbox_port=read.port("SANDBOX_PORT", 3979),
        playground_port=read.port("PLAYGROUND_PORT", 56150),
        public_url=f"http://{LOOPBACK}:{port}",
        data_dir=Path(read.text("ALMANAC_DATA_DIR", "data")),
        keys=read.keys("ALMANAC_KEYS", required=False),
    )


def _production(read: Environment) -> Settings:
    return Settings(
        host=read.text("HOST", LOOPBACK),
        port=read.port("PORT", 3978),
        sandbox_port=read.port("SANDBOX_PORT", 3979),
        playground_port=read.port("PLAYGROUND_PORT", 56150),
        public_url=read.origin("PUBLIC_URL"),
        data_dir=Path(read.text("ALMANAC_DATA_DIR", "data")),
        keys=read.keys("ALMANAC_KEYS", required=not read.text("ALMANAC_KEY_VAULT_KEY")),
        key_vault_key=read.text("ALMANAC_KEY_VAULT_KEY") and read.url("ALMANAC_KEY_VAULT_KEY"),
        grace=read.days("ALMANAC_GRACE_DAYS", 30),
        admins=read.people("ALMANAC_ADMINS"),
        bot=_bot(read),
        graph=_graph(read),
        cosmos=_cosmos(read),
    )


def _bot(read: Environment) -> BotSettings:
    kind = read.choice("MICROSOFT_APP_TYPE", AppType.SINGLE_TENANT)
    app_id = read.required(
        "MICROSOFT_APP_ID", "without it nobody would have to prove who they are (try --demo)"
    )
    if app_id and not GUID.fullmatch(app_id):
        read.problem("MICROSOFT_APP_ID", "must be the application id, a GUID")
    password, tenant = read.text("MICROSOFT_APP_PASSWORD"), read.text("MICROSOFT_APP_TENANT_ID")
    if kind is not AppType.MANAGED_IDENTITY and not password:
        read.problem("MICROSOFT_APP_PASSWORD", f"is missing; {kind} needs it")
    if kind is not AppType.MULTI_TENANT and not tenant:
        read.problem("MICROSOFT_APP_TENANT_ID", f"is missing; {kind} needs it")
    if tenant and not (GUID.fullmatch(tenant) or DOMAIN.fullmatch(tenant)):
        read.problem("MICROSOFT_APP_TENANT_ID", "must be a GUID or a domain")
    return BotSettings(
        app_id=app_id.lower(),  # as every token that is made for it names it
        password=password,
        type=kind,
        tenant=tenant,
        metadata_url=read.url("BOT_OPENID_METADATA_URL", PUBLIC_CLOUD_METADATA),
    )


def _graph(read: Environment) -> GraphSettings:
    client_id = read.required("GRAPH_CLIENT_ID", "people connect their Outlook with it")
    return GraphSettings(
        client_id=client_id.lower() if GUID.fullmatch(client_id) else client_id,
        client_secret=read.required("GRAPH_CLIENT_SECRET", "people connect their Outlook with it"),
        authority=read.url("GRAPH_AUTHORITY", "https://login.microsoftonline.com/organizations"),
        base_url=read.url("GRAPH_BASE_URL", "https://graph.microsoft.com/v1.0"),
    )


def _cosmos(read: Environment) -> CosmosSettings | None:
    store = read.text("ALMANAC_STORE", "sqlite").lower()
    if store == "sqlite":
        return None
    if store != "cosmos":
        read.problem("ALMANAC_STORE", "must be sqlite or cosmos")
        return None
    return CosmosSettings(
        endpoint=read.url("COSMOS_ENDPOINT"),
        key=read.text("COSMOS_KEY"),
        database=read.text("COSMOS_DATABASE", "almanac"),
        regions=tuple(read.listed("COSMOS_REGIONS")),
    )
