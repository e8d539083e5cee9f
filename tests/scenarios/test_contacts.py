"""Contacts in the chat: found in words, added, edited and deleted by forms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.replies import Card
from services.model.books import BookKind
from services.model.contact_lists import ListShape
from services.model.events import Author
from tests._teams import Answer, Chat, FakeTeams, Someone
from tests._teams_cards import buttons, inputs
from tests.scenarios._house import House, a_contact, line_of, typed_in, words

ADA = {
    "name": "Ada Byron",
    "company": "Analytical Engines",
    "job": "Engineer",
    "department": "Mills",
    "email": "ada@engines.example",
    "email_2": "ada@home.example",
    "phone_business": "+45 70 12 34 56",
    "phone_mobile": "+45 20 30 40 50",
    "phone_home": "+45 11 22 33 44",
    "notes": "Likes poetry.",
}


async def test_a_form_holds_everything_that_a_contact_has(teams: FakeTeams, mara: Someone) -> None:
    post = await a_contact(teams, mara, ADA)
    for piece in ADA.values():
        assert piece in words(post.card)
    urls = {action.get("url") for action in buttons(post.card)}
    assert {"mailto:ada@engines.example", "tel:+4570123456"} <= urls


async def test_new_contact_takes_a_name_along(teams: FakeTeams, mara: Someone) -> None:
    heard = await teams.message(mara, "new contact Ada Byron")
    assert typed_in(heard.card)["name"] == "Ada Byron"


async def test_one_hit_is_shown_whole_and_several_as_a_list(
    teams: FakeTeams, mara: Someone
) -> None:
    await a_contact(teams, mara, ADA)
    await a_contact(teams, mara, {"name": "Adam Smith"})

    one = await teams.message(mara, "contacts byron")
    assert "ada@engines.example" in words(one.card)
    several = await teams.message(mara, "contacts ada")
    assert "2 contacts" in words(several.card)
    details = await teams.click(mara, several.post, line_of(several.card, "Adam Smith"))
    assert "Adam Smith" in words(details.card) and "Edit" in words(details.card)
    none = await teams.message(mara, "contacts zzz")
    assert "No contact was found." in words(none.card)


async def test_all_contacts_are_a_list_from_a_to_z_by_pages_and_in_seven_orders(
    teams: FakeTeams, mara: Someone
) -> None:
    for number in range(13):
        low = 50 - number
        typed = {"company": f"C{low}", "job": f"J{low}", "department": f"D{low}"}
        reached = {"email": f"r{low}@x.example", "phone_mobile": f"+45 20 30 40 {low}"}
        await a_contact(teams, mara, {"name": f"Robin {number:02}", **typed, **reached})
    await a_contact(teams, mara, {"name": "Åse Berg"})

    heard = await teams.message(mara, "contacts")
    assert "14 contacts" in words(heard.card) and "1 to 12 of 14 entries" in words(heard.card)
    assert names_on(heard.card)[:2] == ["Åse Berg", "Robin 00"]
    more = await teams.click(mara, heard.post, "More")
    assert names_on(more.card) == ["Robin 11", "Robin 12"]
    letter = await teams.click(mara, heard.post, "A\N{EN DASH}C")
    assert names_on(letter.card) == ["Åse Berg"]
    await teams.click(mara, heard.post, "All")
    for order in ("company", "job", "department", "email", "mobile"):
        ordered = await teams.click(mara, heard.post, "Sort", {"sort_by": order})
        assert names_on(ordered.card)[:2] == ["Robin 12", "Robin 11"], order
        assert "Åse Berg" not in names_on(ordered.card), "who has none comes last"
    newest = await teams.click(mara, heard.post, "Sort", {"sort_by": "recent"})
    assert names_on(newest.card)[0] == "Åse Berg"

    found = await teams.message(mara, "contacts robin")
    more = await teams.click(mara, found.post, "More")
    assert names_on(more.card) == ["Robin 12"] and "Back" in words(more.card)


async def test_a_contact_that_was_opened_from_a_list_leads_back_to_it(
    teams: FakeTeams, mara: Someone
) -> None:
    for number in range(13):
        await a_contact(teams, mara, {"name": f"Robin {number:02}", "company": "Crane"})
    heard = await teams.message(mara, "contacts")
    await teams.click(mara, heard.post, "More")
    await teams.click(mara, heard.post, "Robin 12")
    back = await teams.click(mara, heard.post, "Back")
    assert names_on(back.card) == ["Robin 12"] and "13 to 13 of 13 entries" in words(back.card)

    found = await teams.message(mara, "find robin 07")
    await teams.click(mara, found.post, "Robin 07")
    company = await teams.click(mara, found.post, "Company")
    await teams.click(mara, found.post, line_of(company.card, "Robin 01"))
    assert "Robin 02" in words((await teams.click(mara, found.post, "Back")).card)
    whole = await teams.click(mara, found.post, "Back")
    assert "Robin 07" in words(whole.card) and "Edit" in words(whole.card)


async def test_a_field_of_a_long_list_proposes_whom_it_finds(
    teams: FakeTeams, mara: Someone
) -> None:
    for number in range(13):
        await a_contact(teams, mara, {"name": f"Robin {number:02}", "job": "Buyer"})
    heard = await teams.message(mara, "contacts")
    field = next(each for each in heard.card["body"] if each["type"] == "Input.ChoiceSet")
    dataset = field["choices.data"]["dataset"]

    found = await teams.choices(mara, heard.post.chat, dataset, "robni 07")
    assert [title for title, _ in found] == ["Robin 07 · Buyer"]
    assert await teams.choices(mara, heard.post.chat, dataset, "nobody") == []
    chosen = {field["id"]: found[0][1]}
    opened = await teams.click(mara, heard.post, "Open", chosen)
    assert "Robin 07" in words(opened.card) and "Edit" in words(opened.card)


async def test_each_field_that_picks_a_contact_or_company_proposes_them(
    teams: FakeTeams, mara: Someone
) -> None:
    ada = await a_contact(teams, mara, ADA)
    await a_contact(teams, mara, {"name": "Byron, Robin", "new_group": "Press"})

    form = await teams.message(mara, "new contact Bo Lind")
    assert await proposed(teams, mara, form, "known_company", "anal") == ["Analytical Engines"]
    assert await proposed(teams, mara, form, "known_company", "") == ["Analytical Engines"]
    typed = {"known_company": "Analytical Engines"}
    made = await teams.click(mara, form.post, "Create", typed)
    assert "Analytical Engines" in words(made.card)

    event = await teams.message(mara, "new event lunch friday 12:30")
    typed_out = await teams.click(mara, event.post, "Correct")
    [robin] = await proposed(teams, mara, typed_out, "from_contacts", "robin byron")
    lunch = await teams.click(mara, event.post, "Create", {"from_contacts": f"{robin},Ada Byron"})
    assert "Created." in words(lunch.card)
    details = await teams.click(mara, event.post, "Details")
    assert "Byron, Robin" in words(details.card) and "Ada Byron" in words(details.card)

    groups = await teams.message(mara, "groups")
    group = await teams.click(mara, groups.post, "Press")
    [bo] = await proposed(teams, mara, group, "chosen_contact", "bo lind")
    joined = await teams.click(mara, groups.post, "Put them in", {"chosen_contact": bo})
    assert "Bo Lind is in the group." in words(joined.card) and "2 contacts" in words(joined.card)
    assert "Choose somebody first." in (await teams.click(mara, groups.post, "Put them in")).text

    merge = await teams.click(mara, ada, "Merge")
    [bo] = await proposed(teams, mara, merge, "chosen_contact", "bo")
    beside = await teams.click(mara, ada, "Compare them", {"chosen_contact": bo})
    assert "Bo Lind" in words(beside.card) and "Ada Byron" in words(beside.card)


async def proposed(
    teams: FakeTeams, who: Someone, heard: Answer, name: str, text: str
) -> list[str]:
    """Return the values that a field of a card proposes for some letters."""
    field = next(each for each in inputs(heard.card) if each["id"] == name)
    dataset = field["choices.data"]["dataset"]
    found = await teams.choices(who, teams.personal_chat(who), dataset, text)
    return [value for _, value in found]


async def test_the_list_shows_one_group_after_the_other(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    for name in ("Ada Byron", "Bo Lind", "Cy Fox"):
        await a_contact(teams, mara, {"name": name})
    almanac, person = house.almanac, house.person(mara)
    [book] = await almanac.books.on_shelf(person, BookKind.CONTACTS)
    shape = ListShape(groups=("North", "North Sea"))
    book = await almanac.store.books.save(replace(book, shape=shape))
    for contact in await almanac.store.contacts.all(book):
        of = {"Ada Byron": ("North",), "Bo Lind": ("North Sea",)}.get(contact.content.name, ())
        content = replace(contact.content, groups=of)
        await almanac.contacts.edit(Author(person, "Mara"), book.id, contact.id, content)

    heard = await teams.message(mara, "contacts")
    assert names_on(heard.card) == ["Ada Byron", "Bo Lind", "Cy Fox"]
    north = await teams.click(mara, heard.post, "North")
    assert names_on(north.card) == ["Ada Byron"]
    sea = await teams.click(mara, heard.post, "North Sea")
    assert names_on(sea.card) == ["Bo Lind"]
    everybody = await teams.click(mara, heard.post, "Everybody")
    assert len(names_on(everybody.card)) == 3


def names_on(card: Card) -> list[str]:
    """Return the names of the contacts that a list shows."""
    lines = [each for each in card["body"] if each["type"] == "ColumnSet"]
    taps = [each["selectAction"] for each in lines if "selectAction" in each]
    return [str(tap["title"]) for tap in taps if tap["verb"] == "contact.details"]


async def test_a_contact_is_edited_in_its_place(teams: FakeTeams, mara: Someone) -> None:
    post = await a_contact(teams, mara, ADA)
    await teams.click(mara, post, "Edit")
    saved = await teams.click(mara, post, "Save", {"job": "Countess", "notes": ""})
    assert "Saved." in words(saved.card)
    assert "Countess" in words(post.card) and "Likes poetry." not in words(post.card)


async def test_a_contact_is_deleted_after_a_question(teams: FakeTeams, mara: Someone) -> None:
    post = await a_contact(teams, mara, ADA)
    asked = await teams.click(mara, post, "Delete")
    assert "Delete this contact?" in words(asked.card)
    kept = await teams.click(mara, post, "Keep it")
    assert "ada@engines.example" in words(kept.card)
    await teams.click(mara, post, "Delete")
    gone = await teams.click(mara, post, "Delete")
    assert "This contact was deleted." in words(gone.card)
    none = await teams.message(mara, "contacts ada")
    assert "No contact was found." in words(none.card)


async def test_a_button_of_a_contact_that_is_gone_gets_a_sentence_and_a_fresh_card(
    teams: FakeTeams, mara: Someone
) -> None:
    post = await a_contact(teams, mara, ADA)
    other = (await teams.message(mara, "contacts ada")).post
    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")
    answer = await teams.click(mara, other, "Edit")
    assert "This contact is gone. Somebody may have deleted it." in words(answer.card)
    assert list(buttons(answer.card))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "ada at engines"}, "This is no e-mail address."),
        ({"phone_mobile": "none"}, "This is no phone number."),
        ({"name": "x" * 5000}, "This is too long: 200 characters at most."),
        ({"notes": "x" * 10_001}, "This is too long: 10000 characters at most."),
    ],
)
async def test_a_form_with_wrong_values_comes_back_with_what_was_typed(
    teams: FakeTeams, mara: Someone, typed: dict[str, str], sentence: str
) -> None:
    heard = await teams.message(mara, "new contact")
    again = await teams.click(mara, heard.post, "Create", {"name": "Ada", "job": "Poet"} | typed)
    assert sentence in words(again.card)
    values = typed_in(again.card)
    assert values | typed == values and values["job"] == "Poet"
    mended = {"name": "Ada", "email": "", "phone_mobile": "", "notes": ""}
    created = await teams.click(mara, heard.post, "Create", mended)
    assert "Created." in words(created.card)


async def test_the_same_submit_three_times_makes_one_contact(
    teams: FakeTeams, mara: Someone
) -> None:
    heard = await teams.message(mara, "new contact Ada Byron")
    form = heard.post.card
    await teams.click(mara, heard.post, "Create", times=3)
    heard.post.views[mara.teams_id] = form
    await teams.click(mara, heard.post, "Create")
    found = await teams.query(mara, "searchContacts", "ada")
    assert len(found.rows) == 1


async def test_two_people_edit_the_same_contact_at_once(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await a_contact(teams, mara, ADA, channel)
    form = (await teams.click(mara, post, "Edit")).card
    await teams.click(ines, post, "Edit")
    await teams.click(ines, post, "Save", {"job": "Countess"})
    post.views[mara.teams_id] = form

    again = await teams.click(mara, post, "Save", {"job": "Poet"})

    assert "Ines Moreau changed this while you were writing." in words(again.card)
    assert typed_in(again.card)["job"] == "Poet"
    saved = await teams.click(mara, post, "Save")
    assert "Poet" in words(saved.card)


async def test_in_a_channel_an_answer_holds_the_contacts_of_the_channel_alone(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    await a_contact(teams, mara, {"name": "Ada Private", "email": "ada@private.example"})
    await a_contact(teams, mara, {"name": "Ada Shared"}, channel)

    one = await teams.message(mara, "contacts ada", channel)
    assert "Ada Shared" in words(one.card) and "Private" not in words(one.card)
    everybody = await teams.message(mara, "contacts", channel)
    assert "Private" not in words(everybody.card)
    own = await teams.message(mara, "contacts ada")
    assert "2 contacts" in words(own.card)


async def test_a_found_contact_names_the_list_that_it_is_in(
    teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    await a_contact(teams, mara, {"name": "Ada Shared"}, channel)
    found = await teams.message(mara, "contacts ada")
    assert "Harbour · Launch" in words(found.card)


async def test_what_one_member_does_with_a_list_leaves_the_list_to_the_others(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await a_contact(teams, mara, {"name": "Ada Byron"}, channel)
    await a_contact(teams, mara, {"name": "Adam Smith"}, channel)
    heard = await teams.message(mara, "contacts ada", channel)
    await teams.click(ines, heard.post, line_of(heard.card, "Adam Smith"))
    await teams.click(ines, heard.post, "Edit")
    saved = await teams.click(ines, heard.post, "Save", {"job": "Economist"})
    assert "Economist" in words(saved.card)
    assert "2 contacts" in words(heard.post.card)


async def test_an_edited_contact_changes_the_message_that_shows_it_to_all(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await a_contact(teams, mara, {"name": "Ada Byron"}, channel)
    await teams.click(ines, post, "Edit")
    await teams.click(ines, post, "Save", {"job": "Countess"})
    assert "Countess" in words(post.card)


async def test_two_members_who_fill_in_one_form_at_once_make_one_contact(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    heard = await teams.message(mara, "new contact Ada Byron", channel)
    form = heard.post.card
    await teams.click(mara, heard.post, "Create")
    heard.post.views[ines.teams_id] = form

    again = await teams.click(ines, heard.post, "Create", {"company": "Engines"})

    assert "Mara Lindqvist has created this already" in words(again.card)
    assert typed_in(again.card)["company"] == "Engines"
    await teams.click(ines, heard.post, "Save")
    found = await teams.message(mara, "contacts Ada", channel)
    assert "Engines" in words(found.card)
