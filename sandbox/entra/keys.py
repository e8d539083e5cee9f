"""The key that signs id tokens: one for all sandboxes of a process.

Making one takes about a tenth of a second, which hundreds of tests would pay; and the key of a
sandbox protects nothing.

https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

__all__ = ["SigningKey"]

_KEY_ID = "sandbox-1"


class SigningKey:
    """An RSA key with its name in the key set."""

    @property
    def private(self) -> rsa.RSAPrivateKey:
        """The key; made when it is first needed."""
        return _made()

    def sign(self, claims: Mapping[str, Any]) -> str:
        """Return a signed token."""
        return jwt.encode(dict(claims), self.private, "RS256", headers={"kid": _KEY_ID})

    def key_set(self) -> dict[str, Any]:
        """Return the public half as a JSON Web Key Set."""
        key = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": _KEY_ID, "use": "sig"}]}


@cache
def _made() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)
