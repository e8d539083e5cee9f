"""An event is copied, moved to another calendar, and tells its history."""

from __future__ import annotations

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
