"""Who links a calendar hides nobody else's event with a mark in their own Outlook."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from services.model.events import Sensitivity
from tests._builders import an_author, an_event_content
from tests.services.sync._scene import Scene, title_of
from tests.services.sync.test_link_settings import plainly

LUNCH = an_event_content()


@pytest.mark.parametrize(
    ("author", "kept"), [("tom", Sensitivity.NORMAL), ("ines", Sensitivity.PRIVATE)]
)
async def test_a_mark_in_outlook_hides_ones_own_event_alone_and_both_come_to_rest(
    scene: Scene, author: str, kept: Sensitivity
) -> None:
    made = await scene.create(LUNCH)
    by = scene.author if author == "ines" else an_author(author)
    await scene.store.events.save(replace(made, created_by=by), scene.book)
    await scene.sync()
    scene.edit_item(scene.item(), plainly(sensitivity="private", subject="Later"))
    for _ in range(3):
        await scene.sync()
    event = await scene.event()
    assert (event.content.sensitivity, event.content.title) == (kept, "Later")
    assert scene.item().content.plain["sensitivity"] == kept.value
    before = (await scene.event()).revision
    await scene.sync()
    assert (await scene.event()).revision == before, "a quiet link writes nothing"


@pytest.mark.parametrize("commit", range(1, 6))
async def test_an_edit_in_outlook_of_what_is_just_being_hidden_is_kept(
    scene: Scene, commit: int
) -> None:
    made = await scene.create(LUNCH)
    await scene.store.events.save(replace(made, created_by=an_author("tom")), scene.book)
    await scene.sync()
    scene.edit_item(scene.item(), plainly(subject="Later"))
    await _say(scene, title="Sooner")
    scene.records.slip = partial(_say, scene, sensitivity=Sensitivity.PRIVATE)
    await scene.sync_until_crash(commit, is_after=False)
    assert scene.records.slip is None
    await scene.sync()
    lost = [title_of(each.value) for each in (await scene.pair()).lost]
    assert scene.item().content.subject == "Busy"
    assert {"Sooner", "Later"} <= {(await scene.event()).content.title, *lost}


async def _say(scene: Scene, **fields: Any) -> None:
    event = await scene.event()
    said = replace(event, content=replace(event.content, **fields))
    await scene.store.events.save(said, scene.book)
