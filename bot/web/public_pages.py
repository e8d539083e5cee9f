"""Pages for anybody: what we do with data, the terms, and links that lead back into Teams.

A link such as ``/e/4f1c...`` says nothing here about what it names, not even whether it exists:
who may see it can only be known in Teams.
"""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from bot.web.pages import browser_language, page
from cards.wording import say

__all__ = ["PublicPages"]

PRIVACY = (
    "# What is kept",
    "The events and contacts that people write in Almanac, the names and ids of the conversations "
    "it is installed in and of their members, and, for those who connect their account, what is "
    "needed to keep their Outlook calendar up to date.",
    "# How it is kept",
    "Sealed with AES-256-GCM before it is stored, under keys of your own organisation. Titles, "
    "names, addresses, times and tokens are never stored or logged in clear.",
    "# Who sees it",
    "The members of the conversation that a calendar or contact list belongs to. A connected "
    "mailbox is read and written for its owner alone, and can be disconnected at any time by "
    "writing “account”.",
    "# How long",
    "Until it is deleted; deleted events and contacts are gone for good after 30 days, and who "
    "changed what is kept for a year. Everything of an organisation is erased some time after the "
    "app was removed from the last of its places.",
    "# What you can do",
    "Write “export my data” to Almanac to have all that is kept of you, and “erase my data” to "
    "have it erased. Whoever runs this service for you can do both on your behalf.",
)
TERMS = (
    "# What you get",
    "Calendars and contacts for teams inside Microsoft Teams, in step with Outlook, as the "
    "software does it and as those who run it for you provide it.",
    "# What you agree to",
    "To write only what you may share with the members of a conversation, and to keep to the "
    "rules of your organisation.",
    "# What is not promised",
    "The software comes without warranty. Keep a copy of what you cannot afford to lose.",
)


class PublicPages:
    """Pages that need no sign-in; ``app_id`` is the bot's, empty in the demo."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id

    async def home(self, request: web.Request) -> web.Response:
        """Say what this is: what Teams tells of the app leads here."""
        language = browser_language(request)
        told = say(language, TERMS[1])
        return page("Almanac", told, link=self._way_in(language), language=language)

    async def privacy(self, request: web.Request) -> web.Response:
        """Say what is kept of whom."""
        return _text(request, "Privacy", PRIVACY)

    async def terms(self, request: web.Request) -> web.Response:
        """Say what may be expected."""
        return _text(request, "Terms of use", TERMS)

    async def event(self, request: web.Request) -> web.Response:
        """Lead from a link of an event back into Teams."""
        return self._into_teams(request, "This is an event in Almanac")

    async def contact(self, request: web.Request) -> web.Response:
        """Lead from a link of a contact back into Teams."""
        return self._into_teams(request, "This is a contact in Almanac")

    def _into_teams(self, request: web.Request, title: str) -> web.Response:
        language = browser_language(request)
        way = say(language, "Paste the link into a message in Teams to see it there.")
        return page(say(language, title), way, link=self._way_in(language), language=language)

    def _way_in(self, language: str) -> tuple[str, str] | None:
        if not self._app_id:
            return None
        address = f"https://teams.microsoft.com/l/chat/0/0?users=28:{quote(self._app_id)}"
        return say(language, "Open Almanac in Teams"), address


def _text(request: web.Request, title: str, parts: tuple[str, ...]) -> web.Response:
    language = browser_language(request)
    told = [
        "# " + say(language, part[2:]) if part.startswith("# ") else say(language, part)
        for part in parts
    ]
    return page(say(language, title), *told, language=language)
