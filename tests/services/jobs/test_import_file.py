"""A long import says how far it is, in one message, and what was done at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest

from services.books.sharing import Sharing
from services.files import import_ways
from services.files.imports import Imports
from services.formats.tables import csv_file
from services.jobs.import_file import ImportFile
from services.model.errors import Unreachable
from services.model.notices import ImportNotice, ImportProgress, Notice
from services.model.tasks import Task, TaskKind
from services.storage.store import Store
from services.sync.worker import Worker
from tests._builders import (
    a_contact_list,
    a_person,
    a_person_home,
    a_personal_chat,
    an_author,
)
from tests._fakes import FrozenClock


@dataclass
class SlowClock:
    """A clock by which six seconds pass whenever somebody looks at it."""

    at: datetime

    def now(self) -> datetime:
        self.at += timedelta(seconds=6)
        return self.at


@dataclass
class Listening:
    """Remembers what is told; the first that it is told gets lost."""

    told: list[Notice] = field(default_factory=list)
    has_lost: bool = False

    async def announce(self, notice: Notice) -> None:
        if not self.has_lost:
            self.has_lost = True
            raise Unreachable("Teams")
        self.told.append(notice)


@pytest.mark.slow
async def test_a_long_import_counts_what_it_reads_and_writes_in_one_message(
    store: Store, sharing: Sharing, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_ways, "PORTION", 1_000)
    book = await store.books.add(a_contact_list(home=a_person_home()))
    imports = Imports(store, sharing, clock)
    long = "They like music. " * 6
    rows = [(f"Robin {n:04}", f"r{n}@crane.example", long) for n in range(1_200)]
    data = csv_file([("Name", "E-mail", "Notes"), *rows])
    look = await imports.look(an_author(), book.id, data, name="all.csv", language="en")
    assert await imports.begin(an_author(), book.id, look.token, a_personal_chat(), "m1") is None
    heard = Listening()
    job = ImportFile(
        imports=imports, announcer=heard, tasks=store.tasks, clock=SlowClock(clock.now())
    )
    for _ in range(2):
        [task] = await store.tasks.claim("here", 1, 60)
        await job(task)
        await store.tasks.done(task)
    *counted, done = heard.told
    told = [(each.done, each.total) for each in counted if isinstance(each, ImportProgress)]
    assert told == [(1_000, 0), (1_200, 0), (1_000, 1_200)]
    assert isinstance(done, ImportNotice) and done.done.new == 1_200
    assert done.message == "m1"


async def test_a_chat_that_cannot_be_reached_is_told_later_what_was_imported(
    store: Store, sharing: Sharing, clock: FrozenClock
) -> None:
    book = await store.books.add(a_contact_list(home=a_person_home()))
    imports = Imports(store, sharing, clock)
    data = csv_file([("Name", "E-mail"), ("Robin Crane", "robin@crane.example")])
    look = await imports.look(an_author(), book.id, data, name="all.csv", language="en")
    task = Task(
        kind=TaskKind.IMPORT_FILE,
        tenant=a_person().tenant,
        key=look.token,
        payload={
            **{"person": a_person().object_id, "name": "Ines", "book": book.id},
            **{"token": look.token, "host": a_person().tenant, "place": a_personal_chat().id},
        },
        due_at=clock.now(),
    )
    await store.tasks.put(task)
    heard = Listening()
    worker = Worker(
        store.tasks,
        {
            TaskKind.IMPORT_FILE: ImportFile(
                imports=imports, announcer=heard, tasks=store.tasks, clock=clock
            )
        },
        clock,
        random=Random(1),
        report=lambda failure, task: None,
        owner="here",
    )
    for _ in range(3):
        await worker.drain()
        clock.advance(601)
    [told] = heard.told
    assert isinstance(told, ImportNotice) and told.done.new == 1
    assert heard.has_lost
