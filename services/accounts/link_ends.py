"""How links end: what this program added to Outlook is taken back, whatever was under way.

A pass may be in the middle of its creates when somebody lets a link go. So it is stopped first:
from then on nothing more is kept of what it does, and all that it had begun is written down. Then
the tasks that take the copies back are put, due in a while; then the link is forgotten; then they
are pulled forward by the caller. A process that dies anywhere in between leaves a link that rests,
with all its copies, or tasks that come due.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from services.accounts.link_life import forget_links
from services.accounts.withdrawals import added_by, withdrawals
from services.graph.mailbox import Mailbox
from services.model.accounts import Account, Link
from services.model.errors import NotFound, Stale
from services.model.tasks import Task
from services.storage.store import Store

__all__ = ["end_links"]

NET = timedelta(seconds=30)
"""By then a link is forgotten, or a process has died over it."""


async def end_links(
    store: Store,
    mailbox: Mailbox,
    links: Iterable[Link],
    now: datetime,
    *,
    taken_from: Account | None,
    stays: bool,
) -> list[Task]:
    """Stop and forget links; return the tasks that take back what was added for them.

    The tasks are there already, and wait a little: whoever calls puts them once more.

    Args:
        store: where they are kept.
        mailbox: of their owner, to end their subscriptions.
        links: of one person; one that is gone meanwhile is passed over.
        now: the time.
        taken_from: whose copies are taken back; ``None`` = they stay where they are.
        stays: the account stays connected.
    """
    stopped = [each for link in links if (each := await _stopped(store, link)) is not None]
    tasks: list[Task] = []
    if taken_from is not None:
        for link in stopped:
            added = await added_by(store, link)
            tasks += withdrawals(taken_from, added, now, stays=stays)
    for task in tasks:
        await store.tasks.put(replace(task, due_at=max(task.due_at, now + NET)))
    await forget_links(store, mailbox, stopped)
    return tasks


async def _stopped(store: Store, link: Link) -> Link | None:
    with suppress(NotFound):
        while True:
            try:
                return await store.links.stop(link)
            except Stale:  # a pass has just written it
                link = await store.links.get(link.person, link.id)
    return None
