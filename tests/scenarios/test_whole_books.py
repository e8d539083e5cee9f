"""A whole calendar or contact list goes into the recycle bin, comes back, or is gone for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests._teams import FakeTeams, Posted, Someone
from tests.scenarios._house import House, a_contact, agenda_of, an_event, edited, words


async def deleted(teams: FakeTeams, who: Someone) -> Posted:
    """Delete the calendar of somebody's own chat; return the message that says so."""
    question = await teams.message(who, "delete calendar")
    await teams.click(who, question.post, "Delete all of it")
    return question.post


async def test_a_calendar_is_deleted_after_a_question_and_had_back(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "lunch with Ines friday 12:30")
    question = await teams.message(mara, "delete my calendar")
    assert "Delete the whole calendar?" in words(question.card)
    assert "1 event" in words(question.card) and "30 days" in words(question.card)
    gone = await teams.click(mara, question.post, "Delete all of it")
    assert "in the recycle bin" in words(gone.card)
    assert "lunch" not in await agenda_of(teams, mara)
    assert (await teams.query(mara, "searchEvents", "lunch")).rows == []

    bin = await teams.message(mara, "recycle bin")
    assert "Your calendar" in words(bin.card) and "1 event" in words(bin.card)
    restored = await teams.click(mara, bin.post, "Restore")
    assert "Restored." in words(restored.card)
    assert "lunch with Ines" in await agenda_of(teams, mara)
    assert len((await teams.query(mara, "searchEvents", "lunch")).rows) == 1


async def test_a_channel_reads_of_it_in_the_language_of_its_calendar(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines], owners=[mara])
    await an_event(teams, ines, "lunch friday 12:30", channel)
    form = await teams.message(mara, "my settings")
    await teams.click(mara, form.post, "Save", {"own_language": "de-DE"})
    question = await teams.message(mara, "delete calendar", channel)
    gone = await teams.click(mara, question.post, "Delete all of it")
    assert "Wiederherstellen" in words(gone.card)
    assert "Deleted by" in words(question.post.card) and "Restore" in words(question.post.card)


async def test_who_keeps_it_has_lost_nothing(teams: FakeTeams, mara: Someone) -> None:
    await a_contact(teams, mara, {"name": "Ada Byron"})
    question = await teams.message(mara, "delete contact list")
    assert "1 contact" in words(question.card)
    kept = await teams.click(mara, question.post, "Keep it")
    assert "Nothing was saved." in words(kept.card)
    assert "Ada Byron" in words((await teams.message(mara, "contacts ada")).card)


async def test_in_a_channel_an_owner_deletes_and_every_member_restores(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("General", [mara, ines], owners=[mara])
    lunch = await an_event(teams, ines, "lunch friday 12:30", channel)
    refused = await teams.message(ines, "delete calendar", channel)
    assert "owners of the team" in refused.text

    question = await teams.message(mara, "delete calendar", channel)
    pressed = await teams.click(ines, question.post, "Delete all of it")
    assert "owners of the team" in pressed.text
    await teams.click(mara, question.post, "Delete all of it")
    assert f"Deleted by {mara.name}." in words(question.post.card)
    stale = await teams.click(ines, lunch, "Details")
    assert "no longer here" in (stale.text or words(stale.card))

    await teams.click(ines, question.post, "Restore")
    assert "lunch" in words((await teams.message(ines, "agenda", channel)).card)
    assert "lunch" in words((await teams.click(ines, lunch, "Details")).card)
    told = words((await teams.message(mara, "audit", channel)).card)
    assert f"{mara.name} deleted all of it" in told and f"{ines.name} restored all of it" in told


async def test_the_new_calendar_stays_beside_the_old_one_that_comes_back(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "old lunch friday 12:30")
    post = await deleted(teams, mara)
    await an_event(teams, mara, "new dinner friday 19:00")
    assert "old lunch" not in await agenda_of(teams, mara)
    await teams.click(mara, post, "Restore")
    assert "old lunch" in await agenda_of(teams, mara)
    bin = await teams.message(mara, "recycle bin")
    assert "Nothing was deleted" in words(bin.card)


async def test_a_deleted_calendar_rests_and_outlook_keeps_everything(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    await an_event(teams, mara, "lunch friday 12:30")
    await house.settle()
    before = {item.content.subject for item in house.events_in_outlook()}
    assert "lunch" in before
    question = await teams.message(mara, "delete calendar")
    assert "the Outlook of 1 person" in words(question.card)
    await teams.click(mara, question.post, "Delete all of it")
    await house.pass_time(timedelta(days=2))
    assert "Rests" in words((await teams.message(mara, "account")).card)
    (item,) = (one for one in house.events_in_outlook() if one.content.subject == "lunch")
    edited(
        house, item, replace(item.content, plain={**item.content.plain, "subject": "late lunch"})
    )
    await house.pass_time(timedelta(minutes=20))
    assert {one.content.subject for one in house.events_in_outlook()} == (
        before - {"lunch"} | {"late lunch"}
    )

    await teams.click(mara, question.post, "Restore")
    await house.settle()
    assert "late lunch" in await agenda_of(teams, mara, "friday")
    assert "In step" in words((await teams.message(mara, "account")).card)
    assert {one.content.subject for one in house.events_in_outlook()} == (
        before - {"lunch"} | {"late lunch"}
    )


async def test_gone_for_good_it_takes_its_copies_along_and_leaves_what_was_outlooks(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await house.connect(mara)
    await house.settle()
    own = {item.content.subject for item in house.events_in_outlook()}
    await an_event(teams, mara, "lunch friday 12:30")
    await house.settle()
    assert "lunch" in {item.content.subject for item in house.events_in_outlook()}
    await deleted(teams, mara)
    await house.pass_time(timedelta(days=30, hours=2))
    await house.settle()
    assert {item.content.subject for item in house.events_in_outlook()} == own
    assert "Nothing was deleted" in words((await teams.message(mara, "recycle bin")).card)
