"""What access tokens allow, and applications that have one of their own.

Such a token is for nobody in particular: with each person it allows what their installation of the
application does (resource-specific consent).
https://learn.microsoft.com/microsoftteams/platform/graph-api/rsc/resource-specific-consent
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.people import SamplePerson

__all__ = ["ACCESS_LIFE", "Grant", "Tellers"]

ACCESS_LIFE = timedelta(seconds=3599)
_TELLS = frozenset({"TeamsActivity.Send.User"})


@dataclass(frozen=True, slots=True)
class Grant:
    """What an access token allows."""

    client_id: str
    person: SamplePerson
    scopes: frozenset[str]
    expires_at: datetime


class Tellers:
    """Applications that tell people something in their activity feeds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tokens: dict[str, tuple[str, datetime]] = {}
        self._installed: set[tuple[str, str]] = set()

    def issue_token(self, client_id: str) -> str:
        """Make an access token of an application itself."""
        token = "sandbox.app." + secrets.token_urlsafe(48)
        self._tokens[token] = client_id, self._clock.now() + ACCESS_LIFE
        return token

    def allow(self, client_id: str, person: SamplePerson) -> None:
        """Somebody installs an application that may tell them things."""
        self._installed.add((client_id, person.object_id))

    def forbid(self, client_id: str, person: SamplePerson) -> None:
        """They remove it, or the organisation forbids that kind of consent."""
        self._installed.discard((client_id, person.object_id))

    def grant_of(self, token: str, person: SamplePerson) -> Grant | None:
        """Return what a token of an application allows with somebody; ``None`` = it is none."""
        client_id, expires_at = self._tokens.get(token, ("", None))
        if expires_at is None or expires_at <= self._clock.now():
            return None
        may_tell = (client_id, person.object_id) in self._installed
        return Grant(client_id, person, _TELLS if may_tell else frozenset(), expires_at)
