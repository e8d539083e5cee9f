"""Days on which a pass comes where it seldom does: what people choose, answer and undo.

:data:`RARE` has a story for each place of the engine that the usual day of ``test_kills.py`` does
not come through. A story ends just before the pass in which a process is to die; after that
:func:`settle` lets others go on, and :func:`check` looks at both sides.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from sandbox.writing import weekly
from services.model.errors import Unreachable
from services.model.links import Direction, LinkSettings, Word
from services.model.pairs import TRIES
from services.sync.state.link_pass import READS_LAG
from tests._builders import an_event_content, timed
from tests.services.sync._scene import LinkedScene, Scene, outlook_event, renamed

__all__ = ["RARE", "check", "settle"]

LUNCH = an_event_content(title="Lunch", when=timed("2026-11-20T12:00"))
MANY = 12
"""So many deletions are asked about."""
SETTLED = 4
"""Passes after which all is calm."""


async def choose(scene: LinkedScene, **chosen: Any) -> None:
    link = await scene.link()
    await scene.store.links.restart(replace(link, settings=LinkSettings(**chosen)))


async def nothing(scene: Scene) -> None:
    await scene.create(LUNCH)
    for _ in range(2):
        await scene.sync()


async def one_here(scene: Scene) -> None:
    """What is alone is in no batch; and what the last pass left open was known."""
    await nothing(scene)
    await scene.create(replace(LUNCH, title="Dinner"))


async def one_there(scene: Scene) -> None:
    await nothing(scene)
    scene.outlook.add(outlook_event("Dinner"))


async def turned_away(scene: Scene) -> None:
    await one_here(scene)
    scene.sandbox.faults.fail(status=429, retry_after=1, method="POST", path="/events")


async def taken_back(scene: Scene) -> None:
    await scene.create(LUNCH)
    await scene.sync()
    await choose(scene, category="Launch")


async def unanswered(scene: Scene) -> None:
    await scene.create(LUNCH)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events")
    with suppress(Unreachable):
        await scene.sync()


async def held_back(scene: Scene) -> None:
    await scene.create(LUNCH)
    scene.sandbox.faults.cut(method="POST", path="/events")
    with suppress(Unreachable):
        await scene.sync()
    await choose(scene, direction=Direction.FROM_OUTLOOK)
    scene.clock.advance(READS_LAG)


async def doubtful(scene: Scene) -> None:
    """Whether the create has arrived cannot even be asked for."""
    await held_back(scene)
    scene.sandbox.order("GET */events -> 400 code=ErrorInvalid times=1")


async def overtaken(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, place="Quay 4"))
    item = scene.item()
    scene.sandbox.faults.interpose(
        lambda: scene.edit_item(item, renamed("Late lunch")), method="GET", path="/events/"
    )


async def shown_late(scene: Scene) -> None:
    """What was dragged shows when another has been made in its place."""
    scene.outlook.add(outlook_event("Lunch"))
    await scene.sync()
    (event,), (item,) = await scene.team(), scene.items()
    scene.remove_item(item)
    await scene.edit(event, replace(event.content, place="Quay 4"))
    for _ in range(2):
        await scene.sync()
        scene.clock.advance(READS_LAG)
    scene.outlook.drag(item)


async def strayed(scene: Scene) -> None:
    """So does what was made in its place, which the team has taken for deleted."""
    await shown_late(scene)
    first, second = sorted(scene.items(), key=lambda item: bool(item.transaction_id))
    for item in (first, second):
        scene.remove_item(item)
    await scene.sync()
    scene.outlook.drag(first)


async def emptied(scene: Scene) -> None:
    for number in range(MANY):
        scene.outlook.add(outlook_event(f"Visit {number}"))
    await scene.sync()
    for item in scene.items():
        scene.remove_item(item)


async def spared(scene: Scene) -> None:
    await emptied(scene)
    await scene.sync()
    await scene.answer(Word.KEEP)


async def begun(scene: Scene) -> None:
    for number in range(MANY):
        scene.outlook.add(outlook_event(f"Visit {number}"))
    link = await scene.link()
    await scene.store.links.save(replace(link, is_started=False, word=Word.START))


async def taken_up(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    scene.sandbox.faults.fail(status=403, method="PATCH", times=2 * TRIES)
    await scene.edit(event, replace(LUNCH, title="Dinner"))
    for _ in range(TRIES + 1):
        await scene.sync()
    scene.sandbox.faults.clear()
    await scene.answer(Word.RETRY)


async def never_taken(scene: Scene) -> None:
    await scene.create(LUNCH)
    scene.sandbox.faults.fail(status=400, method="POST", path="/events", times=2 * TRIES)
    for _ in range(TRIES + 1):
        await scene.sync()
    scene.sandbox.faults.clear()
    await scene.answer(Word.RETRY)


async def unread(scene: Scene) -> None:
    walk = weekly(outlook_event("Walk"))
    assert walk.recurrence is not None
    item = scene.outlook.add(replace(walk, recurrence=replace(walk.recurrence, count=5000)))
    await scene.sync()
    scene.edit_item(item, lambda _: walk)
    await scene.answer(Word.RETRY)


Story = Callable[[Scene], Awaitable[None]]
RARE: Mapping[str, tuple[Story, set[str]]] = {
    "nothing has changed": (nothing, {"pull._round commit"}),
    "one is new here": (
        one_here,
        {
            "engine._bring_into_step update_link",
            "execute._create_remote commit",
            "recover.send commit 2",
        },
    ),
    "one is new there": (one_there, {"execute._create_team write"}),
    "a create is turned away": (turned_away, {"recover.send commit"}),
    "a copy is taken back": (taken_back, {"removals.withdraw delete"}),
    "an answer was lost": (unanswered, {"recover._go_on commit"}),
    "a create is held back": (held_back, {"recover._held_back commit"}),
    "nobody can tell whether it arrived": (doubtful, {"recover._unanswered commit"}),
    "what was gone shows after all": (
        shown_late,
        {"replacements.restore_originals commit", "replacements.restore_originals commit_all"},
    ),
    "what had left the team shows after all": (strayed, {"replacements._is_in_team write"}),
    "somebody was faster": (overtaken, {"recheck.recheck_remote commit"}),
    "very much would go": (emptied, {"engine._pause update_link", "engine._pause keep_round"}),
    "it is to be kept": (spared, {"answers.keep_doomed commit_all"}),
    "a first pass may begin": (begun, {"answers.apply_answer update_link"}),
    "it is to be read again": (unread, {"answers._retry_set_aside commit"}),
    "it is to be tried again": (
        taken_up,
        {"answers._retry_set_aside commit_all", "answers.apply_answer update_link 2"},
    ),
    "a create is to be tried again": (never_taken, {"answers._retry_set_aside commit_all 2"}),
}


async def settle(scene: Scene) -> None:
    """Let others go on, whatever is asked say yes, and let everything cross."""
    scene.sandbox.faults.clear()
    await _sync_again_and_again(scene)
    await choose(scene)
    await _sync_again_and_again(scene)


async def _sync_again_and_again(scene: Scene) -> None:
    for _ in range(SETTLED):
        if (await scene.link()).doomed is not None:
            await scene.answer(Word.DELETE)
        await scene.sync()
        scene.clock.advance(READS_LAG)


async def check(scene: Scene) -> None:
    """Both sides say the same, once; nothing is open, and nobody was mailed."""
    team = sorted(event.content.title for event in await scene.team())
    assert team == sorted(item.content.subject for item in scene.items())
    assert len(team) == len(set(team)) == len(await scene.pairs())
    assert await scene.store.links.intents(await scene.link()) == []
    assert scene.outlook.mails == []
