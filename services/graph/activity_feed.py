"""Tell somebody something in the activity feed of Teams, in the name of the app.

The app has its own token in each organisation, with the right that the person's installation gives
it (``TeamsActivity.Send.User``, resource-specific consent). Where there is no such right the app
is told so, and tells people otherwise. A notification has a chain: one that is sent again takes
the place of the first, so a crash between Graph's answer and our note of it doubles nothing.

https://learn.microsoft.com/graph/api/userteamwork-sendactivitynotification
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from services.graph.client import GraphClient, quoted
from services.model.errors import ConsentNeeded, Rejected
from services.model.identity import Person, TenantId

__all__ = ["ActivityFeed", "AppTokens", "Notification", "chain_of"]

REFUSED = frozenset({400, 401, 403, 404, 409})
"""No right, no installation, or a manifest of another version: nothing that waiting mends."""
_UNAUTHORIZED = 401


class AppTokens(Protocol):
    """Where the app's own tokens come from."""

    async def token(self, tenant: TenantId) -> str:
        """Return the one for an organisation."""

    def forget(self, tenant: TenantId, token: str) -> None:
        """Graph refused it: do not hand it out again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One entry of somebody's feed."""

    kind: str
    """A type of activity that the app's manifest declares, with the parameter ``line``."""
    line: str
    preview: str
    topic: str
    url: str
    """Where it leads: an address inside of Teams."""
    chain: int


class ActivityFeed:
    """Writes into feeds, with the app's own tokens."""

    def __init__(self, client: GraphClient, tokens: AppTokens) -> None:
        self._client = client
        self._tokens = tokens

    async def send(self, person: Person, told: Notification) -> None:
        """Tell somebody.

        Raises:
            ConsentNeeded: the app may not tell this person anything there.
            Throttled: asked to wait.
            Unreachable: no answer; the effect is unknown, and sending again is harmless.
        """
        try:
            await self._try(person, told)
        except Rejected as err:
            if err.status not in REFUSED:
                raise
            raise ConsentNeeded from err

    async def _try(self, person: Person, told: Notification) -> None:
        token = await self._tokens.token(person.tenant)
        try:
            await self._post(person, token, told)
        except Rejected as err:
            if err.status != _UNAUTHORIZED:
                raise
            # It may have been withdrawn before its time; nothing was done with it.
            self._tokens.forget(person.tenant, token)
            await self._post(person, await self._tokens.token(person.tenant), told)

    async def _post(self, person: Person, token: str, told: Notification) -> None:
        target = f"/users/{quoted(person.object_id)}/teamwork/sendActivityNotification"
        await self._client.request(person, token, "POST", target, json=_body(told))


def chain_of(*parts: object) -> int:
    """Return the number of a chain: the same for the same parts, positive and of 63 bits."""
    digest = sha256("\n".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8]) >> 1 or 1


def _body(told: Notification) -> dict[str, object]:
    return {
        "topic": {"source": "text", "value": told.topic, "webUrl": told.url},
        "activityType": told.kind,
        "chainId": told.chain,
        "previewText": {"content": told.preview},
        "templateParameters": [{"name": "line", "value": told.line}],
    }
