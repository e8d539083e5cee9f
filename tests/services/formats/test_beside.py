"""What a file says beyond the fields of a contact: other places, and lines of notes."""

from __future__ import annotations

from services.formats.beside import OTHER, Placed, addresses_placed, below, line_of
from services.model.contacts import Address

QUAY, STREET, ROAD = (Address(street=name) for name in ("Quay 3", "Dorset Street", "Long Road 9"))


def test_a_second_of_a_kind_is_another_and_a_third_is_a_line() -> None:
    homes = [Placed("home_address", "Home", each) for each in (QUAY, STREET, ROAD)]
    assert addresses_placed(homes) == (
        {"home_address": QUAY, OTHER: STREET},
        ["Home: Long Road 9"],
    )


def test_what_is_neither_at_work_nor_at_home_has_its_place_whatever_comes_before() -> None:
    given = [
        Placed("home_address", "Home", QUAY),
        Placed("home_address", "Home", STREET),
        Placed(OTHER, "Boat", ROAD),
        Placed(OTHER, "Boat", ROAD),
    ]
    fields, lines = addresses_placed(given)
    assert fields == {"home_address": QUAY, OTHER: ROAD}
    assert lines == ["Home: Dorset Street"], "and no home is said to be a place of work"


def test_a_line_is_one_line_and_stands_there_once() -> None:
    address = Address(street="1 Dorset St\nFloor 2", city="London", postal_code="W1U", country="UK")
    several = [Placed(OTHER, "a", QUAY), Placed(OTHER, "b:", address)]
    assert addresses_placed(several)[1] == ["b: 1 Dorset St, Floor 2, W1U London, UK"]
    assert line_of("", "a\nb") == "a, b"
    assert below("one\ntwo", ["two", "three", "three"]) == "one\ntwo\nthree"
    assert below("", []) == ""
