from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.contacts.contact_checks import tidy_contact
from services.model.contact_lists import CustomField, FieldId, FieldKind, ListShape
from services.model.contacts import Address, ContactContent, CustomValue, Phone, PhoneKind
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import Author
from tests._builders import a_contact_content
from tests.services._contacts import FULL

ADA = a_contact_content()
SIZE, UNTIL, LEVEL, WIKI = (FieldId(f"f{n}") for n in range(4))
SHAPE = ListShape(
    groups=("Harbour", "Suppliers"),
    fields=(
        CustomField(SIZE, "Size", FieldKind.NUMBER),
        CustomField(UNTIL, "Until", FieldKind.DATE),
        CustomField(LEVEL, "Level", FieldKind.CHOICE, ("Gold", "Silver")),
        CustomField(WIKI, "Wiki", FieldKind.LINK),
        CustomField(FieldId("f4"), "Remark"),
    ),
)


def test_a_contact_with_every_field_is_taken() -> None:
    tidied = tidy_contact(FULL, region="GB")
    assert tidied == replace(FULL, phones=tidied.phones)
    assert tidied.phones[-1] == Phone(PhoneKind.MOBILE, "+44 7700 900105")


def test_what_was_left_as_it_was_is_nobodys_fault() -> None:
    odd = replace(FULL, phones=(Phone(PhoneKind.HOME, "ask Mary"),), website="intranet", job="")
    assert tidy_contact(replace(odd, job="Poet"), odd) == replace(odd, job="Poet")
    more = replace(odd, phones=(*odd.phones, Phone(PhoneKind.FAX, "020 7946 0018")))
    assert tidy_contact(more, odd, region="GB").phones == (
        *odd.phones,
        Phone(PhoneKind.FAX, "+44 20 7946 0018"),
    )


@pytest.mark.parametrize(
    "written", ["mailto:ada@x.example", "Ada Byron <ada@x.example>", "<MailTo:ada@x.example>"]
)
def test_what_is_copied_along_with_an_address_is_left_out(written: str) -> None:
    assert tidy_contact(replace(ADA, emails=(written,))).emails == ("ada@x.example",)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": "x" * 1_000}, Problem("name", Wrong.TOO_LONG, 200)),
        ({"name": "\u200b\u202e \u200f"}, Problem("name", Wrong.MISSING)),
        ({"phonetic_given_name": "x" * 201}, Problem("phonetic_given_name", Wrong.TOO_LONG, 200)),
        ({"website": "javascript:alert(1)"}, Problem("website", Wrong.NOT_A_LINK)),
        ({"links": ("https://a.example", "data:x")}, Problem("links", Wrong.NOT_A_LINK)),
        ({"links": ("x" * 2_001,)}, Problem("links", Wrong.TOO_LONG, 2_000)),
        (
            {"links": tuple(f"https://a.example/{n}" for n in range(11))},
            Problem("links", Wrong.TOO_MANY, 10),
        ),
        ({"home_address": Address(city="x" * 201)}, Problem("home_city", Wrong.TOO_LONG, 200)),
        ({"birthday": date(1500, 1, 1)}, Problem("birthday", Wrong.OUT_OF_RANGE)),
        ({"tags": ("x" * 101,)}, Problem("tags", Wrong.TOO_LONG, 100)),
        ({"groups": tuple(f"g{n}" for n in range(26))}, Problem("groups", Wrong.TOO_MANY, 25)),
        ({"children": ("x" * 201,)}, Problem("children", Wrong.TOO_LONG, 200)),
        ({"owner": Author(None, "x" * 201)}, Problem("owner", Wrong.TOO_LONG, 200)),
        (
            {"phones": tuple(Phone(PhoneKind.FAX, f"+45 701234{n}") for n in range(10, 21))},
            Problem("phone_fax", Wrong.TOO_MANY, 10),
        ),
        ({"custom": (CustomValue(SIZE, "many"),)}, Problem("custom_f0", Wrong.NOT_A_NUMBER)),
        ({"custom": (CustomValue(UNTIL, "soon"),)}, Problem("custom_f1", Wrong.NOT_A_DATE)),
        ({"custom": (CustomValue(LEVEL, "Tin"),)}, Problem("custom_f2", Wrong.NOT_A_CHOICE)),
        (
            {"custom": (CustomValue(WIKI, "javascript:x"),)},
            Problem("custom_f3", Wrong.NOT_A_LINK),
        ),
        (
            {"custom": (CustomValue(FieldId("f4"), "x" * 501),)},
            Problem("custom_f4", Wrong.TOO_LONG, 500),
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_input(changes: dict[str, Any], problem: Problem) -> None:
    with pytest.raises(InvalidInput) as caught:
        tidy_contact(replace(ADA, **changes), shape=SHAPE)
    assert caught.value.problems == (problem,)


def test_everything_is_written_in_one_way() -> None:
    untidy = ContactContent(
        name="Ada\u200b  \u202eByron\n",
        website="engines.example",
        links=("https://www.linkedin.com/in/ada", " https://www.linkedin.com/in/ada "),
        groups=("harbour", "HARBOUR", "Elsewhere"),
        tags=("#sea", "Sea"),
        owner=Author(None, " Mara\n"),
        custom=(
            CustomValue(LEVEL, "gold"),
            CustomValue(SIZE, "1 250,50"),
            CustomValue(UNTIL, "2027-05-31"),
            CustomValue(WIKI, "wiki.example/x"),
            CustomValue(FieldId("gone"), "?"),
        ),
        home_address=Address(street="12 Quay\r\nSecond  floor ", city=" Kiel "),
    )
    tidied = tidy_contact(untidy, shape=SHAPE)
    assert tidied.name == "Ada Byron"
    assert tidied.website == "https://engines.example"
    assert tidied.links == ("https://www.linkedin.com/in/ada",)
    assert tidied.groups == ("Harbour", "Elsewhere")
    assert tidied.tags == ("sea",)
    assert tidied.owner == Author(None, "Mara")
    assert tidied.home_address == Address(street="12 Quay\nSecond  floor", city="Kiel")
    assert tidied.custom == (
        CustomValue(SIZE, "1250.5"),
        CustomValue(UNTIL, "2027-05-31"),
        CustomValue(LEVEL, "Gold"),
        CustomValue(WIKI, "https://wiki.example/x"),
    )
    assert tidy_contact(tidied, shape=SHAPE) == tidied


def test_without_its_list_at_hand_groups_and_fields_are_taken_as_they_are() -> None:
    content = replace(ADA, custom=(CustomValue(SIZE, "many"),), groups=("harbour",))
    assert tidy_contact(content) == content
