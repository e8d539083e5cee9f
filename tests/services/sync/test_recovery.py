"""What goes wrong between two machines, and that nothing of it doubles or loses an event."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from services.model.errors import SignInNeeded, Throttled, Unreachable
from services.model.events import SeriesException
from services.model.recurrence import Pattern, Rule, Weekday
from services.sync.state.link_pass import READS_LAG, LeaseLost
from tests._builders import an_event_content, timed
from tests.services.sync._scene import MARA, PERSON, Scene, outlook_event, renamed, title_of

LUNCH = an_event_content(title="Lunch", place="Quay 3", text="Bring a hat")
FRIDAYS = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,), count=5)


async def test_a_create_whose_answer_was_lost_makes_no_second_event(scene: Scene) -> None:  # F27
    event = await scene.create(LUNCH)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events")
    with pytest.raises(Unreachable):
        await scene.sync()
    assert len(scene.items()) == 1
    await scene.sync()
    assert len(scene.items()) == 1
    pair = await scene.pair()
    assert (pair.team, pair.ours) == (event.id, True)


async def test_a_create_that_never_arrived_is_sent_again(scene: Scene) -> None:
    await scene.create(LUNCH)
    scene.sandbox.faults.cut(method="POST", path="/events")
    with pytest.raises(Unreachable):
        await scene.sync()
    assert scene.items() == []
    await scene.sync()
    assert scene.item().content.subject == "Lunch"


async def test_f12_a_copy_made_in_between_is_an_event_of_its_own(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events")
    with pytest.raises(Unreachable):
        await scene.sync()
    original = scene.item()
    copy = scene.outlook.copy(original)
    await scene.sync()
    by_remote = {pair.remote: pair.team for pair in await scene.pairs()}
    assert by_remote[scene.remote_id(original)] == event.id
    assert by_remote[scene.remote_id(copy)] != event.id
    assert len(await scene.team()) == 2 == len(scene.items())


async def test_a_copy_whose_original_is_gone_is_still_no_work_of_ours(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events")
    with pytest.raises(Unreachable):
        await scene.sync()
    original = scene.item()
    copy = scene.outlook.copy(original)
    scene.remove_item(original)
    await scene.sync()
    by_remote = {pair.remote: pair for pair in await scene.pairs()}
    assert by_remote[scene.remote_id(copy)].team != event.id
    assert not by_remote[scene.remote_id(copy)].ours


async def test_an_edit_before_the_adoption_is_not_lost(scene: Scene) -> None:
    await scene.create(LUNCH)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events")
    with pytest.raises(Unreachable):
        await scene.sync()
    scene.edit_item(scene.item(), renamed("Late lunch"))
    await scene.sync()
    assert (await scene.event()).content.title == "Late lunch"


async def test_an_event_deleted_while_its_create_was_open_leaves_outlook(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events")
    with pytest.raises(Unreachable):
        await scene.sync()
    await scene.delete(event)
    await scene.sync()
    assert scene.items() == [] and await scene.team() == []


async def test_an_update_whose_answer_was_lost_is_known_again(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    edited = await scene.edit(event, replace(LUNCH, title="Late lunch", text="Two hats"))
    scene.sandbox.faults.cut(after_effect=True, method="PATCH")
    with pytest.raises(Unreachable):
        await scene.sync()
    scene.calls()
    await scene.sync()
    assert scene.writes() == []
    assert (await scene.event()).revision == edited.revision
    assert (await scene.pair()).lost == ()


async def test_a_delete_whose_answer_was_lost_is_known_again(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.delete(event)
    scene.sandbox.faults.fail(status=503, after_effect=True, method="DELETE")
    with pytest.raises(Unreachable):
        await scene.sync()
    await scene.sync()
    assert scene.items() == [] and await scene.pairs() == []


async def test_an_edit_that_slips_in_before_an_update_is_merged(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, place="Quay 4"))
    item = scene.item()
    slip = lambda: scene.edit_item(item, renamed("Late lunch"))  # noqa: E731
    scene.sandbox.faults.interpose(slip, method="PATCH")
    await scene.sync()
    content = (await scene.event()).content
    assert (content.title, content.place) == ("Late lunch", "Quay 4")
    assert scene.item().content.subject == "Late lunch"


async def test_what_is_edited_and_deleted_before_a_round_tells_of_it_leaves_the_team(
    scene: Scene,
) -> None:
    """A look at what was made just now is no word of a round, so it is asked for by its id."""
    await scene.sync()
    off = SeriesException(timed("2026-11-27T12:30").start, None)
    await scene.create(replace(LUNCH, rule=FRIDAYS, exceptions=(off,)))
    slip = lambda: scene.edit_item(scene.item(), renamed("Late lunch"))  # noqa: E731
    scene.sandbox.faults.interpose(slip, method="GET", path="/events/")
    await scene.sync()
    assert (await scene.event()).content.title == "Late lunch"
    scene.clock.advance(READS_LAG)
    scene.remove_item(scene.item())
    await scene.sync()
    assert (await scene.team(), scene.items()) == ([], [])


async def test_an_edit_that_slips_in_before_a_delete_wins(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.delete(event)
    item = scene.item()
    slip = lambda: scene.edit_item(item, renamed("Late lunch"))  # noqa: E731
    scene.sandbox.faults.interpose(slip, method="DELETE")
    await scene.sync()
    assert (await scene.event()).content.title == "Late lunch" == scene.item().content.subject


async def test_a_412_without_a_reason_is_tried_again(scene: Scene) -> None:  # F28
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Late lunch"))
    scene.sandbox.faults.fail(status=412, code="ErrorIrresolvableConflict", method="PATCH")
    await scene.sync()
    assert scene.item().content.subject == "Late lunch"


async def test_an_expired_cursor_starts_over_without_doubling(scene: Scene) -> None:  # F21
    await scene.create(LUNCH)
    scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    scene.sandbox.office.delta(MARA).expire()
    revisions = [event.revision for event in await scene.team()]
    scene.calls()
    await scene.sync()
    assert scene.writes() == []
    assert len(scene.items()) == 2
    assert [event.revision for event in await scene.team()] == revisions


async def test_what_was_deleted_while_the_cursor_was_lost_is_deleted(scene: Scene) -> None:
    scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    scene.sandbox.office.delta(MARA).expire()
    scene.remove_item(scene.item())
    await scene.sync()
    assert await scene.team() == []


async def test_f20_leaving_the_window_is_not_a_deletion(scene: Scene) -> None:
    scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    scene.edit_item(scene.item(), lambda _: outlook_event("Dinner", day="2031-05-05"))
    await scene.sync()
    event = await scene.event()
    assert event.content.when == timed("2031-05-05T12:30")


async def test_the_window_moves_on_and_brings_what_has_come_near(scene: Scene) -> None:
    far = await scene.create(replace(LUNCH, when=timed("2028-06-01T12:00")))
    scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    assert len(scene.items()) == 1
    scene.clock.advance(30 * 86_400)
    await scene.sync()
    assert [pair.team for pair in await scene.pairs() if pair.ours] == [far.id]
    assert len(await scene.team()) == 2


async def test_throttling_ends_the_pass_and_says_how_long(scene: Scene) -> None:  # F26
    scene.sandbox.faults.fail(status=429, retry_after=2.5)
    with pytest.raises(Throttled) as caught:
        await scene.sync()
    assert caught.value.retry_after == 2.5


async def test_a_refused_token_closes_the_mailbox(scene: Scene) -> None:
    scene.sandbox.faults.fail(status=401, times=2)
    with pytest.raises(SignInNeeded):
        await scene.sync()


async def test_one_item_that_outlook_refuses_does_not_stop_the_others(scene: Scene) -> None:
    first = await scene.create(LUNCH)
    second = await scene.create(replace(LUNCH, title="Dinner"))
    await scene.sync()
    await scene.edit(first, replace(LUNCH, place="Quay 4"))
    await scene.edit(second, replace(LUNCH, title="Supper"))
    scene.sandbox.faults.fail(status=400, code="ErrorInvalidRequest", method="PATCH")
    outcome = await scene.sync()
    assert outcome.is_done
    assert sorted(pair.refused for pair in await scene.pairs()) == [0, 1]
    await scene.sync()
    assert [pair.refused for pair in await scene.pairs()] == [0, 0]
    assert "Supper" in {item.content.subject for item in scene.items()}


async def test_an_item_refused_five_times_is_left_until_it_changes(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    event = await scene.edit(event, replace(LUNCH, place="Quay 4"))
    scene.sandbox.faults.fail(status=400, code="ErrorInvalidRequest", method="PATCH", times=5)
    for _ in range(5):
        await scene.sync()
    scene.calls()
    await scene.sync()
    assert scene.writes() == []
    await scene.edit(event, replace(LUNCH, place="Quay 5"))
    await scene.sync()
    assert scene.item().content.plain["locations"][0]["displayName"] == "Quay 5"


async def test_a_worker_that_lost_the_mailbox_can_commit_nothing(scene: Scene) -> None:
    scene.outlook.add(outlook_event("Dinner"))
    frozen = await scene.store.links.acquire(PERSON, "frozen", 60)
    assert frozen is not None
    scene.clock.advance(61)
    await scene.sync()
    with pytest.raises(LeaseLost):
        await scene.engine.sync(frozen, (await scene.link()).id)
    assert len(await scene.team()) == 1


@pytest.mark.slow
@pytest.mark.parametrize("is_after", [False, True])
async def test_a_process_may_die_at_every_commit(scene: Scene, is_after: bool) -> None:
    await scene.sync()
    died, commit = True, 0
    while died:
        commit += 1
        ours = await scene.create(replace(LUNCH, title=f"Ours {commit}"))
        gone = await scene.create(replace(LUNCH, title=f"Gone {commit}"))
        theirs = scene.outlook.add(outlook_event(f"Theirs {commit}"))
        await scene.sync()
        await scene.edit(ours, replace(LUNCH, title=f"Ours {commit}", place="Quay 4"))
        await scene.delete(gone)
        await scene.create(replace(LUNCH, title=f"New {commit}"))
        scene.edit_item(theirs, renamed(f"Theirs now {commit}"))
        scene.outlook.add(outlook_event(f"New there {commit}"))
        died = await scene.sync_until_crash(commit, is_after=is_after)
        await scene.sync()
        titles = sorted(event.content.title for event in await scene.team())
        assert titles == sorted(item.content.subject for item in scene.items())
        assert len(titles) == 4 * commit == len(set(titles)) == len(await scene.pairs())
    assert commit > 8


@pytest.mark.parametrize("is_after", [False, True])
async def test_a_loser_is_kept_wherever_the_process_dies(scene: Scene, is_after: bool) -> None:
    """Found by the model test: the winner was written, and the loser not yet remembered."""
    await scene.create(LUNCH)
    await scene.sync()
    died, commit = True, 0
    while died:
        commit += 1
        await _clash(scene, commit)
        died = await scene.sync_until_crash(commit, is_after=is_after)
        await scene.sync()
        assert await _titles(scene) == (f"There {commit}", _heres(commit))
    assert commit > 3


async def test_only_what_lost_is_kept_whenever_an_edit_slips_in(scene: Scene) -> None:
    await scene.create(LUNCH)
    await scene.sync()
    slipped, commit = True, 0
    while slipped:
        commit += 1
        await _clash(scene, commit)
        scene.records.slip = partial(_move, scene, f"Quay {commit}")
        await scene.sync_until_crash(commit, is_after=False)
        slipped, scene.records.slip = scene.records.slip is None, None
        await scene.sync()
        assert await _titles(scene) == (f"There {commit}", _heres(commit))
        if slipped:
            assert (await scene.event()).content.place == f"Quay {commit}"
    assert commit > 3


@pytest.mark.parametrize("commit", range(2, 5))
async def test_a_title_that_slips_in_while_two_meet_is_not_lost(scene: Scene, commit: int) -> None:
    """Found by the model test: they had met by their title, so Outlook's was taken for an edit."""
    scene.outlook.add(outlook_event("Lunch", place="Quay 4"))
    scene.clock.advance(600)
    event = await scene.create(LUNCH)
    scene.records.slip = partial(scene.edit, event, replace(LUNCH, title="Late lunch"))
    assert await scene.sync_until_crash(commit, is_after=False), "there was no such commit"
    await scene.sync()
    assert (await scene.event()).content.title == "Late lunch" == scene.item().content.subject


