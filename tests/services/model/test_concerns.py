"""Whose time an event takes."""

from __future__ import annotations

from typing import Any

import pytest

from services.model.concerns import concerned, is_named
from services.model.conversations import Member
from services.model.errors import ReadOnlyReason
from services.model.events import Author, Mirror, Occurrence, ShowAs
from tests._builders import a_person, an_event

INES = Member(a_person("ines"), "Inès Moreau", "29:ines")
OMAR = Member(a_person("omar"), "Omar Haddad", "29:omar")
MARA = Member(a_person("mara"), "Mara Lindqvist", "29:mara")
TEAM = [INES, OMAR, MARA]


def one(by: Member | None = MARA, **given: Any) -> Occurrence:
    author = Author(by.person, by.name) if by else Author(None, "")
    event = an_event(created_by=author, **given)
    return Occurrence.of(event)


def test_what_names_nobody_is_the_teams() -> None:
    assert concerned(one(title="Review"), TEAM) == tuple(TEAM)


def test_who_is_named_and_who_wrote_it_are_concerned() -> None:
    assert concerned(one(title="Lunch with ines"), TEAM) == (MARA, INES)


def test_being_away_is_a_matter_of_who_is_named_or_else_wrote_it() -> None:
    for state in (ShowAs.AWAY, ShowAs.ELSEWHERE):
        assert concerned(one(title="Holiday", show_as=state), TEAM) == (MARA,)
        assert concerned(one(title="Omar on holiday", show_as=state), TEAM) == (OMAR,)


def test_a_meeting_from_outlook_is_its_organisers() -> None:
    mirror = Mirror(ReadOnlyReason.HAS_ATTENDEES, "Ines Moreau")
    away = one(None, title="Fair", show_as=ShowAs.AWAY, mirror=mirror)
    assert concerned(away, TEAM) == (INES,)
    nobodys = Mirror(ReadOnlyReason.HAS_ATTENDEES)
    assert concerned(one(None, title="Fair", show_as=ShowAs.AWAY, mirror=nobodys), TEAM) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [("Lunch with Ines", True), ("INÈS: holiday", True), ("Inesa", False), ("Moreau", False)],
)
def test_a_name_is_a_word(text: str, named: bool) -> None:
    assert is_named(INES, text) is named


def test_who_has_no_name_is_never_named() -> None:
    assert not is_named(Member(a_person(), "", "29:x"), "Lunch")
