"""The Bot Framework's token service, in small: keys of its own, metadata, signed tokens.

A test can let it rotate its keys, take it down, or have it sign anything wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

__all__ = ["ISSUER", "Signer", "rsa_key"]

ISSUER = "https://api.botframework.com"


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    """The same name is the same key for the whole test run: making one takes long."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Signer:
    def __init__(self, app_id: str, now: Callable[[], datetime]) -> None:
        self.app_id = app_id
        self.key_id = "key-1"
        self.endorsements = ["msteams"]
        self.is_down = False
        self.fetches = 0
        self._now = now

    def rotate(self, name: str) -> None:
        """From now on there is one key, with this name."""
        self.key_id = name

    def token(
        self,
        service_url: str,
        *,
        key: str = "",
        headers: dict[str, Any] | None = None,
        algorithm: str = "RS256",
        without: str = "",
        **claims: Any,
    ) -> str:
        now = self._now()
        whole = {
            "iss": ISSUER,
            "aud": self.app_id,
            "serviceurl": service_url,
            "nbf": int(now.timestamp()),
            "exp": int((now + timedelta(hours=1)).timestamp()),
        } | claims
        whole.pop(without, None)
        signing: Any = rsa_key(key or self.key_id)
        if algorithm == "none":
            signing = None
        elif algorithm == "HS256":
            signing = b"0123456789abcdef0123456789abcdef"
        return jwt.encode(
            whole, signing, algorithm=algorithm, headers={"kid": self.key_id} | (headers or {})
        )

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/openid/configuration", self._metadata)
        app.router.add_get("/openid/keys", self._keys)

    async def _metadata(self, request: web.Request) -> web.Response:
        self.fetches += 1
        if self.is_down:
            raise web.HTTPServiceUnavailable
        address = f"{request.scheme}://{request.host}/openid/keys"
        return web.json_response({"issuer": ISSUER, "jwks_uri": address})

    async def _keys(self, request: web.Request) -> web.Response:
        jwk = json.loads(RSAAlgorithm.to_jwk(rsa_key(self.key_id).public_key()))
        jwk |= {"kid": self.key_id, "use": "sig", "endorsements": self.endorsements}
        return web.json_response({"keys": [jwk]})
