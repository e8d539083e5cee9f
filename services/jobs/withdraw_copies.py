"""Take back the events that this program added to an Outlook, after its account was let go.

Only what was made here is ever in such a task, and what has become somebody's meeting since is
left alone: deleting it would mail people. Whoever has connected again meanwhile keeps everything,
since their new link has joined those very copies.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from services.graph.mailbox import Mailbox
from services.model.accounts import RemoteId
from services.model.errors import ConsentNeeded, Rejected, SignInNeeded, Unreadable
from services.model.identity import Person
from services.model.tasks import Task
from services.storage.store import Store
from services.withdrawals import withdrawal_of

__all__ = ["WithdrawCopies"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCopies:
    """Carries out ``withdraw_copies``.

    ``borrow`` opens a mailbox with the tokens that the task brings along.
    """

    store: Store
    borrow: Callable[[Person, str], Mailbox]

    async def __call__(self, task: Task) -> None:
        """Delete the copies that are still there."""
        asked = withdrawal_of(task)
        mailbox = self.borrow(asked.person, asked.tokens)
        # With the grant gone there is nothing left that we could do.
        with suppress(SignInNeeded, ConsentNeeded):
            for copy in asked.copies:
                if await self.store.accounts.get(asked.person) is not None:
                    return
                await _withdraw(mailbox, copy)


async def _withdraw(mailbox: Mailbox, copy: RemoteId) -> None:
    # Gone already, moved meanwhile, or not to be read: each is left as it is.
    with suppress(Rejected, Unreadable):
        event = await mailbox.get_event(copy)
        if event.mirror is None:
            await mailbox.delete_event(copy, event.change_key)
