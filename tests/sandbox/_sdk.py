"""Microsoft's own client of Graph, pointed at the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from kiota_abstractions.authentication import (
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph import GraphRequestAdapter, GraphServiceClient

from sandbox.people import PEOPLE
from sandbox.server import Sandbox

__all__ = ["prefer", "sdk_client"]


class Token:
    """What the SDK calls an access token provider."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def get_authorization_token(
        self, uri: str, additional_authentication_context: dict[str, Any] | None = None
    ) -> str:
        return self._token

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        return AllowedHostsValidator([])


@asynccontextmanager
async def sdk_client(sandbox: Sandbox) -> AsyncIterator[GraphServiceClient]:
    # A bare client: the SDK's own retries would wait for real, and it never closes its sockets.
    provider = BaseBearerTokenAuthenticationProvider(Token(sandbox.token_for(PEOPLE[0])))
    async with httpx.AsyncClient(trust_env=False) as http:
        adapter = GraphRequestAdapter(provider, http)
        adapter.base_url = sandbox.graph_url
        yield GraphServiceClient(request_adapter=adapter)


def prefer(options: Any, *wishes: str) -> RequestConfiguration[Any]:
    """Return what a call is made with: its options, and Prefer headers."""
    asked = RequestConfiguration(query_parameters=options)
    for wish in wishes:
        asked.headers.add("Prefer", wish)
    return asked
