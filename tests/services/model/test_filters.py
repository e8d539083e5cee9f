"""What a filter lets through."""

from __future__ import annotations

from typing import Any

import pytest

from services.model.errors import ReadOnlyReason
from services.model.events import Author, Mirror, Occurrence
from services.model.filters import fits, speaks_of
from tests._builders import an_event


def one(**given: Any) -> Occurrence:
    event = an_event(created_by=Author(None, ""), **given)
    return Occurrence.of(event)


@pytest.mark.parametrize("tag", ["", "travel", "#Travel", "TRAVEL"])
def test_a_tag_is_one_however_it_is_spelled(tag: str) -> None:
    assert fits(one(tags=("Fair", "Travel")), tag=tag)
    assert fits(one(tags=("Fair",)), tag=tag) is (tag == "")


@pytest.mark.parametrize("who", ["Ines", "inès", "ine", "moreau ines", "INES M"])
def test_a_person_is_meant_by_the_beginnings_of_their_names(who: str) -> None:
    title = one(title="Lunch with Inès Moreau")
    meeting = one(title="Numbers", mirror=Mirror(ReadOnlyReason.OTHER_ORGANISER, "Ines Moreau"))
    assert fits(title, who=who) and fits(meeting, who=who)
    made = an_event(title="Numbers", created_by=Author(None, "Ines Moreau"))
    assert speaks_of(made, made.content, who)
    assert not fits(one(title="Lunch with Mara"), who=who)


def test_a_name_without_a_letter_is_nobody() -> None:
    assert not fits(one(title="Lunch"), who="!?")


def test_both_filters_count() -> None:
    assert fits(one(title="Fair with Ines", tags=("travel",)), tag="travel", who="Ines")
    assert not fits(one(title="Fair with Ines"), tag="travel", who="Ines")
    assert not fits(one(title="Fair", tags=("travel",)), tag="travel", who="Ines")
