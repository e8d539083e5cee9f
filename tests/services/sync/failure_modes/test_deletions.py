"""What may go and what may not: F9 to F11. Absence proves nothing, and what is gone stays so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sandbox.faults import Fault
from services.sync.pull.identity import KNOWN_FOR
from services.sync.state.link_pass import READS_LAG
from tests._builders import an_event_content, timed
from tests.services.sync._scene import Scene, outlook_event, renamed

LUNCH = an_event_content(title="Lunch", when=timed("2026-11-20T12:00"))


async def team_titles(scene: Scene) -> list[str]:
    return sorted(event.content.title for event in await scene.team())


def outlook_titles(scene: Scene) -> list[str]:
    return sorted(item.content.subject for item in scene.items())


def verbs(scene: Scene) -> list[str]:
    return [write.split()[0] for write in scene.writes()]


async def test_f9_what_one_side_deleted_does_not_come_back(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    dinner = scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    await scene.delete(event)
    scene.remove_item(dinner)
    # Pages go on to tell of both as they were, and the service starts over in between.
    for twist in ("replay", "repeat", "replay"):
        scene.sandbox.faults.order(Fault(path="/delta", twist=twist))
        await scene.sync()
        scene.sandbox.faults.order(Fault(path="/delta", mishap="expire-delta"))
        await scene.sync()
    assert await team_titles(scene) == outlook_titles(scene) == []
    assert await scene.pairs() == []
    scene.clock.advance(KNOWN_FOR)
    await scene.sync()
    assert await scene.remembered() == []


async def test_f9_what_is_shown_after_its_deletion_goes_in_the_end(scene: Scene) -> None:
    """Reads lag half a minute behind, and a full round in it still shows what is gone."""
    event = await scene.create(LUNCH)
    dinner = scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    scene.clock.advance(60)
    scene.outlook.lag = timedelta(seconds=30)
    await scene.delete(event)
    scene.remove_item(dinner)
    for _ in range(6):
        scene.sandbox.office.delta(scene.outlook.person).expire()
        await scene.sync()
        scene.clock.advance(10)
    assert await team_titles(scene) == outlook_titles(scene) == []
    assert await scene.pairs() == []
    scene.clock.advance(KNOWN_FOR)
    await scene.sync()
    assert await team_titles(scene) == outlook_titles(scene) == []
    assert await scene.remembered() == []
    assert verbs(scene) == ["POST", "DELETE"]


async def test_f10_a_like_item_that_nobody_paired_is_never_deleted(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    # A second lunch at the same time is the person's own, whatever it looks like.
    scene.outlook.add(replace(scene.item().content))
    scene.outlook.add(outlook_event("Old", day="2019-03-01"))
    await scene.sync()
    await scene.delete(event)
    await scene.sync()
    scene.sandbox.office.delta(scene.outlook.person).expire()
    await scene.sync()
    assert outlook_titles(scene) == ["Lunch", "Old"]
    assert await team_titles(scene) == ["Lunch"]
    assert verbs(scene) == ["POST", "DELETE"]


async def test_f11_a_round_that_shows_nothing_deletes_nothing(scene: Scene) -> None:
    for number in range(4):
        await scene.create(replace(LUNCH, title=f"Lunch {number}"))
        scene.outlook.add(outlook_event(f"Dinner {number}"))
    await scene.sync()
    # Few enough that no guard against mass deletion would stop it.
    scene.sandbox.office.delta(scene.outlook.person).expire()
    scene.sandbox.faults.order(Fault(path="/delta", skip=1, twist="forget"))
    await scene.sync()
    assert scene.sandbox.faults.is_quiet
    assert len(await scene.team()) == len(scene.items()) == len(await scene.pairs()) == 8


async def test_f11_a_round_that_breaks_off_deletes_nothing(scene: Scene) -> None:
    for number in range(12):
        scene.outlook.add(outlook_event(f"Dinner {number}"))
    await scene.sync()
    scene.sandbox.office.delta(scene.outlook.person).expire()
    scene.sandbox.faults.order(Fault(path="/delta", skip=1, twist="empty-page"))
    await scene.sync()
    assert len(await scene.team()) == 12


async def test_what_we_made_and_no_read_shows_yet_is_left_alone(scene: Scene) -> None:
    """Reads lag behind a create by longer than the next passes take to come."""
    await scene.sync()
    scene.outlook.lag = timedelta(seconds=90)
    event = await scene.create(LUNCH)
    for _ in range(4):
        await scene.sync()
        scene.clock.advance(20)
        assert (await scene.event()).id == event.id
    scene.calls()
    assert not (await scene.sync()).is_done  # and nobody asks in vain for what is not to be seen
    assert scene.calls() == ["GET delta"]
    scene.clock.advance(30)
    assert (await scene.sync()).is_done
    assert (await scene.event()).revision == event.revision
    assert (await scene.pair()).team == event.id
    assert outlook_titles(scene) == ["Lunch"]


async def test_an_edit_of_what_no_read_shows_yet_is_sent_once_it_is_shown(scene: Scene) -> None:
    await scene.sync()
    scene.outlook.lag = timedelta(seconds=90)
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Late lunch"))
    assert not (await scene.sync()).is_done
    assert outlook_titles(scene) == ["Lunch"]
    scene.clock.advance(91)
    assert (await scene.sync()).is_done
    assert outlook_titles(scene) == await team_titles(scene) == ["Late lunch"]


async def test_what_somebody_made_lately_is_not_gone_because_one_read_says_so(scene: Scene) -> None:
    """A round has shown it, both edit it, and a read by its id lags behind the round."""
    await scene.sync()
    dinner = scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    event = await scene.event()
    await scene.edit(event, replace(event.content, place="Harbour"))
    seen = scene.outlook.get(scene.outlook.id_of(dinner))
    scene.outlook.edit(seen, renamed("Late dinner")(dinner.content))
    events = f"*/events/{scene.outlook.id_of(dinner)}"
    scene.sandbox.faults.fail(status=404, code="ErrorItemNotFound", method="GET", path=events)
    assert not (await scene.sync()).is_done
    assert scene.sandbox.faults.is_quiet
    assert (await scene.sync()).is_done
    assert outlook_titles(scene) == await team_titles(scene) == ["Late dinner"]
    assert (await scene.event()).id == event.id
    assert verbs(scene) == ["PATCH"]


async def test_what_we_made_may_be_deleted_there_at_once(scene: Scene) -> None:
    """A while later it counts as gone, though no round has ever told of it."""
    await scene.create(LUNCH)
    await scene.sync()
    scene.remove_item(scene.item())
    assert not (await scene.sync()).is_done
    assert await team_titles(scene) == ["Lunch"]
    scene.clock.advance(READS_LAG)
    assert (await scene.sync()).is_done
    assert await team_titles(scene) == []


async def test_what_a_new_round_does_not_show_is_asked_for_until_somebody_can_tell(
    scene: Scene,
) -> None:
    """Found by the model test: later rounds have nothing to tell of it, and it stayed for good."""
    await scene.create(LUNCH)
    await scene.sync()
    await scene.sync()
    scene.remove_item(scene.item())
    scene.sandbox.office.delta(scene.outlook.person).expire()
    assert not (await scene.sync()).is_done
    scene.clock.advance(READS_LAG)
    assert (await scene.sync()).is_done
    assert await team_titles(scene) == []
