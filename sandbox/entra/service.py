"""Entra's machine side: discovery, keys and the token endpoint.

The paths are those of ``login.microsoftonline.com``. The authorize endpoint in the discovery
document is plain loopback http, so that a person's browser has no certificate to complain about.
https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from aiohttp import web

from sandbox.entra.directory import Directory, Tokens, read_scopes
from sandbox.entra.errors import EntraError
from sandbox.entra.keys import SigningKey
from sandbox.entra.tellers import ACCESS_LIFE
from sandbox.people import TENANT

__all__ = ["TENANT_NAMES", "EntraService", "tenant_of"]

TENANT_NAMES = frozenset({TENANT.id, TENANT.domain, "common", "organizations"})
_OPENID_PATHS = (
    "/{tenant}/.well-known/openid-configuration",
    "/{tenant}/v2.0/.well-known/openid-configuration",
)


class EntraService:
    """The endpoints that applications talk to.

    Attributes:
        secure_url: ``https://127.0.0.1:<port>``, known once the server listens.
        page_url: ``http://127.0.0.1:<port>``, where people sign in.
    """

    def __init__(self, directory: Directory, key: SigningKey) -> None:
        self.secure_url = ""
        self.page_url = ""
        self._directory = directory
        self._key = key

    def routes(self) -> list[web.RouteDef]:
        """Return the endpoints."""
        return [
            *(web.get(path, self.discover) for path in _OPENID_PATHS),
            web.get("/{tenant}/discovery/v2.0/keys", self.show_keys),
            web.post("/{tenant}/oauth2/v2.0/token", self.exchange),
        ]

    async def discover(self, request: web.Request) -> web.Response:
        """Answer with the OpenID configuration of a tenant."""
        try:
            tenant = tenant_of(request)
        except EntraError as err:
            return web.json_response(err.to_json(), status=err.status)
        base, pages = f"{self.secure_url}/{tenant}", f"{self.page_url}/{tenant}"
        # The many-tenant endpoints leave a blank where the tenant of a token goes.
        issuer_tenant = TENANT.id if tenant in (TENANT.id, TENANT.domain) else "{tenantid}"
        return web.json_response(
            {
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                "jwks_uri": f"{base}/discovery/v2.0/keys",
                "response_modes_supported": ["query", "fragment", "form_post"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "response_types_supported": ["code"],
                "scopes_supported": ["openid", "profile", "email", "offline_access"],
                "issuer": f"{self.secure_url}/{issuer_tenant}/v2.0",
                "authorization_endpoint": f"{pages}/oauth2/v2.0/authorize",
                "end_session_endpoint": f"{pages}/oauth2/v2.0/logout",
                "tenant_region_scope": None,
            }
        )

    async def show_keys(self, request: web.Request) -> web.Response:
        """Answer with the keys that sign id tokens."""
        return web.json_response(self._key.key_set())

    async def exchange(self, request: web.Request) -> web.Response:
        """Answer a code or a refresh token with tokens."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        try:
            tenant_of(request)
            self._note_claims(form.get("claims", ""))
            if form.get("grant_type") == "client_credentials":
                return web.json_response(self._app_token_json(form))
            tokens = self._tokens_for(form)
        except EntraError as err:
            return web.json_response(err.to_json(), status=err.status)
        body = self._token_json(tokens)
        if form.get("client_info") == "1":
            body["client_info"] = _client_info(tokens)
        return web.json_response(body, headers={"Cache-Control": "no-store"})

    def _note_claims(self, claims: str) -> None:
        if not claims:
            return
        try:
            json.loads(claims)
        except json.JSONDecodeError as err:
            raise EntraError(9002313) from err
        self._directory.claims.append(claims)

    def _tokens_for(self, form: dict[str, str]) -> Tokens:
        client_id = form.get("client_id", "")
        self._directory.check_secret(client_id, form.get("client_secret", ""))
        match form.get("grant_type"):
            case "authorization_code":
                if not form.get("code"):
                    raise EntraError(900144)
                return self._directory.redeem(
                    form["code"],
                    client_id,
                    form.get("redirect_uri", ""),
                    form.get("code_verifier", ""),
                )
            case "refresh_token":
                scopes = read_scopes(form.get("scope", ""))
                return self._directory.refresh(form.get("refresh_token", ""), client_id, scopes)
            case _:
                raise EntraError(70003)

    def _app_token_json(self, form: dict[str, str]) -> dict[str, Any]:
        """Answer an application that asks for itself: it names the whole of a resource."""
        client_id = form.get("client_id", "")
        self._directory.check_secret(client_id, form.get("client_secret", ""))
        if not form.get("scope", "").split(" ")[0].endswith("/.default"):
            raise EntraError(70011)
        return {
            "token_type": "Bearer",
            "expires_in": int(ACCESS_LIFE.total_seconds()),
            "access_token": self._directory.tellers.issue_token(client_id),
        }

    def _token_json(self, tokens: Tokens) -> dict[str, Any]:
        scopes = tokens.grant.scopes
        body: dict[str, Any] = {
            "token_type": "Bearer",
            "scope": " ".join(sorted(scopes - {"offline_access"})),
            "expires_in": int(ACCESS_LIFE.total_seconds()),
            "ext_expires_in": int(ACCESS_LIFE.total_seconds()),
            "access_token": tokens.access_token,
        }
        if "offline_access" in scopes:
            body["refresh_token"] = tokens.refresh_token
        if "openid" in scopes:
            body["id_token"] = self._key.sign(self._claims(tokens))
        return body

    def _claims(self, tokens: Tokens) -> dict[str, Any]:
        person, client_id = tokens.grant.person, tokens.grant.client_id
        # msal compares with the machine's clock, whatever year the sandbox plays.
        now = int(time.time())
        claims = {
            "aud": client_id,
            "iss": f"{self.secure_url}/{TENANT.id}/v2.0",
            "iat": now,
            "nbf": now,
            "exp": now + 3600,
            "name": person.display_name,
            "oid": person.object_id,
            "preferred_username": person.user_principal_name,
            # Different in each application, as the real one.
            "sub": sha256(f"{client_id}/{person.object_id}".encode()).hexdigest()[:43],
            "tid": TENANT.id,
            "ver": "2.0",
        }
        return {**claims, "nonce": tokens.nonce} if tokens.nonce else claims


def tenant_of(request: web.Request) -> str:
    """Return the tenant in the path.

    Raises:
        EntraError: there is no such tenant.
    """
    tenant = request.match_info["tenant"].lower()
    if tenant not in TENANT_NAMES:
        raise EntraError(90002)
    return tenant


def _client_info(tokens: Tokens) -> str:
    info = {"uid": tokens.grant.person.object_id, "utid": TENANT.id}
    return urlsafe_b64encode(json.dumps(info).encode()).rstrip(b"=").decode()
