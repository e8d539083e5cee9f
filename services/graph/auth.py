"""Let a person connect their Microsoft account, and keep fresh tokens coming.

:meth:`SignIn.start` makes the address to send the browser to, :meth:`SignIn.finish` trades what
the browser brings back for tokens, :meth:`SignIn.token` hands out an access token. Tokens travel
as one opaque text, msal's own cache: whoever calls keeps it sealed, and saves what comes back
before a new token is used, because Entra replaces refresh tokens.

msal speaks HTTP while it waits, so all of it runs in worker threads, and nothing at all happens
when a :class:`SignIn` is made. msal does not judge the id token any more: we do, in
:mod:`services.graph.id_token`.

Source: Microsoft identity platform, authorization code flow with PKCE; msal 1.39.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import msal
import requests
from msal.exceptions import MsalServiceError

from services.graph.entra_errors import raise_refusal
from services.graph.id_token import SignedIn, signed_in_from
from services.model.errors import SignInNeeded, Unreachable
from services.model.identity import Person, TenantId

__all__ = ["CONTACT_SCOPES", "DIRECTORY_SCOPES", "SCOPES", "Fresh", "SignIn"]

CONTACT_SCOPES = ("Contacts.ReadWrite",)
"""Asked for with the first contact list that somebody links."""
DIRECTORY_SCOPES = ("User.ReadBasic.All",)
"""Asked for when somebody wants to find the people of their organisation."""
SCOPES = ("User.Read", "Calendars.ReadWrite", "MailboxSettings.Read")
"""What the app asks for; msal adds openid, profile and offline_access itself."""

TIMEOUT = 15


@dataclass(frozen=True, slots=True)
class Fresh:
    """An access token good for at least five minutes, and the tokens to save."""

    access_token: str
    tokens: str


class SignIn:
    """One app registration at Entra.

    Args:
        client_id: the registration's id.
        client_secret: its secret.
        authority: ``https://login.microsoftonline.com/organizations``, or a tenant's own.
        redirect_uri: where Entra sends the browser back to, by form post.
        ca_bundle: a file of certificate authorities to trust instead of the usual ones.
        instance_discovery: whether to ask Microsoft about the authority; ``False`` for an
            authority that is not Microsoft's, so that nothing leaves the machine.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        authority: str,
        redirect_uri: str,
        *,
        ca_bundle: str | None = None,
        instance_discovery: bool = True,
    ) -> None:
        self._client_id = client_id
        self._client_secret = client_secret
        self._authority = authority.rstrip("/")
        self._redirect_uri = redirect_uri
        self._verify: str | bool = ca_bundle or True
        self._instance_discovery = instance_discovery
        self._idle_caches: list[dict[str, Any]] = []

    async def start(
        self,
        login_hint: str = "",
        *,
        state: str | None = None,
        prompt: str | None = None,
        more: Sequence[str] = (),
    ) -> tuple[str, bytes]:
        """Begin a sign-in.

        Args:
            login_hint: the name that the form is filled with.
            state: what comes back with the answer; msal makes one up otherwise.
            prompt: ``select_account`` lets the person choose, ``consent`` asks anew.
            more: scopes beyond the usual, once something needs them.

        Returns:
            Where to send the browser, and the flow: secret, kept here, and used once.

        Raises:
            Unreachable: Entra does not answer.
        """
        return await asyncio.to_thread(self._start, login_hint, state, prompt, more)

    async def finish(self, flow: bytes, answer: Mapping[str, str]) -> SignedIn:
        """Trade what the browser brought back for tokens.

        Raises:
            ConsentNeeded: the organisation has not approved the app, or the person declined.
            SignInNeeded: it came to nothing, or belongs to another sign-in; begin again.
            Unreachable: Entra does not answer.
            Rejected: Entra refuses the app itself.
        """
        return await asyncio.to_thread(self._finish, flow, dict(answer))

    async def token(
        self,
        tokens: str,
        person: Person,
        *,
        renew: bool = False,
        more: Sequence[str] = (),
        claims: str = "",
    ) -> Fresh:
        """Return an access token, renewed where its time is nearly up, or in any case.

        Args:
            tokens: msal's cache.
            person: whose.
            renew: whatever time is left.
            more: scopes beyond the usual that were approved.
            claims: what the token must prove: the challenge of a resource, as JSON.

        Raises:
            SignInNeeded: the person must sign in again.
            ConsentNeeded: the approval was withdrawn.
            Unreachable: Entra does not answer.
            Rejected: Entra refuses the app itself.
        """
        return await asyncio.to_thread(self._token, tokens, person, renew, more, claims)

    def approval_url(self, tenant: TenantId, state: str) -> str:
        """Return where an administrator approves the app for a whole organisation."""
        parts = urlsplit(self._authority)
        query = {"client_id": self._client_id, "state": state, "redirect_uri": self._redirect_uri}
        return f"{parts.scheme}://{parts.netloc}/{tenant}/adminconsent?{urlencode(query)}"

    def _start(
        self, login_hint: str, state: str | None, prompt: str | None, more: Sequence[str]
    ) -> tuple[str, bytes]:
        with self._app(msal.SerializableTokenCache()) as app:
            flow = app.initiate_auth_code_flow(
                [*SCOPES, *more],
                redirect_uri=self._redirect_uri,
                state=state,
                prompt=prompt,
                login_hint=login_hint or None,
                response_mode="form_post",
            )
        return str(flow["auth_uri"]), json.dumps(flow).encode()

    def _finish(self, flow: bytes, answer: dict[str, str]) -> SignedIn:
        cache = msal.SerializableTokenCache()
        with self._app(cache) as app:
            try:
                result = app.acquire_token_by_auth_code_flow(json.loads(flow), answer)
            except json.JSONDecodeError:
                raise
            except (ValueError, RuntimeError) as err:
                # msal's words for a state or a nonce that is not this flow's.
                raise SignInNeeded from err
        raise_refusal(result)
        claims = result.get("id_token_claims") or {}
        return signed_in_from(claims, self._client_id, self._authority, cache.serialize())

    def _token(
        self, tokens: str, person: Person, renew: bool, more: Sequence[str], claims: str
    ) -> Fresh:
        cache = msal.SerializableTokenCache()
        try:
            cache.deserialize(tokens)
        except ValueError as err:
            raise SignInNeeded from err
        with self._app(cache) as app:
            account = _account(app.get_accounts(), person)
            result = app.acquire_token_silent_with_error(
                [*SCOPES, *more], account, force_refresh=renew, claims_challenge=claims or None
            )
            # Raised in here, so that what msal remembers of a refusal is let go: it would repeat
            # it for a minute, whatever an administrator has approved meanwhile.
            if not result:
                raise SignInNeeded
            raise_refusal(result)
        return Fresh(str(result["access_token"]), cache.serialize())

    @contextmanager
    def _app(self, cache: msal.SerializableTokenCache) -> Iterator[Any]:
        """Yield an msal application for one person's cache; called in a worker thread.

        What Entra says about itself is kept from one application to the next. A thread has such
        a store to itself while it works: msal guards it within one application only.
        """
        try:
            known = self._idle_caches.pop()
        except IndexError:
            known = {}
        try:
            with closing(_Http(self._verify)) as http:
                yield self._built(cache, known, http)
            self._idle_caches.append(known)
        except (OSError, MsalServiceError, json.JSONDecodeError) as err:
            raise Unreachable(type(err).__name__) from err

    def _built(self, cache: msal.SerializableTokenCache, known: dict[str, Any], http: _Http) -> Any:
        try:
            return msal.ConfidentialClientApplication(
                self._client_id,
                client_credential=self._client_secret,
                authority=self._authority,
                token_cache=cache,
                http_cache=known,
                http_client=http,
                instance_discovery=self._instance_discovery,
                client_capabilities=["cp1"],
            )
        except (ValueError, RuntimeError) as err:
            # The authority did not describe itself: to a person that is the same as silence.
            raise Unreachable("authority") from err


class _Http:
    """What msal speaks through: says with each request whom to trust and how long to wait.

    Said once for a whole session it would not count: the environment's bundle goes before it.
    """

    def __init__(self, verify: str | bool) -> None:
        self._session = requests.Session()
        self._how: dict[str, Any] = {"timeout": TIMEOUT, "verify": verify}

    def get(self, url: str, **how: Any) -> Any:
        return self._session.get(url, **self._how, **how)

    def post(self, url: str, **how: Any) -> Any:
        return self._session.post(url, **self._how, **how)

    def close(self) -> None:
        self._session.close()


def _account(accounts: list[dict[str, Any]], person: Person) -> dict[str, Any] | None:
    """Return the person's own account; a cache with somebody else's is as good as empty."""
    for account in accounts:
        if str(account.get("local_account_id", "")).lower() == person.object_id:
            return account
    return None
