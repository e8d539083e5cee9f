"""Each trouble that Microsoft 365 can make while series and their dates are written, both ways.

A series takes several requests: its own, and one for each date that is another. A trouble between
them leaves it half written, and the next pass must neither take the half for somebody's word nor
write the rest twice.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from services.model.errors import AlmanacError
from services.model.events import EventContent, SeriesException
from services.model.recurrence import Pattern, Rule, Weekday
from services.sync.state.link_pass import READS_LAG
from tests._builders import an_event_content, timed
from tests.services.sync._scene import Scene, a_scene, renamed

FRIDAYS = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,), count=8)
FIRST = date(2026, 11, 20)
LUNCH = an_event_content(
    title="Lunch", text="Bring **money**", when=timed(f"{FIRST}T12:30"), rule=FRIDAYS
)
LONGEST = 12
"""Passes, two minutes apart, after which all has to be well."""


def day(number: int) -> date:
    return FIRST + timedelta(weeks=number)


def off(number: int) -> SeriesException:
    return SeriesException(timed(f"{day(number)}T12:30").start, None)


def other(number: int, title: str, hour: str = "12:30") -> SeriesException:
    changed = replace(LUNCH, title=title, when=timed(f"{day(number)}T{hour}"), rule=None)
    return SeriesException(timed(f"{day(number)}T12:30").start, changed)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with a_scene(tmp_path) as made:
        await made.create(LUNCH)
        for _ in range(2):
            await made.sync()
        made.clock.advance(READS_LAG)
        yield made


async def edit(scene: Scene) -> None:
    """Let each side make something of other dates, and the team make one more series."""
    event = await scene.event()
    await scene.edit(event, replace(event.content, exceptions=(off(1), other(2, "Feast", "15:00"))))
    item = scene.item()
    scene.remove_item(item, day(4))
    seen = scene.outlook.get(scene.outlook.id_of(scene.item(), day(5)))
    scene.outlook.edit(seen, renamed("Party")(seen.content))
    more = replace(LUNCH, title="Tea", exceptions=(off(3), other(6, "High tea")))
    await scene.create(more)


async def come_to_rest(scene: Scene) -> None:
    """Make passes; one that fails is made again later, as the worker does."""
    for _ in range(LONGEST):
        try:
            outcome = await scene.sync()
        except AlmanacError:
            outcome = None
        scene.clock.advance(READS_LAG)
        if outcome is not None and outcome.is_done and scene.sandbox.faults.is_quiet:
            break


def made_of(content: EventContent) -> dict[date, tuple[str, str] | None]:
    """Return what a series makes of its dates: title and hour, or that there is none."""
    return {
        each.original.date(): None  # type: ignore[union-attr]
        if each.content is None
        else (each.content.title, f"{each.content.when.start:%H:%M}")
        for each in content.exceptions
    }


WANTED = {
    "Lunch": {
        day(1): None,
        day(2): ("Feast", "15:00"),
        day(4): None,
        day(5): ("Party", "12:30"),
    },
    "Tea": {day(3): None, day(6): ("High tea", "12:30")},
}


async def check(scene: Scene) -> None:
    assert scene.sandbox.faults.is_quiet, "it never came"
    team = {event.content.title: event.content for event in await scene.team()}
    assert {title: made_of(content) for title, content in team.items()} == WANTED
    assert {content.text for content in team.values()} == {LUNCH.text}
    items = {item.content.subject: item for item in scene.items()}
    assert len(scene.items()) == 2
    for title, wanted in WANTED.items():
        item = items[title]
        assert item.cancelled == {on for on, what in wanted.items() if what is None}
        told = {on: (c.subject, f"{c.start:%H:%M}") for on, c in item.exceptions.items()}
        assert told == {on: what for on, what in wanted.items() if what is not None}
    assert not scene.outlook.mails
    assert not any(pair.refused for pair in await scene.pairs())
    for lost in (False, True):
        if lost:
            scene.sandbox.order("NOW mara -> expire-delta")
        await scene.sync()
        scene.writes()
        await scene.sync()
        assert scene.writes() == []


TROUBLES = (
    *("throttle", "500", "503", "504", "conflict", "challenge", "cut times=2"),
    *("cut when=after", "503 when=after", "500 when=after"),
)
CALLS = ("POST */events", "PATCH */events/*", "DELETE */events/*", "GET */events/*")
EACH = tuple(f"{call} -> {trouble}" for call in CALLS[:3] for trouble in TROUBLES)
EVERYWHERE = (
    *(f"{call} -> {trouble} skip=1" for call in CALLS[1:2] for trouble in TROUBLES),
    *(f"{call} -> {trouble} times=3" for call in CALLS[:3] for trouble in ("500", "412")),
    *(f"GET */events/* -> {trouble} skip={n}" for trouble in TROUBLES[:7] for n in range(5)),
    *(f"GET */delta* -> {trouble}" for trouble in ("gone", "repeat", "reverse", "replay")),
)
ORDERS = (*EACH, *(pytest.param(order, marks=pytest.mark.slow) for order in EVERYWHERE))


@pytest.mark.parametrize("order", ORDERS)
async def test_whatever_an_answer_is_a_series_is_whole_on_both_sides(
    scene: Scene, order: str
) -> None:
    await edit(scene)
    scene.sandbox.order(order)
    await come_to_rest(scene)
    await check(scene)


@pytest.mark.parametrize(
    "order",
    ["expire-delta", "change-ids of=Lunch", "lag seconds=20", "partial-items", "small-pages"],
)
async def test_whatever_befalls_a_calendar_a_series_is_whole_on_both_sides(
    scene: Scene, order: str
) -> None:
    await edit(scene)
    scene.sandbox.order(f"NOW mara -> {order}")
    await come_to_rest(scene)
    scene.sandbox.order("NOW mara -> lag seconds=0")
    await come_to_rest(scene)
    await check(scene)
