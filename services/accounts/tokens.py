"""Access tokens for mailboxes: one refresh at a time, and saved before it is used.

:class:`MailboxTokens` is the ``Tokens`` port of the house. Entra replaces a refresh token whenever
it is used; an app that goes on with the first one is locked out after 90 days. So the new cache
is stored before the token that came with it is handed out, and where another process was faster,
its account is kept and only the tokens are laid over it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from services.graph.auth import Fresh, SignIn
from services.model.accounts import Account, AccountState
from services.model.errors import SignInNeeded, Stale
from services.model.identity import Person
from services.model.times import Clock
from services.storage.repositories.accounts import AccountRecords

__all__ = ["BorrowedTokens", "MailboxTokens"]

HELD_FOR = timedelta(minutes=1)
"""How long a token is handed out from memory: a pass then asks once, and a minute is nothing of
the five that it is good for at least."""


@dataclass(frozen=True, slots=True)
class _Held:
    token: str
    until: datetime


class MailboxTokens:
    """Tokens of everybody's connected account."""

    def __init__(self, accounts: AccountRecords, sign_in: SignIn, clock: Clock) -> None:
        self._accounts = accounts
        self._sign_in = sign_in
        self._clock = clock
        self._held: dict[Person, _Held] = {}
        self._turns: WeakValueDictionary[Person, asyncio.Lock] = WeakValueDictionary()

    async def token_for(self, person: Person, *, refused: str = "", claims: str = "") -> str:
        """See :class:`services.model.ports.Tokens`."""
        turn = self._turns.setdefault(person, asyncio.Lock())
        async with turn:
            held = self._held.get(person)
            if held is None or held.until <= self._clock.now() or held.token == refused:
                token = await self._refresh(person, refused, claims)
                held = self._held[person] = _Held(token, self._clock.now() + HELD_FOR)
            return held.token

    def forget(self, person: Person) -> None:
        """Let go of what is in memory, since the account has changed or gone."""
        self._held.pop(person, None)

    async def _refresh(self, person: Person, refused: str, claims: str) -> str:
        account = await self._connected(person)
        how = _How(account.more_scopes, refused, claims)
        fresh = await _fresh(self._sign_in, account.tokens, person, how)
        while fresh.tokens != account.tokens:
            try:
                account = await self._accounts.save(replace(account, tokens=fresh.tokens))
            except Stale:
                account = await self._connected(person)
        return fresh.access_token

    async def _connected(self, person: Person) -> Account:
        account = await self._accounts.get(person)
        if account is None or account.state is not AccountState.CONNECTED:
            raise SignInNeeded
        return account


class BorrowedTokens:
    """Tokens of an account that is not stored: not yet, or no longer.

    Args:
        sign_in: the app registration.
        tokens: msal's cache.
        more_scopes: what was approved beyond the usual.
    """

    def __init__(self, sign_in: SignIn, tokens: str, more_scopes: tuple[str, ...] = ()) -> None:
        self._sign_in = sign_in
        self._more_scopes = more_scopes
        self.tokens = tokens
        """What to keep afterwards: a refresh moves it on."""

    async def token_for(self, person: Person, *, refused: str = "", claims: str = "") -> str:
        """See :class:`services.model.ports.Tokens`."""
        how = _How(self._more_scopes, refused, claims)
        fresh = await _fresh(self._sign_in, self.tokens, person, how)
        self.tokens = fresh.tokens
        return fresh.access_token


@dataclass(frozen=True, slots=True)
class _How:
    """Which token is wanted."""

    more_scopes: tuple[str, ...]
    refused: str
    claims: str


async def _fresh(sign_in: SignIn, tokens: str, person: Person, how: _How) -> Fresh:
    """Return a token that is not the refused one, though its time may not be up."""
    more = how.more_scopes
    if how.claims:
        return await sign_in.token(tokens, person, more=more, claims=how.claims)
    fresh = await sign_in.token(tokens, person, more=more)
    if fresh.access_token == how.refused:
        return await sign_in.token(fresh.tokens, person, more=more, renew=True)
    return fresh
