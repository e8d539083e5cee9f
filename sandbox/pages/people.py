"""The first page of the sandbox: who lives here, and what else there is to see."""

from __future__ import annotations

from html import escape

from aiohttp import web

from sandbox.office import Office
from sandbox.pages.layout import initials, page
from sandbox.people import TENANT

__all__ = ["PeoplePage"]


class PeoplePage:
    """A list of the people, each leading to a mailbox."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[web.RouteDef]:
        """Return the page."""
        return [web.get("/", self.lead_in), web.get("/sandbox/", self.show)]

    async def lead_in(self, request: web.Request) -> web.Response:
        """Lead from the bare address to the page."""
        return web.Response(status=302, headers={"Location": "/sandbox/"})

    async def show(self, request: web.Request) -> web.Response:
        """Show the people."""
        people = "".join(
            f'<a class="button person" href="/sandbox/mailbox/{box.person.key}">'
            f'<span class="face">{initials(box.person.display_name)}</span>'
            f"<span>{escape(box.person.display_name)}"
            f"<small>{escape(box.person.job_title)}, {escape(box.person.office)}</small>"
            "</span></a>"
            for box in self._office.mailboxes
        )
        body = (
            f'<div class="sheet"><div class="brand">Sandbox Microsoft 365</div>'
            f"<h1>{escape(TENANT.name)}</h1>"
            "<p>A made-up company for trying things out. Open somebody's calendar to change it "
            f"as they would in Outlook.</p>{people}</div>"
        )
        return page("Sandbox", body, narrow=True)
