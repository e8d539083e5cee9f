"""What administrators may have done, and that nobody else may."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.model.administration import AdminDeed
from services.model.conversations import Member
from services.model.errors import BeingErased, NotAllowed
from services.model.identity import ObjectId, Person
from services.model.notices import DataNotice
from services.people.administrators import Administrators
from services.people.conversations import Conversations
from services.people.departures import GRACE, Departures
from tests._builders import OTHER_TENANT, a_channel, a_person, an_account, an_author
from tests.services._office import MARA_ID, Office, an_office

ADA = a_person("ada", MARA_ID.tenant)
DAY = timedelta(days=1)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with an_office(tmp_path) as made:
        yield made


@pytest.fixture
def admins(office: Office) -> Administrators:
    departures = Departures(office.store, office.clock)
    return Administrators(office.store, departures, office.clock, [ADA])


def calls() -> list[str]:
    members = inspect.getmembers(Administrators, inspect.iscoroutinefunction)
    return [name for name, _ in members if not name.startswith("_")]


@pytest.mark.parametrize("name", calls())
@pytest.mark.parametrize(
    "who",
    [MARA_ID, a_person("ada", OTHER_TENANT), Person(OTHER_TENANT, ADA.object_id)],
    ids=["a colleague", "a namesake elsewhere", "the same id elsewhere"],
)
async def test_nobody_else_gets_anywhere(
    admins: Administrators, office: Office, name: str, who: Person
) -> None:
    method = getattr(admins, name)
    values: dict[str, Any] = {"admin": who, "whom": MARA_ID.object_id, "most": 9}
    with pytest.raises(NotAllowed):
        await method(**{each: values[each] for each in inspect.signature(method).parameters})
    assert await office.store.tasks.soonest() is None
    assert (await admins.overview(ADA)).deeds == ()


async def test_the_data_of_a_person_is_handed_to_the_administrator(
    admins: Administrators, office: Office
) -> None:
    await office.store.accounts.save(an_account(person=MARA_ID, username="mara@harbour.example"))
    await admins.ask_export(ADA, MARA_ID.object_id)
    await office.work()
    (notice,) = [each for each in office.announcer.notices if isinstance(each, DataNotice)]
    assert (notice.person, notice.what, notice.about) == (ADA, "export_ready", MARA_ID.object_id)
    data = await office.my_data.fetch(notice.url.rpartition("/")[2])
    assert data is not None


async def test_a_person_who_asks_at_the_same_time_has_a_file_of_their_own(
    admins: Administrators, office: Office
) -> None:
    await office.my_data.ask_export(MARA_ID)
    await admins.ask_export(ADA, MARA_ID.object_id)
    await office.work()
    told = {each.person: each.about for each in office.announcer.notices}  # type: ignore[union-attr]
    assert told == {MARA_ID: None, ADA: MARA_ID.object_id}


async def test_a_person_is_erased_and_both_are_told(admins: Administrators, office: Office) -> None:
    await office.store.accounts.save(an_account(person=MARA_ID))
    await admins.ask_erasure(ADA, MARA_ID.object_id)
    await office.work()
    assert await office.store.accounts.get(MARA_ID) is None
    told = [(each.person, each.what) for each in office.announcer.notices]  # type: ignore[union-attr]
    assert told == [(MARA_ID, "erased"), (ADA, "erased")]


async def test_the_log_names_ids_and_nobody(admins: Administrators, office: Office) -> None:
    await admins.ask_export(ADA, MARA_ID.object_id)
    office.clock.advance(DAY)
    await admins.ask_erasure(ADA, MARA_ID.object_id)
    await admins.ask_end(ADA)
    await admins.stay(ADA)
    deeds = (await admins.overview(ADA)).deeds
    assert [(deed.deed, deed.by, deed.whom) for deed in deeds] == [
        (AdminDeed.STAY, ADA.object_id, None),
        (AdminDeed.END, ADA.object_id, None),
        (AdminDeed.ERASE, ADA.object_id, MARA_ID.object_id),
        (AdminDeed.EXPORT, ADA.object_id, MARA_ID.object_id),
    ]
    assert len((await admins.overview(ADA, 2)).deeds) == 2
    office.clock.advance(366 * DAY)
    assert (await admins.overview(ADA)).deeds == ()


async def test_a_person_is_called_what_rosters_call_them(
    admins: Administrators, office: Office
) -> None:
    places = Conversations(office.store, office.clock)
    channel = replace(a_channel(tenant=ADA.tenant))
    await places.seen(channel, Member(MARA_ID, "Mara", "29:mara"))
    assert await admins.name_of(ADA, MARA_ID.object_id) == "Mara"
    assert await admins.name_of(ADA, ObjectId("nobody")) == ""


async def test_an_organisation_ends_after_the_grace_though_the_app_is_there(
    admins: Administrators, office: Office
) -> None:
    places = Conversations(office.store, office.clock)
    await places.installed(a_channel(tenant=ADA.tenant))
    ends_at = await admins.ask_end(ADA)
    assert ends_at == office.clock.now() + GRACE
    await places.installed(a_channel("other", tenant=ADA.tenant))  # a new place ends nothing
    office.clock.advance(DAY)
    assert await admins.ask_end(ADA) == ends_at
    assert (await admins.overview(ADA)).ends_at == ends_at
    await office.work((GRACE - 2 * DAY).total_seconds())
    assert await office.store.conversations.all(ADA.tenant) != ()
    await office.work(DAY.total_seconds())
    with pytest.raises(BeingErased):
        await admins.overview(ADA)
    for _ in range(6):
        await office.work(60)
    assert await office.store.conversations.all(ADA.tenant) == ()
    assert (await admins.overview(ADA)).ends_at is not None  # nobody has installed it since
    assert office.failures == []


async def test_an_end_that_was_taken_back_does_not_come(
    admins: Administrators, office: Office
) -> None:
    places = Conversations(office.store, office.clock)
    await places.installed(a_channel(tenant=ADA.tenant))
    await admins.ask_end(ADA)
    await admins.stay(ADA)
    assert (await admins.overview(ADA)).ends_at is None
    await office.work((GRACE + DAY).total_seconds())
    assert await office.store.conversations.all(ADA.tenant) != ()
    assert an_author() and office.failures == []
