"""Who has signed in: what the id token says, judged by us, since msal no longer does.

Source: Microsoft identity platform, ID token claims; OpenID Connect Core 1.0, section 3.1.3.7.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from services.model.errors import Unreadable
from services.model.identity import ObjectId, Person, TenantId

__all__ = ["GUID", "SignedIn", "signed_in_from"]

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who has signed in, and their tokens."""

    tenant: TenantId
    object_id: ObjectId
    name: str
    username: str
    tokens: str

    @property
    def person(self) -> Person:
        """The person: compare with who asked for the sign-in."""
        return Person(self.tenant, self.object_id)


def signed_in_from(
    claims: Mapping[str, Any], client_id: str, authority: str, tokens: str
) -> SignedIn:
    """Read the id token, which came from Entra's own address, not through the browser.

    Raises:
        Unreadable: ``id_token``: made for another app, by another issuer, or for nobody.
    """
    tenant, object_id = (str(claims.get(claim) or "").lower() for claim in ("tid", "oid"))
    parts = urlsplit(authority)
    issuer = f"{parts.scheme}://{parts.netloc}/{tenant}/v2.0"
    is_ours = claims.get("aud") == client_id and claims.get("iss") == issuer
    if not (is_ours and GUID.fullmatch(tenant) and GUID.fullmatch(object_id)):
        raise Unreadable("id_token")
    return SignedIn(
        tenant=TenantId(tenant),
        object_id=ObjectId(object_id),
        name=str(claims.get("name") or ""),
        username=str(claims.get("preferred_username") or ""),
        tokens=tokens,
    )
