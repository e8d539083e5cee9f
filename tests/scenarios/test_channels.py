"""In a channel or group chat the calendar belongs to all members, and to nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests._builders import OTHER_TENANT
from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import (
    House,
    an_event,
    line_of,
    opened,
    typed_in,
    words,
)

GONE = "This calendar or contact list is no longer here for you."


@pytest.fixture(params=["channel", "group chat"])
def place(
    request: pytest.FixtureRequest, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> Chat:
    if request.param == "channel":
        return channel
    return teams.group_chat("Trip", [mara, ines])


async def test_every_member_sees_edits_and_deletes(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, place: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", place)
    agenda = await teams.message(ines, "agenda", place)
    assert "Review" in words(agenda.card)
    house.clock.advance(60)
    await teams.click(ines, post, "Edit")
    saved = await teams.click(ines, post, "Save", {"title": "Retro"})
    assert "Saved." in words(saved.card)
    details = await teams.click(ines, post, "Details")
    assert "Changed by Ines Moreau" in words(details.card)
    await teams.click(ines, post, "Back")
    await teams.click(ines, post, "Delete")
    await teams.click(ines, post, "Delete")
    agenda = await teams.message(mara, "agenda", place)
    assert "Nothing is planned." in words(agenda.card)


async def test_it_is_another_calendar_than_ones_own(
    teams: FakeTeams, mara: Someone, place: Chat
) -> None:
    await an_event(teams, mara, "Dentist friday 9:00")
    await an_event(teams, mara, "Review friday 9:00", place)
    assert "Dentist" not in words((await teams.message(mara, "agenda", place)).card)
    assert "Review" not in words((await teams.message(mara, "agenda")).card)


async def test_all_threads_of_a_channel_have_one_calendar(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "new event Review friday 9:00", channel, thread="160001")
    await teams.click(mara, heard.post, "Create")
    agenda = await teams.message(mara, "agenda", channel, thread="160002")
    assert "Review" in words(agenda.card)


async def test_a_post_of_all_names_the_zone_of_its_times(
    teams: FakeTeams, mara: Someone, priya: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "Review friday 9:00", channel)
    kochi = replace(priya, zone="Asia/Kolkata", language="en-IN")
    channel.members.append(kochi)
    agenda = await teams.message(kochi, "agenda", channel)
    assert "Berlin time" in words(agenda.card) and "09:00" in words(agenda.card)
    details = await teams.click(kochi, agenda.post, line_of(agenda.card, "Review"))
    assert "1:30" in words(details.card).lower(), "her own view has her own zone"


async def test_all_posts_that_show_an_event_follow_it(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    first = await an_event(teams, mara, "Review friday 9:00", channel)
    dialog = await opened(teams, ines, first, "Edit in a window")
    await teams.submit_dialog(ines, dialog, "Save", {"title": "Retro"})
    await house.settle()
    assert "Retro" in words(first.card)
    assert first.edits >= 1

    await teams.click(mara, first, "Delete")
    await teams.click(mara, first, "Delete")
    await house.settle()
    assert "Deleted by Mara Lindqvist." in words(first.card)


async def test_the_first_post_follows_right_after_the_event_was_made(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    assert "Review" in words(post.card) and "Create this event?" not in words(post.card)
    await teams.click(ines, post, "Edit")
    await teams.click(ines, post, "Save", {"title": "Retro"})
    assert "Retro" in words(post.card)
    await house.settle()
    assert "Retro" in words(post.card)
    assert "Saved." not in words(post.card), "that is said to Ines alone"


async def test_what_one_member_opens_from_an_agenda_leaves_the_agenda_to_the_others(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    agenda = (await teams.message(mara, "agenda", channel)).post
    await teams.click(ines, agenda, line_of(agenda.card, "Review"))
    await teams.click(ines, agenda, "Edit")
    saved = await teams.click(ines, agenda, "Save", {"title": "Retro"})
    assert "Saved." in words(saved.card)
    await house.settle()
    assert "Wed, 18 Nov - Tue, 24 Nov 2026" in words(agenda.card)
    assert "Retro" in words(agenda.card) and "Retro" in words(post.card)


async def test_an_event_made_from_the_button_of_an_agenda_gets_a_post_of_its_own(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    agenda = (await teams.message(mara, "agenda", channel)).post
    await teams.click(ines, agenda, "New event")
    made = await teams.click(ines, agenda, "Create", {"title": "Retro"})
    assert "Created." in words(made.card)
    assert "Nothing is planned." in words(agenda.card)
    assert "Retro" in words(made.post.card)
    fresh = await teams.click(ines, agenda, "Show the agenda")
    assert "Retro" in words(fresh.card)
    await teams.click(mara, made.post, "Edit")
    await teams.click(mara, made.post, "Save", {"title": "Retro and cake"})
    await house.settle()
    assert "Retro and cake" in words(made.post.card)


async def test_who_cancels_a_form_in_their_view_of_an_agenda_leaves_it_to_the_others(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    agenda = (await teams.message(mara, "agenda", channel)).post
    await teams.click(ines, agenda, "New event")
    away = await teams.click(ines, agenda, "Cancel")
    assert "Nothing was saved." in words(away.card)
    assert "Nothing is planned." in words(agenda.card)


async def test_only_whoever_asked_for_a_form_puts_it_away_for_all(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "new event lunch friday 12:30", channel)
    await teams.click(ines, heard.post, "Cancel")
    assert "Create this event?" in words(heard.post.card)
    await teams.click(mara, heard.post, "Cancel")
    assert "Nothing was saved." in words(heard.post.card)


async def test_another_member_may_confirm_what_was_proposed(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "new event lunch friday 12:30", channel)
    await teams.click(ines, heard.post, "Correct")
    await teams.click(ines, heard.post, "Create", {"title": "Lunch at noon"})
    assert "Lunch at noon" in words(heard.post.card)
    assert "Create this event?" not in words(heard.post.card)


@pytest.mark.parametrize("stranger", ["of another channel", "of another organisation"])
async def test_a_stranger_cannot_see_or_change_it(
    house: House,
    teams: FakeTeams,
    mara: Someone,
    priya: Someone,
    channel: Chat,
    stranger: str,
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    other = stranger == "of another organisation"
    who = teams.person("Mallory", tenant=OTHER_TENANT) if other else priya
    elsewhere = teams.channel("Elsewhere", [who], team="Mill")
    await teams.message(who, "agenda", elsewhere)
    data = next(
        action["data"]
        for action in post.card["actions"]
        if action.get("title") == "Edit" and action["type"] == "Action.Execute"
    )

    for verb in ("event.edit", "event.details", "event.delete", "event.delete_yes", "event.back"):
        there = replace(post, chat=elsewhere)
        asked = data | {"verb": verb, "original": ""}
        answer = await teams.execute(who, there, verb, asked)
        assert (answer.has_card, answer.text) == (False, GONE), verb
    save = data | {"verb": "event.save", "etag": "1", "form": "f", "title": "Mine"}
    answer = await teams.execute(who, replace(post, chat=elsewhere), "event.save", save)
    assert answer.text == GONE
    create = {"verb": "event.create", "book": data["book"], "form": "f", "title": "Mine"}
    answer = await teams.execute(who, replace(post, chat=elsewhere), "event.create", create)
    assert answer.text == GONE
    show = {"verb": "agenda.show", "book": data["book"], "days": 7, "page": 0}
    answer = await teams.execute(who, replace(post, chat=elsewhere), "agenda.show", show)
    assert answer.text == GONE
    assert not (await teams.query(who, "searchEvents", "review")).rows
    address = f"{house.url}/e/{data['event']}"
    assert not (await teams.unfurl(who, address)).rows
    assert "Review" in words((await teams.message(mara, "agenda", channel)).card)


async def test_whoever_left_sees_nothing_any_more(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    await teams.message(ines, "agenda", channel)
    assert (await teams.query(ines, "searchEvents", "review")).rows

    await teams.members_removed(channel, ines)

    assert not (await teams.query(ines, "searchEvents", "review")).rows
    data = next(a["data"] for a in post.card["actions"] if a.get("title") == "Edit")
    own = replace(post, chat=teams.personal_chat(ines))
    assert (await teams.execute(ines, own, "event.edit", data)).text == GONE


async def test_a_guest_of_another_organisation_edits_what_their_hosts_share(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    """Teams names the guest's own organisation beside the guest's id."""
    guest = Visitor("Otto", "9c1d6c3f-7b52-4e0e-9c47-d35b0e82f699", OTHER_TENANT)
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    await teams.members_added(channel, guest)
    await house.settle()

    await teams.click(guest, post, "Edit")
    saved = await teams.click(guest, post, "Save", {"title": "Retro"})
    assert "Saved." in words(saved.card)
    agenda = await teams.message(guest, "agenda", channel)
    assert "Retro" in words(agenda.card)
    await an_event(teams, guest, "Visit monday 10:00", channel)
    assert "Visit" in words((await teams.message(mara, "agenda", channel)).card)

    await teams.members_removed(channel, guest)
    data = next(a["data"] for a in post.card["actions"] if a.get("title") == "Edit")
    own = replace(post, chat=teams.personal_chat(guest))
    assert (await teams.execute(guest, own, "event.edit", data)).text == GONE


async def test_a_guest_whom_the_list_of_members_names_otherwise_keeps_their_rights(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    """Their messages do not name their organisation, the list of members does."""
    guest = Someone("Otto", "9c1d6c3f-7b52-4e0e-9c47-d35b0e82f699", OTHER_TENANT)
    await an_event(teams, mara, "Review friday 9:00", channel)
    assert "Review" in words((await teams.message(guest, "agenda", channel)).card)
    await teams.members_added(channel, guest)
    await teams.install(mara, channel)
    await house.settle()
    agenda = await teams.message(guest, "agenda", channel)
    assert "Review" in words(agenda.card)


async def test_an_account_asked_for_in_a_channel_is_not_shown_there(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    for sentence in ("account", "connect", "disconnect"):
        heard = await teams.message(mara, sentence, channel)
        assert "please write it in our own chat" in heard.text


async def test_a_form_that_a_member_filled_in_halfway_is_theirs(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "new event", channel)
    wrong = {"title": "Party", "start_time": "14:00", "end_time": "13:00"}
    again = await teams.click(mara, heard.post, "Create", wrong)
    assert typed_in(again.card)["title"] == "Party"
    assert typed_in(heard.post.card_for(ines))["title"] == ""


class Visitor(Someone):
    """Somebody whose organisation Teams names with every message."""

    @property
    def account(self) -> dict[str, str]:
        return {**super().account, "tenantId": self.tenant}
