"""When a link is looked at next, and what it waits for: for its owner, who sees both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.model.accounts import AccountState, Link
from services.model.tasks import WORKERS_LOST, sync_task
from services.storage.store import Store

__all__ = ["Prospect", "prospect_of"]


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is ahead of a link."""

    account: AccountState
    """Whether its account is open; nothing is synced while it is not."""
    next_at: datetime | None = None
    """When its next pass is due, at the latest: something may change and bring it sooner.
    ``None`` = there will be none until its owner, or their organisation, has done something."""
    breaks_off: bool = False
    """Whether its last passes never came to an end, because the whole program ended with each."""


async def prospect_of(store: Store, link: Link, now: datetime) -> Prospect:
    """Return what is ahead of a link as of now."""
    account = await store.accounts.get(link.person)
    if account is None or account.state is not AccountState.CONNECTED:
        return Prospect(AccountState.SIGN_IN_NEEDED if account is None else account.state)
    wait = await store.tasks.wait_of(sync_task(link.person, link.id, now))
    if wait is None or not link.active:
        return Prospect(account.state)
    next_at = max(wait.until, account.not_before or wait.until)
    return Prospect(account.state, next_at, breaks_off=wait.reason == WORKERS_LOST)
