"""Whom a text speaks of among some people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.model.picking import spoken_of
from tests._builders import a_member

PEOPLE = [
    replace(a_member(name.split()[0].lower() + str(number)), name=name)
    for number, name in enumerate(
        ["Ines Moreau", "Omar Haddad", "Omar Sy", "May Lind", "Zoë", "", "Ann-Marie Olsen"]
    )
    if name
] + [replace(a_member("nobody"), name="")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lunch with Ines tomorrow", ["Ines Moreau"]),
        ("lunch with ines moreau", ["Ines Moreau"]),
        ("lunch with ines", []),
        ("Omar and I", []),
        ("Omar Sy, and Zoe", ["Omar Sy", "Zoë"]),
        ("In May with May Lind", ["May Lind"]),
        ("May we meet in May?", []),
        ("call ANN-MARIE OLSEN", ["Ann-Marie Olsen"]),
        ("", []),
    ],
)
def test_people_are_named_in_full_or_by_a_first_name_that_is_theirs_alone(
    text: str, names: list[str]
) -> None:
    assert [member.name for member in spoken_of(text, PEOPLE)] == names
