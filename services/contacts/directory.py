"""The organisation's own people, found beside contacts by those who have approved that.

Nobody waits for Microsoft 365 while they type: what has not come in a third of a second is left out
of this answer, and the next letters ask again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from services.graph.auth import DIRECTORY_SCOPES
from services.graph.directory import colleagues_called
from services.graph.mailbox import Mailbox
from services.model.accounts import AccountState
from services.model.directory import Colleague
from services.model.errors import ConsentNeeded, SignInNeeded, Upstream
from services.model.identity import Person
from services.storage.store import Store

__all__ = ["PATIENCE", "Directory"]

PATIENCE = 0.3
"""Seconds."""
FEWEST_LETTERS = 2
MOST = 5


class Directory:
    """The use case of looking into the organisation's directory."""

    def __init__(self, store: Store, mailbox: Callable[[Person], Mailbox]) -> None:
        self._store = store
        self._mailbox = mailbox

    async def find(self, person: Person, text: str) -> tuple[Colleague, ...]:
        """Return colleagues of a person by a few letters; nobody, where that is not for them.

        The person has to be connected and to have approved the directory; what Microsoft 365
        refuses, or does not say in time, is nothing.
        """
        if len(text.strip()) < FEWEST_LETTERS:
            return ()
        account = await self._store.accounts.get(person)
        if account is None or account.state is not AccountState.CONNECTED:
            return ()
        if not set(DIRECTORY_SCOPES) <= set(account.more_scopes):
            return ()
        try:
            async with asyncio.timeout(PATIENCE):
                return await colleagues_called(self._mailbox(person), text, MOST)
        except (SignInNeeded, ConsentNeeded, Upstream, TimeoutError):
            return ()
