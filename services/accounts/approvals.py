"""An organisation's approval: a person asks, an administrator gives it, all who wait are told.

Most organisations let nobody approve an app for their own mailbox. Whoever is turned away so is
remembered as waiting, and gets a link to send on: a page of ours that says what is asked for, and
leads to Microsoft's. What comes back from there is worth no more than a hint, since anybody could
make it up; it only has those who wait try again, and whoever is refused then waits on.

Source: Microsoft identity platform, admin consent.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from services.accounts.account_states import await_more, put_into
from services.graph.auth import SignIn
from services.graph.id_token import GUID
from services.model.accounts import Account, AccountState
from services.model.errors import Refused, Stale, Upstream
from services.model.identity import Person, TenantId
from services.model.notices import AccountNotice, Announcer
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.storage.codec import decode, encode
from services.storage.store import Store

__all__ = ["APPROVAL", "Approvals"]

APPROVAL = "approval-"
"""What the state of an approval begins with, so that its answer is told from a sign-in's."""
LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is kept behind a state."""

    tenant: TenantId


class Approvals:
    """The use case of approvals.

    Args:
        store: where who waits is kept.
        sign_in: the app registration.
        announcer: tells the person.
        clock: the time.
        approve_url: the public address of our own ``/auth/approve``.
    """

    def __init__(
        self, store: Store, sign_in: SignIn, announcer: Announcer, clock: Clock, *, approve_url: str
    ) -> None:
        self._store = store
        self._sign_in = sign_in
        self._announcer = announcer
        self._clock = clock
        self._approve_url = approve_url

    async def wait(self, person: Person) -> None:
        """Remember that a person waits, and tell them what to do, once."""
        known = await self._store.accounts.get(person)
        if known is not None and known.state is AccountState.AWAITING_APPROVAL:
            return
        # The page in the browser says it too: a chat that cannot be reached is no failure here.
        with suppress(Upstream, Refused):
            await self._announcer.announce(AccountNotice(person, "approval_needed"))
        if known is not None:
            await put_into(self._store.accounts, known, AccountState.AWAITING_APPROVAL)
            return
        waiting = Account(
            person=person,
            username="",
            state=AccountState.AWAITING_APPROVAL,
            tokens="",
            connected_at=self._clock.now(),
        )
        with suppress(Stale):  # they signed in at the same moment
            await self._store.accounts.save(waiting)

    async def turned_away(self, person: Person) -> None:
        """Remember whose sign-in the organisation has not approved, and tell them, once.

        Of an account that is connected, what was approved before goes on meanwhile.
        """
        account = await self._store.accounts.get(person)
        if account is None or account.state is not AccountState.CONNECTED:
            await self.wait(person)
            return
        if account.awaits_more:
            return
        with suppress(Upstream, Refused):  # as above
            await self._announcer.announce(AccountNotice(account.person, "more_needed"))
        await await_more(self._store.accounts, account, awaits=True)

    async def ask(self, person: Person) -> str:
        """Return the address of a page for the person's administrator; good for a month."""
        state = APPROVAL + secrets.token_urlsafe(32)
        await self._keep(state, _Asked(person.tenant))
        return f"{self._approve_url}?{urlencode({'tenant': person.tenant, 'state': state})}"

    def consent_url(self, tenant: str, state: str) -> str | None:
        """Return the address of Microsoft's page; ``None`` for what is no link of ours."""
        if not GUID.fullmatch(tenant) or not state.startswith(APPROVAL):
            return None
        return self._sign_in.approval_url(TenantId(tenant), state)

    async def finish(self, answer: Mapping[str, str]) -> str:
        """Take what Microsoft sent the administrator's browser back with.

        The link stays good: a page is loaded again, and two administrators may get the same one.

        Returns:
            Empty = approved; else ``expired`` (the link is unknown or too old), ``declined`` or
            ``other_tenant`` (it was approved for another organisation than the one that asked).
        """
        state = answer.get("state", "")
        kept = await self._store.sign_ins.take(state)
        if kept is None:
            return "expired"
        asked = decode(_Asked, kept)
        await self._keep(state, asked)
        if answer.get("admin_consent", "").lower() != "true" or "error" in answer:
            return "declined"
        if answer.get("tenant", asked.tenant).lower() != asked.tenant.lower():
            return "other_tenant"
        task = Task(
            kind=TaskKind.TELL_APPROVED,
            tenant=asked.tenant,
            key="approved",
            due_at=self._clock.now(),
        )
        await self._store.tasks.put(task)
        return ""

    async def _keep(self, state: str, asked: _Asked) -> None:
        await self._store.sign_ins.put(state, encode(asked), self._clock.now() + LIFE)
