"""Names for new records: by chance, or from what they are about.

An id that follows from its parts lets a repeated request find what the first one made. It is no
secret and opens nothing: every use case asks for the role.
"""

from __future__ import annotations

import hashlib
import secrets

__all__ = ["id_of", "new_id"]

LENGTH = 16
"""Bytes: no two will ever be the same."""


def new_id() -> str:
    """Return an id that nothing else has."""
    return secrets.token_hex(LENGTH)


def id_of(*parts: str) -> str:
    """Return the id that belongs to these parts, always the same."""
    values = [part.encode("utf-8", "surrogatepass") for part in parts]
    said = b"".join([len(value).to_bytes(8, "big") + value for value in values])
    return hashlib.sha256(said).hexdigest()[: 2 * LENGTH]
