"""Who links a calendar hides nobody else's event with a mark in their own Outlook."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from sandbox.writing import attended_by
from services.model.events import Sensitivity
from services.model.preferences import Preferences
from services.model.recurrence import Pattern, Rule
from tests._builders import an_author, an_event_content
from tests.services.sync._scene import PERSON, Scene, title_of
from tests.services.sync.test_link_settings import plainly

LUNCH = an_event_content()
SAM = ("Sam", "sam@kaffee.example")


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
    await _copied(scene)
    scene.edit_item(scene.item(), plainly(subject="Later"))
    await _say(scene, title="Sooner")
    scene.records.slip = partial(_say, scene, sensitivity=Sensitivity.PRIVATE)
    assert await scene.sync_until_crash(commit, is_after=False), "there was no such commit"
    await scene.sync()
    lost = [title_of(each.value) for each in (await scene.pair()).lost]
    assert scene.item().content.subject == "Busy"
    assert {"Sooner", "Later"} <= {(await scene.event()).content.title, *lost}


async def test_an_edit_of_what_becomes_a_hidden_series_is_kept(scene: Scene) -> None:
    """Found by the model test: Outlook cannot say the series, so the copy went with the edit."""
    await _copied(scene)
    scene.edit_item(scene.item(), plainly(subject="Later"))
    twice = Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(LUNCH.when.start.day, 28), count=4)
    await _say(scene, rule=twice, sensitivity=Sensitivity.PRIVATE)
    await scene.sync()
    (lost,) = [lost for pair in await scene.pairs() for lost in pair.lost]
    assert (title_of(lost.value), lost.author) == ("Later", PERSON)
    scene.clock.advance(60)
    await scene.sync()
    assert {item.content.subject for item in scene.items()} == {"Busy"}
    assert (await scene.event()).content.title == LUNCH.title


async def test_a_mark_that_meets_a_deletion_is_put_back_as_well(scene: Scene) -> None:
    """Found by the model test: the event came back, and each side said something else of it."""
    await _copied(scene)
    await scene.delete(await scene.event())
    _mark(scene)
    await scene.sync()
    assert (await scene.event()).content.sensitivity is Sensitivity.NORMAL
    assert scene.item().content.plain["sensitivity"] == "normal"


async def test_a_private_meeting_that_meets_a_deletion_stays_and_nobody_has_lost(
    scene: Scene,
) -> None:
    await _copied(scene)
    await scene.delete(await scene.event())
    _invite(scene)
    _mark(scene)
    await _shows_the_meeting_at_rest(scene)


async def test_a_private_meeting_made_of_anothers_event_comes_to_rest(scene: Scene) -> None:
    """Found by the model test: each pass asked the team to hide it, and wrote it for nothing."""
    await _copied(scene)
    plain = scene.item().content
    _invite(scene)
    _mark(scene)
    await _shows_the_meeting_at_rest(scene)
    scene.edit_item(scene.item(), lambda _: plain)
    _mark(scene)
    await scene.sync()
    assert (await scene.event()).mirror is None
    assert scene.item().content.plain["sensitivity"] == "normal"


async def test_what_was_hidden_while_it_was_a_meeting_elsewhere_is_hidden_there_after_it(
    scene: Scene,
) -> None:
    """Found by the model test: the copy that was no meeting any more went on showing it all."""
    await _copied(scene)
    plain = scene.item().content
    _invite(scene)
    await _say(scene, sensitivity=Sensitivity.PRIVATE)
    await scene.sync()
    scene.edit_item(scene.item(), lambda _: plain)
    await scene.sync()
    assert scene.item().content.subject == "Busy"
    (lost, *_) = (await scene.pair()).lost
    assert title_of(lost.value) == LUNCH.title
    assert (await scene.event()).content.title == LUNCH.title


async def test_what_is_private_to_somebody_else_is_told_in_the_language_of_the_mailboxs_owner(
    scene: Scene,
) -> None:
    await _copied(scene)
    kept = await scene.store.preferences.save(PERSON, Preferences(language="de"))
    await _say(scene, sensitivity=Sensitivity.PRIVATE)
    await scene.sync()
    assert scene.item().content.subject == "Beschäftigt"
    await scene.store.preferences.save(PERSON, replace(kept, language="en"))
    for _ in range(2):
        await scene.sync()
    assert scene.item().content.subject == "Beschäftigt", "another language moves nothing by itself"
    await _say(scene, sensitivity=Sensitivity.NORMAL)
    await scene.sync()
    assert scene.item().content.subject == LUNCH.title and (await scene.pair()).lost == ()


async def _copied(scene: Scene) -> None:
    """Bring an event of somebody else's into the mailbox."""
    made = await scene.create(LUNCH)
    await scene.store.events.save(replace(made, created_by=an_author("tom")), scene.book)
    await scene.sync()


def _invite(scene: Scene) -> None:
    """Make a meeting of it in Outlook."""
    scene.edit_item(scene.item(), lambda content: attended_by(content, SAM))


def _mark(scene: Scene) -> None:
    """Mark it as private in Outlook."""
    scene.edit_item(scene.item(), plainly(sensitivity="private"))


async def _shows_the_meeting_at_rest(scene: Scene) -> None:
    await scene.sync()
    event = await scene.event()
    assert event.mirror is not None and event.content.sensitivity is Sensitivity.NORMAL
    await scene.sync()
    assert (await scene.event()).revision == event.revision
    assert (await scene.pair()).lost == ()


async def _say(scene: Scene, **fields: Any) -> None:
    event = await scene.event()
    said = replace(event, content=replace(event.content, **fields))
    await scene.store.events.save(said, scene.book)
