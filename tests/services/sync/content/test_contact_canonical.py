from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from services.graph.contact_places import fit
from services.model.contact_lists import FieldId
from services.model.contacts import (
    ONLY_HERE,
    Address,
    ContactContent,
    CustomValue,
    Phone,
    PhoneKind,
    PhotoId,
)
from services.model.events import Author
from services.model.pairs import Side
from services.sync.content.contact_canonical import (
    ContactGroup,
    blank,
    differing,
    likeness,
    overlay,
)
from services.sync.content.merge import Base, first_meeting, merge
from services.sync.content.shape import CONTACT, shape_of
from tests._builders import a_contact_content
from tests.services._contacts import FULL, contact_contents

ADA = a_contact_content()
MANY = replace(
    ADA,
    emails=tuple(f"ada{n}@engines.example" for n in range(5)),
    phones=(
        *(Phone(PhoneKind.BUSINESS, f"+45 {n}000") for n in range(1, 5)),
        *(Phone(PhoneKind.MOBILE, f"+46 {n}000") for n in range(1, 3)),
        *(Phone(PhoneKind.HOME, f"+47 {n}000") for n in range(1, 4)),
    ),
)


PICTURED = replace(FULL, photo=PhotoId("p1"))
SHARED = [field.name for field in fields(ContactContent) if field.name not in ONLY_HERE]


@pytest.mark.parametrize("field", SHARED)
def test_each_field_is_compared_and_carried_over(field: str) -> None:
    other = replace(ADA, **{field: getattr(PICTURED, field)})
    (group,) = differing(ADA, other)
    assert overlay(ADA, other, [group]) == other


def test_what_outlook_has_no_place_for_is_no_difference_and_stays_with_the_team() -> None:
    assert {field.name for field in fields(ContactContent)} >= ONLY_HERE
    ours = replace(
        ADA,
        links=("https://social.example/ada",),
        anniversary=date(1835, 7, 8),
        groups=("Suppliers",),
        owner=Author(None, "Mara"),
        custom=(CustomValue(FieldId("f1"), "3"),),
    )
    assert differing(ours, ADA) == frozenset()
    assert merge(ours, replace(ADA, job="Poet"), Base(ADA, ADA)).content == replace(
        ours, job="Poet"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "  Ada   Byron "},
        {"emails": ("ADA@engines.example",)},
        {"phones": (Phone(PhoneKind.BUSINESS, "+45  70 12 34 56"),)},
        {"notes": "One\r\n\r\nTwo"},
        {"tags": ("sea", "Harbour")},
        {"home_address": Address(street="Quay 3 \n", city="Kiel")},
    ],
)
def test_what_is_only_spelled_differently_is_equal(changes: dict[str, Any]) -> None:
    content = replace(
        ADA,
        notes="One\nTwo",
        tags=("harbour", "Sea"),
        home_address=Address(street="Quay 3", city="Kiel"),
    )
    assert differing(content, replace(content, **changes)) == frozenset()


def test_what_has_no_place_in_outlook_is_no_difference() -> None:
    assert differing(MANY, fit(MANY)) == frozenset()
    assert fit(fit(MANY)) == fit(MANY)
    assert [phone.kind for phone in fit(MANY).phones] == ["business"] * 2 + ["home"] * 2 + [
        "mobile"
    ]


def test_an_edit_in_outlook_keeps_what_has_no_place_there() -> None:
    seen = fit(MANY)
    edited = replace(seen, emails=("new@engines.example", *seen.emails[1:]), company="Difference")
    now = merge(MANY, edited, Base(MANY, seen)).content
    assert now.company == "Difference"
    assert now.emails == ("new@engines.example", *MANY.emails[1:])
    assert set(now.phones) == set(MANY.phones)


def test_a_number_taken_out_in_outlook_goes_and_the_next_has_its_place() -> None:
    seen = fit(MANY)
    edited = replace(seen, emails=seen.emails[1:])
    merged = merge(MANY, edited, Base(MANY, seen))
    assert merged.content.emails == MANY.emails[1:]
    # Outlook is still to be told of the fourth.
    assert differing(merged.content, merged.agreed) == {ContactGroup.EMAILS}


