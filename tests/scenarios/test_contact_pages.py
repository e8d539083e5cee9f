"""A contact's card: everything on it, and everything that it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests._teams import Chat, FakeTeams, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import PRIYA, House, a_contact, line_of, typed_in, words

WHOLE = {
    "name": "Ada Byron",
    "given_name": "Ada",
    "family_name": "Byron",
    "phonetic_given_name": "AY-da",
    "company": "Analytical Engines",
    "job": "Engineer",
    "email": "ada@engines.example",
    "email_2": "ada@home.example; byron@home.example",
    "phone_mobile": "+4520304050; +4520304060",
    "phone_fax": "+45 70 12 34 57",
    "business_street": "Quay 3",
    "business_city": "Kiel",
    "website": "engines.example",
    "links": "https://www.linkedin.com/in/ada",
    "birthday": "1815-12-10",
    "assistant": "Mary",
    "owner": "Ines Moreau",
    "new_group": "Suppliers",
    "tags": "#fair",
    "notes": "Likes **poetry**.",
}


async def test_all_fields_are_on_the_card_and_lead_where_they_should(
    teams: FakeTeams, mara: Someone
) -> None:
    post = await a_contact(teams, mara, WHOLE)
    shown = words(post.card)
    told = "+45 20 30 40 50", "+45 20 30 40 60", "+45 70 12 34 57", "Quay 3", "10 Dec 1815", "Mary"
    assert all(piece in shown for piece in (*told, "Ines Moreau", "Suppliers", "#fair", "LinkedIn"))
    urls = {str(action.get("url")) for action in buttons(post.card)}
    assert {
        "mailto:byron@home.example",
        "tel:+4520304060",
        "https://engines.example",
        "https://www.linkedin.com/in/ada",
        "https://teams.microsoft.com/l/chat/0/0?users=ada@engines.example",
    } <= urls
    assert any(url.startswith("https://www.bing.com/maps?q=Quay%203") for url in urls)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"links": "javascript:alert(1)"}, "This is no address of a web page"),
        ({"website": "data:text/html,x"}, "This is no address of a web page"),
        ({"phone_fax": "+45 12"}, "This is no phone number."),
        ({"name": "x" * 1_000}, "This is too long: 200 characters at most."),
    ],
)
async def test_what_cannot_be_gets_a_sentence_and_is_not_lost(
    teams: FakeTeams, mara: Someone, typed: dict[str, str], sentence: str
) -> None:
    heard = await teams.message(mara, "new contact")
    again = await teams.click(mara, heard.post, "Create", {"name": "Ada"} | typed)
    assert sentence in words(again.card)
    assert typed_in(again.card).items() >= typed.items()


async def test_names_lose_what_nobody_sees_and_keep_their_script(
    teams: FakeTeams, mara: Someone
) -> None:
    post = await a_contact(teams, mara, {"name": "\u202eevil\u200b ليلى\u2066 حداد"})
    assert "evil ليلى حداد" in words(post.card)


async def test_a_meeting_is_scheduled_from_a_contact(teams: FakeTeams, mara: Someone) -> None:
    post = await a_contact(teams, mara, WHOLE)
    form = await teams.click(mara, post, "Schedule")
    values = typed_in(form.card)
    assert values["title"] == "Meeting with Ada Byron" and values["others"] == "Ada Byron"
    made = await teams.click(mara, post, "Create")
    assert "Meeting with Ada Byron" in words(made.card)


async def test_a_contact_is_copied_posted_and_taken_along(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await a_contact(teams, mara, WHOLE, channel)
    posted = await teams.click(mara, post, "Post here")
    assert any("Ada Byron" in words(each.card) for each in posted.posts)
    file = await teams.click(ines, post, "vCard")
    assert any(".vcf" in words(each.card) for each in file.posts)
    form = await teams.click(mara, post, "Copy")
    assert typed_in(form.card)["phone_fax"] == "+45 70 12 34 57"
    await teams.click(mara, post, "Create", {"name": "Ada Lovelace"})
    both = await teams.message(mara, "contacts ada", channel)
    assert "2 contacts" in words(both.card)


async def test_a_company_shows_its_people(teams: FakeTeams, mara: Someone) -> None:
    post = await a_contact(teams, mara, WHOLE)
    await a_contact(teams, mara, {"name": "Charles", "company": "analytical  engines"})
    await a_contact(teams, mara, {"name": "Robin", "company": "Analytical Engines of Kiel"})
    company = await teams.click(mara, post, "Company")
    shown = words(company.card)
    assert "2 contacts" in shown and "Charles" in shown and "Robin" not in shown
    back = await teams.click(mara, post, line_of(company.card, "Charles"))
    assert "Edit" in words(back.card)


async def test_a_contact_in_a_message_stays_right_for_those_who_may_see_it(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await a_contact(teams, mara, WHOLE, channel)
    await teams.message(ines, "contacts", channel)
    elsewhere = teams.group_chat("lunch", [mara, ines])
    [row] = (await teams.query(mara, "searchContacts", "ada")).rows
    dialog = (await teams.action_fetch(mara, "newContact")).dialog
    assert dialog
    [made] = (await teams.submit_dialog(mara, dialog, "Create", {"name": "Bo Lind"})).rows
    sent, own = (teams.insert(mara, each, elsewhere) for each in (row, made))
    await teams.click(mara, post, "Edit")
    await teams.click(mara, post, "Save", {"job": "Countess"})

    assert "Countess" not in words(sent.card)
    for who in (mara, ines):
        assert "Countess" in words((await teams.refresh(who, sent)).card)
        assert "Countess" in words((await teams.refresh(who, sent)).card), "it goes on"
    assert own.card["refresh"]["userIds"] == [f"8:orgid:{mara.object_id}"]
    priya = house.someone(PRIYA)
    stranger = await teams.execute(
        priya, sent, "contact.live", sent.card["refresh"]["action"]["data"]
    )
    assert "Countess" not in str(stranger.body)


async def test_the_owner_is_somebody_of_the_place_or_a_name(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await a_contact(teams, mara, {"name": "Ada"}, channel)
    form = await teams.click(mara, post, "Edit")
    assert typed_in(form.card)["owner_person"] == ""
    wrong = await teams.click(mara, post, "Save", {"owner_person": "who-is-that"})
    assert "They are in no place with Almanac." in words(wrong.card)
    saved = await teams.click(mara, post, "Save", {"owner_person": ines.object_id})
    assert ines.name in words(saved.card)
    again = await teams.click(mara, post, "Edit")
    assert typed_in(again.card)["owner_person"] == ines.object_id
    typed = {"owner_person": "", "owner": "Mr Ortega"}
    assert "Mr Ortega" in words((await teams.click(mara, post, "Save", typed)).card)


async def test_a_history_tells_who_changed_what(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await a_contact(teams, mara, WHOLE, channel)
    await teams.click(ines, post, "Edit")
    await teams.click(ines, post, "Save", {"job": "Countess"})
    history = words((await teams.click(mara, post, "History")).card)
    assert "Ines Moreau" in history and "Engineer → Countess" in history
    assert "created it" in history and "Number of the contact" in words(post.card)


async def test_private_notes_are_for_their_writer_alone(
    teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await a_contact(teams, mara, WHOLE, channel)
    form = await teams.click(mara, post, "My notes")
    assert typed_in(form.card)["my_note"] == ""
    saved = await teams.click(mara, post, "Save", {"my_note": "Owes me a lunch"})
    assert "Saved, for your eyes alone." in words(saved.card)
    mine = await teams.click(mara, post, "My notes")
    assert typed_in(mine.card)["my_note"] == "Owes me a lunch"
    theirs = await teams.click(ines, post, "My notes")
    assert typed_in(theirs.card)["my_note"] == ""
    long = await teams.click(ines, post, "Save", {"my_note": "x" * 5_001})
    assert "This is too long: 5000 characters at most." in words(long.card)
    for asked in ("contacts lunch", "find lunch"):
        assert "Owes me" not in words((await teams.message(ines, asked, channel)).card)


def a_picture(side: int = 400, kind: str = "JPEG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (side, side // 2), (200, 30, 30)).save(file, kind)
    return file.getvalue()


async def test_a_picture_that_is_sent_finds_its_contact_and_is_shown(
    teams: FakeTeams, mara: Someone, house: House
) -> None:
    post = await a_contact(teams, mara, WHOLE)
    asked = await teams.send_file(mara, "Ada_Byron.jpg", a_picture())
    assert "Whose picture is this?" in words(asked.card)
    given = await teams.click(mara, asked.post, line_of(asked.card, "Ada Byron"))
    assert "Saved." in words(given.card)
    shown = await teams.message(mara, "contacts ada byron")
    [address] = images(shown.card)
    status, png = await fetched(house, address)
    with Image.open(BytesIO(png)) as picture:
        assert (status, picture.format, picture.size) == (200, "PNG", (192, 192))
    assert (await fetched(house, address[:-2] + "xx"))[0] == 404
    house.clock.advance(timedelta(days=38))
    assert (await fetched(house, address))[0] == 404
    await teams.click(mara, post, "Photo")
    gone = await teams.click(mara, post, "Take it away")
    assert not list(images(gone.card))


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("ada.png", b"no picture at all", "This is no picture that can be read."),
        ("ada.jpg", b"\xff\xd8\xff" + b"\0" * 5_000_000, "This picture is too large"),
        ("evil.svg.png", b"<svg onload='alert(1)'/>", "This is no picture that can be read."),
    ],
)
async def test_a_file_that_is_no_picture_or_too_large_gets_a_sentence(
    teams: FakeTeams, mara: Someone, name: str, data: bytes, sentence: str
) -> None:
    heard = await teams.send_file(mara, name, data)
    assert sentence in heard.text


async def test_a_picture_is_fetched_from_an_address_through_the_guard(
    teams: FakeTeams, mara: Someone
) -> None:
    post = await a_contact(teams, mara, WHOLE)
    await teams.click(mara, post, "Photo")
    inner = {"photo_url": "https://169.254.169.254/latest/meta-data"}
    refused = await teams.click(mara, post, "Fetch it", inner)
    assert "No picture could be fetched from this address." in words(refused.card)
    assert typed_in(refused.card) == inner
    there = f"{teams.origin}/drive/sent/{teams.drive.put(a_picture(kind='PNG'))}"
    shown = await teams.click(mara, post, "Fetch it", {"photo_url": there})
    assert list(images(shown.card))
    text = f"{teams.origin}/drive/sent/{teams.drive.put(b'words')}"
    await teams.click(mara, post, "Photo")
    wrong = await teams.click(mara, post, "Fetch it", {"photo_url": text})
    assert "This is no picture that can be read." in words(wrong.card)


async def fetched(house: House, address: str) -> tuple[int, bytes]:
    async with house.browser.get(address) as answer:
        return answer.status, await answer.read()


def images(card: Any) -> Iterator[str]:
    if isinstance(card, dict):
        if card.get("type") == "Image":
            yield card["url"]
        for each in card.values():
            yield from images(each)
    elif isinstance(card, list):
        for each in card:
            yield from images(each)


async def test_a_post_that_follows_a_change_keeps_its_picture(
    teams: FakeTeams, mara: Someone, channel: Chat, house: House
) -> None:
    post = await a_contact(teams, mara, WHOLE, channel)
    await teams.click(mara, post, "Photo")
    there = f"{teams.origin}/drive/sent/{teams.drive.put(a_picture())}"
    await teams.click(mara, post, "Fetch it", {"photo_url": there})
    await house.pass_time(timedelta(minutes=1))
    assert list(images(post.card))
    [row] = (await teams.query(mara, "searchContacts", "ada byron")).rows
    assert list(images(row.card))
