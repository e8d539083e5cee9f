"""A claims challenge: the 401 with which Graph asks for a newer or stronger token.

https://learn.microsoft.com/entra/identity-platform/claims-challenge
"""

from __future__ import annotations

from base64 import b64encode

__all__ = ["CLAIMS", "challenge_of"]

CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
"""What the documented challenge of continuous access evaluation asks for."""


def challenge_of(claims: str) -> str:
    """Return the ``WWW-Authenticate`` that asks for some claims."""
    encoded = b64encode(claims.encode()).decode()
    address = "https://login.microsoftonline.com/common/oauth2/authorize"
    return (
        f'Bearer realm="", authorization_uri="{address}", error="insufficient_claims", '
        f'claims="{encoded}"'
    )
