"""Tickets: a few words, sealed, that whoever holds them brings back (an address of a picture).

Nothing is stored for one. The same words make the same ticket, since the nonce follows from them
(as in AES-SIV, RFC 5297): two tickets of one nonce are one ticket.
"""

from __future__ import annotations

import base64
import binascii
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.storage.keys import NONCE_BYTES

__all__ = ["Tickets"]


class Tickets:
    """Makes and reads the tickets of one purpose; both keys are its own."""

    def __init__(self, sealing: bytes, naming: bytes) -> None:
        self._aes = AESGCM(sealing)
        self._naming = naming

    def write(self, words: str) -> str:
        """Return the ticket, as text that is good in an address."""
        plain = words.encode()
        nonce = hmac.digest(self._naming, plain, "sha256")[:NONCE_BYTES]
        sealed = nonce + self._aes.encrypt(nonce, plain, None)
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def read(self, ticket: str) -> str | None:
        """Return the words of a ticket of ours, ``None`` for anything else."""
        try:
            sealed = base64.urlsafe_b64decode(ticket + "=" * (-len(ticket) % 4))
            return self._aes.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()
        except (InvalidTag, ValueError, binascii.Error):
            return None
