"""Signing in to Microsoft, as the browser sees it: ``/auth/start`` and ``/auth/callback``.

The flow itself is :mod:`services.accounts`'s; here are its two doors and the pages at its end.
The answer of Microsoft comes as ``form_post`` (or in the address, when it is a refusal). Whatever
goes wrong ends in a page with a sentence that says the same to a stranger as to a victim.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Protocol

from aiohttp import web

from bot.pages import browser_language, page
from cards.wording import say, sentence_of
from services.model.errors import AlmanacError, NotFound

__all__ = ["AuthPages", "Finished", "SignInFlow"]

log = logging.getLogger(__name__)

LONGEST = 8192
FIELDS = frozenset(
    {"code", "state", "error", "error_description", "session_state", "client_info", "error_subcode"}
)
PROBLEMS = {
    "expired": "This link is too old, or was used before. Please write “connect” again.",
    "denied": "You did not agree, so nothing was connected. Write “connect” to try again.",
    "consent_needed": "Your organisation must approve Almanac first. Please ask your IT.",
    "other_person": "This is the account of somebody else. Nothing was connected. Please sign in "
    "with the account that you use in Teams.",
    "unreachable": "Microsoft does not answer right now. Please try again in a minute.",
}
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


class AuthPages:
    """The doors of the sign-in."""

    def __init__(self, flow: SignInFlow) -> None:
        self._flow = flow

    async def start(self, request: web.Request) -> web.Response:
        """Lead to Microsoft's page."""
        language = browser_language(request)
        try:
            address = await self._flow.begin(request.query.get("state", "")[:LONGEST])
        except NotFound:
            return _problem("expired", language)
        except AlmanacError as err:
            log.warning("sign-in could not begin: %s", type(err).__name__)
            return _failure(err, language)
        return web.Response(status=302, headers={"Location": address})

    async def callback(self, request: web.Request) -> web.Response:
        """Take Microsoft's answer and say how it ended."""
        language = browser_language(request)
        values = await request.post() if request.method == "POST" else request.query
        answer = {
            name: value
            for name, value in values.items()
            if name in FIELDS and isinstance(value, str) and len(value) <= LONGEST
        }
        try:
            finished = await self._flow.finish(answer)
        except AlmanacError as err:
            log.warning("sign-in failed: %s", type(err).__name__)
            return _failure(err, language)
        if finished.problem:
            log.warning("sign-in refused: %s", finished.problem)
            return _problem(finished.problem, language)
        return page(
            say(language, "Your account is connected"),
            say(language, "Your Outlook calendar and Almanac now keep each other up to date."),
            say(language, "You can close this page and go back to Teams."),
            language=language,
        )


def _problem(word: str, language: str) -> web.Response:
    sentence = PROBLEMS.get(word, FAILED)
    return page(
        say(language, "Not connected"), say(language, sentence), language=language, status=400
    )


def _failure(error: AlmanacError, language: str) -> web.Response:
    return page(
        say(language, "Not connected"), sentence_of(language, error), language=language, status=503
    )
