"""What Entra remembers: registered applications, consents, codes and tokens. No HTTP here.

Refresh tokens rotate as the real ones do: each use gives a new one, and the old one still works.
https://learn.microsoft.com/entra/identity-platform/refresh-tokens
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from sandbox.clock import Clock
from sandbox.entra.challenge import CLAIMS, challenge_of
from sandbox.entra.errors import EntraError
from sandbox.entra.tellers import ACCESS_LIFE, Grant, Tellers
from sandbox.people import SamplePerson
from sandbox.refusal import Refusal

__all__ = [
    "AuthRequest",
    "Directory",
    "Registration",
    "Tokens",
    "read_request",
    "read_scopes",
]

_CODE_LIFE = timedelta(minutes=10)
_REFRESH_LIFE = timedelta(days=90)
_RESOURCE = "https://graph.microsoft.com/"
_OPENID = frozenset({"openid", "profile", "email", "offline_access"})
_GRAPH_SCOPES = """
    User.Read User.ReadWrite User.ReadBasic.All User.Read.All People.Read
    Calendars.Read Calendars.ReadBasic Calendars.ReadWrite Calendars.Read.Shared
    Calendars.ReadWrite.Shared Contacts.Read Contacts.ReadWrite Contacts.ReadWrite.Shared
    MailboxSettings.Read MailboxSettings.ReadWrite
"""
_SCOPES = _OPENID.union(_GRAPH_SCOPES.split())


@dataclass(frozen=True, slots=True)
class Registration:
    """An application that people may sign in to."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_uris: frozenset[str]
    name: str = "Almanac"
    """As people read it when they are asked for consent."""
    activities: Mapping[str, str] = field(default_factory=dict)
    """The types of activities that its manifest declares, each with its template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthRequest:
    """What an application asked for at the authorize endpoint."""

    client_id: str
    redirect_uri: str
    scopes: frozenset[str]
    state: str = ""
    nonce: str = ""
    challenge: str = ""
    response_mode: str = "query"
    login_hint: str = ""
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the token endpoint hands out."""

    grant: Grant
    access_token: str
    refresh_token: str
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class _Code:
    request: AuthRequest
    person: SamplePerson
    expires_at: datetime


