"""What stands in somebody's own chat follows in their own zone, language and rights."""

from __future__ import annotations

from cards.books.members_form import input_of
from tests._teams import Chat, FakeTeams, Posted, Someone
from tests.scenarios._house import House, an_event, line_of, words
from tests.scenarios.test_calendars import a_calendar


async def settings(teams: FakeTeams, who: Someone, zone: str, language: str) -> None:
    form = await teams.message(who, "my settings")
    await teams.click(who, form.post, "Save", {"own_zone": zone, "own_language": language})


async def in_her_own_chat(teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat) -> Posted:
    """An event that Ines makes in her own chat, in a calendar of a channel."""
    await a_calendar(teams, mara, "Travel", channel)
    await teams.install(ines)
    await teams.message(ines, "agenda", channel)
    return await an_event(teams, ines, "Review friday 9:00 in Travel")


async def renamed(teams: FakeTeams, who: Someone, where: Chat, title: str) -> None:
    agenda = await teams.message(who, "agenda in Travel", where)
    await teams.click(who, agenda.post, line_of(agenda.card, "Review"))
    await teams.click(who, agenda.post, "Edit")
    await teams.click(who, agenda.post, "Save", {"title": title})


async def test_it_follows_in_the_zone_and_language_of_whoever_reads_it(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    own = await in_her_own_chat(teams, mara, ines, channel)
    await settings(teams, ines, "Asia/Tokyo", "de-DE")
    await renamed(teams, mara, channel, "Retro")
    await house.settle()
    seen = words(own.card)
    assert "Retro" in seen and "17:00" in seen and "Bearbeiten" in seen


async def test_it_keeps_who_comes_with_ones_own_answer_marked(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    own = await in_her_own_chat(teams, mara, ines, channel)
    await teams.click(ines, own, "Yes")
    await renamed(teams, mara, channel, "Retro")
    await house.settle()
    assert "Retro" in words(own.card) and "✓ Yes · 1" in words(own.card)


async def test_a_contributor_still_changes_what_is_their_own(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    own = await in_her_own_chat(teams, mara, ines, channel)
    listed = await teams.message(mara, "members Travel", channel)
    await teams.click(mara, listed.post, "Change")
    role = input_of(house.person(ines))
    await teams.click(mara, listed.post, "Save", {role: "contributor"})
    await renamed(teams, mara, channel, "Retro")
    await house.settle()
    assert "Retro" in words(own.card) and "Edit" in words(own.card)


async def test_an_import_ends_in_the_language_of_whoever_asked_for_it(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    await teams.message(mara, "agenda")
    await settings(teams, mara, "teams", "de-DE")
    times = "DTSTART:20261120T110000Z\r\nDTEND:20261120T120000Z\r\n"
    event = "BEGIN:VEVENT\r\nUID:{n}\r\n" + times + "SUMMARY:Rehearsal\r\nEND:VEVENT\r\n"
    many = "".join(event.format(n=n) for n in range(1500))
    heard = await teams.send_file(
        mara, "season.ics", f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{many}END:VCALENDAR\r\n".encode()
    )
    begun = await teams.click(mara, heard.post, "Importieren")
    assert "Der Import hat begonnen" in words(begun.card)
    await house.settle()
    assert "In Kalender importiert" in words(heard.post.card)
