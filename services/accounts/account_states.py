"""How an account comes into another state, once its owner has been told of it.

A token that another process renews meanwhile changes the record, but not how the account stands:
whoever gave up there would tell the owner again at the next try.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from services.model.accounts import Account, AccountState
from services.model.errors import Stale
from services.storage.repositories.accounts import AccountRecords

__all__ = ["await_more", "put_into"]


async def put_into(accounts: AccountRecords, seen: Account, state: AccountState) -> None:
    """Store an account's new state; one that stands otherwise by now, or is gone, is let be.

    Args:
        accounts: where it is kept.
        seen: as it was when its owner was told.
        state: the new one.
    """
    await _keep(accounts, seen, state=state)


async def await_more(accounts: AccountRecords, seen: Account, *, awaits: bool) -> None:
    """Store whether an account waits for what its organisation has yet to approve beyond it."""
    await _keep(accounts, seen, awaits_more=awaits)


async def _keep(accounts: AccountRecords, seen: Account, **changes: Any) -> None:
    account: Account | None = seen
    while account is not None and _stands_as(account, seen):
        with suppress(Stale):
            await accounts.save(replace(account, **changes))
            return
        account = await accounts.get(seen.person)


def _stands_as(account: Account, seen: Account) -> bool:
    """Whether it is the same connection, in the same state: who signs in again begins anew."""
    return (account.connected_at, account.state) == (seen.connected_at, seen.state)
