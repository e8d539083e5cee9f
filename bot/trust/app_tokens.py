"""The app's own tokens for Microsoft Graph, one for each organisation, kept while they are good."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from bot.trust.credentials import Login, TokenCredentials
from services.model.identity import TenantId
from services.model.times import Clock

__all__ = ["AppLogin", "AppTokens"]

MOST_KEPT = 1_000
AppLogin = Callable[[TenantId], Login]
"""How the app logs in to an organisation."""


class AppTokens:
    """Logs in where it is needed."""

    def __init__(self, login: AppLogin, clock: Clock) -> None:
        self._login = login
        self._clock = clock
        self._kept: OrderedDict[TenantId, TokenCredentials] = OrderedDict()

    async def token(self, tenant: TenantId) -> str:
        """Return a token.

        Raises:
            Unreachable: the login service does not answer.
            Rejected: the organisation does not know the app.
        """
        if tenant not in self._kept:
            self._kept[tenant] = TokenCredentials(self._login(tenant), self._clock)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(tenant)
        return await self._kept[tenant].token()

    def forget(self, tenant: TenantId, token: str) -> None:
        """Log in again at the next need, where this is the token that is kept."""
        if (kept := self._kept.get(tenant)) is not None:
            kept.forget(token)
