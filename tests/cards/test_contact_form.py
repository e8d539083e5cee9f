import pytest

from cards.contact_form import contact_values, read_contact_form, typed_contact
from services.model.contacts import ContactContent, Phone, PhoneKind
from services.model.errors import InvalidInput, Problem, Wrong
from tests._builders import a_contact_content

RICH = a_contact_content(
    department="Engines",
    emails=("a@x.example", "b@x.example", "c@x.example"),
    phones=(
        Phone(PhoneKind.BUSINESS, "+45 1234"),
        Phone(PhoneKind.BUSINESS, "+45 5678"),
        Phone(PhoneKind.HOME, "0123"),
    ),
    notes="a\nb",
)


@pytest.mark.parametrize(
    "content",
    [RICH, ContactContent(name="Ines"), ContactContent(name="Ines", notes="x" * 12_000)],
)
def test_a_form_that_nobody_touched_changes_nothing(content: ContactContent) -> None:
    assert read_contact_form(contact_values(content), content) == content


def test_what_was_typed_becomes_content() -> None:
    typed = {
        "name": " Ada Byron ",
        "company": "Engines",
        "email": "ada@x.example",
        "email_2": "ada@x.example",
        "phone_mobile": "+45 20 12",
        "notes": "a\r\nb",
    }
    assert read_contact_form(typed) == ContactContent(
        name="Ada Byron",
        company="Engines",
        emails=("ada@x.example",),
        phones=(Phone(PhoneKind.MOBILE, "+45 20 12"),),
        notes="a\nb",
    )


def test_what_the_form_has_no_room_for_is_kept() -> None:
    changed = read_contact_form(contact_values(RICH) | {"email": "new@x.example"}, RICH)
    assert changed.emails == ("new@x.example", "b@x.example", "c@x.example")
    assert changed.phones == RICH.phones


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
    ],
)
def test_what_cannot_be_is_refused_at_its_input(typed: dict[str, str], problem: Problem) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_contact_form({"name": "Ada"} | typed)
    assert caught.value.problems == (problem,)


def test_only_the_inputs_of_the_form_are_taken_from_a_button() -> None:
    assert typed_contact({"verb": "contact.new", "name": "Ada", "email": 7}) == {"name": "Ada"}
