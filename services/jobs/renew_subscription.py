"""Keep Graph telling us of changes: make a link's subscription, renew it at half its life.

Once a day each link's is looked for in Graph's own list, since one may vanish without a word: it
is made anew then, and whatever else calls our address and is no link's is ended, such as one whose
answer was lost. Graph may also ask for a renewal itself, over and over; one in ten minutes will do.
Where it refuses, or there is no public address, a link lives by its sweep alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.graph.mailbox import Mailbox
from services.graph.subscriptions import (
    LONGEST_LIFE,
    ActiveSubscription,
    create_subscription,
    delete_subscription,
    list_subscriptions,
    renew_subscription,
    resource_of,
)
from services.jobs.mailbox_turn import mailbox_turn
from services.model.accounts import Link, Subscription
from services.model.budgets import Budgets
from services.model.errors import ConsentNeeded, NotFound, Rejected, SignInNeeded
from services.model.identity import Person
from services.model.tasks import ASKED_FOR, Task, link_of, renewal_task, sync_task
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["RenewSubscription"]

LEASED_FOR = 60.0
LOOKED_FOR_EVERY = timedelta(days=1)
FOLDER_COMES_WITHIN = timedelta(minutes=1)
ANSWER_COMES_WITHIN = timedelta(minutes=1)
STORM = timedelta(minutes=10)


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
    budgets: Budgets

    async def __call__(self, task: Task) -> None:
        """See to the subscription of the task's link, and put the next time."""
        person, link_id = link_of(task)
        if self.notification_url is None:
            return
        turn = mailbox_turn(self.store.links, self.budgets, person, self.owner, LEASED_FOR)
        async with turn:
            with suppress(NotFound):  # the link is gone
                link = await self.store.links.get(person, link_id)
                wait = await self._see_to(link, self.notification_url, ASKED_FOR in task.payload)
                next_at = self.clock.now() + wait
                await self.store.tasks.put(renewal_task(person, link_id, next_at))

    async def _see_to(self, link: Link, url: str, is_asked_for: bool) -> timedelta:
        """Return how long it is well after this."""
        if not link.calendar:
            return FOLDER_COMES_WITHIN
        mailbox = self.mailbox_of(link.person)
        try:
            found = await self._found(mailbox, link, url)
            if found is not None and self._is_due(found, is_asked_for):
                found = await self._renewed(mailbox, found)
            found = found or await self._made(mailbox, link, url)
        except (SignInNeeded, ConsentNeeded):
            return LOOKED_FOR_EVERY  # signing in, or an approval, brings it sooner
        except Rejected:
            await self._keep(link, None)  # the sweep comes the more often
            return LOOKED_FOR_EVERY
        await self.store.subscriptions.put(found.id, link.person, link.id)
        await self._keep(link, found)
        if link.subscription is None or link.subscription.id != found.id:
            # Of what changed before it was there nobody tells.
            await self.store.tasks.put(sync_task(link.person, link.id, self.clock.now()))
        return min(LOOKED_FOR_EVERY, max(_half_life(found) - self.clock.now(), STORM))

    async def _keep(self, link: Link, subscription: Subscription | None) -> None:
        if link.subscription != subscription:
            await self.store.links.save(replace(link, subscription=subscription))

    async def _found(self, mailbox: Mailbox, link: Link, url: str) -> Subscription | None:
        """Return the link's own if Graph still has it; what is nobody's is ended."""
        ours = {
            each.id: each
            for each in await list_subscriptions(mailbox)
            if each.notification_url == url
        }
        links = await self.store.links.of_person(link.person)
        known = {each.subscription.id for each in links if each.subscription}
        for leftover in ours.keys() - known:
            await self._end(mailbox, ours[leftover])
        own = link.subscription
        return own if own is not None and own.id in ours else None

    async def _end(self, mailbox: Mailbox, subscription: ActiveSubscription) -> None:
        await delete_subscription(mailbox, subscription.id)
        await self.store.subscriptions.remove(subscription.id)

    def _is_due(self, subscription: Subscription, is_asked_for: bool) -> bool:
        now, renewed_at = self.clock.now(), subscription.renewed_at
        if is_asked_for and (renewed_at is None or now - renewed_at >= STORM):
            return True
        return now >= _half_life(subscription)

    async def _renewed(self, mailbox: Mailbox, known: Subscription) -> Subscription | None:
        now = self.clock.now()
        try:
            until = await renew_subscription(mailbox, known.id, now + LONGEST_LIFE)
        except Rejected as err:
            if not err.is_gone:
                raise
            return None
        return replace(known, expires_at=until, renewed_at=now)

    async def _made(self, mailbox: Mailbox, link: Link, url: str) -> Subscription:
        now = self.clock.now()
        book = await self.store.books.get(link.book_tenant, link.book)
        # Before the request: Graph calls back while it is under way, whichever instance it meets.
        await self.store.subscriptions.expect(link.id, now + ANSWER_COMES_WITHIN)
        made = await create_subscription(
            mailbox,
            resource=resource_of(book.kind, link.calendar),
            notification_url=url,
            lifecycle_url=url,
            client_state=secrets.token_urlsafe(32),
            expires_at=now + LONGEST_LIFE,
        )
        return replace(made, renewed_at=now)


def _half_life(subscription: Subscription) -> datetime:
    """Return when a subscription is to be renewed, by the life that Graph has given it."""
    until, since = subscription.expires_at, subscription.renewed_at
    return until - ((until - since) if since else LONGEST_LIFE) / 2
