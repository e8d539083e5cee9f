"""What the buttons and fields of a list of contacts carry, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from cards.contacts.contact_choices import (
    colleague_choice,
    contact_choice,
    name_choice,
    read_chosen,
    read_colleague,
)
from cards.contacts.contact_list_actions import ContactsShow
from cards.submitted import choices_in
from services.model.contacts import ContactContent
from services.model.directory import Colleague
from tests._builders import a_contact


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": "x" * 201},
        {"group": "x" * 201},
        {"page": -1},
        {"page": 51},
        {"letters": "a"},
        {"order": "age"},
    ],
)
def test_a_list_that_is_not_shown_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        ContactsShow.from_data(ContactsShow().to_data() | wrong)


def test_a_choice_says_who_it_is_and_leads_there() -> None:
    ada = a_contact(ContactContent(name="Ada\u202e", emails=("ada@engines.example",)))
    title, value = contact_choice(ada)
    assert title == "Ada · ada@engines.example"
    assert read_chosen(value) == (ada.book, ada.id)
    assert contact_choice(a_contact(ContactContent(name="Bo")))[0] == "Bo"


@pytest.mark.parametrize("value", [None, "", "-", "list-1/", "/ada", 7])
def test_what_no_field_of_ours_says_is_nobody(value: object) -> None:
    assert read_chosen(value) is None


def test_a_colleague_is_marked_and_no_contact() -> None:
    priya = Colleague(id="1", name="Priya / R", job="Designer", email="priya@lindenhof.example")
    title, value = colleague_choice(priya, "en")
    assert title == "Priya / R · Directory · Designer"
    assert read_colleague(value) == ("Priya / R", "priya@lindenhof.example")
    assert read_chosen(value) is None
    assert read_colleague("list-1/ada") is None and read_colleague(None) is None


def test_names_with_commas_are_chosen_beside_each_other() -> None:
    names = ("Byron, Ada", "100% Crane")
    values = [name_choice(a_contact(ContactContent(name=name)))[1] for name in names]
    assert choices_in(",".join([*values, "", values[0]])) == names
