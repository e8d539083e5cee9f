"""Everything that is kept, behind one door: what ``app.py`` builds and hands to the use cases."""

from __future__ import annotations

from dataclasses import dataclass

from services.model.ports import Records
from services.model.times import Clock
from services.storage.erased import ErasedList, ErasedTenants
from services.storage.erasure import Erasure
from services.storage.keys import Wrapping
from services.storage.queue import TaskQueue
from services.storage.repositories.accounts import AccountRecords
from services.storage.repositories.administration import AdminRecords
from services.storage.repositories.answers import AnswerRecords
from services.storage.repositories.audit import AuditRecords
from services.storage.repositories.books import BookDirectory
from services.storage.repositories.contacts import ContactLedger
from services.storage.repositories.conversations import ConversationDirectory
from services.storage.repositories.counts import CountRecords
from services.storage.repositories.events import EventLedger
from services.storage.repositories.exports import ExportRecords
from services.storage.repositories.feeds import FeedRecords, SubscriptionRecords
from services.storage.repositories.links import LinkRecords
from services.storage.repositories.notes import NoteRecords
from services.storage.repositories.offers import OfferRecords
from services.storage.repositories.photos import PhotoRecords
from services.storage.repositories.posts import PostRecords
from services.storage.repositories.preferences import PreferenceRecords
from services.storage.repositories.segments import SegmentRecords
from services.storage.repositories.shelves import ShelfRecords
from services.storage.repositories.sign_ins import SignInStates
from services.storage.repositories.subscriptions import SubscriptionIndex
from services.storage.repositories.watchers import WatcherRecords
from services.storage.rotation import Rotation
from services.storage.vault import Vault

__all__ = ["Store", "open_store"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """One of each repository, over the same records and keys."""

    records: Records
    vault: Vault
    rotation: Rotation
    erasure: Erasure
    books: BookDirectory
    events: EventLedger
    contacts: ContactLedger
    answers: AnswerRecords
    audit: AuditRecords
    administration: AdminRecords
    accounts: AccountRecords
    links: LinkRecords
    conversations: ConversationDirectory
    notes: NoteRecords
    offers: OfferRecords
    photos: PhotoRecords
    posts: PostRecords
    preferences: PreferenceRecords
    counts: CountRecords
    segments: SegmentRecords
    shelves: ShelfRecords
    sign_ins: SignInStates
    exports: ExportRecords
    feeds: FeedRecords
    subscribed: SubscriptionRecords
    subscriptions: SubscriptionIndex
    tasks: TaskQueue
    watchers: WatcherRecords


async def open_store(
    records: Records, keys: Wrapping, clock: Clock, erased: ErasedList | None = None
) -> Store:
    """Open the vault and return the store; closing ``records`` closes all of it.

    Args:
        records: where everything is kept.
        keys: the master keys.
        clock: the time.
        erased: the list of erased tenants that lies beside the records.

    Raises:
        Damaged: no master key opens the vault.
    """
    vault = Vault(records, keys, clock)
    await vault.open()
    tasks = TaskQueue(vault, clock)
    segments = SegmentRecords(vault, tasks)
    return Store(
        records=records,
        vault=vault,
        rotation=Rotation(vault),
        erasure=Erasure(vault, erased or ErasedTenants()),
        books=BookDirectory(vault, segments),
        events=EventLedger(vault),
        contacts=ContactLedger(vault),
        answers=AnswerRecords(vault),
        audit=AuditRecords(vault),
        administration=AdminRecords(vault),
        accounts=AccountRecords(vault),
        links=LinkRecords(vault),
        conversations=ConversationDirectory(vault),
        notes=NoteRecords(vault),
        offers=OfferRecords(vault),
        photos=PhotoRecords(vault, tasks),
        posts=PostRecords(vault),
        preferences=PreferenceRecords(vault),
        counts=CountRecords(vault),
        segments=segments,
        shelves=ShelfRecords(vault),
        sign_ins=SignInStates(vault),
        exports=ExportRecords(vault),
        feeds=FeedRecords(vault),
        subscribed=SubscriptionRecords(vault),
        subscriptions=SubscriptionIndex(vault),
        tasks=tasks,
        watchers=WatcherRecords(vault),
    )