class Directory:
    """Entra's memory of one tenant.

    Attributes:
        needs_admin: consent asks for an administrator, as most tenants do since 2026.
        claims: what token requests have answered to claims challenges, as they sent it.
        tellers: applications that tell people something in their own name.
    """

    def __init__(self, clock: Clock) -> None:
        self.needs_admin = False
        self.claims: list[str] = []
        self.tellers = Tellers(clock)
        self._clock = clock
        self._registrations: dict[str, Registration] = {}
        self._approved_for_all: set[str] = set()
        self._consents: dict[tuple[str, str], frozenset[str]] = {}
        self._codes: dict[str, _Code] = {}
        self._used_codes: set[str] = set()
        self._access: dict[str, Grant] = {}
        self._refresh: dict[str, Grant] = {}
        self._refusals: dict[str, int] = {}
        self._challenged: set[str] = set()

    def register(self, registration: Registration) -> None:
        """Let people sign in to an application."""
        self._registrations[registration.client_id] = registration

    def name_of(self, client_id: str) -> str:
        """Return an application's name."""
        return self._registrations[client_id].name

    def check_request(self, client_id: str, redirect_uri: str) -> None:
        """Refuse an unknown application, and an address that is not its own."""
        registration = self._registrations.get(client_id)
        if registration is None:
            raise EntraError(700016)
        if redirect_uri not in registration.redirect_uris:
            raise EntraError(50011)

    def check_secret(self, client_id: str, secret: str) -> None:
        """Refuse an application that cannot prove itself."""
        registration = self._registrations.get(client_id)
        if registration is None:
            raise EntraError(700016)
        if not secret:
            raise EntraError(7000218)
        if not hmac.compare_digest(secret.encode(), registration.client_secret.encode()):
            raise EntraError(7000215)

    # -- consent -----------------------------------------------------------------------------

    def has_consent(self, client_id: str, person: SamplePerson, scopes: frozenset[str]) -> bool:
        """Say whether somebody has approved all of these scopes."""
        given = self._consents.get((client_id, person.object_id), frozenset())
        return client_id in self._approved_for_all or scopes - _OPENID <= given

    def approve(self, client_id: str, person: SamplePerson, scopes: frozenset[str]) -> None:
        """Remember that somebody approves these scopes."""
        given = self._consents.get((client_id, person.object_id), frozenset())
        self._consents[client_id, person.object_id] = given | scopes

    def approve_for_all(self, client_id: str) -> None:
        """Let nobody be asked for consent any more."""
        self._approved_for_all.add(client_id)

    def withdraw_consent(self, person: SamplePerson) -> None:
        """Forget what somebody approved; their refresh tokens get AADSTS65001."""
        self._approved_for_all.clear()
        for key in [key for key in self._consents if key[1] == person.object_id]:
            del self._consents[key]

    # -- tokens ------------------------------------------------------------------------------

    def issue_code(self, request: AuthRequest, person: SamplePerson) -> str:
        """Return a code for the token endpoint; a sign-in ends earlier refusals."""
        self._refusals.pop(person.object_id, None)
        code = "1.A" + secrets.token_urlsafe(60)
        self._codes[code] = _Code(request, person, self._clock.now() + _CODE_LIFE)
        return code

    def redeem(self, code: str, client_id: str, redirect_uri: str, verifier: str) -> Tokens:
        """Exchange a code, once."""
        if code in self._used_codes:
            raise EntraError(54005)
        known = self._codes.pop(code, None)
        if known is None or known.request.client_id != client_id:
            raise EntraError(70000)
        self._used_codes.add(code)
        if known.expires_at <= self._clock.now():
            raise EntraError(70008)
        if known.request.redirect_uri != redirect_uri:
            raise EntraError(50011)
        if known.request.challenge and not _verifies(verifier, known.request.challenge):
            raise EntraError(501481)
        tokens = self.issue_tokens(client_id, known.person, known.request.scopes)
        return Tokens(tokens.grant, tokens.access_token, tokens.refresh_token, known.request.nonce)

    def refresh(self, refresh_token: str, client_id: str, scopes: frozenset[str]) -> Tokens:
        """Exchange a refresh token for new tokens, with the same scopes or fewer."""
        known = self._refresh.get(refresh_token)
        if known is None or known.client_id != client_id:
            raise EntraError(9002313)
        refusal = self._refusals.get(known.person.object_id)
        if refusal is not None:
            raise EntraError(refusal)
        if known.expires_at <= self._clock.now():
            raise EntraError(700082)
        wanted = (scopes or known.scopes) | (known.scopes & _OPENID)
        if not self.has_consent(client_id, known.person, wanted):
            raise EntraError(65001)
        return self.issue_tokens(client_id, known.person, wanted)

    def issue_tokens(self, client_id: str, person: SamplePerson, scopes: frozenset[str]) -> Tokens:
        """Make an access token and a refresh token."""
        now = self._clock.now()
        grant = Grant(client_id, person, scopes, now + ACCESS_LIFE)
        access, refresh = "sandbox." + secrets.token_urlsafe(48), "1.R" + secrets.token_urlsafe(60)
        self._access[access] = grant
        self._refresh[refresh] = Grant(client_id, person, scopes, now + _REFRESH_LIFE)
        return Tokens(grant, access, refresh)

    def activities_of(self, client_id: str) -> Mapping[str, str]:
        """Return the types of activities that an application declares."""
        registration = self._registrations.get(client_id)
        return registration.activities if registration else {}

    def grant_of(self, access_token: str) -> Grant:
        """Return what an access token allows.

        Raises:
            Refusal: 401 InvalidAuthenticationToken.
        """
        grant = self._access.get(access_token)
        if grant is None:
            raise Refusal(401, "InvalidAuthenticationToken", "IDX14100: JWT is not well formed.")
        if access_token in self._challenged:
            raise Refusal(
                401,
                "InvalidAuthenticationToken",
                "Continuous access evaluation resulted in challenge.",
                {"WWW-Authenticate": challenge_of(CLAIMS)},
            )
        if grant.expires_at <= self._clock.now():
            raise Refusal(
                401,
                "InvalidAuthenticationToken",
                "Lifetime validation failed, the token is expired.",
            )
        return grant

    def challenge(self, person: SamplePerson) -> None:
        """Answer the access tokens that somebody has now with a claims challenge."""
        self._challenged |= {token for token, each in self._access.items() if each.person == person}

    def revoke(self, person: SamplePerson, number: int = 50173) -> None:
        """Refuse somebody's refresh tokens with an AADSTS number until they sign in again."""
        self._refusals[person.object_id] = number
        for token in [token for token, each in self._access.items() if each.person == person]:
            del self._access[token]


def read_scopes(text: str) -> frozenset[str]:
    """Return the scopes in a request, without the address of Graph before them.

    Raises:
        EntraError: one of them is unknown.
    """
    scopes = frozenset(each.removeprefix(_RESOURCE) for each in text.split())
    if not scopes <= _SCOPES:
        raise EntraError(70011)
    return scopes


def read_request(query: Mapping[str, str]) -> AuthRequest:
    """Return what an authorize request asks for."""
    return AuthRequest(
        client_id=query.get("client_id", ""),
        redirect_uri=query.get("redirect_uri", ""),
        scopes=read_scopes(query.get("scope", "")),
        state=query.get("state", ""),
        nonce=query.get("nonce", ""),
        challenge=query.get("code_challenge", ""),
        response_mode=query.get("response_mode", "query"),
        login_hint=query.get("login_hint", ""),
        prompt=query.get("prompt", ""),
    )


def _verifies(verifier: str, challenge: str) -> bool:
    digest = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=")
    return hmac.compare_digest(digest, challenge.encode())
