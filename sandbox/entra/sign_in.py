"""Where people sign in: choose who you are, then approve or deny what the application asks for.

Plain loopback http and plain forms. The answer goes back as the application wants it: in the
address, or as a form that posts itself (with a button for browsers that run no scripts).
"""

from __future__ import annotations

import secrets
from html import escape
from urllib.parse import urlencode

from aiohttp import web

from sandbox.entra.directory import AuthRequest, Directory, read_request
from sandbox.entra.errors import EntraError
from sandbox.entra.service import tenant_of
from sandbox.pages.layout import hidden, initials, page
from sandbox.people import PEOPLE, TENANT, SamplePerson, find_person

__all__ = ["SignInPages"]

_BRAND = f'<div class="brand">Sandbox sign-in &middot; {escape(TENANT.name)}</div>'
_WORDS = {
    "Calendars.Read": "Read your calendars",
    "Calendars.ReadWrite": "Read and write your calendars",
    "Contacts.Read": "Read your contacts",
    "Contacts.ReadWrite": "Read and write your contacts",
    "MailboxSettings.Read": "Read your mailbox settings",
    "User.Read": "Sign you in and read your profile",
    "User.ReadBasic.All": "Read all users' basic profiles",
    "offline_access": "Keep access to what you have given it access to",
}
_MOST_FLOWS = 1_000


class SignInPages:
    """The authorize endpoint and the two pages behind it."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._flows: dict[str, AuthRequest] = {}

    def routes(self) -> list[web.RouteDef]:
        """Return the pages."""
        return [
            web.get("/{tenant}/oauth2/v2.0/authorize", self.ask_who),
            web.post("/{tenant}/oauth2/v2.0/authorize", self.answer),
            web.get("/{tenant}/oauth2/v2.0/logout", self.say_goodbye),
        ]

    async def ask_who(self, request: web.Request) -> web.Response:
        """Show the people to choose from."""
        query = request.query
        try:
            tenant_of(request)
            self._directory.check_request(query.get("client_id", ""), query.get("redirect_uri", ""))
        except EntraError as err:
            return _problem(err)
        try:
            asked = read_request(query)
            if query.get("response_type") != "code":
                raise EntraError(700054)
            if query.get("code_challenge_method", "S256") != "S256":
                raise EntraError(9002313)
            if asked.prompt == "none":
                raise EntraError(50058)
        except EntraError as err:
            return _back_to(query["redirect_uri"], _error(err, query.get("state", "")), "query")
        flow = self._remember(asked)
        return _who_page(flow, asked, self._directory.name_of(asked.client_id))

    async def answer(self, request: web.Request) -> web.Response:
        """Take a choice: of a person first, of approval then."""
        form = await request.post()
        asked = self._flows.get(str(form.get("flow", "")))
        person = find_person(str(form.get("person", "")))
        if asked is None or person is None:
            return _problem(EntraError(9002313))
        decision = form.get("decision")
        if decision == "deny":
            number = 90094 if self._directory.needs_admin else 65004
            return _send(asked, _error(EntraError(number), asked.state))
        if decision == "approve" and not self._directory.needs_admin:
            self._directory.approve(asked.client_id, person, asked.scopes)
        is_approved = self._directory.has_consent(asked.client_id, person, asked.scopes)
        if not is_approved or (asked.prompt == "consent" and decision != "approve"):
            return self._consent_page(str(form["flow"]), asked, person)
        del self._flows[str(form["flow"])]
        code = self._directory.issue_code(asked, person)
        return _send(asked, {"code": code, "state": asked.state, "session_state": _session()})

    async def say_goodbye(self, request: web.Request) -> web.Response:
        """Show that somebody has signed out."""
        text = f'<div class="sheet">{_BRAND}<h1>You signed out</h1></div>'
        return page("Signed out", text, narrow=True)

    def _remember(self, asked: AuthRequest) -> str:
        if len(self._flows) >= _MOST_FLOWS:
            self._flows.pop(next(iter(self._flows)))
        flow = secrets.token_urlsafe(24)
        self._flows[flow] = asked
        return flow

    def _consent_page(self, flow: str, asked: AuthRequest, person: SamplePerson) -> web.Response:
        needs_admin = self._directory.needs_admin
        name = self._directory.name_of(asked.client_id)
        wishes = "".join(
            f"<li>{escape(_WORDS[scope])}</li>" for scope in sorted(asked.scopes & set(_WORDS))
        )
        approve = '<button class="primary" name="decision" value="approve">Accept</button>'
        title = "Need admin approval" if needs_admin else "Permissions requested"
        body = (
            f'<div class="sheet">{_BRAND}<p>{escape(person.user_principal_name)}</p>'
            f"<h1>{title}</h1><p>{escape(name)} would like to:</p><ul class=plain>{wishes}</ul>"
            f'<form method="post">{hidden("flow", flow)}{hidden("person", person.object_id)}'
            f'<div class="row">{"" if needs_admin else approve}'
            '<button name="decision" value="deny">Cancel</button></div></form></div>'
        )
        return page(title, body, narrow=True)


def _who_page(flow: str, asked: AuthRequest, name: str) -> web.Response:
    """Everybody is a button; whom the application expects comes first."""
    hint = asked.login_hint.lower()
    people = sorted(PEOPLE, key=lambda each: each.user_principal_name != hint)
    buttons = "".join(
        f'<button class="person" name="person" value="{person.object_id}">'
        f'<span class="face">{initials(person.display_name)}</span>'
        f"<span>{escape(person.display_name)}"
        f"<small>{escape(person.user_principal_name)}</small></span></button>"
        for person in people
    )
    body = (
        f'<div class="sheet">{_BRAND}<h1>Pick an account</h1><p>to continue to {escape(name)}</p>'
        f'<form method="post">{hidden("flow", flow)}{buttons}</form></div>'
    )
    return page("Sign in", body, narrow=True)


def _send(asked: AuthRequest, answer: dict[str, str]) -> web.Response:
    return _back_to(asked.redirect_uri, answer, asked.response_mode)


def _back_to(redirect_uri: str, answer: dict[str, str], mode: str) -> web.Response:
    """Send a person's browser back to the application."""
    if mode == "form_post":
        fields = "".join(hidden(name, value) for name, value in answer.items() if value)
        body = (
            f'<div class="sheet">{_BRAND}<h1>Almost there</h1>'
            f'<form method="post" action="{escape(redirect_uri)}">{fields}'
            '<button class="primary">Continue</button></form></div>'
            "<script>document.forms[0].submit()</script>"
        )
        return page("Working", body, narrow=True)
    divider = "#" if mode == "fragment" else "&" if "?" in redirect_uri else "?"
    return web.Response(
        status=302, headers={"Location": redirect_uri + divider + urlencode(answer)}
    )


def _error(err: EntraError, state: str) -> dict[str, str]:
    return {"error": err.error, "error_description": err.description, "state": state}


def _problem(err: EntraError) -> web.Response:
    body = (
        f'<div class="sheet">{_BRAND}<h1>We cannot sign you in</h1>'
        f'<p class="wrong">{escape(err.description)}</p></div>'
    )
    return page("Sign in", body, narrow=True, status=400)


def _session() -> str:
    return secrets.token_hex(16)
