"""What fields of contacts and companies propose while somebody types.

Each person is shown what they may look at, wherever the field stands. The people of the
organisation come behind the contacts, marked, as far as they are known within a third of a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.handlers.contacts.contact_forms import ContactForms
from bot.handlers.contacts.directory import strangers
from bot.replies import Choices, Replace, Replies, Tell
from bot.router import Router
from bot.turn import Query, Turn
from cards.contacts.colleague import colleague_card
from cards.contacts.contact_choices import (
    COMPANIES,
    CONTACTS,
    NAMES,
    colleague_choice,
    contact_choice,
    name_choice,
)
from cards.contacts.contact_list_actions import ColleagueShow
from cards.text import clean
from cards.wording import say
from services.contacts.directory import Directory
from services.model.books import BookId, BookKind
from services.model.contacts import Contact
from services.search import Search

__all__ = ["ContactChoosing", "register"]

LOOKED_AT = 200
"""Contacts, for the companies that they are of: many may be of one."""
NOT_FOUND = "Microsoft 365 does not find them just now. Try again in a moment."


class ContactChoosing:
    """Answers fields that propose."""

    def __init__(self, forms: ContactForms, search: Search, directory: Directory) -> None:
        self._forms = forms
        self._search = search
        self._directory = directory

    async def contacts(self, turn: Turn, query: Query) -> Replies:
        """Whom somebody means: of one list, or of all and of the organisation behind them."""
        if query.of:
            return Choices([contact_choice(one) for one in await self._found(turn, query)])
        found, colleagues = await asyncio.gather(
            self._found(turn, query),
            self._directory.find(turn.person, "" if query.skip else query.text),
        )
        rows = [contact_choice(contact) for contact in found]
        behind = strangers(found, colleagues)[: query.count - len(rows)]
        return Choices([*rows, *(colleague_choice(one, turn.language) for one in behind)])

    async def names(self, turn: Turn, query: Query) -> Replies:
        """The same for a field that keeps names; the directory has one of its own beside it."""
        found = await self._found(turn, query)
        return Choices([name_choice(contact) for contact in found])

    async def companies(self, turn: Turn, query: Query) -> Replies:
        """The companies of a list that begin so; without letters, those used last."""
        text = query.text.replace('"', " ").strip()
        wanted = f'company:"{text}"' if text else ""
        found = await self._found(turn, replace(query, text=wanted, skip=0, count=LOOKED_AT))
        names = dict.fromkeys(clean(one.content.company) for one in found)
        shown = [(name, name) for name in names if name]
        return Choices(shown[query.skip : query.skip + query.count])

    async def show_colleague(self, turn: Turn, action: ColleagueShow) -> Replies:
        """Somebody of the organisation, as the directory knows them now."""
        for one in await self._directory.find(turn.person, action.called):
            if one.email == action.mail:
                reader = (await self._forms.books.here(turn, BookKind.CONTACTS)).viewer
                return Replace(colleague_card(one, reader, back=action.back))
        return Tell(say(turn.language, NOT_FOUND))

    async def _found(self, turn: Turn, query: Query) -> Sequence[Contact]:
        within = None
        if query.of:
            seen = await self._forms.books.called(turn, BookId(query.of), BookKind.CONTACTS)
            within = [seen.book.id]
        page = await self._search.contacts(
            turn.person, query.text, query.skip, query.count, within=within
        )
        return page.records


def register(router: Router, choosing: ContactChoosing) -> None:
    """Fill in the rows."""
    router.choices(CONTACTS, choosing.contacts)
    router.choices(NAMES, choosing.names)
    router.choices(COMPANIES, choosing.companies)
    router.verb(ColleagueShow, choosing.show_colleague)
