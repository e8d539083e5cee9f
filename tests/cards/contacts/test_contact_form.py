from dataclasses import replace
from datetime import date

import pytest

from cards.contacts.contact_actions import ContactCreate, ContactSave
from cards.contacts.contact_form import contact_form
from cards.contacts.contact_values import contact_values, read_contact_form, typed_contact
from services.model.books import BookId
from services.model.contact_lists import FieldId
from services.model.contacts import (
    Address,
    ContactContent,
    ContactId,
    CustomValue,
    Phone,
    PhoneKind,
)
from services.model.conversations import Member
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import Author
from tests._builders import a_contact_content, a_person
from tests._teams_cards import inputs
from tests.cards._contact_samples import ALL, INES, LIST

RICH = a_contact_content(
    department="Engines",
    emails=("a@x.example", "b@x.example", "c@x.example"),
    phones=(
        Phone(PhoneKind.HOME, "0123"),
        Phone(PhoneKind.BUSINESS, "+45 1234;ext=5"),
        Phone(PhoneKind.BUSINESS, "+45 5678"),
    ),
    notes="a\nb",
)

SAVE = ContactSave(LIST.id, ContactId("1"), "e")


@pytest.mark.parametrize(
    "content",
    [RICH, ALL, ContactContent(name="Ines"), ContactContent(name="Ines", notes="x" * 12_000)],
)
def test_a_form_that_nobody_touched_changes_nothing(content: ContactContent) -> None:
    assert read_contact_form(contact_values(content), content) == content


def test_what_a_form_shows_makes_the_same_contact_anew() -> None:
    content = replace(ALL, children=(), chats=(), spouse="", initials="", photo=RICH.photo)
    made = read_contact_form(contact_values(content))
    assert replace(made, phones=(), owner=None) == replace(content, phones=(), owner=None)
    assert set(made.phones) == set(content.phones)
    assert made.owner == Author(None, "Mara Lindqvist")


def test_a_birthday_without_a_year_shows_none_and_keeps_none() -> None:
    leap = ContactContent(name="Ada", birthday=date(1604, 2, 29), anniversary=date(2001, 5, 1))
    shown = contact_values(leap)
    assert (shown["birthday"], shown["birthday_no_year"]) == ("2000-02-29", "true")
    assert read_contact_form(shown) == leap
    known = read_contact_form(shown | {"birthday": "1985-12-10", "birthday_no_year": "false"}, leap)
    assert known.birthday == date(1985, 12, 10) and known.anniversary == leap.anniversary
    gone = read_contact_form(shown | {"anniversary_no_year": "true"}, leap)
    assert gone.anniversary == date(1604, 5, 1)
    empty = read_contact_form({"name": "Ada", "birthday_no_year": "true"}, leap)
    assert empty.birthday is None


def test_what_was_typed_becomes_content() -> None:
    typed = {
        "name": " Ada Byron ",
        "company": "Engines",
        "email": "ada@x.example",
        "email_2": "ada@x.example; b@x.example,c@x.example",
        "phone_mobile": "+45 20 12 ; +45 20 13",
        "phone_fax": "+45 20 14",
        "home_city": "Kiel",
        "home_street": "Quay 3\r\nSecond floor",
        "links": "https://a.example\nb.example",
        "birthday": "1815-12-10",
        "owner": "Mara",
        "groups": "Board,Suppliers%2C north",
        "new_group": "Sea",
        "tags": "#fair, print",
        "custom_f1": "12",
        "custom_f2": "",
        "notes": "a\r\nb",
    }
    assert read_contact_form(typed) == ContactContent(
        name="Ada Byron",
        company="Engines",
        emails=("ada@x.example", "b@x.example", "c@x.example"),
        phones=(
            Phone(PhoneKind.MOBILE, "+45 20 12"),
            Phone(PhoneKind.MOBILE, "+45 20 13"),
            Phone(PhoneKind.FAX, "+45 20 14"),
        ),
        home_address=Address(street="Quay 3\nSecond floor", city="Kiel"),
        links=("https://a.example", "b.example"),
        birthday=date(1815, 12, 10),
        owner=Author(None, "Mara"),
        groups=("Board", "Suppliers, north", "Sea"),
        tags=("#fair", "print"),
        custom=(CustomValue(FieldId("f1"), "12"),),
        notes="a\nb",
    )


