"""Whom names mean."""

from __future__ import annotations

import pytest

from services.model.conversations import Member
from services.people.colleagues import Picked, pick
from tests._builders import a_person


def member(name: str) -> Member:
    return Member(a_person(name), name, f"29:{name}")


MARA, INES, COSTA, OMAR = map(
    member, ("Mara Lindqvist", "Inès Moreau", "Ines Costa", "Omar Haddad")
)
TEAM = [MARA, INES, COSTA, OMAR]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ("omar", [OMAR]),
        ("Omar Haddad", [OMAR]),
        ("haddad, mara", [OMAR, MARA]),
        ("ines moreau and omar", [INES, OMAR]),
        ("costa & me", [COSTA, MARA]),
        ("om; lind", [OMAR, MARA]),
        ("omar, OMAR, omar haddad", [OMAR]),
        ("", []),
    ],
)
def test_names_mean_people(names: str, found: list[Member]) -> None:
    assert pick(names, TEAM, MARA) == Picked(tuple(found))


def test_a_name_that_several_have_means_none_of_them() -> None:
    assert pick("ines, omar", TEAM, MARA) == Picked((OMAR,), unclear=("ines",))


def test_a_name_that_nobody_has_is_told() -> None:
    assert pick("zebedee and omar, !?", TEAM, MARA) == Picked((OMAR,), unknown=("zebedee", "!?"))
