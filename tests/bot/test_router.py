from __future__ import annotations

import pytest

from bot.replies import Replies
from bot.router import Router
from bot.turn import Change, Happening, Turn, Way
from tests.bot._wired import Handlers, Save, Words


async def never(turn: Turn, ask: object) -> Replies:
    raise AssertionError


async def never_happens(happening: Happening) -> Replies:
    raise AssertionError


def test_it_lists_what_the_manifest_must_name() -> None:
    router = Handlers().router()
    assert router.extension_commands() == {"searchThings", "newThing"}
    assert router.verbs(Way.CARD) == {"thing.save", "thing.break"}
    assert router.verbs(Way.OPEN) == router.verbs(Way.SUBMIT) == {"thing.save"}


def test_no_row_is_filled_twice() -> None:
    router: Router = Handlers().router()
    with pytest.raises(ValueError, match="taken"):
        router.verb(Save, never)
    with pytest.raises(ValueError, match="taken"):
        router.command(Words, never)
    with pytest.raises(ValueError, match="taken"):
        router.query("searchThings", never)
    with pytest.raises(ValueError, match="taken"):
        router.happening(Change.INSTALLED, never_happens)
