"""The organisation's own people beside contacts, for those who have approved that."""

from __future__ import annotations

import pytest

from services.contacts import directory
from tests._teams import FakeTeams, Someone
from tests.scenarios._house import INES, MARA, House, a_contact, address_in, words


async def approved(house: House, teams: FakeTeams, who: Someone) -> None:
    await house.connect(who)
    asked = await teams.message(who, "connect directory")
    await house.sign_in(address_in(asked.card), MARA.object_id)


async def test_colleagues_are_found_behind_contacts_and_marked(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
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


async def test_colleagues_stand_behind_contacts_in_a_chat_and_in_a_field(
    house: House, teams: FakeTeams, mara: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_contact(teams, mara, {"name": "Ines Contact"})
    await approved(house, teams, mara)
    for said in ("who is ines", "find ines"):
        heard = await teams.message(mara, said)
        told = words(heard.card)
        assert told.index("Ines Contact") < told.index("From your organisation")
        opened = await teams.click(mara, heard.post, "Ines Moreau")
        assert INES.user_principal_name in words(opened.card)
        back = await teams.click(mara, heard.post, "Back")
        assert "Ines Contact" in words(back.card)

    chat = teams.personal_chat(mara)
    ours, theirs = await teams.choices(mara, chat, "almanac.contacts", "ines")
    assert ours[0] == "Ines Contact" and theirs[0].startswith("Ines Moreau · Directory")
    for number in range(13):
        await a_contact(teams, mara, {"name": f"Robin {number}"})
    every = await teams.message(mara, "contacts")
    shown = await teams.click(mara, every.post, "Open", {"chosen_contact": theirs[1]})
    assert "From your organisation" in words(shown.card)

    channel = house.teams.channel("Launch", [mara])
    await teams.install(mara, channel)
    for said in ("who is ines", "find ines"):
        assert "From your organisation" not in str(await teams.message(mara, said, channel))
    monkeypatch.setattr(directory, "PATIENCE", 0)
    assert "From your organisation" not in words((await teams.message(mara, "who is ines")).card)
    gone = await teams.click(mara, every.post, "Back")
    assert "contacts" in words(gone.card)


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