@pytest.mark.parametrize("is_lost", [False, True])
async def test_what_was_kept_goes_on_with_the_item_that_is_made_anew(
    scene: Scene, is_lost: bool
) -> None:
    await scene.create(LUNCH)
    await scene.sync()
    await _clash(scene, 1)
    await scene.sync()
    scene.clock.advance(READS_LAG)
    scene.remove_item(scene.item())
    event = await scene.event()
    await scene.edit(event, replace(event.content, text="Bring two"))
    await scene.sync()
    scene.clock.advance(READS_LAG)
    if is_lost:
        scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events")
        with pytest.raises(Unreachable):
            await scene.sync()
    await scene.sync()
    assert await _titles(scene) == ("There 1", ["Here 1"])


async def _clash(scene: Scene, number: int) -> None:
    event = await scene.event()
    await scene.edit(event, replace(event.content, title=f"Here {number}"))
    scene.edit_item(scene.item(), renamed(f"There {number}"))


async def _move(scene: Scene, place: str) -> None:
    event = await scene.event()
    await scene.edit(event, replace(event.content, place=place))


async def _titles(scene: Scene) -> tuple[str, list[str]]:
    """Return the title that both sides show, and those that lost."""
    title = (await scene.event()).content.title
    assert scene.item().content.subject == title
    return title, [title_of(lost.value) for lost in (await scene.pair()).lost]


def _heres(number: int) -> list[str]:
    return [f"Here {n}" for n in range(1, number + 1)][-5:]


async def test_where_the_question_for_a_mark_is_refused_the_same_bytes_are_sent_again(
    scene: Scene,
) -> None:
    await scene.create(LUNCH)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events")
    with pytest.raises(Unreachable):
        await scene.sync()
    scene.sandbox.order("GET */events -> 400 code=ErrorInvalidUrlQueryFilter")
    await scene.sync()
    assert scene.sandbox.faults.is_quiet
    assert len(scene.items()) == len(await scene.team()) == 1
    assert (await scene.pair()).ours
