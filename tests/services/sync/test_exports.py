"""What goes out together shares its commits, and each create is still one of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.model.errors import Throttled, Unreachable
from services.model.events import SeriesException
from services.model.recurrence import Pattern, Rule, Weekday
from tests._builders import an_event_content, timed
from tests.services.sync._scene import Scene

MEAL = an_event_content(title="Meal", when=timed("2026-11-20T12:00"))
FRIDAYS = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,), count=5)
MANY = 12


async def fill(scene: Scene) -> list[str]:
    names = sorted(f"Meal {number}" for number in range(MANY))
    for name in names:
        await scene.create(replace(MEAL, title=name))
    return names


def outlook_titles(scene: Scene) -> list[str]:
    return sorted(item.content.subject for item in scene.items())


async def test_a_few_commits_are_enough_for_many(scene: Scene) -> None:
    names = await fill(scene)
    before = scene.records.commits
    await scene.sync()
    # The lease, the cursor, the intents, the pairs, how it ended, and the lease again.
    assert scene.records.commits - before <= 8
    assert outlook_titles(scene) == names
    assert [call.split()[0] for call in scene.writes()] == ["POST"] * MANY


@pytest.mark.parametrize("is_after", [False, True])
async def test_a_crash_anywhere_doubles_nothing(scene: Scene, *, is_after: bool) -> None:
    names = await fill(scene)
    commit, died = 0, True
    while died:
        commit += 1
        died = await scene.sync_until_crash(commit, is_after=is_after)
    await scene.sync()
    assert outlook_titles(scene) == names
    assert len(await scene.pairs()) == MANY
    assert await scene.store.links.intents(await scene.link()) == []


async def test_what_was_never_sent_is_crossed_out(scene: Scene) -> None:
    """An answer is lost: nobody has to look for what was behind it in the queue."""
    names = await fill(scene)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events")
    with pytest.raises(Unreachable):
        await scene.sync()
    (intent,) = await scene.store.links.intents(await scene.link())
    assert intent.sent_at is not None
    await scene.sync()
    assert outlook_titles(scene) == names


async def test_being_turned_away_ends_the_pass_and_loses_nothing(scene: Scene) -> None:
    names = await fill(scene)
    scene.sandbox.faults.fail(status=429, retry_after=5, method="POST")
    with pytest.raises(Throttled):
        await scene.sync()
    assert len([call for call in scene.writes() if call.startswith("POST")]) <= 4
    await scene.sync()
    assert outlook_titles(scene) == names


async def test_one_that_outlook_refuses_keeps_no_other_away(scene: Scene) -> None:
    names = await fill(scene)
    scene.sandbox.faults.fail(status=400, method="POST")
    assert not (await scene.sync()).is_done
    assert len(outlook_titles(scene)) == MANY - 1
    assert (await scene.sync()).is_done
    assert outlook_titles(scene) == names


async def test_exceptions_of_a_series_follow_in_the_same_pass(scene: Scene) -> None:
    cancelled = SeriesException(timed("2026-11-27T12:00").start, None)
    series = replace(MEAL, rule=FRIDAYS, exceptions=(cancelled,))
    await scene.create(series)
    await scene.create(MEAL)
    await scene.sync()
    assert [call.split()[0] for call in scene.writes()] == ["POST", "POST", "DELETE"]
    await scene.sync()
    assert scene.writes() == []
    pairs = {pair.agreed.exceptions for pair in await scene.pairs() if pair.agreed}  # type: ignore[union-attr]
    assert pairs == {(), (cancelled,)}
