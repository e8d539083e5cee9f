"""The master keys of an installation, which wrap all other keys.

:meth:`KeyRing.parse` reads the setting ``ALMANAC_KEYS`` (``k2:<base64 of 32 bytes>,k1:<...>``).
The first key is the current one: it wraps what is written from now on; the others only open
what they wrapped before. So a ring is turned by putting a new key in front, and an old key is
dropped once nothing names it (:meth:`KeyRing.is_current`).

Wrapping is AES-256-GCM with a random nonce, bound to what the key is for (NIST SP 800-38D).
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.model.errors import Damaged

__all__ = ["KEY_BYTES", "NONCE_BYTES", "KeyRing", "Tally", "Wrapping", "bind", "bound"]

KEY_BYTES = 32
NONCE_BYTES = 12
_FORMAT = b"\x01"
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,40}")


def bind(*parts: str) -> bytes:
    """Return the parts as one string of bytes that no other parts give.

    Each is preceded by its length: without it ``("a", "bc")`` would equal ``("ab", "c")``.
    """
    return b"".join(map(bound, parts))


def bound(part: str) -> bytes:
    """Return what :func:`bind` makes of a single part."""
    own = part.encode()
    return len(own).to_bytes(4, "big") + own


@dataclass(slots=True)
class Tally:
    """How often a key has sealed since this was last asked: a random nonce has its limit."""

    seals: int = 0


class Wrapping(Protocol):
    """What keeps the keys of the vault: a ring in the settings, or a service that has them."""

    async def wrap(self, aad: bytes, key: bytes) -> bytes:
        """Return ``key`` sealed under the current master key, bound to ``aad``."""

    async def unwrap(self, aad: bytes, wrapped: bytes) -> bytes:
        """Return the key inside; ``Damaged`` where it does not open."""

    def is_current(self, wrapped: bytes) -> bool:
        """Tell whether the current master key wrapped this; an older one did otherwise."""

    def missing(self, wrapped: bytes) -> str:
        """Return the name of the master key that is needed for this and not there; or nothing."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Named master keys, the current one first. Its ``repr`` shows names alone."""

    names: tuple[str, ...]
    _keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> KeyRing:
        """Read ``name:<base64 of 32 bytes>`` pairs, separated by commas.

        Raises:
            ValueError: says which entry is wrong and how, never what it holds.
        """
        keys: dict[str, bytes] = {}
        for position, entry in enumerate(text.split(","), start=1):
            name, colon, value = entry.strip().partition(":")
            if not colon or not _NAME.fullmatch(name):
                raise ValueError(f"key {position} is not name:<base64 of {KEY_BYTES} bytes>")
            if name in keys:
                raise ValueError(f"key {position} has the name of an earlier one")
            keys[name] = _key_from(value, position)
        return cls(tuple(keys), keys)

    @classmethod
    def generate(cls, name: str = "k1") -> KeyRing:
        """Return a ring of one new random key."""
        return cls((name,), {name: secrets.token_bytes(KEY_BYTES)})

    async def wrap(self, aad: bytes, key: bytes) -> bytes:
        """Return ``key`` sealed under the current master key, bound to ``aad``."""
        name = self.names[0].encode()
        head = _FORMAT + bytes([len(name)]) + name
        nonce = secrets.token_bytes(NONCE_BYTES)
        return head + nonce + AESGCM(self._keys[self.names[0]]).encrypt(nonce, key, head + aad)

    async def unwrap(self, aad: bytes, wrapped: bytes) -> bytes:
        """Return the key inside.

        Raises:
            Damaged: its master key is not on the ring, it is for something else, or a bit is off.
        """
        name, head_length = _name_of(wrapped)
        if name not in self._keys:
            raise Damaged("a wrapped key names a master key that is not on the ring")
        head, rest = wrapped[:head_length], wrapped[head_length:]
        nonce, sealed = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
        try:
            return AESGCM(self._keys[name]).decrypt(nonce, sealed, head + aad)
        except (InvalidTag, ValueError) as err:
            raise Damaged("a wrapped key does not open") from err

    def is_current(self, wrapped: bytes) -> bool:
        """Tell whether the current master key wrapped this; an older one did otherwise."""
        return _name_of(wrapped)[0] == self.names[0]

    def missing(self, wrapped: bytes) -> str:
        """Return the name of the key that is needed for this and not on the ring; or nothing."""
        name = _name_of(wrapped)[0]
        return "" if name in self._keys else name


def _key_from(text: str, position: int) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        # Not chained: the cause would carry the value into a traceback.
        raise ValueError(f"key {position} is not base64") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"key {position} has {len(key)} bytes, not {KEY_BYTES}")
    return key


def _name_of(wrapped: bytes) -> tuple[str, int]:
    """Return the master key's name and the length of the head that carries it."""
    if len(wrapped) < 2 or wrapped[:1] != _FORMAT or len(wrapped) < 2 + wrapped[1] + NONCE_BYTES:
        raise Damaged("a wrapped key has an unknown format")
    end = 2 + wrapped[1]
    return wrapped[2:end].decode("utf-8", "replace"), end
