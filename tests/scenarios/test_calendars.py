"""Several calendars in one place: made, set up, looked at one by one, archived, copied."""

from __future__ import annotations

from tests._teams import Chat, FakeTeams, Posted, Someone
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


async def test_a_sentence_names_the_calendar_that_is_meant(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    await a_calendar(teams, mara, "Travel", channel)
    for sentence in ("Trip friday 9:00 in Travel", "Trip in travel on friday 9:00"):
        asked = await teams.message(mara, f"new event {sentence}", channel)
        assert words(asked.card).splitlines().count("Travel") == 1, "the calendar, and no place"
        await teams.click(mara, asked.post, "Create")
    shown = await teams.message(mara, "agenda in Travel", channel)
    assert words(shown.card).splitlines().count("Trip") == 2
    elsewhere = await teams.message(mara, "new event Trip friday 9:00 in Rome", channel)
    assert "Rome" in words(elsewhere.card) and "Travel" not in words(elsewhere.card)


async def test_an_agenda_shows_all_calendars_of_the_place_and_follows_each(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await a_calendar(teams, mara, "Travel", channel, set_color="green")
    await an_event(teams, ines, "Review friday 9:00", channel)
    trip = await a_trip(teams, mara, channel)
    agenda = await teams.message(ines, "agenda", channel)
    said = words(agenda.card)
    assert "Review" in said and "Trip" in said and "🟩 Travel" in said
    week = await teams.click(ines, agenda.post, "Week")
    assert "Trip" in words(week.card) and "Review" in words(week.card)
    month = await teams.click(ines, agenda.post, "Month")
    assert "Trip" in words(month.card)
    await teams.click(mara, trip, "Edit")
    await teams.click(mara, trip, "Save", {"title": "Journey"})
    await house.settle()
    assert "Journey" in words(agenda.post.card) and "Review" in words(agenda.post.card)
    only = await teams.message(ines, "agenda in travel", channel)
    assert "Journey" in words(only.card) and "Review" not in words(only.card)
    unknown = await teams.message(ines, "agenda in Narnia", channel)
    assert "There is no calendar of that name here" in unknown.text


async def test_settings_are_kept_and_shown(teams: FakeTeams, mara: Someone, channel: Chat) -> None:
    channel.owners.append(mara)
    form = await teams.message(mara, "settings", channel)
    typed = {
        "set_name": "Launch plan",
        "set_color": "red",
        "set_view": "month",
        "set_first_weekday": "6",
        "set_week_numbers": "true",
        "set_business_days": "0,1,2,3",
        "set_opens": "08:30",
        "set_closes": "16:00",
        "set_zone": "America/New_York",
        "set_language": "en-US",
        "set_reminder": "60",
    }
    saved = await teams.click(mara, form.post, "Save", typed)
    said = words(saved.card)
    assert "🟥 Launch plan" in said and "Monday, Tuesday, Wednesday, Thursday" in said
    assert "08:30-16:00" in said and "New York time" in said
    shown = await teams.message(mara, "calendar", channel)
    assert "Launch plan" in words(shown.card) and "Nov 2026" in words(shown.card).replace(
        "November", "Nov"
    )
    weekdays = words(shown.card).partition("\nSun\n")[2]
    assert weekdays.startswith("Mon\n"), "weeks begin on Sunday"
    assert "48" in words(shown.card), "the number of a week"
    blank = typed_in((await teams.message(mara, "new event", channel)).card)
    assert blank["reminder"] == "60"


async def test_a_settings_form_with_something_wrong_comes_back_as_it_was(
    teams: FakeTeams, mara: Someone
) -> None:
    form = await teams.message(mara, "settings")
    wrong = {"set_opens": "17:00", "set_closes": "09:00", "set_name": "Mine"}
    again = await teams.click(mara, form.post, "Save", wrong)
    assert "Business ends before it begins." in words(again.card)
    assert typed_in(again.card)["set_name"] == "Mine"
    none = await teams.click(mara, form.post, "Save", {"set_business_days": ""})
    assert "Please choose one day at least." in words(none.card)


async def test_two_owners_who_set_up_at_once_lose_nothing_silently(
    teams: FakeTeams, mara: Someone
) -> None:
    first = await teams.message(mara, "settings")
    second = await teams.message(mara, "settings")
    await teams.click(mara, first.post, "Save", {"set_name": "First"})
    overtaken = await teams.click(mara, second.post, "Save", {"set_name": "Second"})
    assert "Somebody changed this while you were writing." in words(overtaken.card)
    assert typed_in(overtaken.card)["set_name"] == "Second", "what was typed is still there"
    assert "First" in words((await teams.message(mara, "calendars")).card)
    await teams.click(mara, second.post, "Save", {"set_name": "Second"})
    assert "Second" in words((await teams.message(mara, "calendars")).card)


async def test_a_form_of_settings_is_none_for_anybody_once_it_is_saved(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    form = await teams.message(mara, "settings", channel)
    saved = await teams.click(mara, form.post, "Save", {"set_name": "First"})
    assert "Saved." in words(saved.card) and "First" in words(saved.card)
    assert words(form.post.card) == "Saved.\nLook at it"
    shown = await teams.click(ines, form.post, "Look at it")
    assert "First" in words(shown.card)


async def test_a_calendar_is_made_and_set_up_in_windows(teams: FakeTeams, mara: Someone) -> None:
    listed = await teams.message(mara, "calendars")
    dialog = await opened(teams, mara, listed.post, "New calendar in a window")
    refused = await teams.submit_dialog(mara, dialog, "Create", {"set_name": " "})
    assert refused.dialog and "Please give it a name." in words(refused.dialog.card)
    made = await teams.submit_dialog(mara, refused.dialog, "Create", {"set_name": "Gym"})
    assert "Gym" in words(made.post.card)
    shown = await teams.click(mara, made.post, "Gym")
    assert "Settings" in words(shown.card)
    dialog = await opened(teams, mara, made.post, "Settings in a window")
    await teams.submit_dialog(mara, dialog, "Save", {"set_name": "Sport"})
    assert "Sport" in words((await teams.message(mara, "calendars")).card)


async def test_names_are_changed_in_words_and_told_apart(teams: FakeTeams, mara: Someone) -> None:
    await a_calendar(teams, mara, "Gym")
    assert "“Sport”" in (await teams.message(mara, "rename calendar Gym to Sport")).text
    form = await teams.message(mara, "new calendar sport")
    again = await teams.click(mara, form.post, "Create")
    assert "There is one with this name here already." in words(again.card)


async def test_an_archived_calendar_can_be_read_and_brought_back(
    teams: FakeTeams, mara: Someone
) -> None:
    await a_calendar(teams, mara, "Travel")
    await a_trip(teams, mara)
    listed = await teams.message(mara, "calendars")
    await teams.click(mara, listed.post, "Travel")
    away = await teams.click(mara, listed.post, "Archive")
    assert "This is archived" in words(away.card) and "Settings" not in words(away.card)
    assert "Trip" not in words((await teams.message(mara, "agenda")).card)
    read = await teams.message(mara, "agenda in travel")
    assert "Trip" in words(read.card) and "New event" not in words(read.card)
    assert not (await teams.query(mara, "searchEvents", "trip")).rows
    assert (await teams.query(mara, "searchEvents", "trip in trav")).rows, "it is named"
    assert "Trip" not in words((await teams.message(mara, "find trip")).card)
    listed = await teams.message(mara, "calendars")
    assert "archived" in words(listed.card)
    await teams.click(mara, listed.post, "Travel")
    back = await teams.click(mara, listed.post, "Bring it back")
    assert "It is back." in words(back.card)
    assert "Trip" in words((await teams.message(mara, "agenda")).card)
    assert (await teams.query(mara, "searchEvents", "trip")).rows


async def test_one_of_several_is_deleted_by_its_name_and_had_back(
    teams: FakeTeams, mara: Someone
) -> None:
    await a_calendar(teams, mara, "Travel")
    await a_trip(teams, mara)
    await an_event(teams, mara, "Dentist friday 9:00")
    question = await teams.message(mara, "delete calendar travel")
    assert "Travel" in words(question.card) and "1 event" in words(question.card)
    await teams.click(mara, question.post, "Delete all of it")
    agenda = words((await teams.message(mara, "agenda")).card)
    assert "Dentist" in agenda and "Trip" not in agenda
    await teams.click(mara, question.post, "Restore")
    assert "Trip" in words((await teams.message(mara, "agenda")).card)
    unknown = await teams.message(mara, "delete calendar narnia")
    assert "There is no calendar of that name here" in unknown.text


async def test_contact_lists_are_several_as_well(teams: FakeTeams, mara: Someone) -> None:
    form = await teams.message(mara, "new contact list Press")
    await teams.click(mara, form.post, "Create")
    listed = await teams.message(mara, "contact lists")
    assert "Press" in words(listed.card) and "Your contacts" in words(listed.card)
    shown = await teams.click(mara, listed.post, "Press")
    press = next(a for a in shown.card["actions"] if a["title"] == "Settings")["data"]["book"]
    form = await teams.message(mara, "new contact")
    made = await teams.click(mara, form.post, "Create", {"name": "Ada Byron", "in_book": press})
    assert "Created." in words(made.card)
    listed = await teams.message(mara, "contact lists")
    shown = await teams.click(mara, listed.post, "Press")
    assert "one contact" in words(shown.card)
    assert (await teams.query(mara, "searchContacts", "ada")).rows
    await teams.click(mara, listed.post, "Archive")
    assert not (await teams.query(mara, "searchContacts", "ada")).rows
    assert "Ada" not in words((await teams.message(mara, "contacts")).card)
    read = await teams.message(mara, "contacts in press")
    assert "Ada Byron" in words(read.card)
    assert "Ada Byron" in words((await teams.click(mara, listed.post, "Open")).card)
    assert (await teams.query(mara, "searchContacts", "ada in press")).rows
    nowhere = await teams.message(mara, "contacts in Narnia")
    assert "No contact was found." in words(nowhere.card)


async def a_trip(teams: FakeTeams, who: Someone, where: Chat | None = None) -> Posted:
    """Put an event into the calendar ``Travel``."""
    listed = await teams.message(who, "calendars", where)
    line = line_of(listed.card, "Travel")
    shown = await teams.click(who, listed.post, line)
    travel = next(a for a in shown.card["actions"] if a["title"] == "Open")["data"]["book"]
    form = await teams.message(who, "new event", where)
    typed = {"title": "Trip", "start_date": "2026-11-20", "in_book": travel}
    made = await teams.click(who, form.post, "Create", typed)
    assert "Trip" in words(made.card), words(made.card)
    return form.post


async def test_a_calendar_tells_when_it_was_made_and_its_id(
    teams: FakeTeams, mara: Someone
) -> None:
    await a_calendar(teams, mara, "Travel")
    listed = await teams.message(mara, "calendars")
    shown = await teams.click(mara, listed.post, "Travel")
    book = next(a for a in shown.card["actions"] if a["title"] == "Open")["data"]["book"]
    assert f"Since Wed, 18 Nov 2026, 13:00 · its id is {book}" in words(shown.card)
    told = words((await teams.message(mara, "audit")).card)
    assert "Mara Lindqvist" in told


async def test_what_was_deleted_from_any_calendar_of_the_place_is_in_its_bin(
    teams: FakeTeams, mara: Someone
) -> None:
    await a_calendar(teams, mara, "Travel")
    trip = await a_trip(teams, mara)
    await teams.click(mara, trip, "Delete")
    await teams.click(mara, trip, "Delete")
    bin = await teams.message(mara, "recycle bin")
    assert "Trip" in words(bin.card)
    await teams.click(mara, bin.post, "Restore")
    assert "Trip" in words((await teams.message(mara, "agenda")).card)
