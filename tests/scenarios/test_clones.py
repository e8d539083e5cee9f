"""A calendar is copied with all that belongs to it, also a large one, and once."""

from __future__ import annotations

from services.books.clones import AT_ONCE
from services.model.books import BookId
from services.model.events import Author
from tests._builders import an_event_content
from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import House, an_event, words


async def test_a_copy_has_the_settings_rights_and_events_of_the_original(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    channel.owners.append(mara)
    await an_event(teams, ines, "Review friday 9:00 #print", channel)
    form = await teams.message(mara, "holidays Denmark", channel)
    await teams.click(mara, form.post, "Save")
    listed = await teams.message(mara, "members", channel)
    await teams.click(mara, listed.post, "Change")
    await teams.click(mara, listed.post, "Save", {"who_writes": "owners"})

    shown = await teams.message(mara, "calendars", channel)
    await teams.click(mara, shown.post, "Harbour · Launch")
    asked = await teams.click(mara, shown.post, "Make a copy")
    assert "With what is in it: one event" in words(asked.card)
    made = await teams.click(mara, shown.post, "Copy", {"set_name": "Launch 2"})
    said = words(made.card)
    assert "This is the copy." in said and "only owners write" in said and "DK" in said
    agenda = words((await teams.message(ines, "agenda in Launch 2", channel)).card)
    assert "Review" in agenda
    again = await teams.message(mara, "calendars", channel)
    assert words(again.card).count("only owners write") == 2


async def test_a_large_copy_is_made_in_the_background_and_told_of(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    for number in range(3):
        await an_event(teams, mara, f"Meeting {number} friday {9 + number}:00")
    first = await teams.message(mara, "calendars")
    shown = await teams.click(mara, first.post, "Your calendar")
    book = next(a for a in shown.card["actions"] if a["title"] == "Open")["data"]["book"]
    await many_events(house, mara, book, AT_ONCE)
    await teams.click(mara, first.post, "Make a copy")
    made = await teams.click(mara, first.post, "Copy", {"set_name": "Spare"})
    assert "The copy is being filled: 53 entries." in words(made.card)
    await house.settle()
    told = teams.connector.posts[-1]
    assert "Your copy is complete" in words(told.card) and "53 events" in words(told.card)
    shown = await teams.message(mara, "agenda friday in Spare")
    assert "Meeting 0" in words(shown.card)


async def test_who_may_only_read_here_makes_no_copy_here(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    await an_event(teams, ines, "Review friday 9:00", channel)
    listed = await teams.message(mara, "members", channel)
    await teams.click(mara, listed.post, "Change")
    await teams.click(mara, listed.post, "Save", {"who_writes": "owners"})
    shown = await teams.message(ines, "calendars", channel)
    await teams.click(ines, shown.post, "Harbour · Launch")
    await teams.click(ines, shown.post, "Make a copy")
    refused = await teams.click(ines, shown.post, "Copy")
    assert "You may read this, but not change it." in (refused.text or words(refused.card))


async def many_events(house: House, who: Someone, book: str, number: int) -> None:
    """Put so many events into a calendar, without a click for each."""
    author = Author(house.person(who), who.name)
    for each in range(number):
        content = an_event_content(title=f"Old {each}")
        await house.almanac.events.create(author, BookId(book), content)
