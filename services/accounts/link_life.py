"""How a link begins and ends: the record of a new one, how it is stored, and its last steps.

:mod:`services.accounts.links` and :mod:`services.accounts.accounts` both do these, the one for a
single link, the other for all of an account.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from services.graph.mailbox import Mailbox
from services.graph.subscriptions import delete_subscription
from services.ids import id_of
from services.model.accounts import Account, AccountState, Link, LinkId, RemoteId
from services.model.books import Book
from services.model.errors import Refused, SignInNeeded, Stale, Upstream
from services.model.identity import Person
from services.model.tasks import Task, TaskKind, sync_task
from services.model.times import Clock
from services.storage.store import Store

__all__ = [
    "RENEWED_AFTER",
    "folder_tag",
    "forget_links",
    "new_link",
    "only_link",
    "renewal",
    "require_account",
]

RENEWED_AFTER = timedelta(seconds=10)
"""A little later than the first pass, so that this has the mailbox to itself."""


def new_link(
    person: Person, book: Book, calendar: RemoteId | None, name: str, clock: Clock
) -> Link:
    """Return a new link; with no calendar, one is made for it alone."""
    return Link(
        id=LinkId(secrets.token_hex(16)),
        person=person,
        book=book.id,
        host=book.tenant if book.tenant != person.tenant else None,
        calendar=calendar or RemoteId(""),
        calendar_name=name,
        created_at=clock.now(),
        is_ours=calendar is None,
        is_started=False,
    )


async def only_link(store: Store, made: Link) -> Link:
    """Store a new link, and return it; or the one that its book has already.

    Two who do so at the same moment get one link: whoever is later finds the account changed.

    Raises:
        SignInNeeded: no account is connected.
        Stale: its Outlook calendar is linked with something else.
    """
    while True:
        account = await require_account(store, made.person)
        for link in await store.links.of_person(made.person):
            if link.book == made.book:
                return link
            if made.calendar and link.calendar == made.calendar:
                raise Stale("this Outlook calendar has a link")
        link = await store.links.add(made)
        try:
            await store.accounts.save(account)
        except Stale:
            await store.links.remove(link)  # nobody has worked on it yet: look again
        else:
            return link


async def require_account(store: Store, person: Person) -> Account:
    """Return a person's account.

    Raises:
        SignInNeeded: none is connected, or no longer.
    """
    account = await store.accounts.get(person)
    if account is None or account.state is not AccountState.CONNECTED:
        raise SignInNeeded
    return account


def folder_tag(link: Link) -> str:
    """Return the tag of the calendar or contact folder that is made for a link's book.

    It is known before anything is made, and it is the next link's as well.
    """
    return id_of("folder", link.book_tenant, link.book)


def renewal(link: Link, due_at: datetime) -> Task:
    """Return the task that has Graph tell of a link's changes."""
    return replace(sync_task(link.person, link.id, due_at), kind=TaskKind.RENEW_SUBSCRIPTION)


async def forget_links(store: Store, mailbox: Mailbox, links: Sequence[Link]) -> None:
    """End the subscriptions of some links of one mailbox, and forget all that is known of them."""
    for link in links:
        if link.subscription is not None:
            # It lapses by itself within a week, and what it says until then is dropped.
            with suppress(Upstream, Refused):
                await delete_subscription(mailbox, link.subscription.id)
            await store.subscriptions.remove(link.subscription.id)
        await store.links.remove(link)
