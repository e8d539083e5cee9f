from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from services.graph.contact_convert import contact_from_graph, contact_patch, contact_to_graph
from services.graph.contact_places import fit
from services.model.contacts import Address, ContactContent, Phone, PhoneKind
from services.model.errors import Unreadable
from tests._builders import a_contact_content
from tests.services._contacts import FULL, contact_contents

ADA = a_contact_content()


def an_item(**more: Any) -> dict[str, Any]:
    return {"id": "c1", "changeKey": "k1", **contact_to_graph(ADA), **more}


def seen(content: ContactContent) -> Any:
    return contact_from_graph({"id": "c1", "changeKey": "k1", **contact_to_graph(content)})


def test_every_field_goes_there_and_comes_back() -> None:
    assert seen(FULL).content == FULL
    assert all(value for value in contact_to_graph(FULL).values())


@given(contact_contents)
def test_what_has_a_place_comes_back_as_it_was(content: ContactContent) -> None:
    assert seen(content).content == fit(content)


def test_what_has_no_place_is_not_sent() -> None:
    many = replace(
        ADA,
        emails=tuple(f"{n}@a.example" for n in range(5)),
        phones=tuple(Phone(PhoneKind.MOBILE, f"+45 {n}0") for n in range(3)),
    )
    body = contact_to_graph(many)
    assert [each["address"] for each in body["emailAddresses"]] == list(many.emails[:3])
    assert body["mobilePhone"] == "+45 00"


def test_an_update_says_what_has_changed_and_the_name() -> None:
    changed = replace(ADA, job="Countess", phones=())
    assert contact_patch(seen(ADA), changed) == {
        "displayName": "Ada Byron",
        "jobTitle": "Countess",
        "businessPhones": [],
    }
    assert contact_patch(seen(ADA), ADA) == {}


def test_what_was_cleared_is_sent_as_nothing() -> None:  # F37
    patch = contact_patch(seen(FULL), ContactContent(name="Ada"))
    address = dict.fromkeys(("street", "city", "state", "postalCode", "countryOrRegion"))
    assert patch["businessAddress"] == patch["homeAddress"] == address
    assert [patch[name] for name in ("birthday", "personalNotes", "mobilePhone")] == [None] * 3
    assert [patch[name] for name in ("children", "categories", "emailAddresses")] == [[]] * 3


def test_the_name_of_an_address_is_outlooks_own() -> None:
    named = [{"name": "Ada at work", "address": "ada@engines.example"}]
    contact = contact_from_graph(an_item(emailAddresses=named))
    more = replace(contact.content, emails=(*contact.content.emails, "new@engines.example"))
    assert contact_patch(contact, more)["emailAddresses"] == [
        *named,
        {"name": "Ada Byron", "address": "new@engines.example"},
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1815-12-10T11:59:00Z", date(1815, 12, 10)),
        ("1815-12-10T00:00:00Z", date(1815, 12, 10)),
        ("1815-12-09T23:00:00Z", date(1815, 12, 10)),
        ("1815-12-10T05:00:00.0000000Z", date(1815, 12, 10)),
        ("1604-02-29T11:59:00Z", date(1604, 2, 29)),
        ("0001-01-01T00:00:00Z", None),
        ("someday", None),
        (None, None),
    ],
)
def test_a_birthday_is_the_day_whose_midnight_is_nearest(written: Any, day: date | None) -> None:
    assert contact_from_graph(an_item(birthday=written)).content.birthday == day


def test_a_contact_without_anything_is_read() -> None:  # F38
    contact = contact_from_graph({"id": "c1", "displayName": None, "homeAddress": None})
    assert contact.content == ContactContent(name="")
    assert contact.content.home_address == Address()


def test_an_address_without_its_own_is_passed_over() -> None:
    contact = contact_from_graph(an_item(emailAddresses=[{"name": "Ada", "address": None}]))
    assert contact.content.emails == ()


@pytest.mark.parametrize(
    "odd",
    [
        {"id": ""},
        {"displayName": 5},
        {"children": "Byron"},
        {"homePhones": [5]},
        {"emailAddresses": ["ada@engines.example"]},
        {"homeAddress": "Kiel"},
        {"emailAddresses": {}} | {"singleValueExtendedProperties": "x"},
    ],
)
def test_what_cannot_be_said_is_named(odd: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        contact_from_graph(an_item(**odd))
