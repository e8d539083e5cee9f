"""What is left alone, is listed with its reason, and is taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sandbox.items import Content
from sandbox.recurrence import Recurrence
from services.accounts.links import Links
from services.books.sharing import Sharing
from services.graph.mailbox import Mailbox
from services.model import recurrence
from services.model.accounts import LinkId, SetAside
from services.model.identity import Person
from services.model.links import LinkSettings, Word
from tests._builders import an_event_content, timed
from tests.services.sync._scene import PERSON, Scene, outlook_event

LUNCH = an_event_content(title="Lunch")
WALK = outlook_event("Walk")
ENDLESS = Recurrence(
    type="daily", starts_on=date(2026, 11, 20), count=5000, zone="W. Europe Standard Time"
)
TOO_LONG = replace(WALK, recurrence=ENDLESS)
"""Outlook takes a series of 5,000 times; here 999 is the end of it."""


def nobody(person: Person) -> Mailbox:
    raise AssertionError("nobody waits for a mailbox here")


async def listed(scene: Scene) -> list[SetAside]:
    links = Links(scene.store, Sharing(scene.store), nobody, scene.clock)
    return await links.set_aside(PERSON, LinkId("link-1"))


async def say(scene: Scene, word: Word) -> None:
    await scene.store.links.save(replace(await scene.link(), word=word, active=True))


async def refused(scene: Scene, *, times: int = 5) -> None:
    scene.sandbox.faults.fail(
        status=403, code="ErrorAccessDenied", method="POST", path="/events", times=times
    )
    for _ in range(5):
        await scene.sync()


def outlook_titles(scene: Scene) -> list[str]:
    return sorted(item.content.subject for item in scene.items())


def mended(content: Content) -> Content:
    return replace(content, recurrence=replace(ENDLESS, count=5))


# -- creates that Outlook refuses ------------------------------------------------------------


async def test_a_create_refused_five_times_is_listed_with_its_reason(scene: Scene) -> None:
    await scene.create(LUNCH)
    await scene.create(replace(LUNCH, title="Dinner"))
    scene.sandbox.faults.fail(status=400, code="ErrorQuotaExceeded", method="POST", times=2)
    await scene.sync()
    assert await listed(scene) == []
    assert (await scene.link()).tally.waiting == 2
    await refused(scene, times=8)
    assert await listed(scene) == [
        SetAside("Dinner", "ErrorAccessDenied"),
        SetAside("Lunch", "ErrorAccessDenied"),
    ]
    assert (await scene.link()).tally.set_aside == 2
    scene.calls()
    assert (await scene.sync()).is_done
    assert scene.writes() == []


async def test_it_is_made_when_its_owner_says_so(scene: Scene) -> None:
    await scene.create(LUNCH)
    await refused(scene)
    await say(scene, Word.RETRY)
    assert (await scene.sync()).is_done
    link = await scene.link()
    assert (link.tally.in_step, link.tally.set_aside, link.word) == (1, 0, Word.NONE)
    assert outlook_titles(scene) == ["Lunch"] and await listed(scene) == []


async def test_it_is_made_once_it_is_another(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await refused(scene)
    await scene.edit(event, replace(LUNCH, title="Dinner"))
    await scene.sync()
    assert outlook_titles(scene) == ["Dinner"] and await listed(scene) == []


async def test_an_edit_between_the_tries_is_tried_as_well(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    scene.sandbox.faults.fail(status=400, method="POST", times=5)
    for _ in range(4):
        await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Dinner"))
    await scene.sync()
    assert outlook_titles(scene) == []
    await scene.sync()
    assert outlook_titles(scene) == ["Dinner"]


async def test_an_edit_that_was_refused_outlives_a_touch_in_outlook(scene: Scene) -> None:
    """Found by the model test: another change key, and the edit was not waited for any more."""
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Late lunch"))
    scene.sandbox.faults.fail(status=403, code="ErrorAccessDenied", method="PATCH")
    await scene.sync()
    scene.edit_item(scene.item(), lambda content: content)
    await scene.sync()
    assert outlook_titles(scene) == ["Late lunch"]


async def test_it_is_tried_again_with_the_next_full_round(scene: Scene) -> None:
    await scene.create(LUNCH)
    await refused(scene)
    scene.clock.advance(8 * 24 * 3600)
    await scene.sync()
    assert outlook_titles(scene) == ["Lunch"]


async def test_what_no_longer_goes_out_is_no_longer_listed(scene: Scene) -> None:
    events = [await scene.create(replace(LUNCH, title=title)) for title in ("One", "Two", "Six")]
    await refused(scene, times=15)
    assert len(await listed(scene)) == 3
    await scene.delete(events[0])
    await scene.edit(events[1], replace(LUNCH, when=timed("2036-01-01T12:00")))
    await scene.sync()
    assert [each.title for each in await listed(scene)] == ["Six"]
    link = replace(await scene.link(), settings=LinkSettings(category="Fair"))
    await scene.store.links.restart(link)
    await scene.sync()
    assert await listed(scene) == [] and scene.items() == []
    assert (await scene.link()).tally.set_aside == 0


# -- items that nobody here can read ---------------------------------------------------------


async def test_f38_what_cannot_be_read_is_listed_by_name(scene: Scene) -> None:
    item = scene.outlook.add(TOO_LONG)
    scene.outlook.add(outlook_event("Dinner", at="19:00"))
    await scene.sync()
    assert [event.content.title for event in await scene.team()] == ["Dinner"]
    assert await listed(scene) == [SetAside("Walk", "rule", is_unread=True)]
    assert (await scene.link()).tally.set_aside == 1
    await scene.sync()  # quiet rounds tell nothing of it
    assert len(await listed(scene)) == 1
    scene.edit_item(item, mended)
    await scene.sync()
    assert await listed(scene) == []
    assert sorted(event.content.title for event in await scene.team()) == ["Dinner", "Walk"]
    assert (await scene.link()).tally.set_aside == 0


async def test_what_could_not_be_read_is_forgotten_with_its_deletion(scene: Scene) -> None:
    item = scene.outlook.add(TOO_LONG)
    await scene.sync()
    scene.remove_item(item)
    await scene.sync()
    assert await listed(scene) == []


async def test_what_could_not_be_read_is_read_again_on_demand(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.outlook.add(TOO_LONG)
    await scene.sync()
    monkeypatch.setattr(recurrence, "MAX_COUNT", 5000)  # as a newer version may have it
    await scene.sync()
    assert len(await listed(scene)) == 1 and await scene.team() == []
    await say(scene, Word.RETRY)
    await scene.sync()
    assert [event.content.title for event in await scene.team()] == ["Walk"]
    assert await listed(scene) == [] and len(scene.items()) == 1
