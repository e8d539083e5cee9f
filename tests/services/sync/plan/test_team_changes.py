"""What the team's side tells a survey while it is being read, and how what is new is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from services.model.contacts import ContactId
from services.sync.plan import packed
from services.sync.plan.packed import Pack
from services.sync.sides.team import TeamCalendar, item_of
from tests._builders import a_contact, an_event, an_event_content, timed
from tests.services.sync._scene import Scene

MEAL = an_event_content(title="Meal", when=timed("2026-11-20T12:00"))


async def test_what_changes_while_it_is_read_ends_as_it_is_then(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays, goes = await scene.create(MEAL), await scene.create(replace(MEAL, title="Walk"))
    read = TeamCalendar.changes

    async def changes(team: TeamCalendar, since: int) -> AsyncIterator[tuple[list[Any], int]]:
        reached = since
        async for items, revision in read(team, since):
            yield items, revision
            reached = revision
        if since == 0:
            await scene.edit(stays, replace(MEAL, title="Late meal"))
            await scene.delete(goes)
            async for page in read(team, reached):
                yield page

    monkeypatch.setattr(TeamCalendar, "changes", changes)
    await scene.sync()
    assert [item.content.subject for item in scene.items()] == ["Late meal"]


@pytest.mark.parametrize("is_anothers", [False, True])
def test_what_is_packed_is_the_same_again(*, is_anothers: bool) -> None:
    records = an_event(MEAL, revision=7), a_contact(id=ContactId("contact-1"), revision=7)
    items = [item_of(each, is_anothers=is_anothers) for each in records]
    assert Pack.of(items).items() == items


async def test_what_is_written_while_it_is_read_goes_out_as_well(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "AT_ONCE", 2)
    for number in range(5):
        await scene.create(replace(MEAL, title=f"Meal {number}"))
    read = TeamCalendar.changes

    async def changes(team: TeamCalendar, since: int) -> AsyncIterator[tuple[list[Any], int]]:
        reached = since
        async for items, revision in read(team, since):
            yield items, revision
            reached = revision
        if since == 0:
            await scene.create(replace(MEAL, title="Meal 5"))
            async for page in read(team, reached):
                yield page

    monkeypatch.setattr(TeamCalendar, "changes", changes)
    await scene.sync()
    assert sorted(item.content.subject for item in scene.items()) == [
        f"Meal {number}" for number in range(6)
    ]
    assert scene.writes() == ["POST events"] * 6
