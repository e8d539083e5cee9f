"""Durable work: what is due, for whom, and when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from services.model.accounts import LinkId, RemoteId
from services.model.books import BookId
from services.model.identity import ObjectId, Person, TenantId

__all__ = [
    "ASKED_FOR",
    "WORKERS_LOST",
    "Task",
    "TaskKind",
    "book_task",
    "link_of",
    "offer_task",
    "renewal_task",
    "sync_task",
    "watch_task",
]


ASKED_FOR = "is_asked_for"
"""In the payload of a renewal: the service itself wants it."""
WORKERS_LOST = "WorkersLost"
"""Why a task waits: whoever began it was never heard of again, time after time."""


class TaskKind(StrEnum):
    """One small file in ``services/jobs`` carries out each."""

    SYNC_LINK = "sync_link"
    RENEW_SUBSCRIPTION = "renew_subscription"
    TELL_PERSON = "tell_person"
    """Their own account has something to tell: until they have been reached."""
    UPDATE_POSTS = "update_posts"
    FOLLOW_CONVERSATION = "follow_conversation"
    WITHDRAW_COPIES = "withdraw_copies"
    TELL_APPROVED = "tell_approved"
    KEEP_KEYS = "keep_keys"
    """Of no tenant: looks after everybody's keys, once a day."""
    RESEAL = "reseal"
    ERASE_BOOK = "erase_book"
    """Due when a deleted book has lain in the recycle bin for its time."""
    SWEEP_PHOTOS = "sweep_photos"
    """Take away the pictures of a contact list that nobody needs any more."""
    KEEP_INDEX = "keep_index"
    """Store a book's search index anew before what is stored of it ends."""
    ERASE_TENANT = "erase_tenant"
    EXPORT_PERSON = "export_person"
    ERASE_PERSON = "erase_person"
    OFFER_BACK = "offer_back"
    CLONE_BOOK = "clone_book"
    """Fills the copy of a large calendar or contact list."""
    CARRY_GROUP = "carry_group"
    """Writes a group's new name into its members, where there are many."""
    IMPORT_FILE = "import_file"
    REFRESH_FEED = "refresh_feed"
    """Look at a subscribed calendar again."""
    FOLLOW_CALENDAR = "follow_calendar"
    """Something was written there: those who watch it may have to be told."""
    REMIND = "remind"
    REMIND_AGAIN = "remind_again"
    """Somebody asked for it on a reminder."""
    TELL_CHANGES = "tell_changes"
    SEND_DIGEST = "send_digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of work; a second one of the same kind and key keeps the earlier due time."""

    kind: TaskKind
    tenant: TenantId
    key: str
    """What it is about, unique within kind and tenant: a link id, an event id."""
    payload: dict[str, str] = field(default_factory=dict)
    due_at: datetime
    from_event: bool = False
    """Whether the due time follows from the time of an event: then only its hour is stored in
    clear."""
    attempts: int = 0
    lost: int = 0
    """How often in a row whoever had claimed it was never heard of again."""
    id: str = ""
    """Given by the queue."""
    fence: str = ""
    """The etag of the claim: whoever finishes the task must still hold it."""


def book_task(kind: TaskKind, tenant: TenantId, book: BookId, due_at: datetime) -> Task:
    """Return a task that is about a book as a whole; however often it is put, it is one."""
    return Task(kind=kind, tenant=tenant, key=book, due_at=due_at)


def sync_task(person: Person, link: LinkId, due_at: datetime) -> Task:
    """Return the task of a pass over a link; however often it is put, it is one task."""
    return Task(
        kind=TaskKind.SYNC_LINK,
        tenant=person.tenant,
        key=link,
        payload={"person": person.object_id, "link": link},
        due_at=due_at,
    )


def offer_task(person: Person, link: LinkId, remote: RemoteId, due_at: datetime) -> Task:
    """Return the task of offering back what lost a merge of a pair."""
    return Task(
        kind=TaskKind.OFFER_BACK,
        tenant=person.tenant,
        key=f"{link}/{remote}",
        payload={"person": person.object_id, "link": link, "remote": remote},
        due_at=due_at,
    )


def renewal_task(
    person: Person, link: LinkId, due_at: datetime, *, is_asked_for: bool = False
) -> Task:
    """Return the task that sees to a link's subscription; however often it is put, it is one."""
    task = sync_task(person, link, due_at)
    asked = {ASKED_FOR: "yes"} if is_asked_for else {}
    return replace(task, kind=TaskKind.RENEW_SUBSCRIPTION, payload={**task.payload, **asked})


def watch_task(kind: TaskKind, tenant: TenantId, book: BookId, key: str, due_at: datetime) -> Task:
    """Return a task for one watcher of a calendar; ``key`` is theirs, or empty for all of them.

    When somebody is reminded follows from an event.
    """
    return Task(
        kind=kind,
        tenant=tenant,
        key=f"{book}/{key}",
        payload={"book": book, "watcher": key},
        due_at=due_at,
        from_event=kind is TaskKind.REMIND,
    )


def link_of(task: Task) -> tuple[Person, LinkId]:
    """Return whose link a task of one is about, and which."""
    return Person(task.tenant, ObjectId(task.payload["person"])), LinkId(task.payload["link"])
