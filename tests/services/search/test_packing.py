from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.search.packing import Packing
from services.storage.codec import encode
from tests._builders import a_contact


@given(st.lists(st.binary(max_size=30), max_size=25), st.binary(max_size=3000))
def test_whatever_is_packed_comes_back(samples: list[bytes], body: bytes) -> None:
    packing = Packing.like(samples)
    assert packing.unpack(packing.pack(body)) == body


def test_a_body_like_the_samples_is_small() -> None:
    bodies = [encode(a_contact(id=f"{n:032}", name=f"Anna Number {n}")) for n in range(30)]
    packing = Packing.like(bodies[:20])
    assert all(len(packing.pack(body)) < len(body) / 5 for body in bodies)
