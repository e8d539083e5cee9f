from datetime import date

import pytest

from cards.accounts.offer_values import NAMES, said
from cards.viewer import Viewer
from services.model.books import Role
from services.model.contacts import Address, ContactContent, Phone, PhoneKind
from services.model.items import Content
from services.sync.content.canonical import Group
from services.sync.content.contact_canonical import ContactGroup
from tests._builders import BERLIN, an_event_content

INES = Viewer(BERLIN, "en", Role.EDITOR)
MARA = ContactContent(
    name="Mara L.",
    title="Dr",
    given_name="Mara",
    family_name="Lindqvist",
    phonetic_given_name="mah-rah",
    phonetic_company="nordvind",
    children=("Ada", "Bo"),
    phones=(Phone(PhoneKind.MOBILE, "+49 170 1"),),
    business_address=Address(street="Kai 7", city="Hamburg", postal_code="20457"),
    birthday=date(1980, 2, 29),
    job="Engineer",
)


def test_every_group_that_is_merged_has_a_name() -> None:
    assert {*Group, *ContactGroup} == set(NAMES)


@pytest.mark.parametrize(("content", "groups"), [(an_event_content(), Group), (MARA, ContactGroup)])
def test_every_group_can_be_said(content: Content, groups: type[Group | ContactGroup]) -> None:
    for group in groups:
        assert all(isinstance(line, str) for line in said(content, group, INES))


@pytest.mark.parametrize(
    ("group", "lines"),
    [
        ("names", ["Mara L.", "Dr Mara Lindqvist"]),
        ("phonetic", ["mah-rah", "nordvind"]),
        ("children", ["Ada", "Bo"]),
        ("phones", ["+49 170 1"]),
        ("business_address", ["Kai 7", "20457 Hamburg", "", ""]),
        ("birthday", ["Fri, 29 Feb 1980"]),
        ("job", ["Engineer"]),
        ("emails", []),
    ],
)
def test_a_contact_says_a_group_in_lines(group: str, lines: list[str]) -> None:
    assert said(MARA, group, INES) == lines


def test_no_birthday_is_no_line() -> None:
    assert said(ContactContent(name="Bo"), "birthday", INES) == []
