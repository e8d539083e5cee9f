"""The public keys with which the Bot Framework signs, fetched without holding up the loop.

Keys are kept for a day, and fetched again when a token names one that is not known; but not
more often than every few minutes, because any stranger can name an unknown key. Requests that
wait share one fetch. When it fails the old keys stay: a key server that is down must not lock
people out, and the keys rarely change.

Reference: the OpenID metadata of the Bot Framework, whose keys also name the channels
(``endorsements``) they may vouch for.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import jwt
import msgspec
from jwt.algorithms import RSAAlgorithm

from services.model.times import Clock

__all__ = ["SigningKey", "SigningKeys"]

log = logging.getLogger(__name__)

KEEP = timedelta(hours=24)
PAUSE = timedelta(minutes=5)
PAUSE_WITHOUT_KEYS = timedelta(seconds=5)
TIMEOUT = aiohttp.ClientTimeout(total=5)
MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key of the issuer."""

    public: Any
    """As cryptography has it."""
    endorsements: frozenset[str]


class SigningKeys:
    """The issuer's keys by their id."""

    def __init__(self, session: aiohttp.ClientSession, metadata_url: str, clock: Clock) -> None:
        self._session = session
        self._metadata_url = metadata_url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._fetching: asyncio.Task[None] | None = None

    async def find(self, key_id: str) -> SigningKey | None:
        """Return the key, after a look at the issuer if it is not known here."""
        key = self._keys.get(key_id)
        if key is None:
            if fetching := self._fetch_if_allowed():
                await asyncio.shield(fetching)
            return self._keys.get(key_id)
        if self._fetched_at is None or self._clock.now() - self._fetched_at > KEEP:
            self._fetch_if_allowed()  # nobody waits: the old key is still good
        return key

    async def close(self) -> None:
        """Let a fetch that is under way come to its end."""
        if self._fetching:
            await asyncio.gather(self._fetching, return_exceptions=True)

    def _fetch_if_allowed(self) -> asyncio.Task[None] | None:
        if self._fetching and not self._fetching.done():
            return self._fetching
        now = self._clock.now()
        pause = PAUSE if self._keys else PAUSE_WITHOUT_KEYS
        # A clock that was set back must not keep us waiting until it has caught up.
        if self._tried_at is not None and abs(now - self._tried_at) < pause:
            return None
        self._tried_at = now
        self._fetching = asyncio.create_task(self._fetch(now))
        return self._fetching

    async def _fetch(self, now: datetime) -> None:
        try:
            metadata = msgspec.json.decode(await self._read(self._metadata_url), type=_Metadata)
            if not _is_as_strong(metadata.jwks_uri, self._metadata_url):
                raise ValueError("jwks_uri is no https address")
            listed = msgspec.json.decode(await self._read(metadata.jwks_uri), type=_KeyList)
        except (aiohttp.ClientError, TimeoutError, ValueError, msgspec.DecodeError) as err:
            log.warning("signing keys could not be fetched: %s", type(err).__name__)
            return
        if keys := dict(_readable(listed)):  # an empty list would lock everybody out
            self._keys, self._fetched_at = keys, now

    async def _read(self, url: str) -> bytes:
        async with self._session.get(url, timeout=TIMEOUT, allow_redirects=False) as answer:
            if answer.status != 200:
                raise ValueError("no document")
            document = bytearray()
            async for piece in answer.content.iter_any():
                document += piece
                if len(document) > MOST_BYTES:
                    raise ValueError("no document of ours is so long")
            return bytes(document)


class _Metadata(msgspec.Struct):
    jwks_uri: str


class _Jwk(msgspec.Struct):
    kty: str
    kid: str = ""
    n: str = ""
    e: str = ""
    endorsements: list[str] = []


class _KeyList(msgspec.Struct):
    keys: list[_Jwk]


def _is_as_strong(address: str, metadata_url: str) -> bool:
    """Keys come over https; over plain http only where the operator named such an address."""
    scheme = urlsplit(address).scheme
    return scheme == "https" or (scheme == "http" == urlsplit(metadata_url).scheme)


def _readable(listed: _KeyList) -> Iterator[tuple[str, SigningKey]]:
    for key in listed.keys:
        if key.kty != "RSA" or not key.kid:
            continue
        try:
            public = RSAAlgorithm.from_jwk({"kty": "RSA", "n": key.n, "e": key.e})
        except (jwt.InvalidKeyError, ValueError):
            continue  # one bad key does not spoil the others
        yield key.kid, SigningKey(public, frozenset(key.endorsements))
