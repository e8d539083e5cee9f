"""The sandbox as a whole: made, started, and stopped again.

``Sandbox(clock, registrations)`` and ``await start()``; everything that tests and the demo reach
into (mailboxes, faults, Entra's directory) is an attribute. One application listens twice: on
plain loopback http for Graph and people's browsers, and over TLS for msal.
State is in memory only; two sandboxes know nothing of each other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import web
from aiohttp.typedefs import Middleware

from sandbox.certificates import Certificates, make_certificates
from sandbox.clock import Clock
from sandbox.control import Control
from sandbox.entra.admin_consent import AdminConsentPage
from sandbox.entra.directory import Directory, Registration
from sandbox.entra.keys import SigningKey
from sandbox.entra.service import EntraService
from sandbox.entra.sign_in import SignInPages
from sandbox.faults import Faults
from sandbox.graph.app import graph_app
from sandbox.graph.door import Door
from sandbox.graph.limits import Limits
from sandbox.mailbox import Mailbox
from sandbox.mishaps import Scene
from sandbox.notices import Notices
from sandbox.office import Office
from sandbox.orders import NOW, BadOrder, read_orders
from sandbox.pages.contacts import ContactPages
from sandbox.pages.people import PeoplePage
from sandbox.pages.week import WeekPages
from sandbox.people import PEOPLE, TENANT, SamplePerson

__all__ = ["Sandbox"]

_LARGEST_REQUEST = 4 * 1024**2
_USUAL_SCOPES = """
    openid profile email offline_access User.Read User.ReadBasic.All Calendars.ReadWrite
    Contacts.ReadWrite MailboxSettings.Read
"""


class Sandbox:
    """A local Microsoft 365.

    Args:
        clock: where the time comes from.
        registrations: applications that people may sign in to.
        people: who has a mailbox.
        middlewares: eyes of a test on each answer of Graph.

    Attributes:
        office: all mailboxes.
        directory: registrations, consents and tokens of Entra.
        faults: trouble to order.
        notices: subscriptions, and the sending of notices.
        door: what has been called, and how many at a time.
    """

    def __init__(
        self,
        clock: Clock,
        registrations: Iterable[Registration] = (),
        people: Sequence[SamplePerson] = PEOPLE,
        *,
        middlewares: Sequence[Middleware] = (),
    ) -> None:
        self._middlewares = middlewares
        self.office = Office(clock, people)
        self.directory = Directory(clock)
        self.faults = Faults()
        self.notices = Notices(clock, self.faults)
        self._scene = Scene(self.office, self.directory, self.notices)
        self.door = Door(self._scene, self.faults)
        self.graph_url = ""
        self.page_url = ""
        self.authority = ""
        self._folder: TemporaryDirectory[str] | None = None
        self._runner: web.AppRunner | None = None
        for mailbox in self.office.mailboxes:
            mailbox.listeners.append(self.notices.hear)
            mailbox.contacts.listeners.append(self.notices.hear)
        for registration in registrations:
            self.register(registration)

    @property
    def ca_file(self) -> str:
        """The file with the certificate authority, for msal's ``verify``."""
        if self._folder is None:
            raise RuntimeError("the sandbox has not been started")
        return str(Path(self._folder.name) / "sandbox-ca.pem")

    @property
    def limits(self) -> Limits:
        """What Graph serves to an application; ``limits.set("requests=off")`` lifts one."""
        return self.door.limits

    def register(self, registration: Registration) -> None:
        """Let people sign in to an application."""
        self.directory.register(registration)

    def mailbox(self, person: SamplePerson) -> Mailbox:
        """Return somebody's mailbox."""
        return self.office.mailbox(person)

    def order(self, text: str) -> None:
        """Order trouble in the language of :mod:`sandbox.orders`, a line each.

        Raises:
            BadOrder: a line cannot be understood.
        """
        for fault in read_orders(text):
            if fault.method != NOW:
                self.faults.order(fault)
                continue
            people = [each.person for each in self.office.mailboxes]
            found = [each for each in people if fault.path in ("", each.key)]
            if not found:
                raise BadOrder(f"there is nobody called {fault.path}")
            for person in found:
                self._scene.befall(person, fault)

    def token_for(self, person: SamplePerson, scopes: str = _USUAL_SCOPES) -> str:
        """Return an access token without a sign-in, for tests of Graph alone."""
        return self.directory.issue_tokens(
            "sandbox", person, frozenset(scopes.split())
        ).access_token

    async def start(self, host: str = "127.0.0.1", port: int = 3979, tls_port: int = 0) -> None:
        """Listen; a port of 0 is any free one.

        Raises:
            OSError: a port is taken.
        """
        self._folder = TemporaryDirectory(prefix="sandbox-")
        certificates = await asyncio.to_thread(make_certificates, Path(self._folder.name))
        entra = EntraService(self.directory, SigningKey())
        self._runner = web.AppRunner(self._application(entra), access_log=None)
        try:
            await self.notices.start()
            await self._runner.setup()
            await self._listen(self._runner, host, port, tls_port, certificates)
        except BaseException:  # cancelled, too: whoever begins must not leave it half open
            await self.stop()
            raise
        entra.page_url, entra.secure_url = self.page_url, self.authority.rpartition("/")[0]

    async def stop(self) -> None:
        """Let go of ports and files."""
        await self.notices.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _application(self, entra: EntraService) -> web.Application:
        app = web.Application(client_max_size=_LARGEST_REQUEST)
        app.add_subapp("/v1.0", graph_app(self.door, self._scene, self._middlewares))
        control = Control(self.office, self.faults, self.notices, self.door, self.order)
        for part in (
            PeoplePage(self.office),
            ContactPages(self.office),
            WeekPages(self.office),
            control,
            SignInPages(self.directory),
            AdminConsentPage(self.directory),
            entra,
        ):
            app.add_routes(part.routes())
        return app

    async def _listen(
        self,
        runner: web.AppRunner,
        host: str,
        port: int,
        tls_port: int,
        certificates: Certificates,
    ) -> None:
        await web.TCPSite(runner, host, port).start()
        await web.TCPSite(runner, host, tls_port, ssl_context=certificates.context).start()
        plain, secure = (address[1] for address in runner.addresses)
        self.page_url = f"http://{host}:{plain}"
        self.graph_url = f"{self.page_url}/v1.0"
        self.authority = f"https://{host}:{secure}/{TENANT.id}"
