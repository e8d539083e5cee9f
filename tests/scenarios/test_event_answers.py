"""Who comes: counts for everybody, one's own answer in one's own view, and no mail to anybody."""

from __future__ import annotations

from tests._teams import Chat, FakeTeams, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import INES, MARA, House, an_event, line_of, words


async def test_everybody_sees_how_many_come_and_their_own_answer(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)

    own = await teams.click(ines, post, "Yes")
    assert "✓ Yes · 1" in words(own.card)
    await house.settle()
    assert "Yes · 1" in words(post.card) and "✓" not in words(post.card), "one for all"

    view = await teams.refresh(mara, post)
    assert "Yes · 1" in words(view.card) and "✓" not in words(view.card)
    again = await teams.click(mara, post, "Maybe")
    assert "✓ Maybe · 1" in words(again.card) and "Yes · 1" in words(again.card)
    await house.settle()
    assert "✓ Yes · 1" in words((await teams.refresh(ines, post)).card)
    third = await teams.click(ines, post, "✓ Yes · 1")
    assert "✓ Yes · 1" in words(third.card), "said once, however often"
    changed = await teams.click(ines, post, "No")
    assert "✓ No · 1" in words(changed.card) and "Yes ·" not in words(changed.card)

    agenda = await teams.message(ines, "agenda", channel)
    assert "you do not come" not in words(agenda.card), "one for all"
    own = await teams.refresh(ines, agenda.post)
    assert "you do not come" in words(own.card)
    assert "you may come" in words((await teams.refresh(mara, agenda.post)).card)

    details = await teams.click(mara, post, "Details")
    assert "Ines Moreau" in words(details.card), "who has said what"
    assert not any(house.outlook(person).mails for person in (MARA, INES))


async def test_a_date_of_a_series_is_answered_alone(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Stand-up every monday 9:00", channel)
    await teams.click(ines, post, "Yes")
    dates = await teams.click(ines, post, "Dates")
    details = await teams.click(ines, post, line_of(dates.card, "30 Nov"))
    assert "✓ Yes · 1" in words(details.card), "what is said of the series holds for each date"
    alone = await teams.click(ines, post, "No")
    assert "✓ No · 1" in words(alone.card) and "Yes ·" not in words(alone.card)
    await house.settle()
    series = await teams.refresh(ines, post)
    assert "✓ Yes · 1" in words(series.card), "and the other dates keep what was said of all"


async def test_answers_and_the_author_go_along_with_the_dates_that_follow(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Stand-up every monday 9:00", channel)
    await teams.click(ines, post, "Yes")
    agenda = await teams.message(ines, "agenda 7 december", channel)
    await teams.click(ines, agenda.post, line_of(agenda.card, "Stand-up"))
    await teams.click(ines, agenda.post, "No")
    agenda = await teams.message(ines, "agenda 30 november", channel)
    await teams.click(ines, agenda.post, line_of(agenda.card, "Stand-up"))
    await teams.click(ines, agenda.post, "Edit")
    new = {"reach": "following", "start_time": "10:00", "end_time": "11:00"}
    await teams.click(ines, agenda.post, "Save", new)

    for day, answer in (("30 november", "✓ Yes · 1"), ("7 december", "✓ No · 1")):
        agenda = await teams.message(ines, f"agenda {day}", channel)
        seen = await teams.click(ines, agenda.post, line_of(agenda.card, "Stand-up"))
        said = words(seen.card)
        assert "10:00" in said and answer in said and "Created by Mara Lindqvist" in said


async def test_other_messages_of_the_event_follow_and_nobody_is_told_of_a_change(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    form = await teams.click(mara, post, "Edit")
    assert form.card
    await teams.click(ines, post, "Yes")
    await house.settle()
    saved = await teams.click(mara, post, "Save", {"title": "Retro"})
    assert "Saved." in words(saved.card), "an answer is no change that another form trips over"
    assert "Retro" in words(post.card) and "Yes · 1" in words(post.card)


async def test_nobody_answers_to_their_own_calendar(teams: FakeTeams, mara: Someone) -> None:
    post = await an_event(teams, mara, "Dentist friday 9:00")
    assert "Maybe" not in [each.get("title") for each in buttons(post.card)]
