"""Have everybody of an organisation go on who waited for its approval."""

from __future__ import annotations

from dataclasses import dataclass

from services.accounts.account_states import await_more, put_into
from services.accounts.link_life import RENEWED_AFTER, renewal
from services.model.accounts import Account, AccountState
from services.model.notices import AccountNotice, Announcer
from services.model.tasks import Task, sync_task
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["TellApproved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TellApproved:
    """Carries out ``tell_approved``; whoever has been told waits no longer."""

    store: Store
    announcer: Announcer
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Tell them: who was connected before goes on, the others sign in, or ask again."""
        for place in await self.store.conversations.all(task.tenant):
            account = await self.store.accounts.get(place.person) if place.person else None
            if account is not None and account.state is AccountState.AWAITING_APPROVAL:
                await self._go_on(account)
            elif account is not None and account.awaits_more:
                await self.announcer.announce(AccountNotice(account.person, "more_approved"))
                await await_more(self.store.accounts, account, awaits=False)

    async def _go_on(self, account: Account) -> None:
        has_grant = bool(account.tokens)
        what = "approved_again" if has_grant else "approved"
        await self.announcer.announce(AccountNotice(account.person, what))
        state = AccountState.CONNECTED if has_grant else AccountState.SIGN_IN_NEEDED
        await put_into(self.store.accounts, account, state)
        if has_grant:
            now = self.clock.now()
            for link in await self.store.links.of_person(account.person):
                await self.store.tasks.put(renewal(link, now + RENEWED_AFTER))
                await self.store.tasks.put(sync_task(link.person, link.id, now))
