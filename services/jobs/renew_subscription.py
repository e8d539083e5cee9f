"""Keep Graph telling us of changes: make a link's subscription, renew it at half its life.

Exactly one is kept: before a new one is asked for, whatever else calls our address is ended, such
as one whose answer was lost. Where Graph refuses, or there is no public address, a link lives by
its sweep alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from services.graph.mailbox import Mailbox
from services.graph.subscriptions import (
    LONGEST_LIFE,
    create_subscription,
    delete_subscription,
    list_subscriptions,
    renew_subscription,
)
from services.model.accounts import Link, Subscription
from services.model.errors import ConsentNeeded, NotFound, Rejected, SignInNeeded
from services.model.identity import Person
from services.model.tasks import Task, link_of
from services.model.times import Clock
from services.storage.store import Store
from services.sync.worker import MailboxBusy

__all__ = ["RenewSubscription"]

LEASED_FOR = 60.0
REFUSED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewSubscription:
    """Carries out ``renew_subscription``.

    ``notification_url`` is the public address of our own door; ``None`` = there is none.
    """

    store: Store
    mailbox_of: Callable[[Person], Mailbox]
    clock: Clock
    owner: str
    notification_url: str | None

    async def __call__(self, task: Task) -> None:
        """Make or renew the subscription of the task's link, and put the next time."""
        person, link_id = link_of(task)
        if self.notification_url is None:
            return
        lease = await self.store.links.acquire(person, self.owner, LEASED_FOR)
        if lease is None:
            raise MailboxBusy
        try:
            # The link is gone, or its account is closed: signing in puts a new task.
            with suppress(NotFound, SignInNeeded, ConsentNeeded):
                link = await self.store.links.get(person, link_id)
                wait = await self._see_to(link, self.notification_url)
                await self.store.tasks.put(replace(task, due_at=self.clock.now() + wait))
        finally:
            await self.store.links.release(lease)

    async def _see_to(self, link: Link, url: str) -> timedelta:
        """Return how long it is well after this."""
        mailbox = self.mailbox_of(link.person)
        try:
            subscription = await self._renewed(mailbox, link) or await self._made(mailbox, url)
        except Rejected:
            return REFUSED_FOR
        await self.store.subscriptions.put(subscription.id, link.person, link.id)
        await self.store.links.save(replace(link, subscription=subscription))
        return (subscription.expires_at - self.clock.now()) / 2

    async def _renewed(self, mailbox: Mailbox, link: Link) -> Subscription | None:
        known = link.subscription
        if known is None or known.expires_at <= self.clock.now():
            return None
        try:
            until = self.clock.now() + LONGEST_LIFE
            return replace(known, expires_at=await renew_subscription(mailbox, known.id, until))
        except Rejected as err:
            if err.status != 404:
                raise
            return None

    async def _made(self, mailbox: Mailbox, url: str) -> Subscription:
        for other in await list_subscriptions(mailbox):
            if other.notification_url == url:
                await delete_subscription(mailbox, other.id)
                await self.store.subscriptions.remove(other.id)
        return await create_subscription(
            mailbox,
            notification_url=url,
            lifecycle_url=url,
            client_state=secrets.token_urlsafe(32),
            expires_at=self.clock.now() + LONGEST_LIFE,
        )
