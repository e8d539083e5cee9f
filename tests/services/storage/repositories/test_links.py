from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.model.accounts import RemoteId
from services.model.errors import NotFound, Stale
from services.model.events import EventId
from services.model.pairs import Cursor, Observation, Pair, Trace
from services.storage.repositories.links import LinkChanges
from services.storage.store import Store
from tests._builders import LONG_AGO, TENANT, a_book, a_link, a_person, an_event_content, an_intent
from tests._fakes import FrozenClock

INES = a_person()


def a_pair(remote: str = "remote-1", team: str | None = "event-1", **given: Any) -> Pair:
    content = an_event_content()
    pair = Pair(
        remote=RemoteId(remote),
        team=None if team is None else EventId(team),
        agreed=content,
        observed=Observation(change_key="key", content=content),
    )
    return replace(pair, **given)


def a_cursor(epoch: int = 1) -> Cursor:
    return Cursor("https://graph.example/delta?token=1", LONG_AGO, LONG_AGO, epoch)


async def test_a_link_comes_back_and_is_found_from_its_book(store: Store) -> None:
    added = await store.links.add(a_link())
    assert await store.links.get(INES, added.id) == added
    assert await store.links.of_person(INES) == (added,)
    assert await store.links.of_book(TENANT, a_book().id) == ((INES, added.id),)
    with pytest.raises(Stale):
        await store.links.add(a_link())


async def test_somebody_elses_link_is_not_found(store: Store) -> None:
    added = await store.links.add(a_link())
    with pytest.raises(NotFound):
        await store.links.get(a_person("otto"), added.id)


async def test_an_outdated_link_is_refused(store: Store) -> None:
    first = await store.links.add(a_link())
    await store.links.save(replace(first, active=False))
    with pytest.raises(Stale):
        await store.links.save(first)


async def test_a_step_of_a_sync_is_written_and_read(store: Store) -> None:
    link = await store.links.add(a_link())
    lease = await store.links.acquire(INES, "worker", 60)
    assert lease is not None
    assert await store.links.cursor(link) is None
    step = LinkChanges(
        put_pairs=(a_pair("r1", "e1"), a_pair("r2", None)),
        put_intents=(an_intent("e3"),),
        cursor=a_cursor(),
        link=replace(link, team_revision=7),
    )
    link = await store.links.commit(lease, link, step)
    assert await store.links.get(INES, link.id) == link
    assert link.team_revision == 7
    assert await store.links.cursor(link) == a_cursor()
    assert {pair.remote for pair in await store.links.pairs(link)} == {"r1", "r2"}
    pair = await store.links.pair_of_team(link, EventId("e1"))
    assert pair is not None and replace(pair, etag="") == a_pair("r1", "e1")
    assert await store.links.pair_of_remote(link, RemoteId("r1")) == pair
    assert await store.links.pair_of_team(link, EventId("e2")) is None
    (intent,) = await store.links.intents(link)
    assert replace(intent, etag="") == an_intent("e3")

    done = LinkChanges(drop_pairs=(RemoteId("r1"),), drop_intents=(EventId("e3"),))
    assert await store.links.commit(lease, link, done) == link
    assert [pair.remote for pair in await store.links.pairs(link)] == ["r2"]
    assert await store.links.intents(link) == []


async def test_a_pair_that_has_ended_is_found_by_what_its_item_is_known_by(store: Store) -> None:
    one = await store.links.add(a_link())
    other = await store.links.add(a_link(id="link-2", book="book-2"))
    lease = await store.links.acquire(INES, "worker", 60)
    assert lease is not None
    trace = Trace(transaction_id="t", uid="u", at=LONG_AGO)
    gone = replace(a_pair("r1"), observed=None, trace=trace)
    ended = replace(a_pair("r2", "e2"), observed=None, trace=trace, is_remembered=True)
    await store.links.commit(lease, one, LinkChanges(put_pairs=(gone, ended)))
    for names in (["t"], ["u"], ["x", "u", "t"]):
        found = await store.links.remembered_pairs(one, names)
        assert [pair.remote for pair in found] == ["r2"]
    assert await store.links.remembered_pairs(one, ["x", "r2", "e2"]) == []
    assert await store.links.remembered_pairs(other, ["t"]) == []
    again = replace(ended, trace=None, is_remembered=False)
    await store.links.commit(lease, one, LinkChanges(put_pairs=(again,)))
    assert await store.links.remembered_pairs(one, ["t", "u"]) == []


