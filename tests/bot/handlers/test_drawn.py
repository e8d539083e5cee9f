from __future__ import annotations

from bot.handlers.drawn import Drawn


def test_the_same_things_are_drawn_once() -> None:
    cards: Drawn[str] = Drawn(2)
    assert cards.find((1, "agenda")) is None
    assert cards.keep((1, "agenda"), "a picture") == "a picture"
    assert cards.find((1, "agenda")) == "a picture"


def test_another_revision_is_another_picture() -> None:
    cards: Drawn[str] = Drawn(2)
    cards.keep((1, "agenda"), "a picture")
    assert cards.find((2, "agenda")) is None


def test_the_least_recently_used_goes_first() -> None:
    cards: Drawn[str] = Drawn(2)
    cards.keep("a", "picture of a")
    cards.keep("b", "picture of b")
    cards.find("a")
    cards.keep("c", "picture of c")
    assert cards.find("b") is None
    assert cards.find("a") == "picture of a"
