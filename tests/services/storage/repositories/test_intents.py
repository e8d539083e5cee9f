"""Open creates share a record or have one each, and are read the same either way."""

from __future__ import annotations

from dataclasses import replace

from services.model.events import EventId
from services.model.pairs import Intent
from services.storage.repositories.intents import IntentBatch
from services.storage.repositories.links import LinkChanges
from services.storage.store import Store
from tests._builders import a_link, a_person, an_event_content

INES = a_person()


def an_intent(team: str, batch: str = "") -> Intent:
    return Intent(
        team=EventId(team),
        transaction_id=f"transaction of {team}",
        tag=f"tag of {team}",
        payload=b'{"subject":"\xc3\xa9"}',
        content=an_event_content(title=team),
        team_revision=1,
        batch=batch,
    )


ONE, OTHER, ALONE = an_intent("e1", "s"), an_intent("e2", "s"), an_intent("e3")


async def test_a_batch_is_read_beside_what_has_a_record_of_its_own(store: Store) -> None:
    link = await store.links.add(a_link())
    other = await store.links.add(a_link(id="link-2", book="book-2"))
    lease = await store.links.acquire(INES, "worker", 60)
    assert lease is not None
    both = LinkChanges(put_intents=(ALONE,), put_batches=(IntentBatch("s", (ONE, OTHER)),))
    await store.links.commit(lease, link, both)
    found = {each.team: replace(each, etag="") for each in await store.links.intents(link)}
    assert found == {"e1": ONE, "e2": OTHER, "e3": ALONE}
    assert await store.links.intents(other) == []

    await store.links.commit(lease, link, LinkChanges(put_batches=(IntentBatch("s", (OTHER,)),)))
    assert {each.team for each in await store.links.intents(link)} == {"e2", "e3"}
    await store.links.commit(lease, link, LinkChanges(put_batches=(IntentBatch("s", ()),)))
    assert {each.team for each in await store.links.intents(link)} == {"e3"}
    await store.links.commit(lease, link, both)
    await store.links.remove(link)
    assert await store.links.intents(link) == []
