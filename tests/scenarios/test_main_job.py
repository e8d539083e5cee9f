"""A chat message becomes an event in Outlook, and an edit in Outlook comes back."""

from __future__ import annotations

from datetime import timedelta

from tests._teams import FakeTeams, Someone
from tests.scenarios._house import House, words
from tests.services.sync._scene import renamed

SENTENCE = "new event lunch with Ines friday 12:30 for 45 min"


async def test_a_sentence_becomes_an_event_in_outlook(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.install(mara)
    page = await house.connect(mara)
    assert "Your account is connected" in page
    await house.settle()

    heard = await teams.message(mara, SENTENCE)
    assert "lunch with Ines" in words(heard.card)
    created = await teams.click(mara, heard.post, "Create")
    assert "Created." in words(created.card)
    await house.settle()

    (item,) = house.events_in_outlook()
    assert item.content.subject == "lunch with Ines"
    assert item.content.end - item.content.start == timedelta(minutes=45)
    assert house.outlook().mails == []


async def test_an_edit_in_outlook_comes_back(house: House, teams: FakeTeams, mara: Someone) -> None:
    await teams.install(mara)
    await house.connect(mara)
    heard = await teams.message(mara, SENTENCE)
    await teams.click(mara, heard.post, "Create")
    await house.settle()

    outlook = house.outlook()
    (item,) = house.events_in_outlook()
    seen = outlook.get(outlook.id_of(item))
    outlook.edit(seen, renamed("Lunch with Ines and Priya")(item.content))
    await house.settle()

    agenda = await teams.message(mara, "agenda")
    assert "Lunch with Ines and Priya" in words(agenda.card)
    assert "Lunch with Ines and Priya" in words(heard.post.card)
