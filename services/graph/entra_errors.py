"""Turn Entra's errors into ours; the only place that knows its codes.

msal answers with a dict that has an ``error`` instead of raising. :func:`raise_refusal` lets a
success pass and raises what a refusal means: sign in again, ask an administrator, come back
later, or mend the app's own registration. It goes by ``error``, ``suberror`` and the AADSTS
number, never by the sentence around it.

Source: Microsoft identity platform, authentication and authorization error codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from services.model.errors import ConsentNeeded, Rejected, SignInNeeded, Unreachable

__all__ = ["raise_refusal"]

NUMBER = re.compile(r"AADSTS(\d+)")
CONSENT_NUMBERS = frozenset({65001, 65004, 90008, 90093, 90094, 90095, 900941})
"""Nobody consented, the person declined, or an administrator has to."""
CONSENT_WORDS = frozenset({"consent_required", "admin_consent_required"})
LATER = frozenset({"temporarily_unavailable", "server_error"})
SIGN_IN_AGAIN = frozenset(
    {"invalid_grant", "interaction_required", "login_required", "access_denied"}
)


def raise_refusal(result: Mapping[str, Any]) -> None:
    """Return when msal's answer is a success.

    Raises:
        ConsentNeeded: the app is not approved for this person.
        SignInNeeded: the grant is gone: revoked, unused for too long, or another factor is due.
        Unreachable: Entra asks to try later.
        Rejected: the app itself is refused: its secret, its address, its permissions.
    """
    if "error" not in result:
        return
    error = str(result["error"])
    words = {error, str(result.get("suberror") or "")}
    if words & CONSENT_WORDS or _numbers(result) & CONSENT_NUMBERS:
        raise ConsentNeeded
    if error in SIGN_IN_AGAIN:
        raise SignInNeeded
    if error in LATER:
        raise Unreachable(error)
    raise Rejected(400, error)


def _numbers(result: Mapping[str, Any]) -> set[int]:
    """Return the AADSTS numbers: a list from the token endpoint, in the text from the browser."""
    listed = result.get("error_codes")
    numbers = set(listed) if isinstance(listed, list) else set()
    told = NUMBER.findall(str(result.get("error_description") or ""))
    return numbers | {int(number) for number in told}
