"""Several numbers or addresses where one belongs, and one that only looks like several."""

from __future__ import annotations

import pytest

from services.contacts.several_ways import several_ways
from services.model.contacts import ContactContent, Phone, PhoneKind


def numbers(written: str, region: str) -> list[str]:
    content = ContactContent(name="Ada", phones=(Phone(PhoneKind.MOBILE, written),))
    found = several_ways(content, region).phones
    assert {phone.kind for phone in found} == {PhoneKind.MOBILE}
    return [phone.number for phone in found]


@pytest.mark.parametrize(
    ("written", "region", "parts"),
    [
        ("+45 12 34 / +45 56 78", "DK", 2),
        ("+45 12 34 56 78 / 0045 87 65 43 21", "", 2),
        ("+45 70 12 34 56 + +45 70 12 34 57", "DK", 2),
        ("+45 70 12 34 56 (office) / +45 20 30 40 50 (home)", "DK", 2),
        ("20 30 40 50, 30 40 50 60", "DK", 2),
        ("20 30 40 50 eller 30 40 50 60", "DK", 2),
        ("+45 20 30 40 50 / 30 40 50 60", "DK", 2),
        ("0171 1234567 / 0172 7654321", "DE", 2),
        ("(212) 555-0123 / (212) 555-0124", "US", 2),
        ("2125550123/2125550124/2125550125", "", 3),
        # one number, or nobody can tell
        ("030/1234567", "DE", 1),
        ("+49171/1234567", "DE", 1),
        ("0049171/1234567", "", 1),
        ("555-123-4567/8901", "US", 1),
        ("+45 20304050,,123#", "DK", 1),
        ("+45 20 30 40 50 / 30 40 50 60", "DE", 1),
        ("+45 20 30 40 50 / 30 40 50 60", "", 1),
        ("070-12 34 56/57", "SE", 1),
        ("/", "DK", 1),
    ],
)
def test_numbers_are_parted_where_nothing_else_can_be_meant(
    written: str, region: str, parts: int
) -> None:
    found = numbers(written, region)
    assert len(found) == parts
    assert parts > 1 or found == [written]
    assert all(found[0] and each.strip() == each for each in found)


@pytest.mark.parametrize(
    "written",
    [
        *("a@x.org; b@x.org", "a@x.org, b@x.org", "a@x.org / b@x.org", "a@x.org b@x.org"),
        *("a@x.org or mailto:b@x.org", "Byron, Ada <a@x.org>; Bob <b@x.org>", "a@x.org|b@x.org"),
    ],
)
def test_addresses_are_parted(written: str) -> None:
    content = several_ways(ContactContent(name="Ada", emails=(written,), notes="n"), "")
    assert content.emails == ("a@x.org", "b@x.org")
    assert content.notes == "n"


def test_what_is_said_beside_an_address_is_kept_and_what_is_no_address_stays_as_it_is() -> None:
    content = several_ways(ContactContent(name="Ada", emails=("a@x.org (until May)",)), "")
    assert content.emails == ("a@x.org",) and content.notes == "a@x.org (until May)"
    for odd in ("a@x.org; @b", "no address", "a b@"):
        assert several_ways(ContactContent(name="Ada", emails=(odd,)), "").emails == (odd,)


def test_who_has_one_of_each_is_not_touched() -> None:
    content = ContactContent(
        name="Ada", emails=("a@x.org",), phones=(Phone(PhoneKind.HOME, "+45 12 34"),)
    )
    assert several_ways(content, "DK") is content
