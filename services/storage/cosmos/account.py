"""Opening the account, and making the database and the container where they are missing.

With a key, everything is made at the first start; instances that start together take what the
first of them made. With an identity of Entra instead of a key, Cosmos DB lets nobody make
databases through its data plane: they are made beforehand, as ``docs/storage.md`` shows.

Each commit must be seen by the next, so there is one region that is written, whatever the account
offers; ``regions`` says from where reads are served, nearest first, and no other region is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from azure.cosmos import PartitionKey
from azure.cosmos.aio import ContainerProxy, CosmosClient
from azure.cosmos.documents import ConnectionPolicy
from azure.cosmos.exceptions import CosmosResourceExistsError, CosmosResourceNotFoundError

from services.model.errors import Broken
from services.storage.cosmos.trouble import Patience

__all__ = ["CosmosAccount", "connect", "made"]

_PARTITION = "/partition"
_KEEP_UNTIL_TOLD = -1
"""Time to live is on, and items without a ``ttl`` of their own stay."""
_INDEXING: dict[str, Any] = {
    "indexingMode": "consistent",
    "includedPaths": [{"path": "/*"}],
    "excludedPaths": [
        {"path": "/body/?"},
        {"path": "/graves/*"},
        {"path": "/marks/*"},
        {"path": '/"_etag"/?'},
    ],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CosmosAccount:
    """Where the store is, and how to get in."""

    endpoint: str
    key: str = field(repr=False)
    """Empty = the identity that the program runs as."""
    database: str
    container: str = "records"
    regions: tuple[str, ...] = ()
    """Read from these, nearest first; empty = from where the account is written."""
    read_timeout: float = 10.0


async def connect(
    account: CosmosAccount, stack: AsyncExitStack, patience: Patience
) -> CosmosClient:
    """Return an open client, which ``stack`` closes.

    Raises:
        Broken: the key or the identity is not accepted.
        StoreAway: nobody answers.
    """
    credential: Any = account.key or await stack.enter_async_context(_identity())

    async def ask() -> CosmosClient:
        client = _client(account, credential)
        async with AsyncExitStack() as unfinished:
            unfinished.push_async_callback(client.close)
            await client.__aenter__()
            unfinished.pop_all()
        return client

    client = await patience.through(ask)
    stack.push_async_callback(client.close)
    return client


async def made(client: CosmosClient, account: CosmosAccount, patience: Patience) -> ContainerProxy:
    """Return the container, which is made where it is missing.

    Raises:
        Broken: there is one of this name that is not Almanac's, or none can be made.
    """
    database = client.get_database_client(account.database)
    container = database.get_container_client(account.container)

    async def ask() -> Mapping[str, Any]:
        try:
            return await container.read()
        except CosmosResourceNotFoundError:
            await _make(client, account)
        return await container.read()

    try:
        _check(await patience.through(ask))
    except Broken as err:
        raise Broken(f"the container {account.database}/{account.container}: {err}") from err
    return container


async def _make(client: CosmosClient, account: CosmosAccount) -> None:
    with suppress(CosmosResourceExistsError):  # another instance was faster
        await client.create_database(account.database)
    with suppress(CosmosResourceExistsError):
        await client.get_database_client(account.database).create_container(
            account.container,
            PartitionKey(_PARTITION),
            indexing_policy=_INDEXING,
            default_ttl=_KEEP_UNTIL_TOLD,
        )


def _check(properties: Mapping[str, Any]) -> None:
    if properties["partitionKey"]["paths"] != [_PARTITION]:
        raise Broken(f"its partition key is not {_PARTITION}, it is something else's")
    if "defaultTtl" not in properties:
        raise Broken("time to live is off; what has expired would stay for ever")


def _client(account: CosmosAccount, credential: Any) -> CosmosClient:
    policy = ConnectionPolicy()
    # All waiting is Patience's. The SDK's own keyword takes a zero for "not given".
    policy.RetryOptions._max_retry_attempt_count = 0
    return CosmosClient(
        account.endpoint,
        credential,
        consistency_level="Session",
        connection_policy=policy,
        retry_total=0,
        retry_connect=0,
        retry_read=0,
        connection_timeout=5.0,
        read_timeout=account.read_timeout,
        preferred_locations=list(account.regions),
        enable_endpoint_discovery=bool(account.regions),
    )


def _identity() -> Any:
    """Return the identity of the machine, the container or the person who started the program."""
    try:
        return import_module("azure.identity.aio").DefaultAzureCredential()
    except ImportError as err:
        raise Broken("without COSMOS_KEY: pip install -r requirements-azure.txt") from err
