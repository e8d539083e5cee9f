"""What follows from a book's rights and a place's roster."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.books.rights import granted, is_guest, kept_owned, owners_among, role_in
from services.model.access import Access, Grant, Mode, Role
from services.model.conversations import Member
from tests._builders import OTHER_TENANT, TENANT, a_member

TOM = a_member("tom")
BOSS = replace(a_member("boss"), owns=True)
GUEST = replace(a_member("gus"), is_guest=True)
PARTNER = a_member("pia", OTHER_TENANT)


def named(*given: tuple[Member, Role], mode: Mode = Mode.CUSTOM, **more: Any) -> Access:
    grants = tuple(Grant(member.person, role) for member, role in given)
    return replace(Access(mode=mode, grants=grants), **more)


@pytest.mark.parametrize(
    ("access", "tom", "boss", "guest"),
    [
        (Access(), Role.EDITOR, Role.OWNER, Role.EDITOR),
        (Access(mode=Mode.OWNERS), Role.READER, Role.OWNER, Role.READER),
        (Access(mode=Mode.CUSTOM), Role.READER, Role.OWNER, Role.READER),
        (
            Access(mode=Mode.CUSTOM, others=Role.CONTRIBUTOR),
            *(Role.CONTRIBUTOR, Role.OWNER, Role.CONTRIBUTOR),
        ),
        (Access(guests=Role.READER), Role.EDITOR, Role.OWNER, Role.READER),
        (
            Access(guests=Role.CONTRIBUTOR, mode=Mode.OWNERS),
            *(Role.READER, Role.OWNER, Role.READER),
        ),
    ],
)
def test_the_mode_says_what_those_have_who_have_no_role_of_their_own(
    access: Access, tom: Role, boss: Role, guest: Role
) -> None:
    found = [role_in(access, member, TENANT) for member in (TOM, BOSS, GUEST, PARTNER)]
    assert found == [tom, boss, guest, guest]


def test_a_role_by_name_goes_before_all_else() -> None:
    access = named((TOM, Role.OWNER), (BOSS, Role.READER), (GUEST, Role.EDITOR), guests=Role.READER)
    assert role_in(access, TOM, TENANT) is Role.OWNER
    assert role_in(access, BOSS, TENANT) is Role.READER
    assert role_in(access, GUEST, TENANT) is Role.EDITOR


def test_outside_of_custom_only_owners_are_named() -> None:
    access = named((TOM, Role.OWNER), (BOSS, Role.READER), mode=Mode.OWNERS)
    assert role_in(access, TOM, TENANT) is Role.OWNER
    assert role_in(access, BOSS, TENANT) is Role.OWNER


def test_where_owners_are_named_the_owners_of_the_place_are_members_like_others() -> None:
    access = named((TOM, Role.OWNER), mode=Mode.OWNERS, owners_named=True)
    assert owners_among(access, [TOM, BOSS], TENANT) == [TOM]
    assert role_in(access, BOSS, TENANT) is Role.READER


def test_a_role_is_given_once_and_taken_back() -> None:
    access = granted(granted(Access(), TOM.person, Role.READER), TOM.person, Role.OWNER)
    assert access.grants == (Grant(TOM.person, Role.OWNER),)
    assert granted(access, TOM.person, None) == Access()


def test_guests_are_of_another_organisation_or_called_so() -> None:
    assert [is_guest(one, TENANT) for one in (TOM, GUEST, PARTNER)] == [False, True, True]


def test_who_is_gone_has_no_role_left() -> None:
    access = named((TOM, Role.OWNER), (GUEST, Role.EDITOR))
    assert kept_owned(access, [TOM, BOSS], TENANT).grants == (Grant(TOM.person, Role.OWNER),)


def test_without_its_last_owner_a_book_is_the_places_again() -> None:
    access = named((TOM, Role.OWNER), (BOSS, Role.READER), owners_named=True)
    kept = kept_owned(access, [BOSS, GUEST], TENANT)
    assert owners_among(kept, [BOSS, GUEST], TENANT) == [BOSS]
    assert kept == Access(mode=Mode.CUSTOM)


def test_an_empty_place_keeps_its_mode() -> None:
    access = named((TOM, Role.OWNER), owners_named=True)
    assert kept_owned(access, [], TENANT) == replace(access, grants=())