def test_what_the_form_did_not_show_is_kept() -> None:
    changed = read_contact_form(contact_values(RICH) | {"email": "new@x.example"}, RICH)
    assert changed.emails == ("new@x.example", "b@x.example", "c@x.example")
    assert changed.phones == RICH.phones
    fewer = {name: value for name, value in contact_values(ALL).items() if name != "custom_f1"}
    assert read_contact_form(fewer, ALL).custom == (ALL.custom[0], *ALL.custom[1:])
    cleared = read_contact_form(contact_values(ALL) | {"owner": "", "custom_f3": " "}, ALL)
    assert cleared.owner is None
    assert FieldId("f3") not in {each.field for each in cleared.custom}


def test_a_changed_number_leaves_the_other_inputs_as_they_were() -> None:
    changed = read_contact_form(contact_values(RICH) | {"phone_home": "0999 1"}, RICH)
    assert set(changed.phones) == {*RICH.phones[1:], Phone(PhoneKind.HOME, "0999 1")}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"name": ""}, Problem("name", Wrong.MISSING)),
        ({"name": "x" * 201}, Problem("name", Wrong.TOO_LONG, 200)),
        ({"email": "ada"}, Problem("email", Wrong.NOT_AN_EMAIL)),
        ({"email": "@x.example"}, Problem("email", Wrong.NOT_AN_EMAIL)),
        ({"email_2": "ada@home"}, Problem("email_2", Wrong.NOT_AN_EMAIL)),
        ({"email_2": "a b@x.example"}, Problem("email_2", Wrong.NOT_AN_EMAIL)),
        ({"phone_home": "call me"}, Problem("phone_home", Wrong.NOT_A_PHONE)),
        ({"birthday": "soon"}, Problem("birthday", Wrong.NOT_A_DATE)),
    ],
)
def test_what_cannot_be_is_refused_at_its_input(typed: dict[str, str], problem: Problem) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_contact_form({"name": "Ada"} | typed)
    assert caught.value.problems == (problem,)


def test_only_the_inputs_of_the_form_are_taken_from_a_button() -> None:
    assert typed_contact({"verb": "contact.new", "name": "Ada", "email": 7}) == {"name": "Ada"}


def test_every_input_of_the_form_is_read_and_every_field_of_the_list_has_one() -> None:
    drawn = contact_form(ContactCreate(BookId("b"), "f"), contact_values(ALL), LIST, INES)
    names = {each["id"] for each in inputs(drawn)}
    assert names == set(typed_contact(dict.fromkeys(names, "")))
    assert {f"custom_{field.id}" for field in LIST.shape.fields} <= names


MARA = Member(a_person("mara"), "Mara Lindqvist", "29:mara")
OMARS = [Member(a_person(f"omar{n}"), name, "") for n, name in enumerate(("Omar Sy", "Omar H"))]


@pytest.mark.parametrize(
    ("typed", "owner"),
    [
        ({"owner_person": MARA.person.object_id}, Author(MARA.person, MARA.name)),
        ({"owner": "mara"}, Author(MARA.person, MARA.name)),
        ({"owner": "Omar"}, Author(None, "Omar")),
        ({"owner": "Mr Ortega"}, Author(None, "Mr Ortega")),
        ({}, None),
    ],
)
def test_an_owner_is_picked_or_named(typed: dict[str, str], owner: Author | None) -> None:
    read = read_contact_form({"name": "Ada"} | typed, None, [MARA, *OMARS])
    assert read.owner == owner


def test_an_owner_who_left_stays_until_there_is_another() -> None:
    gone = Author(a_person("gone"), "Gone")
    kept = ContactContent(name="Ada", owner=gone)
    values = contact_values(kept)
    assert read_contact_form(values | {"job": "Buyer"}, kept).owner == gone
    assert read_contact_form(values | {"owner": "x"}, kept).owner == Author(None, "x")
    form = contact_form(SAVE, values, LIST, INES, owner=gone)
    [picker] = [each for each in inputs(form) if each["id"] == "owner_person"]
    assert [each["title"] for each in picker["choices"]] == ["Gone"]
    both = values | {"owner_person": MARA.person.object_id, "owner": "x"}
    assert read_contact_form(both, kept, [MARA]).owner == Author(MARA.person, MARA.name)
    with pytest.raises(InvalidInput) as caught:
        read_contact_form(values | {"owner_person": "who"}, kept)
    assert caught.value.problems == (Problem("owner_person", Wrong.NOT_A_CHOICE),)
