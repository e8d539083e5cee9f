"""Who may knock: the check of the Bot Framework's token, before anything else is read.

:meth:`Gate.verify` looks at the token alone: RS256 under a key of the issuer, issuer, audience,
times. :meth:`Proof.covers` then ties it to the activity: the token's ``serviceurl`` is the
activity's and on the list of the cloud, and the key may vouch for the activity's channel. What
fails is always :class:`NotProven`, a 401 that does not say why.

A token is used for about an hour of requests, so a verdict is remembered, under a hash of the
token, until the token expires. There is no way in for emulators and skills.

Reference:
https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

import jwt
from jwt.types import Options

from bot.trust.clouds import ServiceUrls
from bot.trust.signing_keys import SigningKeys
from services.model.times import Clock

__all__ = ["Gate", "NotProven", "OpenGate", "Proof", "TokenGate"]

SKEW = timedelta(minutes=5)
MOST_VERDICTS = 1000
LONGEST_HEADER = 16_000
UNCHECKED: Options = {  # times, issuer and audience are checked here, by our clock
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
}


class NotProven(Exception):
    """The request does not prove where it comes from; the message is for the log alone."""


class Proof(Protocol):
    """What a sender has proven."""

    def covers(self, service_url: str, channel: str) -> None:
        """Return if an activity with these may come from this sender; else ``NotProven``."""


class Gate(Protocol):
    """Decides who gets in."""

    async def verify(self, authorization: str) -> Proof:
        """Return what the header proves; raises ``NotProven``."""


@dataclass(frozen=True, slots=True)
class OpenGate:
    """The demo's gate: anybody on this machine, as long as answers stay on it too."""

    service_urls: ServiceUrls

    async def verify(self, authorization: str) -> Proof:
        """Let everybody in."""
        return self

    def covers(self, service_url: str, channel: str) -> None:
        """Refuse to be sent elsewhere."""
        if not self.service_urls.trusts(service_url):
            raise NotProven("serviceUrl is not on the list")


@dataclass(frozen=True, slots=True)
class _TokenProof:
    service_url: str
    endorsements: frozenset[str]
    expires_at: datetime
    service_urls: ServiceUrls

    def covers(self, service_url: str, channel: str) -> None:
        if not self.service_url or service_url.rstrip("/") != self.service_url:
            raise NotProven("serviceUrl is not the token's")
        if not self.service_urls.trusts(service_url):
            raise NotProven("serviceUrl is not on the list")
        if channel not in self.endorsements:
            raise NotProven("the key may not vouch for this channel")


class TokenGate:
    """The gate of production."""

    def __init__(
        self,
        app_id: str,
        issuer: str,
        keys: SigningKeys,
        service_urls: ServiceUrls,
        clock: Clock,
    ) -> None:
        if not app_id:
            raise ValueError("without an app id nobody would have to prove who they are")
        self._app_id = app_id
        self._issuer = issuer
        self._keys = keys
        self._service_urls = service_urls
        self._clock = clock
        self._verdicts: OrderedDict[bytes, _TokenProof] = OrderedDict()

    async def verify(self, authorization: str) -> Proof:
        """Check the token of an ``Authorization`` header, or remember that it was checked."""
        if len(authorization) > LONGEST_HEADER:
            raise NotProven("the header is too long")
        name = sha256(authorization.encode("utf-8", "surrogateescape")).digest()
        proof = self._verdicts.get(name)
        if proof is None:
            proof = await self._check(authorization)
            self._verdicts[name] = proof
            if len(self._verdicts) > MOST_VERDICTS:
                self._verdicts.popitem(last=False)
        elif self._clock.now() - SKEW > proof.expires_at:
            del self._verdicts[name]
            raise NotProven("the token has expired")
        return proof

    async def _check(self, authorization: str) -> _TokenProof:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotProven("there is no token")
        claims, endorsements = await self._open(token)
        if claims.get("iss") != self._issuer:
            raise NotProven("the issuer is another")
        if claims.get("aud") != self._app_id:
            raise NotProven("the audience is another")
        now = self._clock.now()
        expires_at = _time(claims, "exp")
        if now - SKEW > expires_at:
            raise NotProven("the token has expired")
        if "nbf" in claims and now + SKEW < _time(claims, "nbf"):
            raise NotProven("the token is not valid yet")
        address = claims.get("serviceurl")
        if not isinstance(address, str):
            raise NotProven("the token names no serviceUrl")
        return _TokenProof(address.rstrip("/"), endorsements, expires_at, self._service_urls)

    async def _open(self, token: str) -> tuple[dict[str, Any], frozenset[str]]:
        """Return the claims, once the signature has been found to be the issuer's."""
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") != "RS256" or not isinstance(header.get("kid"), str):
                raise NotProven("not signed with RS256")
            key = await self._keys.find(header["kid"])
            if key is None:
                raise NotProven("the key is unknown")
            claims = jwt.decode(token, key.public, algorithms=["RS256"], options=UNCHECKED)
        except (jwt.PyJWTError, ValueError, RecursionError) as err:
            raise NotProven("the token does not open") from err
        return claims, key.endorsements


def _time(claims: dict[str, Any], name: str) -> datetime:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotProven(f"{name} is no time")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError) as err:
        raise NotProven(f"{name} is no time") from err
