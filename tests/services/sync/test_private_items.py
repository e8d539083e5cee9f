"""Who links a calendar hides nobody else's event with a mark in their own Outlook."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.model.events import Sensitivity
from tests._builders import an_author, an_event_content
from tests.services.sync._scene import Scene
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
