"""Who may do what: said by owners in a form, kept everywhere, and over when somebody leaves."""

from __future__ import annotations

from datetime import timedelta

from cards.books.members_form import input_of
from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import INES, House, an_event, words

ONLY_OWNERS = "Only an owner can do that."


async def set_rights(
    house: House, teams: FakeTeams, who: Someone, where: Chat, typed: dict[str, str]
) -> str:
    """Write ``members``, press Change and Save; return what the card says then."""
    listed = await teams.message(who, "members", where)
    await teams.click(who, listed.post, "Change")
    saved = await teams.click(who, listed.post, "Save", typed)
    return words(saved.card)


async def test_an_owner_lets_only_owners_write_and_takes_it_back(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    post = await an_event(teams, ines, "Review friday 9:00", channel)
    refused = await teams.message(ines, "new event Party friday 20:00", channel)
    said = await set_rights(house, teams, mara, channel, {"who_writes": "owners"})
    assert "Saved." in said and "only owners write" in said
    assert "Ines Moreau" in said and "Reader" in said
    for sentence in ("new event Party friday 20:00", "delete review", "move review to 10:00"):
        asked = await teams.message(ines, sentence, channel)
        assert asked.text == "You may read this, but not change it.", "and no button to press"
    pressed = await teams.click(ines, refused.post, "Create")
    assert "You may read this, but not change it." in (pressed.text or words(pressed.card))
    details = await teams.click(ines, post, "Details")
    assert "Edit" not in words(details.card)
    assert "Edit" in words((await teams.click(mara, post, "Details")).card)
    await set_rights(house, teams, mara, channel, {"who_writes": "everybody"})
    pressed = await teams.click(ines, refused.post, "Create")
    assert "Created." in words(pressed.card)


async def test_a_contributor_changes_what_is_their_own(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    hers = await an_event(teams, mara, "Review friday 9:00", channel)
    role = {input_of(house.person(ines)): "contributor"}
    said = await set_rights(house, teams, mara, channel, role)
    assert "each as said by name" in said and "Contributor (their own only) · by name" in said
    own = await an_event(teams, ines, "Lunch friday 12:00", channel)
    assert "Edit" in words((await teams.click(ines, own, "Details")).card)
    seen = await teams.click(ines, hers, "Details")
    assert "Edit" not in words(seen.card)
    await teams.click(mara, hers, "Details")


async def test_several_owners_and_never_none(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    await teams.message(ines, "agenda", channel)
    me, her = input_of(house.person(mara)), input_of(house.person(ines))
    said = await set_rights(house, teams, mara, channel, {me: "reader"})
    assert "Somebody has to own this" in said
    said = await set_rights(house, teams, mara, channel, {her: "owner"})
    assert "Owner · by name" in said
    said = await set_rights(house, teams, ines, channel, {me: "reader"})
    assert "Saved." in said
    listed = await teams.message(mara, "members", channel)
    assert "Change" not in words(listed.card), "she reads now, and says nothing"
    said = await set_rights(house, teams, ines, channel, {me: "none"})
    assert "Saved." in said
    assert "Change" in words((await teams.message(mara, "members", channel)).card)


async def test_the_message_of_the_members_shows_to_all_what_was_saved(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    listed = (await teams.message(mara, "members", channel)).post
    await teams.click(mara, listed, "Change")
    await teams.click(mara, listed, "Save", {"who_writes": "owners"})
    assert "only owners write" in words(listed.card) and "Saved." not in words(listed.card)
    await teams.click(mara, listed, "Change")
    await teams.click(mara, listed, "Save", {"who_writes": "everybody"})
    assert "only owners write" not in words(listed.card)


async def test_only_owners_open_settings_members_and_the_bin(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    await teams.message(mara, "agenda", channel)
    for command in ("settings", "holidays Germany", "rename calendar to Mine"):
        assert ONLY_OWNERS in (await teams.message(ines, command, channel)).text
    listed = await teams.message(mara, "members", channel)
    await teams.click(mara, listed.post, "Change")
    stolen = await teams.click(ines, listed.post, "Change")
    assert ONLY_OWNERS in (stolen.text or words(stolen.card))


async def test_guests_may_be_held_to_reading(
    house: House, teams: FakeTeams, mara: Someone, priya: Someone
) -> None:
    channel = teams.channel("Launch", [mara, priya], owners=[mara])
    channel.guests.append(priya)
    await teams.message(priya, "agenda", channel)
    said = await set_rights(house, teams, mara, channel, {"what_guests_may": "reader"})
    assert "Guests\nReader" in said and "guest" in said
    asked = await teams.message(priya, "new event Party friday 20:00", channel)
    assert asked.text == "You may read this, but not change it."


async def test_who_leaves_loses_access_at_once(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "Review friday 9:00", channel)
    await teams.message(ines, "agenda", channel)
    assert (await teams.query(ines, "searchEvents", "review")).rows
    channel.members.remove(ines)
    await teams.members_removed(channel, ines)
    assert not (await teams.query(ines, "searchEvents", "review")).rows


async def test_who_leaves_unnoticed_loses_access_and_copies_within_a_quarter_of_an_hour(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await an_event(teams, mara, "Review friday 9:00", channel)
    await teams.message(ines, "agenda", channel)
    await house.connect(ines)
    await house.settle()
    account = await teams.message(ines, "account")
    await teams.click(ines, account.post, "Link another")
    await teams.click(ines, account.post, "Link")
    await house.settle()
    assert "Review" in copied(house)
    channel.members.remove(ines)  # and Teams says nothing
    await house.settle()
    assert (await teams.query(ines, "searchEvents", "review")).rows
    await house.pass_time(timedelta(minutes=15))
    assert not (await teams.query(ines, "searchEvents", "review")).rows
    assert "Review" not in copied(house)


def copied(house: House) -> set[str]:
    """Return what stands in any calendar of Ines's Outlook."""
    mailbox = house.outlook(INES)
    return {item.content.subject for each in mailbox.calendars for item in mailbox.items(each.id)}


async def test_an_own_chat_has_no_members(teams: FakeTeams, mara: Someone) -> None:
    assert "yours alone" in (await teams.message(mara, "members")).text
