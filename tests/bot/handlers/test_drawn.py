from __future__ import annotations

from bot.handlers.drawn import Drawn
from bot.replies import Card


class Pencil:
    def __init__(self) -> None:
        self.drawn = 0

    async def __call__(self) -> Card:
        self.drawn += 1
        return {"drawn": self.drawn}


async def test_the_same_things_are_drawn_once() -> None:
    cards, pencil = Drawn(), Pencil()
    first = await cards.card((1, "agenda"), pencil)
    assert await cards.card((1, "agenda"), pencil) is first
    assert pencil.drawn == 1


async def test_another_revision_is_another_picture() -> None:
    cards, pencil = Drawn(), Pencil()
    await cards.card((1, "agenda"), pencil)
    assert await cards.card((2, "agenda"), pencil) == {"drawn": 2}


async def test_the_least_recently_used_goes_first() -> None:
    cards, pencil = Drawn(most=2), Pencil()
    for of in ("a", "b", "a", "c"):
        await cards.card(of, pencil)
    assert pencil.drawn == 3
    await cards.card("a", pencil)
    assert pencil.drawn == 3
    await cards.card("b", pencil)
    assert pencil.drawn == 4