def test_two_who_add_an_address_at_once_lose_none() -> None:
    team = replace(ADA, emails=(*ADA.emails, "team@engines.example"))
    remote = replace(ADA, emails=(*ADA.emails, "outlook@engines.example"))
    merged = merge(team, remote, Base(ADA, ADA))
    assert set(merged.content.emails) == {*team.emails, *remote.emails}
    assert merged.clashes == ()


def test_two_who_write_another_company_clash() -> None:
    team, remote = replace(ADA, company="One"), replace(ADA, company="Two")
    merged = merge(team, remote, Base(ADA, ADA), prefer=Side.REMOTE)
    assert (merged.content.company, merged.clashes[0].value) == ("Two", team)


def test_what_was_joined_by_its_name_takes_from_either_side_what_the_other_lacks() -> None:
    team = replace(ADA, notes="Likes tea", company="")
    remote = replace(ADA, given_name="Ada", emails=("private@ada.example",))
    merged = merge(team, remote, first_meeting(team))
    assert merged.clashes == ()
    assert merged.content.notes == "Likes tea" and merged.content.company == ADA.company
    assert merged.content.given_name == "Ada"
    assert merged.content.emails == ("private@ada.example", *ADA.emails)
    assert blank(ADA).emails == ()


def test_a_contact_is_known_by_its_name_and_how_it_is_reached() -> None:
    assert likeness(ADA) == likeness(replace(ADA, name="ada  byron", job="Countess"))
    assert likeness(ADA) != likeness(replace(ADA, emails=("other@engines.example",)))
    mailless = replace(ADA, emails=())
    assert likeness(mailless) == likeness(replace(mailless, notes="x")) != likeness(ADA)
    bare = replace(mailless, phones=())
    assert likeness(bare) != likeness(replace(bare, company="Other"))


def test_a_birthday_and_an_address_are_each_a_whole() -> None:
    other = replace(FULL, birthday=date(1816, 1, 1), home_address=Address(city="Bath"))
    assert differing(FULL, other) == {ContactGroup.BIRTHDAY, ContactGroup.HOME_ADDRESS}


def test_the_shape_of_a_contact_is_complete() -> None:
    assert shape_of(FULL) is CONTACT
    assert CONTACT.title(ADA) == "Ada Byron"
    assert CONTACT.created(ADA) == ADA
    assert len(CONTACT.canonical(FULL)) == len(CONTACT.groups)


@pytest.mark.slow
@given(contact_contents, contact_contents, contact_contents)
def test_a_merge_keeps_all_that_had_no_place(
    team: ContactContent, remote: ContactContent, base: ContactContent
) -> None:
    remote, seen = fit(remote), fit(base)
    now = merge(team, remote, Base(base, seen)).content
    unseen = {email.casefold() for email in team.emails} - {e.casefold() for e in seen.emails}
    assert unseen <= {email.casefold() for email in now.emails}
    assert set(team.phones) - set(seen.phones) <= set(now.phones)


@given(contact_contents, contact_contents)
def test_a_merge_that_is_repeated_changes_nothing(
    team: ContactContent, remote: ContactContent
) -> None:
    remote = fit(remote)
    merged = merge(team, remote, None)
    again = merge(merged.content, remote, Base(merged.agreed, remote))
    assert again.content == merged.content and again.clashes == ()


def test_a_picture_that_nobody_has_looked_at_is_no_word_against_one() -> None:
    """A contact comes in without its picture; if that pass dies, the base is not known."""
    ours = replace(ADA, photo=PhotoId("p1"))
    for team, remote in ((ours, ADA), (ADA, ours)):
        for prefer in Side:
            merged = merge(team, remote, None, prefer=prefer)
            assert (merged.content.photo, merged.clashes) == ("p1", ())
            assert merged.agreed.photo == remote.photo  # what is missing there is still to be sent
    both = merge(ours, replace(ADA, photo=PhotoId("p2")), None)
    assert [clash.group for clash in both.clashes] == ["photo"]


def test_a_create_carries_no_picture() -> None:
    assert CONTACT.created(replace(ADA, photo=PhotoId("p1"))) == ADA
    assert CONTACT.created(ADA) is ADA
