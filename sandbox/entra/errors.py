"""Entra's errors: an OAuth word, an AADSTS number, and the sentence that goes with it.

https://learn.microsoft.com/entra/identity-platform/reference-error-codes
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

__all__ = ["EntraError"]

_SENTENCES = {
    7000215: ("invalid_client", "Invalid client secret provided."),
    7000218: ("invalid_client", "The request body must contain 'client_assertion' or "
                                "'client_secret'."),
    700016: ("unauthorized_client", "Application was not found in the directory."),
    50011: ("invalid_request", "The redirect URI specified in the request does not match the "
                               "redirect URIs configured for the application."),
    50076: ("invalid_grant", "You must use multi-factor authentication to access the resource."),
    50173: ("invalid_grant", "The provided grant has expired due to it being revoked. "
                             "The user might have changed or reset their password."),
    501481: ("invalid_grant", "The Code_Verifier does not match the code_challenge supplied in "
                              "the authorization request."),
    54005: ("invalid_grant", "OAuth2 Authorization code was already redeemed."),
    65001: ("invalid_grant", "The user or administrator has not consented to use the "
                             "application."),
    65004: ("access_denied", "User declined to consent to access the app."),
    70000: ("invalid_grant", "The provided value for the 'code' parameter is not valid."),
    70003: ("unsupported_grant_type", "The app requested an unsupported grant type."),
    70008: ("invalid_grant", "The provided authorization code or refresh token has expired due "
                             "to inactivity."),
    70011: ("invalid_scope", "The provided value for the input parameter 'scope' is not valid."),
    700082: ("invalid_grant", "The refresh token has expired due to inactivity."),
    700084: ("invalid_grant", "The refresh token was issued to a single page app (SPA), and "
                              "therefore has a fixed, limited lifetime."),
    90002: ("invalid_request", "Tenant not found."),
    90094: ("access_denied", "Admin consent is required for the permissions requested by this "
                             "application."),
    900144: ("invalid_request", "The request body must contain a parameter that is missing."),
    9002313: ("invalid_grant", "Invalid request. Request is malformed or invalid."),
    50058: ("login_required", "A silent sign-in request was sent but no user is signed in."),
    700054: ("unsupported_response_type", "response_type is not enabled for the application."),
}  # fmt: skip


class EntraError(Exception):
    """A refusal by its AADSTS number."""

    def __init__(self, number: int) -> None:
        self.error, sentence = _SENTENCES[number]
        self.number = number
        self.description = f"AADSTS{number}: {sentence} Trace ID: {uuid4()}"
        super().__init__(self.description)

    @property
    def status(self) -> int:
        """The HTTP status at the token endpoint."""
        return 401 if self.error == "invalid_client" else 400

    def to_json(self) -> dict[str, Any]:
        """Return the body that the token endpoint answers with."""
        body = {
            "error": self.error,
            "error_description": self.description,
            "error_codes": [self.number],
            "trace_id": str(uuid4()),
            "correlation_id": str(uuid4()),
            "error_uri": f"https://login.microsoftonline.com/error?code={self.number}",
        }
        if self.number == 65001:
            body["suberror"] = "consent_required"
        return body
