"""Which numbers share a block."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from services.contacts.likeness_blocks import FEWEST, Blocks


def test_a_block_gives_its_numbers_back_the_last_first_however_many_there_are() -> None:
    chance, blocks, plain = Random(1), Blocks(), defaultdict(list)
    names = [hash(("block", number)) for number in range(2 * FEWEST)]
    names += [names[0] + FEWEST, names[0] + 2**40]  # of the same bucket, at least at first
    for number in range(5 * FEWEST):
        name = chance.choice(names)
        blocks.add(name, number)
        plain[name].append(number)
    assert all(list(blocks.latest(name)) == plain[name][::-1] for name in names)
    assert list(blocks.latest(1)) == []
