"""An event is copied, moved to another calendar, and tells its history."""

from __future__ import annotations

import pytest

from tests._teams import Chat, FakeTeams, Someone
from tests._teams_cards import button
from tests.scenarios._house import House, an_event, line_of, typed_in, words


async def test_an_event_is_copied_by_its_form(teams: FakeTeams, mara: Someone) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    await teams.click(mara, post, "Details")
    form = await teams.click(mara, post, "Copy")
    assert typed_in(form.card)["title"] == "Review"
    copied = await teams.click(mara, post, "Create", {"start_date": "2026-11-27"})
    assert "27 Nov" in words(copied.card)
    agenda = await teams.message(mara, "agenda 20 nov")
    assert "Review" in words(agenda.card), "the first one stays"


async def test_an_event_goes_to_another_calendar_and_comes_back_with_nothing_lost(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    made = await teams.message(mara, "new calendar Travel", channel)
    await teams.click(mara, made.post, "Create")
    post = await an_event(teams, mara, "Fair friday 9:00", channel)
    await teams.click(mara, post, "Details")
    choice = await teams.click(mara, post, "Move to …")
    moved = await teams.click(mara, post, line_of(choice.card, "Travel"))
    assert "Moved to Travel." in words(moved.card) and "Fair" in words(moved.card)
    await house.settle()
    gone = "Mara Lindqvist moved it to another calendar."
    assert gone in words(post.card), "what shows the old one follows"
    there = await teams.message(ines, "agenda in Travel", channel)
    assert "Fair" in words(there.card)
    agenda = await teams.message(ines, "agenda", channel)
    assert words(agenda.card).splitlines().count("Fair") == 1
    undo = button(moved.card, "Undo")
    back = await teams.execute(mara, post, undo["verb"], undo["data"])
    assert "It is again as it was before." in words(back.card)
    await house.settle()
    assert gone not in words(post.card) and "Fair" in words(post.card)
    there = await teams.message(ines, "agenda in Travel", channel)
    assert "Fair" not in words(there.card)


async def test_a_history_says_who_changed_what_from_what_to_what(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    house.clock.advance(60)
    await teams.click(ines, post, "Edit")
    await teams.click(ines, post, "Save", {"title": "Retro", "color": "red", "start_time": "08:00"})
    await teams.click(mara, post, "Details")
    told = words((await teams.click(mara, post, "History")).card)
    assert "Ines Moreau changed it" in told and "Title: Review → Retro" in told
    assert "Color: None → Red" in told and "Mara Lindqvist made it" in told


async def test_what_was_just_deleted_comes_back_at_once(teams: FakeTeams, mara: Someone) -> None:
    post = await an_event(teams, mara, "Review friday 9:00")
    await teams.click(mara, post, "Delete")
    gone = await teams.click(mara, post, "Delete")
    assert "Deleted by Mara Lindqvist." in words(gone.card)
    back = await teams.click(mara, post, "Undo")
    assert "It is again as it was before." in words(back.card) and "Review" in words(back.card)


@pytest.mark.parametrize("further", ["History", "Move to …", "Copy"])
async def test_back_leads_to_the_list_after_whatever_was_looked_at(
    teams: FakeTeams, mara: Someone, further: str
) -> None:
    await an_event(teams, mara, "Stand-up every friday 9:00 until 30 December")
    agenda = (await teams.message(mara, "agenda 20 nov")).post
    listed = words(agenda.card)
    await teams.click(mara, agenda, line_of(agenda.card, "Stand-up"))
    shown = await teams.click(mara, agenda, further)
    away = "Cancel" if further == "Copy" else "Back"
    assert button(shown.card, away)
    details = await teams.click(mara, agenda, away)
    assert "20 Nov" in words(details.card), "the very date that was opened"
    assert words((await teams.click(mara, agenda, "Back")).card) == listed


async def test_back_leads_to_the_list_after_a_move_and_after_that_is_taken_back(
    teams: FakeTeams, mara: Someone
) -> None:
    made = await teams.message(mara, "new calendar Travel")
    await teams.click(mara, made.post, "Create")
    await an_event(teams, mara, "Fair friday 9:00")
    agenda = (await teams.message(mara, "agenda")).post
    await teams.click(mara, agenda, line_of(agenda.card, "Fair"))
    choice = await teams.click(mara, agenda, "Move to …")
    moved = await teams.click(mara, agenda, line_of(choice.card, "Travel"))
    assert "Moved to Travel." in words(moved.card)
    assert button(moved.card, "Back")["verb"] == "agenda.show"
    back = await teams.click(mara, agenda, "Undo")
    assert "It is again as it was before." in words(back.card)
    assert "Fair" in words((await teams.click(mara, agenda, "Back")).card)


async def test_back_leads_to_the_list_after_a_copy_was_made(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "Review friday 9:00", channel)
    agenda = (await teams.message(mara, "agenda", channel)).post
    listed = line_of(agenda.card, "Review")
    for who in (mara, ines):  # the message is hers; it stays an agenda for him who presses in it
        await teams.click(who, agenda, listed)
        await teams.click(who, agenda, "Copy")
        wrong = await teams.click(who, agenda, "Create", {"zone": "Nowhere/Never"})
        assert "Nothing is saved yet" in words(wrong.card)
        dates = await teams.click(who, agenda, "Dates and more choices")
        assert typed_in(dates.card)["title"] == "Review"
        await teams.click(who, agenda, "Create", {"zone": "Europe/Berlin"})
        back = await teams.click(who, agenda, "Back")
        assert "Review" in words(back.card)
        assert button(back.card, listed)["verb"] == "event.details"


async def test_back_leads_to_the_list_from_the_dates_of_a_series(
    teams: FakeTeams, mara: Someone
) -> None:
    await an_event(teams, mara, "Stand-up every friday 9:00")
    agenda = (await teams.message(mara, "agenda")).post
    listed = line_of(agenda.card, "Stand-up")
    await teams.click(mara, agenda, listed)
    await teams.click(mara, agenda, "Edit")
    saved = await teams.click(mara, agenda, "Save", {"title": "Retro", "reach": "all"})
    assert "Saved for the whole series." in words(saved.card)
    await teams.click(mara, agenda, "Undo")
    dates = await teams.click(mara, agenda, "Dates")
    await teams.click(mara, agenda, line_of(dates.card, "27 Nov"))
    assert button((await teams.click(mara, agenda, "Back")).card, listed)
