"""Contact lists as such: rights, copies, the bin and the log, as calendars have them."""

from __future__ import annotations

from datetime import timedelta

from services.jobs.follow_calendar import BURST
from tests._teams import Chat, FakeTeams, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import House, a_contact, line_of, words
from tests.scenarios.test_contact_pages import a_picture, fetched, images

ONLY_OWNERS = "Only an owner can do that."


async def test_a_copy_of_a_list_has_its_groups_fields_pictures_and_contacts(
    teams: FakeTeams, mara: Someone, house: House
) -> None:
    await a_contact(teams, mara, {"name": "Ada Byron", "new_group": "Sea"})
    form = await teams.message(mara, "fields")
    await teams.click(mara, form.post, "Save", {"field_name_0": "Wiki", "field_kind_0": "link"})
    sent = await teams.send_file(mara, "Ada Byron.png", a_picture(kind="PNG"))
    await teams.click(mara, sent.post, line_of(sent.card, "Ada Byron"))

    listed = await teams.message(mara, "contact lists")
    shown = await teams.click(mara, listed.post, "Your contacts")
    assert "Since " in words(shown.card) and "its id is" in words(shown.card)
    await teams.click(mara, listed.post, "Make a copy")
    made = await teams.click(mara, listed.post, "Copy", {"set_name": "Press"})
    assert "This is the copy." in words(made.card) and "one contact" in words(made.card)

    groups = await teams.click(mara, listed.post, "Groups")
    assert "Sea\none contact" in words(groups.card)
    fields = await teams.click(mara, listed.post, "Fields of this list")
    assert "Field 1 (Web address)" in words(fields.card)
    await house.settle()
    both = await teams.query(mara, "searchContacts", "ada")
    assert len(both.rows) == 2
    found = await teams.message(mara, "contacts ada")
    for line in ("Ada Byron",):
        details = await teams.click(mara, found.post, line_of(found.card, line))
        [address] = images(details.card)
        assert (await fetched(house, address))[0] == 200


async def test_each_list_of_a_place_has_rights_of_its_own(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    await teams.install(mara, channel)
    form = await teams.message(mara, "new contact list Board", channel)
    await teams.click(mara, form.post, "Create")
    listed = await teams.message(mara, "members Board", channel)
    await teams.click(mara, listed.post, "Change")
    saved = await teams.click(mara, listed.post, "Save", {"who_writes": "owners"})
    assert "only owners write" in words(saved.card)
    refused = await teams.message(ines, "settings Board", channel)
    assert ONLY_OWNERS in refused.text

    lists = await teams.message(ines, "contact lists", channel)
    shown = await teams.click(ines, lists.post, line_of(lists.card, "Board"))
    groups = await teams.click(ines, lists.post, "Groups")
    assert "a reader" in words(shown.card) and "Make it" not in words(groups.card)
    post = await a_contact(teams, ines, {"name": "Robin"}, channel)
    assert "Edit" in words(post.card), "the other list is everybody's"


async def test_a_private_list_is_seen_by_its_owner_alone(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    post = await a_contact(teams, mara, {"name": "Ada Private", "email": "ada@private.example"})
    assert (await teams.query(ines, "searchContacts", "ada")).rows == []
    for title in ("Edit", "History", "My notes", "vCard", "Photo", "Schedule", "Company", "Copy"):
        button = next((b for b in buttons(post.card) if b.get("title") == title), None)
        if button is not None:
            stolen = await teams.execute(ines, post, button["verb"], button["data"])
            assert "ada@private.example" not in (stolen.text or words(stolen.card)), title


async def test_a_contact_comes_back_from_the_bin_and_the_log_tells_of_it(
    teams: FakeTeams, mara: Someone
) -> None:
    post = await a_contact(teams, mara, {"name": "Ada Byron", "new_group": "Sea"})
    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")
    bin = await teams.message(mara, "recycle bin")
    await teams.click(mara, bin.post, "Restore")
    found = await teams.message(mara, "contacts ada")
    assert "Sea" in words(found.card)
    log = words((await teams.message(mara, "audit")).card)
    for deed in ("created", "deleted", "restored"):
        assert f"{mara.name} {deed} “Ada Byron”" in log


async def test_whoever_wants_to_is_told_of_changes_in_a_contact_list(
    teams: FakeTeams, mara: Someone, ines: Someone, house: House
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    for each in (mara, ines):
        await teams.install(each)
    post = await a_contact(teams, mara, {"name": "Ada Byron"}, channel)
    await house.pass_time(timedelta(minutes=1))
    listed = await teams.message(ines, "contact lists", channel)
    await teams.click(ines, listed.post, line_of(listed.card, "Harbour · Launch"))
    form = await teams.click(ines, listed.post, "Notifications")
    assert "Reminders as each event says" not in words(form.card)
    await teams.click(ines, listed.post, "Save", {"changes": "all"})

    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"job": "Countess"})
    await a_contact(teams, ines, {"name": "Of her own"}, channel)
    await house.settle()
    await house.pass_time(BURST + timedelta(seconds=5))

    told = words(teams.connector.posts[-1].card)
    assert "One change in Harbour · Launch" in told and "Changed: Ada Byron" in told
    assert "Of her own" not in told
    chosen = await teams.message(ines, "notifications")
    assert "Harbour · Launch" in words(chosen.card)


async def test_lists_of_one_name_are_looked_through_together_and_told_apart(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    for team in ("Launch", "Harvest"):
        channel = teams.channel(team, [mara, ines], owners=[mara])
        await teams.install(mara, channel)
        form = await teams.message(mara, "new contact list Press", channel)
        await teams.click(mara, form.post, "Create")
        press = await the_list(teams, mara, "Press", channel)
        form = await teams.message(mara, "new contact", channel)
        typed = {"name": f"Ada of {team}", "in_book": press}
        await teams.click(mara, form.post, "Create", typed)
    for asked in ("contacts in press", "who is ada in press"):
        told = words((await teams.message(mara, asked)).card)
        assert "Ada of Launch" in told and "Ada of Harvest" in told
        assert "Press · Harbour · Launch" in told and "Press · Harbour · Harvest" in told
    assert len((await teams.query(mara, "searchContacts", "ada in press")).rows) == 2
    here = words((await teams.message(mara, "who is ada in press", channel)).card)
    assert "Ada of Harvest" in here and "Launch" not in here


async def the_list(teams: FakeTeams, who: Someone, name: str, where: Chat) -> str:
    """Return the id of a contact list of a place."""
    listed = await teams.message(who, "contact lists", where)
    shown = await teams.click(who, listed.post, line_of(listed.card, name))
    return str(next(a for a in shown.card["actions"] if a["title"] == "Settings")["data"]["book"])
