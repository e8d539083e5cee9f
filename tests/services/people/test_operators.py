from __future__ import annotations

import io
import zipfile

from services.events.events import Events
from services.model.books import Book
from services.model.tasks import Task, TaskKind
from services.people.operators import Operators
from services.storage.store import Store
from tests._builders import TENANT, a_person, an_author, an_event_content
from tests._fakes import NOON, FrozenClock


async def test_tasks_that_were_given_up_are_listed_with_their_reasons(
    store: Store, clock: FrozenClock
) -> None:
    operators = Operators(store, clock)
    assert await operators.tasks() == []
    await store.tasks.put(
        Task(kind=TaskKind.UPDATE_POSTS, tenant=TENANT, key="secret", due_at=NOON)
    )
    (task,) = await store.tasks.claim("w", 1, 60)
    await store.tasks.set_aside(task, "Rejected")
    assert await operators.tasks() == [
        f"update_posts  tenant {TENANT}  due 2026-11-18 12:00 UTC  after 1 tries: Rejected"
    ]


async def test_erasures_are_put_into_the_queue_and_listed_without_a_name(
    store: Store, clock: FrozenClock
) -> None:
    operators = Operators(store, clock)
    await operators.erase_tenant(TENANT)
    await operators.erase_person(a_person())
    kinds = {task.kind: task for task in await store.tasks.claim("w", 9, 60)}
    assert set(kinds) == {TaskKind.ERASE_TENANT, TaskKind.ERASE_PERSON}
    assert kinds[TaskKind.ERASE_TENANT].payload == {"asked": "yes"}
    await store.vault.partition(TENANT, "p")
    await store.erasure.destroy_keys(TENANT)
    await store.erasure.finish(TENANT, 7)
    assert await operators.erasures() == ["erased 2026-11-18 12:00 UTC  7 records"]


async def test_a_persons_data_is_had_on_their_behalf(
    store: Store, clock: FrozenClock, events: Events, calendar: Book
) -> None:
    await events.create(an_author(), calendar.id, an_event_content(title="Lunch"))
    await store.shelves.put(a_person(), calendar.id)
    data = await Operators(store, clock).export_person(a_person())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"Lunch" in archive.read("almanac.json")
