"""Which contacts a person uses: often and lately counts, and only for them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.contacts import uses as module
from services.contacts.uses import ContactUses
from services.model import uses as model
from services.model.books import BookId
from services.model.contacts import ContactId
from services.model.uses import Uses
from services.storage.store import Store
from tests._builders import a_person
from tests._fakes import FrozenClock

BOOK = BookId("list-1")
ADA, BO, CY = map(ContactId, ("ada", "bo", "cy"))


async def test_often_and_lately_counts_and_fades(store: Store, clock: FrozenClock) -> None:
    uses = ContactUses(store, clock)
    for contact in (ADA, ADA, BO):
        await uses.note(a_person(), BOOK, contact)
        clock.advance(120)
    assert list(await uses.of(a_person())) == [ADA, BO]
    clock.advance(timedelta(days=90).total_seconds())
    await uses.note(a_person(), BOOK, CY)
    worth = await uses.of(a_person())
    assert list(worth) == [CY, ADA, BO]
    assert worth[ADA] == pytest.approx(2 / 8, rel=0.01)
    assert await uses.of(a_person("tom")) == {}


async def test_several_looks_in_a_row_are_one_use(store: Store, clock: FrozenClock) -> None:
    uses = ContactUses(store, clock)
    for _ in range(3):
        await uses.note(a_person(), BOOK, ADA)
    assert (await uses.of(a_person()))[ADA] == 1


async def test_elsewhere_it_counts_within_a_minute(store: Store, clock: FrozenClock) -> None:
    here, there = ContactUses(store, clock), ContactUses(store, clock)
    assert await there.of(a_person()) == {}
    await here.note(a_person(), BOOK, ADA)
    assert await there.of(a_person()) == {}
    clock.advance(61)
    assert list(await there.of(a_person())) == [ADA]
    await there.note(a_person(), BOOK, BO)
    await here.note(a_person(), BOOK, CY)  # from what is stored, not from what was in mind
    assert set(await here.of(a_person())) == {ADA, BO, CY}


async def test_it_is_forgotten_with_the_person(store: Store, clock: FrozenClock) -> None:
    await ContactUses(store, clock).note(a_person(), BOOK, ADA)
    await store.preferences.erase(a_person())
    assert await ContactUses(store, clock).of(a_person()) == {}


async def test_only_so_many_are_kept_in_mind(
    store: Store, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REMEMBERED", 1)
    monkeypatch.setattr(model, "MOST", 2)
    uses = ContactUses(store, clock)
    for contact in (ADA, ADA, BO, CY):
        clock.advance(120)
        await uses.note(a_person(), BOOK, contact)
    await uses.of(a_person("tom"))
    assert set(await uses.of(a_person())) == {ADA, CY}
    assert Uses().uses == ()
