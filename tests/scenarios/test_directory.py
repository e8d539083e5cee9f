"""The organisation's own people beside contacts, for those who have approved that."""

from __future__ import annotations

import pytest

from services import directory
from tests._teams import FakeTeams, Someone
from tests.scenarios._house import INES, MARA, House, a_contact, address_in, words


async def approved(house: House, teams: FakeTeams, who: Someone) -> None:
    await house.connect(who)
    asked = await teams.message(who, "connect directory")
    await house.sign_in(address_in(asked.card), MARA.object_id)


async def test_colleagues_are_found_behind_contacts_and_marked(
    house: House, teams: FakeTeams, mara: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "PATIENCE", 10)  # of a busy machine, too
    await a_contact(teams, mara, {"name": "Ines Contact", "email": "ines@elsewhere.example"})
    await approved(house, teams, mara)

    ours, theirs = (await teams.query(mara, "searchContacts", "ines")).rows
    assert ours.title == "IC · Ines Contact"
    assert theirs.title == "IM · Ines Moreau"
    assert str(theirs.preview["text"]).startswith("Directory")
    assert "From your organisation" in words(theirs.card)
    assert INES.user_principal_name in words(theirs.card)
    for nothing in ("i", "", 'ines\\":'):
        rows = (await teams.query(mara, "searchContacts", nothing)).rows
        assert len([row for row in rows if row.title == "IM · Ines Moreau"]) == (len(nothing) > 2)

    mail = {"name": "Ines M", "email": INES.user_principal_name}
    await a_contact(teams, mara, mail)
    rows = (await teams.query(mara, "searchContacts", "ines")).rows
    assert [row.title for row in rows] == ["IC · Ines Contact", "IM · Ines M"]


async def test_a_slow_directory_is_not_waited_for(
    house: House, teams: FakeTeams, mara: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_contact(teams, mara, {"name": "Ines Contact"})
    await approved(house, teams, mara)
    monkeypatch.setattr(directory, "PATIENCE", 0)
    [row] = (await teams.query(mara, "searchContacts", "ines")).rows
    assert row.title == "IC · Ines Contact"


async def test_nobody_is_looked_up_before_it_is_approved(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    assert (await teams.query(mara, "searchContacts", "ines")).rows == []
    await house.connect(mara)
    assert (await teams.query(mara, "searchContacts", "ines")).rows == []
    channel = house.teams.channel("Launch", [mara])
    await house.teams.install(mara, channel)
    told = await teams.message(mara, "connect directory", channel)
    assert "our own chat" in told.text
