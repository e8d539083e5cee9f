"""Groups of contacts and the fields that a list defines itself."""

from __future__ import annotations

from dataclasses import replace

from services.contacts.contact_groups import AT_ONCE
from services.model.books import BookKind
from services.model.contacts import ContactId
from services.model.identity import PersonHome
from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import House, a_contact, line_of, typed_in, words


async def test_groups_are_made_renamed_and_taken_away_and_their_members_follow(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await a_contact(teams, mara, {"name": "Ada", "new_group": "Suppliers, Sea"}, channel)
    await a_contact(teams, mara, {"name": "Ben", "groups": "Sea"}, channel)
    listed = await teams.message(ines, "groups", channel)
    assert "Sea\n2 contacts" in words(listed.card) and "Suppliers\n1" not in words(listed.card)

    more = await teams.message(ines, "new group Board", channel)
    assert "Board" in words(more.card)
    form = await teams.message(mara, "new contact", channel)
    assert {"Board", "Sea", "Suppliers"} <= set(words(form.card).split("\n"))

    one = await teams.click(ines, listed.post, line_of(listed.card, "Sea"))
    again = await teams.click(ines, listed.post, "Rename", {"group_name": "Board"})
    assert "There is one with this name here already." in words(again.card)
    done = await teams.click(ines, listed.post, "Rename", {"group_name": "Sailors"})
    assert "Renamed." in words(done.card) and "Sailors\n2 contacts" in words(done.card)
    assert "Sea" in words(one.card)
    shown = await teams.click(ines, post, "History")
    assert "Ines Moreau" in words(shown.card) and "Sailors" in words(shown.card)

    asked = await teams.message(ines, "delete group suppliers", channel)
    gone = await teams.click(ines, asked.post, "Delete")
    assert "The group is gone; everybody in it is still here." in words(gone.card)
    assert "Suppliers" not in words((await teams.message(mara, "contacts ada", channel)).card)


async def test_a_group_that_is_not_there_gets_a_sentence(teams: FakeTeams, mara: Someone) -> None:
    heard = await teams.message(mara, "rename group Nobody to Somebody")
    assert heard.text.startswith("There is no group of that name here.")
    await teams.message(mara, "new group Nobody")
    renamed = await teams.message(mara, "rename group nobody to Somebody")
    assert "Somebody" in words(renamed.card)
    twice = await teams.message(mara, "new group somebody")
    assert "There is one with this name here already." in words(twice.card)
    empty = await teams.message(mara, "new group")
    assert "Please fill this in." in words(empty.card)


async def test_a_large_group_is_renamed_in_the_background(
    teams: FakeTeams, mara: Someone, house: House
) -> None:
    await a_contact(teams, mara, {"name": "Ada", "new_group": "Sea"})
    store = house.almanac.store
    [book] = await store.books.of_home(PersonHome(house.person(mara)), BookKind.CONTACTS)
    [ada], _ = await store.contacts.changes(book, 0)
    many = [replace(ada, id=ContactId(f"c{n}"), etag="") for n in range(AT_ONCE)]
    await store.contacts.save_all([(None, each) for each in many], book)

    renamed = await teams.message(mara, "rename group Sea to Sailors")

    assert f"{AT_ONCE + 1} contacts follow in the background." in words(renamed.card)
    await house.settle()
    shown = words((await teams.message(mara, "groups")).card)
    assert f"Sailors\n{AT_ONCE + 1} contacts" in shown


async def test_owners_give_a_list_fields_of_its_own_and_values_are_checked(
    teams: FakeTeams, mara: Someone, house: House
) -> None:
    form = await teams.message(mara, "fields")
    typed = {
        "field_name_0": "Customer number",
        "field_kind_0": "number",
        "field_name_1": "Level",
        "field_kind_1": "choice",
    }
    again = await teams.click(mara, form.post, "Save", typed)
    assert "Please fill this in." in words(again.card)
    await teams.click(mara, form.post, "Save", {"field_choices_1": "Gold, Silver"})
    assert "Save" not in words(form.post.card), "the message is no form any more"
    await teams.message(mara, "fields")

    heard = await teams.message(mara, "new contact Ada")
    [number, level] = [each for each in typed_in(heard.card) if each.startswith("custom_")]
    wrong = await teams.click(mara, heard.post, "Create", {number: "many", level: "Gold"})
    assert "This must be a number." in words(wrong.card)
    made = await teams.click(mara, heard.post, "Create", {number: "1 250,50"})
    assert "Customer number\n1250.5" in words(made.card) and "Level\nGold" in words(made.card)

    form = await teams.message(mara, "fields")
    assert "Field 2 (Choice)" in words(form.card)
    await teams.click(mara, form.post, "Save", {"field_name_0": "", "field_name_1": "Rank"})
    now = words((await teams.message(mara, "contacts ada")).card)
    assert "Rank\nGold" in now and "1250.5" not in now


async def test_readers_see_groups_and_only_owners_give_fields(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    channel = teams.channel("Launch", [mara, ines], owners=[mara])
    await teams.install(mara, channel)
    await a_contact(teams, mara, {"name": "Ada", "new_group": "Sea"}, channel)
    heard = await teams.message(ines, "fields", channel)
    assert "Only an owner can do that." in heard.text
    listed = await teams.message(ines, "groups", channel)
    assert "Sea\none contact" in words(listed.card)
