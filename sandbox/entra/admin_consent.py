"""Where an administrator approves an application for everybody.

https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from aiohttp import web

from sandbox.entra.directory import Directory
from sandbox.entra.errors import EntraError
from sandbox.entra.service import tenant_of
from sandbox.pages.layout import page
from sandbox.people import TENANT

__all__ = ["AdminConsentPage"]

_BRAND = f'<div class="brand">Sandbox administration &middot; {escape(TENANT.name)}</div>'


class AdminConsentPage:
    """One page with two buttons; whoever sees it counts as the administrator."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def routes(self) -> list[web.RouteDef]:
        """Return the page."""
        path = "/{tenant}/adminconsent"
        return [web.get(path, self.ask), web.post(path, self.answer)]

    async def ask(self, request: web.Request) -> web.Response:
        """Ask whether the application may be used by everybody."""
        try:
            name = self._application(request)
        except EntraError as err:
            text = f'<p class="wrong">{escape(err.description)}</p>'
            body = f'<div class="sheet">{_BRAND}<h1>This cannot be approved</h1>{text}</div>'
            return page("Approval", body, narrow=True, status=400)
        body = (
            f'<div class="sheet">{_BRAND}<h1>Approve {escape(name)} for everybody?</h1>'
            f"<p>Nobody at {escape(TENANT.name)} will be asked for consent any more.</p>"
            '<form method="post"><div class="row">'
            '<button class="primary" name="decision" value="approve">Accept</button>'
            '<button name="decision" value="deny">Cancel</button></div></form></div>'
        )
        return page("Approval", body, narrow=True)

    async def answer(self, request: web.Request) -> web.Response:
        """Take the decision, and send the browser back with it."""
        query = request.query
        try:
            self._application(request)
        except EntraError as err:
            return web.Response(status=400, text=err.description)
        if (await request.post()).get("decision") == "approve":
            self._directory.approve_for_all(query["client_id"])
            answer = {"admin_consent": "True", "tenant": TENANT.id}
        else:
            declined = EntraError(65004)
            answer = {"error": declined.error, "error_description": declined.description}
        answer["state"] = query.get("state", "")
        return web.Response(
            status=302, headers={"Location": f"{query['redirect_uri']}?{urlencode(answer)}"}
        )

    def _application(self, request: web.Request) -> str:
        """Return the name of the application in a request, having checked its address."""
        tenant_of(request)
        client_id = request.query.get("client_id", "")
        self._directory.check_request(client_id, request.query.get("redirect_uri", ""))
        return self._directory.name_of(client_id)
