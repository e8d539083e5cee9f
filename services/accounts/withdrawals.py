"""The tasks that take back what this program added to an Outlook, once its link is gone.

:func:`added_by` says what that is, :func:`withdrawals` writes the tasks, :func:`withdrawal_of`
reads one. Where the account itself is let go, nothing else is known of it by the time they run: a
task then holds the tokens it needs, sealed like everything that is stored.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.accounts.link_life import folder_tag
from services.model.accounts import Account, Link, RemoteId
from services.model.books import BookKind
from services.model.contacts import ContactContent
from services.model.errors import BeingErased
from services.model.identity import ObjectId, Person
from services.model.tasks import Task, TaskKind
from services.storage.store import Store

__all__ = ["Added", "Begun", "Withdrawal", "added_by", "withdrawal_of", "withdrawals"]

NONE = RemoteId("")
AT_ONCE = 250
"""Copies a task, and so a minute. Each takes two requests: 5,000 in ten minutes are half of what
Outlook serves, so people find room."""
APART = timedelta(minutes=1)
"""Between the tasks of one link: the last one takes an empty calendar away."""
ARRIVED = timedelta(minutes=3)
"""What was under way when a link ended has arrived by then, if ever, and reads show it."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A create that was under way: what may have come of it is known by these."""

    tag: str
    transaction_id: str
    """Empty for a contact: what carries the tag and was made first is ours."""


@dataclass(frozen=True, slots=True)
class Added:
    """What this program has added to an Outlook for one link."""

    copies: tuple[RemoteId, ...]
    calendar: RemoteId = NONE
    """The calendar or contact folder that was made for it, if one was."""
    is_list: bool = False
    """Contacts rather than events."""
    folder: RemoteId = NONE
    """Where the link was, whoever had made it."""
    begun: tuple[Begun, ...] = ()
    """What may still arrive there, or has arrived and is not among the copies."""
    folder_tag: str = ""
    """Of the calendar or folder that may still arrive itself; empty = none was to be made."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What is to be taken back, and the tokens to do it with."""

    person: Person
    tokens: str
    """Empty where the account stays."""
    more_scopes: tuple[str, ...]
    added: Added

    @property
    def folder(self) -> RemoteId:
        """Where it is; tasks of older versions name only what was made for the link."""
        return self.added.folder or self.added.calendar


async def added_by(store: Store, link: Link) -> Added:
    """Return what this program has added to Outlook for a link."""
    pairs = await store.links.pairs(link)
    copies = tuple(pair.remote for pair in pairs if pair.ours)
    try:
        book = await store.books.find(link.book_tenant, link.book)
        is_list = book is not None and book.kind is BookKind.CONTACTS
    except BeingErased:  # the hosts of a guest are gone; what they had shared still tells
        is_list = any(isinstance(pair.agreed, ContactContent) for pair in pairs)
    begun = tuple(Begun(each.tag, each.transaction_id) for each in await store.links.intents(link))
    if not link.calendar:  # Outlook is perhaps making it at this moment
        return Added(copies, is_list=is_list, folder_tag=folder_tag(link))
    made = link.calendar if link.is_ours else NONE
    return Added(copies, made, is_list, link.calendar, begun)


def withdrawals(
    account: Account, added: Added, now: datetime, *, stays: bool = False
) -> Iterator[Task]:
    """Yield the tasks that take back what was added for a link.

    Args:
        account: whose Outlook.
        added: what to take back.
        now: the time.
        stays: only the link ends; the account stays connected.
    """
    chunks = [
        added.copies[first : first + AT_ONCE] for first in range(0, len(added.copies), AT_ONCE)
    ]
    if added.begun or ((added.calendar or added.folder_tag) and not chunks):
        chunks.append(())
    for number, chunk in enumerate(chunks):
        is_last = number == len(chunks) - 1
        begun = added.begun if is_last else ()
        waits = bool(begun or added.folder_tag)
        due_at = now + number * APART
        yield Task(
            kind=TaskKind.WITHDRAW_COPIES,
            tenant=account.person.tenant,
            key=secrets.token_hex(16),
            payload={
                "person": account.person.object_id,
                "tokens": "" if stays else account.tokens,
                "more_scopes": " ".join(account.more_scopes),
                "is_list": "yes" if added.is_list else "",
                "copies": json.dumps(chunk),
                "calendar": added.calendar if is_last else "",
                "folder": added.folder,
                "begun": json.dumps([(each.tag, each.transaction_id) for each in begun]),
                "folder_tag": added.folder_tag,
            },
            due_at=max(due_at, now + ARRIVED) if waits else due_at,
        )


def withdrawal_of(task: Task) -> Withdrawal:
    """Return what a task is about."""
    copies = tuple(RemoteId(id) for id in json.loads(task.payload["copies"]))
    return Withdrawal(
        Person(task.tenant, ObjectId(task.payload["person"])),
        task.payload["tokens"],
        tuple(task.payload.get("more_scopes", "").split()),
        Added(
            copies,
            RemoteId(task.payload.get("calendar", "")),
            is_list=bool(task.payload.get("is_list")),
            folder=RemoteId(task.payload.get("folder", "")),
            begun=tuple(Begun(*each) for each in json.loads(task.payload.get("begun", "[]"))),
            folder_tag=task.payload.get("folder_tag", ""),
        ),
    )
