"""Signing in to Microsoft, as the browser sees it: ``/auth/start`` and ``/auth/callback``.

The flow itself is :mod:`services.accounts.accounts`'s; here are its two doors and the pages at its
end. ``/auth/approve`` is for the administrator of an organisation that must approve first
(:mod:`services.accounts.approvals`); Microsoft has one address for both answers. The answer of
Microsoft comes as ``form_post`` (or in the address, when it is a refusal). Whatever goes wrong ends
in a page with a sentence that says the same to a stranger as to a victim; what the flows raise is
said by :func:`bot.web.pages.in_words`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Protocol

from aiohttp import web

from bot.web.pages import browser_language, page
from cards.wording import say
from services.accounts.approvals import APPROVAL
from services.model.errors import NotFound

__all__ = ["AuthPages", "Finished", "SignInFlow"]

log = logging.getLogger(__name__)

LONGEST = 8192
FIELDS = frozenset(
    {
        *("code", "state", "error", "error_description", "session_state", "client_info"),
        *("error_subcode", "admin_consent", "tenant"),
    }
)
PROBLEMS = {
    "expired": "This link is too old, or was used before. Please write “connect” again.",
    "denied": "You did not agree, so nothing was connected. Write “connect” to try again.",
    "consent_needed": "Your organisation must approve Almanac first. In Teams you have just got a "
    "message with what to do.",
    "other_person": "This is the account of somebody else. Nothing was connected. Please sign in "
    "with the account that you use in Teams.",
    "no_mailbox": "Microsoft 365 has no mailbox for this account. Whoever runs Microsoft 365 in "
    "your organisation can tell why.",
    "unreachable": "Microsoft does not answer right now. Please try again in a minute.",
}
UNAPPROVED = {
    "expired": "This link is not known, or too old. Please ask for a new one: whoever sent it "
    "writes “account” to Almanac.",
    "declined": "Nothing was approved. The link stays good, should you think again.",
    "other_tenant": "This was approved for another organisation than that of whoever asked. The "
    "link stays good: please open it as an administrator of theirs.",
}
ASKED = (
    "Somebody of your organisation would like to keep their calendar in Teams and in Outlook in "
    "step. Microsoft asks an administrator first.",
    "# What Almanac asks for",
    "The profile of whoever signs in (User.Read), to read and write their own calendars "
    "(Calendars.ReadWrite) and to know their time zone (MailboxSettings.Read); once somebody links "
    "a contact list, to read and write their contacts (Contacts.ReadWrite). Each person still "
    "connects, and disconnects, on their own.",
    "# What it does not do",
    "It reads no mail, mails nobody, and sees no mailbox of people who have not connected. All "
    "that it keeps is encrypted.",
)
"""What an administrator reads; one after ``# `` is a heading."""
FAILED = "The account could not be connected. Please write “connect” to try again."
"""For any other problem."""


class Finished(Protocol):
    """How a sign-in ended."""

    @property
    def problem(self) -> str:
        """A fixed word; empty = all well."""


class SignInFlow(Protocol):
    """The use case behind the pages."""

    async def begin(self, state: str) -> str:
        """Return the address of Microsoft's sign-in page; ``NotFound`` for a used-up state."""

    async def finish(self, answer: Mapping[str, str]) -> Finished:
        """Take what Microsoft answered."""


class ApprovalFlow(Protocol):
    """The use case behind the page for administrators."""

    def consent_url(self, tenant: str, state: str) -> str | None:
        """Return the address of Microsoft's page; ``None`` for what is no link of ours."""

    async def finish(self, answer: Mapping[str, str]) -> str:
        """Take what Microsoft answered; a fixed word says what is wrong, empty = approved."""


class AuthPages:
    """The doors of the sign-in, and of an organisation's approval."""

    def __init__(self, flow: SignInFlow, approvals: ApprovalFlow) -> None:
        self._flow = flow
        self._approvals = approvals

    async def start(self, request: web.Request) -> web.Response:
        """Lead to Microsoft's page."""
        language = browser_language(request)
        try:
            address = await self._flow.begin(request.query.get("state", "")[:LONGEST])
        except NotFound:
            return _problem("expired", language)
        return web.Response(status=302, headers={"Location": address})

    async def callback(self, request: web.Request) -> web.Response:
        """Take Microsoft's answer and say how it ended."""
        language = browser_language(request)
        try:
            values = await request.post() if request.method == "POST" else request.query
        except (LookupError, ValueError) as err:  # another charset, one that is none, broken parts
            raise web.HTTPBadRequest(text="not a form") from err
        answer = {
            name: value
            for name, value in values.items()
            if name in FIELDS and isinstance(value, str) and len(value) <= LONGEST
        }
        if answer.get("state", "").startswith(APPROVAL):
            return await self._approved(answer, language)
        finished = await self._flow.finish(answer)
        if finished.problem:
            log.warning("sign-in refused: %s", finished.problem)
            return _problem(finished.problem, language)
        return page(
            say(language, "Your account is connected"),
            say(language, "Your Outlook calendar and Almanac now keep each other up to date."),
            say(language, "You can close this page and go back to Teams."),
            language=language,
        )

    async def approve(self, request: web.Request) -> web.Response:
        """Say to an administrator what is asked for, and lead to Microsoft's page."""
        language = browser_language(request)
        query = request.query
        tenant, state = (query.get(name, "")[:LONGEST] for name in ("tenant", "state"))
        address = self._approvals.consent_url(tenant, state)
        if address is None:
            return _unapproved("expired", language)
        return page(
            say(language, "Approve Almanac for your organisation"),
            *(say(language, sentence) for sentence in ASKED),
            link=(say(language, "Go on to Microsoft"), address),
            language=language,
        )

    async def _approved(self, answer: Mapping[str, str], language: str) -> web.Response:
        problem = await self._approvals.finish(answer)
        if problem:
            return _unapproved(problem, language)
        return page(
            say(language, "Almanac is approved"),
            say(language, "Whoever waited for it gets a message in Teams now."),
            say(language, "You can close this page."),
            language=language,
        )


def _unapproved(word: str, language: str) -> web.Response:
    sentence = UNAPPROVED[word]
    return page(
        say(language, "Not approved"), say(language, sentence), language=language, status=400
    )


def _problem(word: str, language: str) -> web.Response:
    sentence = PROBLEMS.get(word, FAILED)
    return page(
        say(language, "Not connected"), say(language, sentence), language=language, status=400
    )
