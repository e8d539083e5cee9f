"""One instance of the program: a worker with its jobs, over a store that a test can make it die at.

A life ends with :class:`~tests.services.sync._crashing.Crash`: from then on it reaches neither
the store nor a mailbox. Whoever begins the next one calls :func:`a_process` again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, cast

from services.accounts.accounts import Accounts
from services.accounts.links import Links
from services.accounts.outlook_folders import OutlookFolders
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.events.events import Events
from services.graph.mailbox import Mailbox
from services.jobs.offer_back import OfferBack
from services.jobs.sync_link import SyncLink
from services.jobs.tell_person import TellPerson
from services.jobs.withdraw_copies import WithdrawCopies
from services.model.accounts import Link, RemoteId
from services.model.books import Book
from services.model.budgets import Budgets
from services.model.errors import Rejected
from services.model.identity import Person
from services.model.notices import Notice
from services.model.ports import Records
from services.model.tasks import Task, TaskKind
from services.storage.keys import KeyRing
from services.storage.store import Store, open_store
from services.sync.engine import Engine
from services.sync.offers import Offers
from services.sync.sides.team import team_sides
from services.sync.worker import Job, Worker, WorkersLost
from tests._fakes import FrozenClock
from tests.services.sync._crashing import Crash, CrashingRecords
from tests.services.sync.model._folder import Faults, Folder, Port

__all__ = ["Process", "Surroundings", "a_process"]

HANDS = 3


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What outlives a process."""

    disk: Records
    keys: KeyRing
    clock: FrozenClock
    faults: Faults
    folder_of: Callable[[RemoteId], Folder]
    """By the id of an Outlook calendar or contact folder."""
    folders_of: Callable[[Person], Sequence[Folder]]

    def mailbox_of(self, person: Person) -> Mailbox:
        return cast(Mailbox, Copies(self.folders_of(person)))


@dataclass(kw_only=True)
class Process:
    """One life of an instance."""

    records: CrashingRecords
    worker: Worker
    failures: list[BaseException]
    lost: list[Task]
    """What it has not begun, since so many before it have died with that."""


@dataclass
class Silent:
    """People hear what there is to be told, and say nothing."""

    told: int = 0

    async def announce(self, notice: Notice) -> None:
        self.told += 1


@dataclass
class Copies:
    """As much of a mailbox as it takes to withdraw copies."""

    folders: Sequence[Folder]

    async def get_event(self, id: RemoteId) -> Any:
        for folder in self.folders:
            if id in folder.items:
                return folder.items[id]
        raise Rejected(404, "ErrorItemNotFound")

    async def find_by_tag(self, calendar: RemoteId, tag: str) -> list[Any]:
        items = (item for folder in self.folders for item in folder.items.values())
        return [item for item in items if item.tag == tag]

    async def delete_event(self, id: RemoteId, change_key: str) -> None:
        for folder in self.folders:
            if id in folder.items:
                count = folder.words.count
                count.released |= folder.words.goes_with(folder.items[id].content)
                folder.remove(id)


async def a_process(name: str, around: Surroundings) -> Process:
    """Begin a life."""
    records = CrashingRecords(around.disk)
    store = await open_store(records, around.keys, around.clock)
    failures: list[BaseException] = []
    lost: list[Task] = []

    def report(failure: BaseException, task: Task) -> None:
        if isinstance(failure, WorkersLost):
            lost.append(task)
        elif not isinstance(failure, Crash):
            failures.append(failure)

    def outlook_of(link: Link, book: Book) -> Port:
        return Port(around.folder_of(link.calendar), around.faults, records)

    worker = Worker(
        store.tasks,
        _jobs(name, store, outlook_of, around),
        around.clock,
        random=Random(1),
        report=report,
        owner=name,
        hands=HANDS,
    )
    return Process(records=records, worker=worker, failures=failures, lost=lost)


def _jobs(
    name: str, store: Store, outlook_of: Callable[[Link, Book], Port], around: Surroundings
) -> dict[TaskKind, Job]:
    clock, sharing, announcer = around.clock, Sharing(store), Silent()
    events, contacts = Events(store, sharing, clock), Contacts(store, sharing, clock)
    offers = Offers(store, sharing, events, contacts)
    rest: dict[TaskKind, Job] = dict.fromkeys(TaskKind, _of_others)
    return rest | {
        TaskKind.SYNC_LINK: SyncLink(
            store=store,
            engine=Engine(store, team_sides(store, events, contacts), outlook_of, clock),
            accounts=cast(Accounts, None),  # nobody's sign-in ends here
            links=Links(store, sharing, around.mailbox_of, clock),
            folders=OutlookFolders(store, around.mailbox_of),
            announcer=announcer,
            clock=clock,
            random=Random(1),
            owner=name,
            budgets=Budgets(),
        ),
        TaskKind.OFFER_BACK: OfferBack(offers=offers, announcer=announcer),
        TaskKind.TELL_PERSON: TellPerson(store=store, announcer=announcer),
        TaskKind.WITHDRAW_COPIES: WithdrawCopies(
            store=store, borrow=_nobody_leaves, mailbox_of=around.mailbox_of
        ),
    }


def _nobody_leaves(person: Person, tokens: str, scopes: tuple[str, ...]) -> Mailbox:
    raise AssertionError("the account stays")


async def _of_others(task: Task) -> None:
    """Whatever else follows from a write is no matter of the sync's."""
