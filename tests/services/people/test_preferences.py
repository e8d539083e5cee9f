"""What people set for themselves: at once where they set it, within a minute elsewhere."""

from __future__ import annotations

import pytest

from services.model.preferences import Preferences
from services.people import preferences
from services.people.preferences import PersonalSettings
from services.storage.store import Store
from tests._builders import NEW_YORK, a_person
from tests._fakes import FrozenClock

WANTED = Preferences(zone=NEW_YORK, language="en-US")


async def test_what_is_set_counts_at_once_and_elsewhere_within_a_minute(
    store: Store, clock: FrozenClock
) -> None:
    here, there = PersonalSettings(store, clock), PersonalSettings(store, clock)
    assert await there.of(a_person()) == Preferences()
    await here.set(a_person(), WANTED)
    assert (await here.of(a_person())).zone == NEW_YORK
    assert (await there.of(a_person())).zone is None
    clock.advance(61)
    assert (await there.of(a_person())).language == "en-US"
    assert await here.of(a_person("tom")) == Preferences()


async def test_what_is_set_already_is_not_written_again(store: Store, clock: FrozenClock) -> None:
    here = PersonalSettings(store, clock)
    first = await here.set(a_person(), WANTED)
    assert await here.set(a_person(), WANTED) == first
    assert (await here.set(a_person(), Preferences())).etag != first.etag


async def test_only_so_many_people_are_kept_in_mind(
    store: Store, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preferences, "REMEMBERED", 1)
    here = PersonalSettings(store, clock)
    await here.set(a_person(), WANTED)
    await here.of(a_person("tom"))
    assert (await here.of(a_person())).zone == NEW_YORK


async def test_what_is_erased_is_gone(store: Store, clock: FrozenClock) -> None:
    await PersonalSettings(store, clock).set(a_person(), WANTED)
    await store.preferences.erase(a_person())
    assert await store.preferences.get(a_person()) == Preferences()
