"""A sync that would delete very much stops, and goes on only when its owner says so."""

from __future__ import annotations

from datetime import timedelta

from tests._teams import FakeTeams, Someone
from tests.scenarios._house import House, words
from tests.services.sync._scene import outlook_event


async def an_emptied_outlook(house: House, mara: Someone) -> None:
    for number in range(12):
        house.outlook().add(outlook_event(f"Visit {number}"))
    await house.teams.install(mara)
    await house.connect(mara)
    await house.settle()
    mailbox = house.outlook()
    for item in house.events_in_outlook():
        mailbox.remove(mailbox.get(mailbox.id_of(item)))
    await house.pass_time(timedelta(minutes=20))


async def test_a_sync_stops_at_very_many_deletions(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await an_emptied_outlook(house, mara)
    heard = await teams.message(mara, "account")
    assert "Paused: it would delete very much" in words(heard.card)
    assert "Visit 7" in words((await teams.message(mara, "agenda")).card)
    again = await teams.click(mara, heard.post, "Sync now")
    await house.settle()
    assert again.has_card
    heard = await teams.message(mara, "account")
    shown = await teams.click(mara, heard.post, "Show Your calendar ↔ Calendar")
    assert "Very many items were deleted at once" in words(shown.card)


async def test_the_owner_can_say_that_they_were_meant(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await an_emptied_outlook(house, mara)
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, "Show Your calendar ↔ Calendar")
    pressed = await teams.click(mara, heard.post, "Delete them")
    assert "They are being deleted." in words(pressed.card)
    await house.settle()
    assert "Nothing is planned." in words((await teams.message(mara, "agenda")).card)
    assert "Paused" not in words((await teams.message(mara, "account")).card)
