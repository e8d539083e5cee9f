from __future__ import annotations

from dataclasses import replace

import pytest

from services.model.accounts import AccountState
from services.model.errors import Stale
from services.storage.repositories.links import LinkChanges
from services.storage.store import Store
from tests._builders import TENANT, a_book, a_link, a_person, an_account, an_intent
from tests.services.storage.repositories.test_links import a_cursor, a_pair

INES = a_person()


async def test_an_account_comes_back(store: Store) -> None:
    assert await store.accounts.get(INES) is None
    saved = await store.accounts.save(an_account())
    assert await store.accounts.get(INES) == saved
    assert await store.accounts.get(a_person("otto")) is None


async def test_an_outdated_account_is_refused(store: Store) -> None:
    first = await store.accounts.save(an_account())
    await store.accounts.save(replace(first, state=AccountState.AWAITING_APPROVAL))
    for outdated in (first, an_account()):
        with pytest.raises(Stale):
            await store.accounts.save(outdated)


async def test_erasing_leaves_nothing_and_stops_who_is_at_work(store: Store) -> None:
    await store.accounts.save(an_account())
    link = await store.links.add(a_link())
    lease = await store.links.acquire(INES, "worker", 60)
    assert lease is not None
    pairs = tuple(a_pair(f"remote-{number}") for number in range(90))
    step = LinkChanges(put_pairs=pairs, put_intents=(an_intent("event-1"),), cursor=a_cursor())
    await store.links.commit(lease, link, step)
    more = LinkChanges(put_pairs=tuple(a_pair(f"more-{number}") for number in range(90)))
    await store.links.commit(lease, link, more)

    await store.accounts.erase(INES)

    with pytest.raises(Stale):
        await store.links.commit(lease, link, LinkChanges(cursor=a_cursor()))
    assert await store.accounts.get(INES) is None
    assert await store.links.of_person(INES) == ()
    assert await store.links.of_book(TENANT, a_book().id) == ()
    place = await store.vault.partition(TENANT, "account", INES.object_id)
    assert (await place.changes(0))[0] == []
    await store.accounts.erase(INES)  # once more does no harm
