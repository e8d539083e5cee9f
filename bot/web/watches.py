"""Which subscription a notice from Graph is about, and what is to be done then."""

from __future__ import annotations

from bot.web.notifications import Watch
from services.graph.notifications import Notification
from services.model.accounts import Link
from services.model.errors import NotFound
from services.model.tasks import Task, renewal_task, sync_task
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["Watches"]


class Watches:
    """Looks subscriptions up by the id that a notice names."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def expects(self) -> bool:
        """Return whether a subscription is being asked for, by this instance or another."""
        return await self._store.subscriptions.is_any_awaited()

    async def find(self, notice: Notification) -> Watch | None:
        """Return the watch of a notice; ``None`` for one that is not, or no longer, ours."""
        known = await self._store.subscriptions.find(notice.subscription_id)
        if known is None:
            return None
        person, link_id = known
        try:
            link = await self._store.links.get(person, link_id)
        except NotFound:
            return None
        subscription = link.subscription
        if subscription is None or subscription.id != notice.subscription_id:
            return None
        return Watch(subscription, self._tasks(link, notice.lifecycle))

    def _tasks(self, link: Link, lifecycle: str | None) -> tuple[Task, ...]:
        """Return what a notice asks for; a word that nobody knows yet asks for a look."""
        now = self._clock.now()
        look = sync_task(link.person, link.id, now)
        match lifecycle:
            case "reauthorizationRequired":
                return (renewal_task(link.person, link.id, now, is_asked_for=True),)
            case "subscriptionRemoved":
                # What happened while nobody told us is found by the pass.
                return renewal_task(link.person, link.id, now), look
            case _:
                return (look,)
