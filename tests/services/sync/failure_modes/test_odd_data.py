"""What no form would let in: F38. It arrives, or it is counted; nothing vanishes in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sandbox.items import Content
from services.model.times import Timed
from tests.services.sync._scene import Scene, outlook_event


def plainly(content: Content, **fields: Any) -> Content:
    return replace(content, plain={**content.plain, **fields})


LUNCH = outlook_event("Lunch")
ODD = {
    "no title": plainly(LUNCH, subject=""),
    "no length": replace(LUNCH, end=LUNCH.start),
    "a reminder after the start": plainly(LUNCH, isReminderOn=True, reminderMinutesBeforeStart=-15),
    "a category twice": plainly(LUNCH, categories=["Fair", "fair"]),
    "a word that nobody knows": plainly(LUNCH, showAs="unknown"),
}


@pytest.mark.parametrize("odd", list(ODD.values()), ids=list(ODD))
async def test_f38_an_odd_event_arrives_and_keeps_no_other_away(scene: Scene, odd: Content) -> None:
    scene.outlook.add(odd)
    scene.outlook.add(outlook_event("Dinner", at="19:00"))
    await scene.sync()
    team = await scene.team()
    assert len(team) == len(scene.items()) == len(await scene.pairs()) == 2
    arrived = next(event for event in team if event.content.title != "Dinner")
    assert isinstance(arrived.content.when, Timed)
    assert arrived.content.when.start == odd.start
    await scene.edit(arrived, replace(arrived.content, place="Quay 4"))
    await scene.sync()
    item = next(each for each in scene.items() if each.content.subject != "Dinner")
    assert item.content.plain["locations"][0]["displayName"] == "Quay 4"
    assert (await scene.sync()).is_done
