"""Many bodies by id, packed."""

from __future__ import annotations

import json

from services.search.packed import LEARN_FROM, Packed


def a_body(number: int) -> bytes:
    said = {"name": f"Ada Byron {number}", "email": f"ada{number}@engines.example", "job": "Clerk"}
    return json.dumps(said).encode()


def test_bodies_come_out_as_they_went_in_before_and_after_they_are_packed() -> None:
    packed, plain = Packed(), {}
    for number in range(2 * LEARN_FROM):
        packed[str(number)] = plain[str(number)] = a_body(number)
        if number in (LEARN_FROM - 1, LEARN_FROM):
            assert dict(packed) == plain
    packed["7"] = plain["7"] = b"said anew"
    del packed["8"], plain["8"]
    assert list(packed.items()) == list(plain.items()), "in their order"
    assert "7" in packed and "8" not in packed and len(packed) == len(plain)


def test_bodies_with_nothing_in_common_are_kept_too() -> None:
    packed = Packed()
    for number in range(2 * LEARN_FROM):
        packed[str(number)] = number.to_bytes(2)
    assert packed["0"] == b"\0\0" and packed["999"] == (999).to_bytes(2)
