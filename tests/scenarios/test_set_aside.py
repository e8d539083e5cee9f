"""What a sync leaves alone is shown with its reason, and tried again with one press."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sandbox.recurrence import Recurrence
from tests._teams import Answer, FakeTeams, Someone
from tests.scenarios._house import House, an_event, words
from tests.services.sync._scene import ZONE, outlook_event

SHOW = "Show Your calendar ↔ Calendar"


async def with_a_refused_review(house: House, teams: FakeTeams, who: Someone, code: str) -> Answer:
    """Have Outlook refuse an event until it is set aside; return what ``account`` answers."""
    await teams.install(who)
    await house.connect(who)
    await house.settle()
    house.sandbox.order(f"POST */events -> 403 code={code} times=5")
    await an_event(teams, who, "Review friday 9:00")
    for _ in range(6):
        await house.pass_time(timedelta(minutes=3))
    return await teams.message(who, "account")


async def test_a_refused_event_is_named_and_tried_again(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    heard = await with_a_refused_review(house, teams, mara, "ErrorQuotaExceeded")
    assert "In step, but for what is set aside" in words(heard.card)
    assert "Review: The mailbox is full." in words(heard.card)
    shown = await teams.click(mara, heard.post, SHOW)
    assert "Review: The mailbox is full." in words(shown.card)
    pressed = await teams.click(mara, heard.post, "Retry")
    assert "They are tried again" in words(pressed.card)
    await house.settle()
    assert [item.content.subject for item in house.events_in_outlook()] == ["Review"]
    assert "set aside" not in words((await teams.message(mara, "account")).card)


async def test_what_cannot_be_read_is_named_to_its_owner(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    daily = Recurrence(type="daily", starts_on=date(2026, 11, 20), count=5000, zone=ZONE)
    house.outlook().add(replace(outlook_event("Walk"), recurrence=daily))
    await teams.install(mara)
    await house.connect(mara)
    await house.settle()
    heard = await teams.message(mara, "account")
    shown = await teams.click(mara, heard.post, SHOW)
    assert "Walk: It repeats in a way that Almanac does not know" in words(shown.card)
    assert "Walk" not in words((await teams.message(mara, "agenda")).card)


async def test_it_can_be_tried_again_from_the_account_card_at_once(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    heard = await with_a_refused_review(house, teams, mara, "ErrorAccessDenied")
    await teams.click(mara, heard.post, "Retry")
    await house.settle()
    assert [item.content.subject for item in house.events_in_outlook()] == ["Review"]
