"""What came from Outlook and may not cross any more: it leaves the team and stays where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.services.sync._scene import Scene, outlook_event
from tests.services.sync.test_link_settings import choose, outlook_titles, team_titles


async def test_what_another_mailbox_brings_back_leaves_the_team_again(scene: Scene) -> None:
    """Found by the model test: it was unknown here by then, and stayed for everybody to see."""
    scene.outlook.add(outlook_event("Review"))
    await scene.sync()
    event = await scene.event()
    await choose(scene, category="Launch")
    await scene.sync()
    gone = await scene.store.events.find(scene.book, event.id)
    assert gone is not None and gone.deleted_at is not None
    await scene.store.events.save(replace(gone, deleted_at=None), scene.book)
    await scene.sync()
    assert (outlook_titles(scene), await team_titles(scene)) == (["Review"], [])
    await choose(scene)
    await scene.sync()
    assert outlook_titles(scene) == await team_titles(scene) == ["Review"]


@pytest.mark.parametrize("is_after", [False, True])
async def test_it_stays_in_outlook_wherever_the_process_dies(scene: Scene, is_after: bool) -> None:
    """Dead before its pair was ended, a later pass took it for deleted by the team."""
    scene.outlook.add(outlook_event("Review"))
    await scene.sync()
    died, commit = True, 0
    while died:
        commit += 1
        await choose(scene, category="Launch")
        died = await scene.sync_until_crash(commit, is_after=is_after)
        await scene.sync()
        assert (outlook_titles(scene), await team_titles(scene)) == (["Review"], [])
        await choose(scene)
        await scene.sync()
        assert outlook_titles(scene) == await team_titles(scene) == ["Review"]
    assert commit > 3
