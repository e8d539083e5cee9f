"""How the bot proves itself to Teams' connector: an access token, kept until it is nearly over.

Three ways, as a bot can be registered: a secret in its own tenant (or in the shared one, for the
old multi-tenant bots), a managed identity of Azure, and none at all in the demo. msal blocks, so
it works in a thread; requests that need a token at once share one login.

Reference: https://learn.microsoft.com/azure/bot-service/bot-builder-authentication
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

import msal
import requests
from msal.exceptions import MsalServiceError

from services.model.errors import Broken, Rejected, Unreachable
from services.model.times import Clock

__all__ = ["Anonymous", "Credentials", "TokenCredentials", "managed_identity", "with_secret"]

MARGIN = timedelta(minutes=5)
"""A token with less life than this is not used; msal thinks the same."""
MOST_KEPT = timedelta(hours=1)

Login = Callable[[], dict[str, Any]]


class Credentials(Protocol):
    """Where the bot's own token comes from."""

    async def token(self) -> str:
        """Return a token, or ``""`` where none is needed.

        Raises:
            Unreachable: the login service does not answer.
            Rejected: it refuses; ``code`` says why.
        """

    def forget(self, token: str) -> None:
        """The connector refused this token: do not hand it out again."""


class Anonymous:
    """The demo's credentials: none."""

    async def token(self) -> str:
        """Return no token."""
        return ""

    def forget(self, token: str) -> None:
        """Nothing to forget."""


class TokenCredentials:
    """Keeps the token that ``login`` gets; ``login`` blocks, and answers as msal does."""

    def __init__(self, login: Login, clock: Clock) -> None:
        self._login = login
        self._clock = clock
        self._lock = asyncio.Lock()
        self._token = ""
        self._good_until: datetime | None = None

    async def token(self) -> str:
        """Return the kept token, or log in."""
        if not self._is_good():
            async with self._lock:
                if not self._is_good():  # whoever held the lock may have logged in
                    await self._renew()
        return self._token

    def forget(self, token: str) -> None:
        """Log in again at the next need."""
        if token == self._token:
            self._token, self._good_until = "", None

    def _is_good(self) -> bool:
        return self._good_until is not None and self._clock.now() < self._good_until

    async def _renew(self) -> None:
        asked_at = self._clock.now()
        try:
            answer = await asyncio.to_thread(self._login)
        except (requests.RequestException, OSError, RuntimeError, MsalServiceError) as err:
            raise Unreachable("the login service does not answer") from err
        except ValueError as err:
            # msal's way to say that there is no such tenant, or no such identity on this machine.
            raise Rejected(401, "no_such_login") from err
        if "access_token" not in answer:
            raise Rejected(401, str(answer.get("error") or "login_failed"))
        life = min(timedelta(seconds=int(answer.get("expires_in", 0))), MOST_KEPT)
        self._token, self._good_until = answer["access_token"], asked_at + life - MARGIN


def with_secret(
    app_id: str,
    secret: str,
    *,
    authority: str,
    scope: str,
    http_client: Any = None,
    instance_discovery: bool = True,
) -> Login:
    """Return a login with a secret; ``authority`` is a login host and a tenant.

    Without ``instance_discovery`` Microsoft is not asked whether the host is one of theirs.
    """
    application: list[Any] = []  # made at the first login: msal asks the network when it is made

    def login() -> dict[str, Any]:
        if not application:
            application.append(
                msal.ConfidentialClientApplication(
                    app_id,
                    client_credential=secret,
                    authority=authority,
                    http_client=http_client,
                    instance_discovery=instance_discovery,
                )
            )
        # Out of its memory msal would answer with the very token that was refused.
        application[0].token_cache = msal.TokenCache()
        return _answer(application[0].acquire_token_for_client([scope]))

    return login


def managed_identity(client_id: str, *, resource: str, http_client: Any = None) -> Login:
    """Return a login with a user-assigned managed identity; works inside Azure only."""
    identity = msal.UserAssignedManagedIdentity(client_id=client_id)
    http = http_client or requests.Session()

    def login() -> dict[str, Any]:
        # A client remembers its tokens, be it the one that was just refused: each has one login.
        client = msal.ManagedIdentityClient(identity, http_client=http)
        return _answer(client.acquire_token_for_client(resource=resource))

    return login


def _answer(answer: object) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise Broken("the login library gave no answer")
    return answer
