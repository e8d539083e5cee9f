"""Tell somebody something in the activity feed of Teams, in the name of the app.

The app has its own token in each organisation, with the right that the person's installation gives
it (``TeamsActivity.Send.User``, resource-specific consent). Where there is no such right the app
is told so, and tells people otherwise. A notification has a chain: one that is sent again takes
the place of the first, so a crash between Graph's answer and our note of it doubles nothing.

https://learn.microsoft.com/graph/api/userteamwork-sendactivitynotification
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256

from services.graph.client import GraphClient, quoted
from services.model.errors import ConsentNeeded, Rejected
from services.model.identity import Person, TenantId

__all__ = ["ActivityFeed", "Notification", "chain_of"]

REFUSED = frozenset({400, 401, 403, 404, 409})
"""No right, no installation, or a manifest of another version: nothing that waiting mends."""
AppToken = Callable[[TenantId], Awaitable[str]]


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
    """Writes into feeds; ``token`` returns the app's own in an organisation."""

    def __init__(self, client: GraphClient, token: AppToken) -> None:
        self._client = client
        self._token = token

    async def send(self, person: Person, told: Notification) -> None:
        """Tell somebody.

        Raises:
            ConsentNeeded: the app may not tell this person anything there.
            Throttled: asked to wait.
            Unreachable: no answer; the effect is unknown, and sending again is harmless.
        """
        target = f"/users/{quoted(person.object_id)}/teamwork/sendActivityNotification"
        try:
            token = await self._token(person.tenant)
            await self._client.request(person, token, "POST", target, json=_body(told))
        except Rejected as err:
            if err.status not in REFUSED:
                raise
            raise ConsentNeeded from err


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