async def test_two_links_of_one_account_keep_apart(store: Store) -> None:
    one = await store.links.add(a_link())
    other = await store.links.add(a_link(id="link-2", book="book-2"))
    lease = await store.links.acquire(INES, "worker", 60)
    assert lease is not None
    await store.links.commit(lease, one, LinkChanges(put_pairs=(a_pair(),), cursor=a_cursor()))
    assert await store.links.pairs(other) == []
    assert await store.links.pair_of_remote(other, RemoteId("remote-1")) is None
    assert await store.links.pair_of_team(other, EventId("event-1")) is None
    assert await store.links.cursor(other) is None


async def test_one_worker_at_a_time_holds_a_mailbox(store: Store, clock: FrozenClock) -> None:
    first = await store.links.acquire(INES, "one", 60)
    assert first is not None
    assert await store.links.acquire(INES, "two", 60) is None
    assert await store.links.acquire(INES, "one", 60) is None
    assert await store.links.acquire(a_person("otto"), "two", 60) is not None
    await store.links.release(first)
    assert await store.links.acquire(INES, "two", 60) is not None


async def test_each_commit_holds_the_lease_for_its_full_time(
    store: Store, clock: FrozenClock
) -> None:
    link = await store.links.add(a_link())
    lease = await store.links.acquire(INES, "one", 60)
    assert lease is not None
    clock.advance(59)
    await store.links.commit(lease, link, LinkChanges())
    clock.advance(59)
    await store.links.renew(lease)
    clock.advance(59)
    assert await store.links.acquire(INES, "two", 60) is None
    clock.advance(1)
    assert await store.links.acquire(INES, "two", 60) is not None


async def test_a_lease_that_was_just_written_is_held_as_it_is(
    store: Store, clock: FrozenClock
) -> None:
    """A long round asks at each page; that need not be a commit each time."""
    lease = await store.links.acquire(INES, "one", 60)
    assert lease is not None
    written = lease.etag
    clock.advance(1)
    await store.links.hold(lease)
    assert lease.etag == written
    clock.advance(1)
    await store.links.hold(lease)
    assert lease.etag != written
    clock.advance(59)
    assert await store.links.acquire(INES, "two", 60) is None
    clock.advance(1)
    assert await store.links.acquire(INES, "two", 60) is not None
    with pytest.raises(Stale):
        await store.links.hold(lease)


async def test_a_clock_that_was_set_back_makes_no_lease_fresh(
    store: Store, clock: FrozenClock
) -> None:
    lease = await store.links.acquire(INES, "one", 60)
    assert lease is not None
    written = lease.etag
    clock.advance(-300)
    await store.links.hold(lease)
    assert lease.etag != written


async def test_a_worker_that_woke_too_late_writes_nothing(store: Store, clock: FrozenClock) -> None:
    link = await store.links.add(a_link())
    asleep = await store.links.acquire(INES, "asleep", 60)
    assert asleep is not None
    clock.advance(61)
    awake = await store.links.acquire(INES, "awake", 60)
    assert awake is not None
    with pytest.raises(Stale):
        await store.links.commit(asleep, link, LinkChanges(put_pairs=(a_pair(),)))
    assert await store.links.pairs(link) == []
    await store.links.release(asleep)  # it is not theirs to release any more
    await store.links.commit(awake, link, LinkChanges(put_pairs=(a_pair(),)))


