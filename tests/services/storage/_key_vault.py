"""Azure Key Vault on this machine, as far as wrapping needs it, and strict about the rest.

The real SDK talks to it: :class:`ToFake` carries what is meant for ``*.vault.azure.net`` to a
server on the loopback. No token, no answer; unknown paths, versions and algorithms are refused as
the service refuses them.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from azure.core.credentials import AccessTokenInfo, TokenRequestOptions
from azure.core.pipeline.transport import AioHttpTransport
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

VAULT = "https://harbour.vault.azure.net"
KEY_URL = f"{VAULT}/keys/almanac"
OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
CHALLENGE = (
    'Bearer authorization="https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111",'
    ' resource="https://vault.azure.net"'
)


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class OurIdentity:
    """A credential that has one token."""

    async def get_token_info(
        self, *scopes: str, options: TokenRequestOptions | None = None
    ) -> AccessTokenInfo:
        assert scopes == ("https://vault.azure.net/.default",)
        return AccessTokenInfo("let-me-in", 4_000_000_000)

    async def get_token(self, *scopes: str, **_: Any) -> Any:
        raise AssertionError("the newer method is there")

    async def close(self) -> None: ...

    async def __aenter__(self) -> OurIdentity:
        return self

    async def __aexit__(self, *_: object) -> None: ...


@dataclass
class FakeKeyVault:
    """One key with its versions, the newest last."""

    versions: dict[str, RSAPrivateKey] = field(default_factory=dict)
    fails_with: int = 0
    """Answer everything with this status."""
    kind: str = "RSA"
    asked: list[str] = field(default_factory=list)

    def rotate(self) -> None:
        name = f"{len(self.versions) + 1:032x}"
        self.versions[name] = generate_private_key(public_exponent=65537, key_size=2048)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        return app

    async def answer(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != "Bearer let-me-in":
            return web.Response(status=401, headers={"WWW-Authenticate": CHALLENGE})
        if self.fails_with:
            return refusal(self.fails_with, "Failing")
        if "api-version" not in request.query:
            return refusal(400, "BadParameter")
        match [part for part in request.path.split("/") if part]:
            case ["keys", "almanac", *version] if request.method == "GET" and len(version) < 2:
                self.asked.append("get")
                return self.bundle(version[0] if version else next(reversed(self.versions)))
            case ["keys", "almanac", version, ("wrapkey" | "unwrapkey") as operation]:
                self.asked.append(operation)
                return self.operate(version, operation, await request.json())
        return refusal(404, "KeyNotFound")

    def bundle(self, version: str) -> web.Response:
        if version not in self.versions:
            return refusal(404, "KeyNotFound")
        numbers = self.versions[version].public_key().public_numbers()
        key = {
            "kid": f"{KEY_URL}/{version}",
            "kty": self.kind,
            "key_ops": ["wrapKey", "unwrapKey"],
            "n": encoded(numbers.n.to_bytes(256, "big")),
            "e": encoded(numbers.e.to_bytes(3, "big")),
        }
        return web.json_response({"key": key, "attributes": {"enabled": True}})

    def operate(self, version: str, operation: str, body: dict[str, str]) -> web.Response:
        if version not in self.versions:
            return refusal(404, "KeyNotFound")
        if body.get("alg") != "RSA-OAEP-256":
            return refusal(400, "BadParameter")
        key, value = self.versions[version], decoded(body["value"])
        try:
            if operation == "wrapkey":
                result = key.public_key().encrypt(value, OAEP)
            else:
                result = key.decrypt(value, OAEP)
        except ValueError:
            return refusal(400, "BadParameter")
        return web.json_response({"kid": f"{KEY_URL}/{version}", "value": encoded(result)})


def refusal(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": code}}, status=status)


class ToFake(AioHttpTransport):  # type: ignore[misc]
    """Carries requests for the key vault to a server on the loopback."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    async def send(self, request: Any, **config: Any) -> Any:
        meant = request.url
        parts = urlsplit(meant)
        assert f"{parts.scheme}://{parts.netloc}" == VAULT, "a foreign host was asked"
        request.url = parts._replace(scheme="http", netloc=f"127.0.0.1:{self._port}").geturl()
        try:
            return await super().send(request, **config)
        finally:
            request.url = meant
