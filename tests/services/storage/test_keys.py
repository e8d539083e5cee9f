from __future__ import annotations

import base64

import pytest

from services.model.errors import Damaged
from services.storage.keys import KeyRing, bind

KEY = b"k" * 32
ONE = f"k1:{base64.b64encode(b'1' * 32).decode()}"
TWO = f"k2:{base64.b64encode(b'2' * 32).decode()}"


async def test_the_first_key_wraps_and_all_of_them_unwrap() -> None:
    old, new = KeyRing.parse(ONE), KeyRing.parse(f"{TWO}, {ONE}")
    wrapped = await old.wrap(b"for", KEY)
    assert await new.unwrap(b"for", wrapped) == KEY
    assert not new.is_current(wrapped)
    assert new.is_current(await new.wrap(b"for", KEY))


async def test_a_key_that_is_not_on_the_ring_opens_nothing() -> None:
    wrapped = await KeyRing.parse(TWO).wrap(b"for", KEY)
    with pytest.raises(Damaged, match="not on the ring"):
        await KeyRing.parse(ONE).unwrap(b"for", wrapped)
    impostor = KeyRing.parse(ONE.replace("k1", "k2"))
    with pytest.raises(Damaged, match="does not open"):
        await impostor.unwrap(b"for", wrapped)


async def test_a_wrapped_key_is_good_for_its_purpose_only() -> None:
    ring = KeyRing.generate()
    wrapped = await ring.wrap(b"for one", KEY)
    with pytest.raises(Damaged):
        await ring.unwrap(b"for another", wrapped)


async def test_every_flipped_byte_and_every_cut_is_noticed() -> None:
    ring = KeyRing.parse(ONE)
    wrapped = await ring.wrap(b"for", KEY)
    for position in range(len(wrapped)):
        flipped = bytearray(wrapped)
        flipped[position] ^= 1
        for damaged in (bytes(flipped), wrapped[:position]):
            with pytest.raises(Damaged):
                await ring.unwrap(b"for", damaged)


async def test_wrapping_twice_gives_two_texts() -> None:
    ring = KeyRing.generate()
    assert await ring.wrap(b"for", KEY) != await ring.wrap(b"for", KEY)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "key 1 is not name"),
        ("k1", "key 1 is not name"),
        (f"{ONE},", "key 2 is not name"),
        (f"a name:{ONE}", "key 1 is not name"),
        ("k1:c2VjcmV0!", "key 1 is not base64"),
        ("k1:c2VjcmV0", "key 1 has 6 bytes, not 32"),
        (f"{ONE},{ONE}", "key 2 has the name of an earlier one"),
    ],
)
def test_a_wrong_setting_is_named_without_its_value(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as caught:
        KeyRing.parse(text)
    assert "c2VjcmV0" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_ring_shows_no_key() -> None:
    ring = KeyRing.parse(ONE)
    assert repr(ring) == "KeyRing(names=('k1',))"


def test_bound_parts_cannot_be_cut_differently() -> None:
    assert bind("a", "bc") != bind("ab", "c")
    assert bind("a") != bind("a", "")