async def test_a_lease_that_ran_out_still_works_while_nobody_took_it(
    store: Store, clock: FrozenClock
) -> None:
    link = await store.links.add(a_link())
    lease = await store.links.acquire(INES, "one", 60)
    assert lease is not None
    clock.advance(3_600)
    await store.links.commit(lease, link, LinkChanges())


async def test_a_clock_that_was_set_back_blocks_no_mailbox(
    store: Store, clock: FrozenClock
) -> None:
    link = await store.links.add(a_link())
    died = await store.links.acquire(INES, "died", 180)
    assert died is not None
    clock.advance(timedelta(hours=-1))
    second = await store.links.acquire(INES, "two", 60)
    assert second is not None
    second.budget.take(clock.now())
    await store.links.release(second)
    clock.advance(timedelta(minutes=-1))
    third = await store.links.acquire(INES, "three", 60)
    assert third is not None
    assert sum(third.budget.spent) == 1
    assert await store.links.acquire(INES, "four", 60) is None
    with pytest.raises(Stale):  # it may be alive, after all
        await store.links.commit(died, link, LinkChanges(put_pairs=(a_pair(),)))


async def test_a_link_that_somebody_changed_stops_the_step(store: Store) -> None:
    link = await store.links.add(a_link())
    lease = await store.links.acquire(INES, "one", 60)
    assert lease is not None
    await store.links.save(replace(link, active=False))
    with pytest.raises(Stale):
        step = LinkChanges(link=replace(link, team_revision=3), put_pairs=(a_pair(),))
        await store.links.commit(lease, link, step)
    assert await store.links.pairs(link) == []
    # Nothing was written, so the lease is as it was.
    await store.links.commit(lease, link, LinkChanges(put_pairs=(a_pair(),)))


async def test_more_than_fits_is_refused(store: Store) -> None:
    link = await store.links.add(a_link())
    lease = await store.links.acquire(INES, "one", 60)
    assert lease is not None
    pairs = tuple(a_pair(f"remote-{number}") for number in range(98))
    with pytest.raises(ValueError, match="98"):
        await store.links.commit(lease, link, LinkChanges(put_pairs=pairs))


async def test_removing_a_link_takes_all_and_stops_who_is_at_work(store: Store) -> None:
    link = await store.links.add(a_link())
    other = await store.links.add(a_link(id="link-2"))
    lease = await store.links.acquire(INES, "one", 60)
    assert lease is not None
    step = LinkChanges(
        put_pairs=(a_pair(),), put_intents=(an_intent("event-1"),), cursor=a_cursor()
    )
    for each in (link, other):
        await store.links.commit(lease, each, step)
    await store.links.remove(link)
    with pytest.raises(Stale):
        await store.links.commit(lease, link, step)
    assert await store.links.of_person(INES) == (other,)
    assert await store.links.of_book(TENANT, link.book) == ((INES, other.id),)
    assert (await store.links.pairs(link), await store.links.intents(link)) == ([], [])
    assert await store.links.cursor(link) is None
    assert len(await store.links.pairs(other)) == 1


async def test_what_was_sent_to_a_mailbox_goes_with_its_lease(
    store: Store, clock: FrozenClock
) -> None:
    first = await store.links.acquire(a_person(), "one instance", 60)
    assert first is not None
    for _ in range(3):
        first.budget.take(clock.now())
    await store.links.renew(first)
    clock.advance(61)  # it died; what it wrote along with its last commit is known
    second = await store.links.acquire(a_person(), "another", 60)
    assert second is not None
    second.budget.take(clock.now())
    await store.links.release(second)
    third = await store.links.acquire(a_person(), "a third", 60)
    assert third is not None
    assert sum(third.budget.spent) == 4
    await store.links.release(third)
    clock.advance(599)  # of the ten minutes that Microsoft 365 looks at
    late = await store.links.acquire(a_person(), "a late one", 60)
    assert late is not None
    assert sum(late.budget.spent) == 4
    await store.links.release(late)
    clock.advance(3600)
    fourth = await store.links.acquire(a_person(), "a fourth", 60)
    assert fourth is not None
    assert sum(fourth.budget.spent) == 0
