"""Who did what: said by the thing itself first, by an entry of the log once that is replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services.model.audit import AuditEntry
from services.model.contacts import Apart, ContactId
from services.model.deeds import Deed
from services.model.events import EventId
from services.storage.repositories.traces import AUDIT, AUDITED, KEPT, noted
from services.storage.sealed import Seal
from services.storage.store import Store
from tests._builders import a_book, a_contact, a_contact_list, a_person, an_author, an_event
from tests._fakes import FrozenClock

BOOK = a_book()
LIST = a_contact_list()
DAY = timedelta(days=1)
TOM = an_author("tom")


async def told(store: Store, most: int = 20) -> list[tuple[str, Deed]]:
    return [(entry.item, entry.deed) for entry in await store.audit.newest(BOOK, most)]


async def entries(store: Store) -> int:
    """Return how many records the log has of its own."""
    return len(await (await store.events._partition(BOOK)).find(AUDIT))


async def test_a_new_thing_says_itself_who_made_it(store: Store, clock: FrozenClock) -> None:
    made = clock.now()
    saved = await store.events.save(an_event(), BOOK)
    clock.advance(DAY)
    assert await entries(store) == 0
    (entry,) = await store.audit.newest(BOOK, 20)
    assert (entry.at, entry.by, entry.kind) == (made, saved.updated_by, "event")
    assert (entry.deed, entry.item, entry.revision) == (Deed.CREATED, saved.id, 1)


async def test_what_is_replaced_becomes_an_entry_in_its_old_place(
    store: Store, clock: FrozenClock
) -> None:
    first = await store.events.save(an_event(id=EventId("first")), BOOK)
    clock.advance(DAY)
    await store.events.save(an_event(id=EventId("second")), BOOK)
    clock.advance(DAY)
    changed = await store.events.save(replace(first, updated_by=TOM), BOOK)
    expected = [
        ("first", Deed.CHANGED, TOM, clock.now()),
        ("second", Deed.CREATED, first.updated_by, clock.now() - DAY),
        ("first", Deed.CREATED, first.updated_by, clock.now() - 2 * DAY),
    ]
    log = await store.audit.newest(BOOK, 20)
    assert [(entry.item, entry.deed, entry.by, entry.at) for entry in log] == expected
    assert await entries(store) == 1
    assert await told(store, 2) == [("first", Deed.CHANGED), ("second", Deed.CREATED)]
    # Whoever has what was saved in hand need not read it again.
    await store.events.save_all([(changed, replace(changed, updated_by=TOM))], BOOK)
    assert [deed for _, deed in await told(store)].count(Deed.CHANGED) == 2


async def test_a_deletion_outlives_its_tombstone(store: Store, clock: FrozenClock) -> None:
    saved = await store.events.save(an_event(id=EventId("e")), BOOK)
    dead = await store.events.save(replace(saved, deleted_at=clock.now()), BOOK)
    assert dead.trace is None
    clock.advance(KEPT + DAY)
    assert await store.events.find(BOOK, saved.id) is None
    assert await told(store) == [("e", Deed.DELETED), ("e", Deed.CREATED)]


async def test_what_came_back_says_so(store: Store, clock: FrozenClock) -> None:
    saved = await store.events.save(an_event(id=EventId("e")), BOOK)
    dead = await store.events.save(replace(saved, deleted_at=clock.now()), BOOK)
    await store.events.save(replace(dead, deleted_at=None), BOOK)
    deeds = [deed for _, deed in await told(store)]
    assert deeds == [Deed.RESTORED, Deed.DELETED, Deed.CREATED]


async def test_after_a_year_nothing_is_said(store: Store, clock: FrozenClock) -> None:
    saved = await store.events.save(an_event(id=EventId("e")), BOOK)
    clock.advance(AUDITED - DAY)
    assert await told(store) == [("e", Deed.CREATED)]
    clock.advance(DAY)
    assert await told(store) == []
    await store.events.save(replace(saved, updated_by=TOM), BOOK)
    assert await told(store) == [("e", Deed.CHANGED)]
    assert await entries(store) == 0


async def test_things_of_older_versions_have_their_entry_beside_them(
    store: Store, clock: FrozenClock
) -> None:
    """Version 2 of the file wrote both in each commit."""
    old = an_event(id=EventId("old"))
    deed = AuditEntry(
        at=clock.now(), by=old.updated_by, deed=Deed.CREATED, kind="event", item="old"
    )
    partition = await store.events._partition(BOOK)
    await partition.commit([store.events._seal(old, None), noted(deed)])
    assert await told(store) == [("old", Deed.CREATED)]
    found = await store.events.get(BOOK, old.id)
    await store.events.save(replace(found, updated_by=TOM), BOOK)
    assert await told(store) == [("old", Deed.CHANGED), ("old", Deed.CREATED)]
    assert await entries(store) == 1


async def test_deeds_are_found_behind_many_commits_that_did_nothing(
    store: Store, clock: FrozenClock
) -> None:
    people = [a_contact(id=ContactId(name)) for name in ("ada", "bea", "cyd")]
    saved = [await store.contacts.save(one, LIST) for one in people]
    await store.contacts.save(replace(saved[0], deleted_at=clock.now()), LIST)
    for number in range(40):
        await store.contacts.set_apart(LIST, Apart.of(ContactId("bea"), ContactId(f"{number}")))
    for _ in range(2):
        log = await store.audit.newest(LIST, 2)
        assert [(entry.item, entry.deed) for entry in log] == [
            ("ada", Deed.DELETED),
            ("cyd", Deed.CREATED),
        ]
        clock.advance(KEPT)  # the tombstone is gone: changes since before it are too old


async def test_all_that_somebody_did_is_found_whoever_says_it(store: Store) -> None:
    mine = await store.events.save(an_event(id=EventId("mine")), BOOK)
    theirs = an_event(id=EventId("theirs"), created_by=TOM, updated_by=TOM)
    await store.events.save(theirs, BOOK)
    await store.events.save(replace(mine, updated_by=TOM), BOOK)
    assert TOM.person is not None
    found = {(entry.item, entry.deed) for entry in await store.audit.by(BOOK, TOM.person)}
    assert found == {("theirs", Deed.CREATED), ("mine", Deed.CHANGED)}
    (made,) = await store.audit.by(BOOK, a_person())
    assert (made.item, made.deed) == ("mine", Deed.CREATED)


async def test_what_was_made_together_is_told_of_each(store: Store) -> None:
    both = [an_event(id=EventId(name)) for name in ("a", "b")]
    await store.events.save_together(both, BOOK)
    assert sorted(await told(store)) == [("a", Deed.CREATED), ("b", Deed.CREATED)]
    assert len(await told(store, 1)) == 1


async def test_other_records_say_nothing(store: Store) -> None:
    partition = await store.events._partition(BOOK)
    await partition.commit([Seal(kind="other", id="o", body=b"no JSON")])
    assert await told(store) == []
