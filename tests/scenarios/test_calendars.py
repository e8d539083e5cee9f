"""Several calendars in one place: made, set up, looked at one by one, archived, copied."""

from __future__ import annotations

from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import House, an_event, line_of, opened, typed_in, words


async def a_calendar(
    teams: FakeTeams, who: Someone, name: str, where: Chat | None = None, **typed: str
) -> None:
    """Write ``new calendar …`` and press Create."""
    form = await teams.message(who, f"new calendar {name}", where)
    made = await teams.click(who, form.post, "Create", typed)
    assert "Created." in words(made.card), words(made.card)


async def test_a_channel_has_several_calendars(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await a_calendar(teams, mara, "Travel", channel, set_color="blue")
    listed = await teams.message(ines, "calendars", channel)
    said = words(listed.card)
    assert "🟦 Travel" in said and "everybody here writes" in said
    shown = await teams.click(ines, listed.post, "🟦 Travel")
    assert "You are\nan editor" in words(shown.card)
    assert "Settings" not in words(shown.card), "that is for owners"


async def test_the_calendar_is_chosen_where_there_are_several(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    form = await teams.message(mara, "new event", channel)
    assert "in_book" not in typed_in(form.card), "one calendar leaves no choice"
    await a_calendar(teams, mara, "Travel", channel)
    listed = await teams.message(mara, "calendars", channel)
    shown = await teams.click(mara, listed.post, "Travel")
    travel = next(a for a in shown.card["actions"] if a["title"] == "Open")["data"]["book"]
    form = await teams.message(mara, "new event", channel)
    typed = {"title": "Trip", "start_date": "2026-11-20", "in_book": travel}
    made = await teams.click(mara, form.post, "Create", typed)
    assert "Travel" in words(made.card) and "Trip" in words(made.card)
    asked = await teams.message(mara, "agenda in travel", channel)
    assert "Trip" in words(asked.card)
