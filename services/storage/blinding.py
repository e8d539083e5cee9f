"""What stands on the disk in place of names, and what sealed bodies are bound to.

Ids and labels are HMACs there (*blind*): equal ones meet, and nobody without the key can tell what
they say. What the records of a kind have in common in it is put together once, and so is what
an HMAC makes of its key, which is half of its work (:class:`Blinding`).
"""

from __future__ import annotations

import hmac
from binascii import b2a_base64
from collections.abc import Sequence
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from services.storage.keys import bind, bound

__all__ = ["Blinding", "associated", "blind", "bound_by"]

_BYTES = 16
"""128 bits: no two values of an installation will ever meet."""
_KNOWN = 4_000
"""Partitions, as many as are written to in turns; whoever is beyond pays for each anew."""
_SAFE = bytes.maketrans(b"+/", b"-_")
"""Base64 that is good in an address (RFC 4648, section 5)."""


def blind(key: bytes, *parts: str, size: int = _BYTES) -> str:
    """Return the HMAC-SHA-256 of the parts, cut to ``size`` bytes, as text good for an id."""
    return _as_id(hmac.digest(key, bind(*parts), "sha256")[:size])


class Blinding:
    """Blinds much with one key, as :func:`blind` does."""

    __slots__ = ("_begun",)

    def __init__(self, key: bytes) -> None:
        self._begun = HMAC(key, SHA256())

    def name(self, *parts: str, size: int = _BYTES) -> str:
        """Return the name of a partition, or of keys."""
        return self._blind(bind(*parts), size)

    def id(self, partition: str, kind: str, id: str) -> str:
        """Return a record's id as it is stored."""
        return self._blind(_id_head(partition, kind) + bound(id))

    def label(self, partition: str, label: str) -> str:
        """Return the token of a label, good in this partition only."""
        return self._blind(_label_head(partition) + bound(label))

    def labels(
        self, partition: str, labels: Sequence[str], known: dict[str, str]
    ) -> tuple[str, ...]:
        """Return the tokens of labels, each once; those that are ``known`` are not made again.

        ``known`` is of one partition, and learns the others.
        """
        for label in labels:
            if label not in known:
                known[label] = self.label(partition, label)
        return tuple([known[label] for label in dict.fromkeys(labels)])

    def _blind(self, bound: bytes, size: int = _BYTES) -> str:
        hashed = self._begun.copy()
        hashed.update(bound)
        return _as_id(hashed.finalize()[:size])


def associated(
    form: int, key_id: int, scope: str, partition: str, kind: str, record_id: str
) -> bytes:
    """Return what a sealed body opens together with, and with nothing else.

    Args:
        form: the format of the body.
        key_id: the data key.
        scope: the tenant.
        partition: where the record is.
        kind: what it is.
        record_id: its stored id.
    """
    return bound_by(form, key_id, scope, partition, kind) + bound(record_id)


@lru_cache(_KNOWN)
def bound_by(form: int, key_id: int, scope: str, partition: str, kind: str) -> bytes:
    """Return what :func:`associated` begins with: the same for all bodies of a key and a kind."""
    return bind(str(form), str(key_id), scope, partition, kind)


def _as_id(digest: bytes) -> str:
    return b2a_base64(digest, newline=False).translate(_SAFE).rstrip(b"=").decode()


@lru_cache(_KNOWN)
def _id_head(partition: str, kind: str) -> bytes:
    return bind("id", partition, kind)


@lru_cache(_KNOWN)
def _label_head(partition: str) -> bytes:
    return bind("label", partition)
