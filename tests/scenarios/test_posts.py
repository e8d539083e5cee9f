"""Messages of the bot follow what they show: agendas, events and contacts, in the same place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests._teams import Chat, FakeTeams, Posted, Someone
from tests.scenarios._house import House, a_contact, an_event, line_of, opened, words


@pytest.fixture(params=["channel", "group chat"])
async def place(
    request: pytest.FixtureRequest, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> Chat:
    if request.param == "channel":
        return channel
    chat = teams.group_chat("Trip", [mara, ines])
    await teams.install(mara, chat)
    return chat


async def an_agenda(teams: FakeTeams, who: Someone, place: Chat, days: str = "") -> Posted:
    return (await teams.message(who, f"agenda {days}".strip(), place)).post


async def test_an_agenda_follows_the_events_of_its_days(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, place: Chat
) -> None:
    agenda = await an_agenda(teams, mara, place)
    assert "Nothing is planned." in words(agenda.card)

    post = await an_event(teams, ines, "Review friday 9:00", place)
    await house.settle()
    assert "Review" in words(agenda.card)
    assert "Wed, 18 Nov - Tue, 24 Nov 2026" in words(agenda.card)

    dialog = await opened(teams, ines, post, "Edit in a window")
    away = {"start_date": "2026-12-24", "end_date": "2026-12-24"}
    await teams.submit_dialog(ines, dialog, "Save", away)
    await house.settle()
    assert "Nothing is planned." in words(agenda.card)


async def test_several_changes_in_a_row_are_one_update_of_an_agenda(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    agenda = await an_agenda(teams, mara, channel)
    for title in ("Review", "Retro", "Party"):
        await an_event(teams, mara, f"{title} friday 9:00", channel)
    await house.settle()
    assert agenda.edits == 1
    assert all(title in words(agenda.card) for title in ("Review", "Retro", "Party"))


async def test_an_agenda_of_other_days_is_left_alone(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    agenda = await an_agenda(teams, mara, channel, "next week")
    await teams.click(ines, agenda, "New event")
    await an_event(teams, mara, "Review friday 9:00", channel)
    await house.settle()
    assert agenda.edits == 0
    assert "Title" in words(agenda.card_for(ines)), "what she has opened there is still open"


async def test_an_agenda_follows_what_a_member_does_from_it(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    agenda = await an_agenda(teams, mara, channel)
    await teams.click(ines, agenda, line_of(agenda.card, "Review"))
    await teams.click(ines, agenda, "Edit")
    saved = await teams.click(ines, agenda, "Save", {"title": "Retro"})
    assert "Saved." in words(saved.card)
    await house.settle()
    assert "Retro" in words(agenda.card) and "Review" not in words(agenda.card)
    assert "Retro" in words(post.card)

    await teams.click(ines, agenda, line_of(agenda.card, "Retro"))
    await teams.click(ines, agenda, "Delete")
    await teams.click(ines, agenda, "Delete")
    await house.settle()
    assert "Nothing is planned." in words(agenda.card)


async def test_the_newest_three_agendas_follow_for_30_days(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    agendas = []
    for _ in range(4):
        agendas.append(await an_agenda(teams, mara, channel, "24 December"))
        house.clock.advance(60)
    await an_event(teams, mara, "Carols 24 December 17:00", channel)
    await house.settle()
    assert ["Carols" in words(agenda.card) for agenda in agendas] == [False, True, True, True]

    await house.pass_time(timedelta(days=31))
    await an_event(teams, mara, "Supper 24 December 19:00", channel)
    await house.settle()
    assert not any("Supper" in words(agenda.card) for agenda in agendas)


async def test_a_save_in_a_channel_updates_its_message_once(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    event = await an_event(teams, mara, "Review friday 9:00", channel)
    contact = await a_contact(teams, mara, {"name": "Ada Byron"}, channel)
    await house.settle()
    for post, typed in ((event, {"title": "Retro"}), (contact, {"company": "Engines"})):
        before = post.edits
        await teams.click(ines, post, "Edit")
        await teams.click(ines, post, "Save", typed)
        await house.settle()
        assert post.edits == before + 1


async def test_a_contact_edited_in_a_window_changes_where_it_stands(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, place: Chat
) -> None:
    post = await a_contact(teams, mara, {"name": "Ada Byron"}, place)
    found = (await teams.message(mara, "contacts Ada", place)).post
    dialog = await opened(teams, ines, post, "Edit in a window")
    saved = await teams.submit_dialog(ines, dialog, "Save", {"company": "Engines"})
    assert (saved.text, saved.posts) == ("Saved.", [])
    await house.settle()
    assert "Engines" in words(post.card)
    assert "Engines" in words(found.card)

    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")
    await house.settle()
    assert "This contact was deleted." in words(found.card)


async def test_what_somebody_looked_up_in_their_own_chat_follows_while_they_may_see_it(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await a_contact(teams, mara, {"name": "Ada Byron"}, channel)
    await teams.message(ines, "contacts", channel)
    own = (await teams.message(ines, "contacts Ada")).post
    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"company": "Engines"})
    await house.settle()
    assert "Engines" in words(own.card)

    await teams.members_removed(channel, ines)
    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"company": "Secret Service"})
    await house.settle()
    assert "Secret Service" not in words(own.card)


async def test_a_form_that_is_being_filled_in_is_not_taken_away(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    agenda = await an_agenda(teams, mara, channel)
    await teams.click(ines, agenda, "New event")
    await an_event(teams, mara, "Review friday 9:00", channel)
    await house.settle()
    assert agenda.edits == 0
    assert "Title" in words(agenda.card_for(ines))

    await teams.click(ines, agenda, "Create", {"title": "Party"})
    await house.pass_time(timedelta(seconds=20))
    assert "Review" in words(agenda.card) and "Party" in words(agenda.card)


async def test_a_form_that_was_left_alone_holds_up_nothing_for_long(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    agenda = await an_agenda(teams, mara, channel)
    await teams.click(ines, post, "Edit")
    dialog = await opened(teams, mara, post, "Edit in a window")
    await teams.submit_dialog(mara, dialog, "Save", {"title": "Retro"})
    await house.settle()
    assert "Retro" in words(agenda.card), "other messages do not wait"
    assert "Retro" not in words(post.card)
    await house.pass_time(timedelta(minutes=5))
    assert "Retro" in words(post.card)
