"""What a link's settings and its owner's rights make of a pass, with the engine and the sandbox."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sandbox.items import Content
from sandbox.writing import attended_by
from services.model.errors import ReadOnlyReason, Unreachable
from services.model.events import Importance, ShowAs, WebLink
from services.model.links import Direction, LinkSettings, Privacy, Word
from services.model.pairs import Side
from services.model.veil import is_bare
from services.storage.repositories.links import LinkChanges
from services.sync.pull import unshown
from services.sync.state.link_pass import READS_LAG
from tests._builders import a_channel_home, an_event_content, timed
from tests.services.sync._scene import PERSON, Scene, outlook_event, renamed, title_of

LUNCH = an_event_content(title="Lunch", place="Quay 3", text="Bring a hat", reminder_minutes=15)
INES = ("Ines Moreau", "ines@lindenhof.example")


async def choose(scene: Scene, **chosen: Any) -> None:
    link = await scene.link()
    await scene.store.links.restart(replace(link, settings=LinkSettings(**chosen)))


def plainly(**fields: Any) -> Any:
    def change(content: Content) -> Content:
        return replace(content, plain={**content.plain, **fields})

    return change


def outlook_titles(scene: Scene) -> list[str]:
    return sorted(item.content.subject for item in scene.items())


async def team_titles(scene: Scene) -> list[str]:
    return sorted(event.content.title for event in await scene.team())


# -- which way -------------------------------------------------------------------------------


async def test_only_to_outlook_lets_nothing_in_and_leaves_it_where_it_is(scene: Scene) -> None:
    await choose(scene, direction=Direction.TO_OUTLOOK)
    scene.outlook.add(outlook_event("Dentist"))
    await scene.create(LUNCH)
    await scene.sync()
    await scene.sync()
    assert await team_titles(scene) == ["Lunch"]
    assert outlook_titles(scene) == ["Dentist", "Lunch"]


async def test_only_to_outlook_puts_back_an_edit_and_remembers_it(scene: Scene) -> None:
    await choose(scene, direction=Direction.TO_OUTLOOK)
    await scene.create(LUNCH)
    await scene.sync()
    scene.edit_item(scene.item(), renamed("Dinner"))
    outcome = await scene.sync()
    assert outcome.put_back == 1
    assert outlook_titles(scene) == await team_titles(scene) == ["Lunch"]
    (lost,) = (await scene.pair()).lost
    assert lost.field == "title" and getattr(lost.value, "title", "") == "Dinner"
    scene.calls()
    assert (await scene.sync()).put_back == 0
    assert scene.writes() == []


async def test_only_to_outlook_makes_a_deleted_copy_again(scene: Scene) -> None:
    await choose(scene, direction=Direction.TO_OUTLOOK)
    await scene.create(LUNCH)
    await scene.sync()
    scene.clock.advance(READS_LAG)
    scene.remove_item(scene.item())
    assert not (await scene.sync()).is_done, "it may yet show under another id"
    scene.clock.advance(READS_LAG)
    assert (await scene.sync()).put_back == 1
    assert outlook_titles(scene) == await team_titles(scene) == ["Lunch"]


async def test_both_at_once_end_with_the_teams_words(scene: Scene) -> None:
    await choose(scene, direction=Direction.TO_OUTLOOK)
    event = await scene.create(LUNCH)
    await scene.sync()
    scene.edit_item(scene.item(), renamed("Dinner"))
    await scene.edit(event, replace(LUNCH, place="Quay 9"))
    await scene.sync()
    assert outlook_titles(scene) == await team_titles(scene) == ["Lunch"]
    assert "Quay 9" in repr(scene.item().content)


async def test_only_to_outlook_leaves_a_like_item_of_the_person_as_it_is(scene: Scene) -> None:
    await choose(scene, direction=Direction.TO_OUTLOOK)
    await scene.create(replace(LUNCH, when=timed("2026-11-20T12:30")))
    scene.outlook.add(outlook_event("Lunch"))
    scene.calls()
    await scene.sync()
    assert scene.writes() == []
    assert outlook_titles(scene) == await team_titles(scene) == ["Lunch"]


async def test_what_met_while_outlook_had_no_say_is_merged_once_it_has(scene: Scene) -> None:
    await choose(scene, direction=Direction.TO_OUTLOOK)
    lunch = await scene.create(replace(LUNCH, when=timed("2026-11-20T12:30")))
    scene.outlook.add(outlook_event("Lunch", place="Canteen"))
    await scene.sync()
    await scene.edit(lunch, replace(lunch.content, importance=Importance.HIGH))
    await scene.sync()
    theirs = scene.item().content
    assert theirs.plain["importance"] == "high"  # what the team changes from then on arrives
    assert "Canteen" in repr(theirs)
    await choose(scene)
    await scene.sync()
    ((shown,), (lost,)) = await scene.team(), (await scene.pair()).lost
    assert (shown.content.place, shown.content.text) == ("Canteen", LUNCH.text)
    assert (lost.field, lost.side, getattr(lost.value, "place", "")) == (
        "place",
        Side.TEAM,
        "Quay 3",
    )
    scene.calls()
    await scene.sync()
    assert scene.writes() == [] and (await scene.link()).loose == ()


async def test_what_the_team_renames_before_that_merge_is_not_lost(scene: Scene) -> None:
    await choose(scene, direction=Direction.TO_OUTLOOK)
    lunch = await scene.create(replace(LUNCH, when=timed("2026-11-20T12:30")))
    scene.outlook.add(outlook_event("Lunch", place="Canteen"))
    await scene.sync()
    await choose(scene)
    await scene.edit(lunch, replace(lunch.content, title="Feast"))
    await scene.sync()
    (lost,) = [each for each in (await scene.pair()).lost if each.field == "title"]
    assert {getattr(lost.value, "title", ""), *await team_titles(scene)} == {"Feast", "Lunch"}


async def test_a_copy_that_became_a_meeting_is_not_put_back(scene: Scene) -> None:
    await choose(scene, direction=Direction.TO_OUTLOOK)
    await scene.create(LUNCH)
    await scene.sync()
    scene.edit_item(scene.item(), lambda content: attended_by(content, INES))
    mailed = len(scene.outlook.mails)
    assert (await scene.sync()).put_back == 0
    assert len(scene.outlook.mails) == mailed


async def test_only_from_outlook_writes_nothing_there(scene: Scene) -> None:
    await choose(scene, direction=Direction.FROM_OUTLOOK)
    scene.outlook.add(outlook_event("Dentist"))
    await scene.create(LUNCH)
    await scene.sync()
    dentist = next(e for e in await scene.team() if e.content.title == "Dentist")
    await scene.edit(dentist, replace(dentist.content, place="Room 4"))
    scene.calls()
    await scene.sync()
    await scene.delete(dentist)
    await scene.sync()
    assert scene.writes() == []
    assert outlook_titles(scene) == ["Dentist"]
    assert await team_titles(scene) == ["Lunch"]


@pytest.mark.parametrize("is_there", [False, True], ids=["lost", "arrived"])
async def test_a_create_under_way_is_not_sent_again_once_nothing_may_be_written(
    scene: Scene, is_there: bool
) -> None:
    """It is looked for until reads must show it: what has arrived is ours, the rest is let go."""
    await scene.create(LUNCH)
    scene.sandbox.faults.cut(after_effect=is_there, method="POST", path="/events")
    with pytest.raises(Unreachable):
        await scene.sync()
    await choose(scene, direction=Direction.FROM_OUTLOOK)
    scene.calls()
    assert (await scene.sync()).is_done == is_there
    scene.clock.advance(READS_LAG)
    assert (await scene.sync()).is_done
    assert scene.writes() == []
    assert len(scene.items()) == len(await scene.pairs()) == is_there
    await choose(scene)
    await scene.sync()
    assert outlook_titles(scene) == await team_titles(scene) == ["Lunch"]


async def test_whoever_may_only_read_has_their_edits_put_back(scene: Scene) -> None:
    """A calendar whose place is archived can be read by all, and changed by nobody."""
    await scene.create(LUNCH)
    await scene.sync()
    await scene.store.books.save(replace(scene.book, archived=True))
    scene.edit_item(scene.item(), renamed("Dinner"))
    scene.outlook.add(outlook_event("Dentist"))
    assert (await scene.sync()).put_back == 1
    assert await team_titles(scene) == ["Lunch"]
    assert outlook_titles(scene) == ["Dentist", "Lunch"]


# -- privacy and filters ---------------------------------------------------------------------


async def test_f31_busy_only_brings_the_time_and_nothing_else(scene: Scene) -> None:
    await choose(scene, privacy=Privacy.BUSY_ONLY)
    scene.outlook.add(outlook_event("Dentist"))
    await scene.create(replace(LUNCH, when=timed("2026-11-21T12:30")))
    await scene.sync()
    await scene.sync()
    assert await team_titles(scene) == ["Busy", "Lunch"]
    assert outlook_titles(scene) == ["Dentist", "Lunch"]
    busy = next(e for e in await scene.team() if e.content.title == "Busy")
    assert busy.mirror is not None and busy.mirror.reason is ReadOnlyReason.BUSY_ONLY
    item = next(each for each in scene.items() if each.content.subject == "Dentist")
    scene.edit_item(item, renamed("Surgeon"))
    await scene.sync()
    assert await team_titles(scene) == ["Busy", "Lunch"]


async def test_what_the_team_knows_already_is_joined_and_not_hidden(scene: Scene) -> None:
    await choose(scene, privacy=Privacy.BUSY_ONLY)
    await scene.create(replace(LUNCH, when=timed("2026-11-20T12:30")))
    scene.outlook.add(outlook_event("Lunch"))
    await scene.sync()
    await scene.sync()
    assert await team_titles(scene) == outlook_titles(scene) == ["Lunch"]


async def test_details_that_crossed_are_taken_away_when_only_the_time_may(scene: Scene) -> None:
    scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    await choose(scene, privacy=Privacy.BUSY_ONLY)
    await scene.sync()
    assert await team_titles(scene) == ["Busy"]
    await choose(scene)
    await scene.sync()
    assert await team_titles(scene) == ["Dentist"]
    assert outlook_titles(scene) == ["Dentist"]


async def test_what_stood_beside_the_details_is_taken_away_with_them(scene: Scene) -> None:
    """The link to join, and what people here have noted: each tells what it is about."""
    scene.outlook.add(plainly(isOnlineMeeting=True)(outlook_event("Dentist")))
    await scene.sync()
    event = await scene.event()
    assert event.content.meeting_url
    noted = replace(event.content, links=(WebLink("https://a.example"),), emoji="\N{TOOTH}")
    await scene.edit(event, noted)
    await scene.sync()
    await choose(scene, privacy=Privacy.BUSY_ONLY)
    await scene.sync()
    busy = await scene.event()
    assert is_bare(busy.content), "so it is said in each reader's words, too"
    await choose(scene)
    await scene.sync()
    again = (await scene.event()).content
    assert (again.title, again.meeting_url) == ("Dentist", event.content.meeting_url)


async def test_what_showed_its_time_alone_is_never_written_over_what_it_is(scene: Scene) -> None:
    """*Busy* is what the team was shown, and no word of the team's that is to be put back."""
    item = scene.outlook.add(outlook_event("Dentist", place="Quay 4", text="Bring the card"))
    await choose(scene, privacy=Privacy.BUSY_ONLY)
    await scene.sync()
    assert await team_titles(scene) == ["Busy"]
    scene.calls()
    for privacy in (Privacy.EVERYTHING, Privacy.SKIP_PRIVATE):
        await choose(scene, direction=Direction.TO_OUTLOOK, privacy=privacy)
        for _ in range(2):
            await scene.sync()
        scene.edit_item(scene.item(), plainly(importance="high"))
        await scene.sync()
    assert scene.writes() == [] and await team_titles(scene) == ["Busy"]
    written = {**item.content.plain, "importance": "high"}
    assert scene.item().content == replace(item.content, plain=written)
    await choose(scene)
    await scene.sync()
    assert (await team_titles(scene), scene.writes()) == (["Dentist"], [])


@pytest.mark.parametrize(
    "then",
    [{}, {"privacy": Privacy.SKIP_PRIVATE}, {"direction": Direction.TO_OUTLOOK}, {"category": "x"}],
    ids=["everything", "no private", "to outlook", "category"],
)
async def test_a_time_alone_whose_pair_was_not_written_is_never_written_over_what_it_is(
    scene: Scene, then: dict[str, Any]
) -> None:
    """Found by the model test: a process died between the two, and *Busy* was in Outlook."""
    item = scene.outlook.add(outlook_event("Dentist", text="Bring a hat"))
    commit, has_died = 0, True
    while has_died:
        commit += 1
        await choose(scene)
        await scene.sync()
        await choose(scene, privacy=Privacy.BUSY_ONLY)
        has_died = await scene.sync_until_crash(commit, is_after=False)
        scene.edit_item(item, renamed(f"Surgeon {commit}"))
        await choose(scene, **then)
        await scene.sync()
        await scene.sync()
        assert outlook_titles(scene) != ["Busy"]
        assert "Bring a hat" in str(scene.item().content.plain["body"])
    assert commit > 3
    await choose(scene)
    await scene.sync()
    assert await team_titles(scene) == outlook_titles(scene)


async def test_a_category_chooses_among_what_shows_its_time_alone(scene: Scene) -> None:
    work = scene.outlook.add(outlook_event("Fair"))
    scene.edit_item(work, plainly(categories=["Work"]))
    scene.outlook.add(outlook_event("Dentist", day="2026-11-21"))
    await choose(scene, privacy=Privacy.BUSY_ONLY, category="work")
    await scene.sync()
    (shown,) = await scene.team()
    assert (shown.content.title, shown.content.tags) == ("Busy", ())
    assert shown.content.when == timed("2026-11-20T12:30")
    scene.edit_item(work, plainly(categories=[]))
    await scene.sync()
    assert await team_titles(scene) == [] and outlook_titles(scene) == ["Dentist", "Fair"]
    scene.edit_item(work, plainly(categories=["Work"]))
    await scene.sync()
    assert await team_titles(scene) == ["Busy"]
    scene.calls()
    await scene.sync()
    assert scene.writes() == []


async def test_details_are_taken_away_outside_of_the_window_as_well(scene: Scene) -> None:
    dentist = scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    scene.clock.advance(120 * 24 * 3600)
    await scene.sync()
    await choose(scene, privacy=Privacy.BUSY_ONLY)
    await scene.sync()
    assert await team_titles(scene) == ["Busy"]
    scene.calls()
    assert (await scene.sync()).is_done and len(scene.calls()) == 1
    await choose(scene)
    await scene.sync()
    assert await team_titles(scene) == ["Dentist"] and (await scene.event()).mirror is None
    assert scene.item().serial == dentist.serial and scene.outlook.mails == []


async def test_what_a_round_shows_takes_no_place_of_what_has_to_be_asked_for(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what lies outside of the window so many are asked for, however many lie within."""
    monkeypatch.setattr(unshown, "MOST_OPENED", 1)
    scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    scene.clock.advance(120 * 24 * 3600)
    for number in range(6):
        scene.outlook.add(outlook_event(f"Visit {number}", day="2027-03-20"))
    await scene.sync()
    await choose(scene, privacy=Privacy.BUSY_ONLY)
    await scene.sync()
    assert await team_titles(scene) == ["Busy"] * 7
    await choose(scene)
    await scene.sync()
    assert await team_titles(scene) == ["Dentist", *(f"Visit {number}" for number in range(6))]


async def test_what_crossed_stays_once_nothing_may_come_in_and_goes_if_hidden_before_that(
    scene: Scene,
) -> None:
    """*Only to Outlook* changes nothing in the team, so details are taken away before it."""
    scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    shut = Direction.TO_OUTLOOK
    await choose(scene, direction=shut, privacy=Privacy.BUSY_ONLY)
    await scene.sync()
    assert await team_titles(scene) == ["Dentist"] == outlook_titles(scene)
    await choose(scene, privacy=Privacy.BUSY_ONLY)
    await scene.sync()
    await choose(scene, direction=shut, privacy=Privacy.BUSY_ONLY)
    await scene.sync()
    assert await team_titles(scene) == ["Busy"] and outlook_titles(scene) == ["Dentist"]


async def test_private_items_stay_in_outlook_and_come_when_they_are_no_longer(
    scene: Scene,
) -> None:
    await choose(scene, privacy=Privacy.SKIP_PRIVATE)
    item = scene.outlook.add(outlook_event("Dentist"))
    scene.edit_item(item, plainly(sensitivity="private"))
    await scene.sync()
    assert await team_titles(scene) == []
    scene.edit_item(scene.item(), plainly(sensitivity="normal"))
    await scene.sync()
    assert await team_titles(scene) == ["Dentist"]
    scene.edit_item(scene.item(), plainly(sensitivity="confidential"))
    await scene.sync()
    assert await team_titles(scene) == []
    assert outlook_titles(scene) == ["Dentist"]


async def test_free_time_can_be_left_out_both_ways(scene: Scene) -> None:
    await choose(scene, busy_only=True)
    item = scene.outlook.add(outlook_event("Holiday"))
    scene.edit_item(item, plainly(showAs="free"))
    event = await scene.create(LUNCH)
    await scene.sync()
    assert await team_titles(scene) == ["Lunch"]
    assert outlook_titles(scene) == ["Holiday", "Lunch"]
    await scene.edit(event, replace(LUNCH, show_as=type(LUNCH.show_as).FREE))
    await scene.sync()
    assert outlook_titles(scene) == ["Holiday"]
    assert await team_titles(scene) == ["Lunch"]


async def test_a_category_can_choose(scene: Scene) -> None:
    await choose(scene, category="Team")
    item = scene.outlook.add(outlook_event("Review"))
    scene.edit_item(item, plainly(categories=["team"]))
    scene.outlook.add(outlook_event("Dentist"))
    await scene.create(replace(LUNCH, tags=("Team",)))
    await scene.create(replace(LUNCH, title="Dinner"))
    await scene.sync()
    assert await team_titles(scene) == ["Dinner", "Lunch", "Review"]
    assert outlook_titles(scene) == ["Dentist", "Lunch", "Review"]


async def test_an_import_that_loses_the_category_in_the_team_leaves_it(scene: Scene) -> None:
    await choose(scene, category="Team")
    item = scene.outlook.add(outlook_event("Review"))
    scene.edit_item(item, plainly(categories=["team"]))
    await scene.sync()
    event = await scene.event()
    await scene.edit(event, replace(event.content, tags=()))
    await scene.sync()
    assert scene.item().content.plain["categories"] == []
    assert (outlook_titles(scene), await team_titles(scene)) == (["Review"], [])


# -- reminders and window --------------------------------------------------------------------


async def test_an_edit_of_a_copy_that_is_taken_back_comes_in_first(scene: Scene) -> None:
    """Found by the model test: it went with the copy."""
    await scene.create(LUNCH)
    await scene.sync()
    scene.edit_item(scene.item(), renamed("Dinner"))
    await choose(scene, category="Launch")
    await scene.sync()
    assert (outlook_titles(scene), await team_titles(scene)) == ([], ["Dinner"])


async def test_an_edit_of_an_import_that_leaves_the_team_goes_out_first(scene: Scene) -> None:
    scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    event = await scene.event()
    await scene.edit(event, replace(event.content, title="Optician"))
    await choose(scene, category="Launch")
    await scene.sync()
    assert (outlook_titles(scene), await team_titles(scene)) == (["Optician"], [])


async def test_an_edit_of_an_import_that_its_owner_hides_meanwhile_reaches_outlook_alone(
    scene: Scene,
) -> None:
    """What the owner has changed as well stays their word; the other one's is told its author."""
    await choose(scene, privacy=Privacy.SKIP_PRIVATE)
    item = scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    event = await scene.event()
    await scene.edit(event, replace(event.content, title="Optician", place="Quay 9"))
    scene.edit_item(item, plainly(sensitivity="private", subject="Biopsy"))
    assert not (await scene.sync()).is_done
    assert outlook_titles(scene) == ["Biopsy"] and "Quay 9" in repr(scene.item().content)
    ((lost,), told) = (await scene.pair()).lost, await scene.store.events.get(scene.book, event.id)
    assert (lost.field, title_of(lost.value), lost.author) == ("title", "Optician", PERSON)
    assert told.content.title == "Optician"  # nothing of what is private came in
    scene.clock.advance(60)
    assert (await scene.sync()).is_done
    assert (outlook_titles(scene), await team_titles(scene)) == (["Biopsy"], [])


async def test_where_both_changed_the_same_of_an_import_that_is_hidden_nothing_is_sent(
    scene: Scene,
) -> None:
    await choose(scene, privacy=Privacy.SKIP_PRIVATE)
    item = scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    event = await scene.event()
    await scene.edit(event, replace(event.content, title="Optician"))
    scene.edit_item(item, plainly(sensitivity="private", subject="Biopsy"))
    scene.calls()
    await scene.sync()
    scene.clock.advance(60)
    await scene.sync()
    assert scene.writes() == []
    assert (outlook_titles(scene), await team_titles(scene)) == (["Biopsy"], [])


async def test_what_lost_is_told_before_a_setting_takes_the_copy_back(scene: Scene) -> None:
    """Found by the model test: the loser went with the pair, in the same pass."""
    event = await scene.create(LUNCH)
    await scene.sync()
    scene.edit_item(scene.item(), renamed("Dinner"))
    scene.clock.advance(600)
    await scene.edit(event, replace(LUNCH, title="Brunch"))
    await choose(scene, category="Launch")
    assert not (await scene.sync()).is_done
    assert [title_of(lost.value) for lost in (await scene.pair()).lost] == ["Dinner"]
    scene.clock.advance(60)
    assert (await scene.sync()).is_done
    assert (outlook_titles(scene), await team_titles(scene)) == ([], ["Brunch"])


async def test_what_lost_is_told_before_an_import_leaves_the_team(scene: Scene) -> None:
    scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    scene.edit_item(scene.item(), renamed("Surgeon"))
    scene.clock.advance(600)
    event = await scene.event()
    await scene.edit(event, replace(event.content, title="Optician"))
    await scene.sync()
    await choose(scene, category="Launch")
    assert not (await scene.sync()).is_done
    assert [title_of(lost.value) for lost in (await scene.pair()).lost] == ["Surgeon"]
    scene.clock.advance(60)
    assert (await scene.sync()).is_done
    assert (outlook_titles(scene), await team_titles(scene)) == (["Optician"], [])


async def test_what_was_about_to_leave_and_stays_is_merged(scene: Scene) -> None:
    """Found by the model test: each side kept its own title for good."""
    scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    event = await scene.event()
    scene.edit_item(scene.item(), renamed("Surgeon"))
    await scene.edit(event, replace(event.content, title="Optician"))
    await choose(scene, category="Launch")
    await scene.sync()
    await choose(scene)
    await scene.sync()
    assert outlook_titles(scene) == await team_titles(scene) == ["Surgeon"]
    assert [title_of(lost.value) for lost in (await scene.pair()).lost] == ["Optician"]


@pytest.mark.parametrize("here", [{"show_as": ShowAs.FREE}, {"place": "Quay 3"}])
async def test_what_outlook_says_as_an_import_leaves_comes_in_when_it_is_back(
    scene: Scene, here: dict[str, Any]
) -> None:
    """Found by the model test: what the team had changed was sent, and all else counted as known;
    also where both sides had changed one field alike."""
    scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    scene.edit_item(scene.item(), plainly(showAs="free"))
    await _leaves_and_is_back(scene, **here)


async def test_so_does_what_it_says_where_only_what_was_agreed_on_is_known(scene: Scene) -> None:
    """Of what was gone and shows again, nobody knows how Outlook had spelled it."""
    scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    lease = await scene.store.links.acquire(PERSON, "test", 60)
    assert lease is not None
    pair = replace(await scene.pair(), echo=None)
    await scene.store.links.commit(lease, await scene.link(), LinkChanges(put_pairs=(pair,)))
    await scene.store.links.release(lease)
    await _leaves_and_is_back(scene, place="Quay 3")


async def _leaves_and_is_back(scene: Scene, **here: Any) -> None:
    """Both sides edit an import that a filter takes away; the title that Outlook got comes back."""
    event = await scene.event()
    scene.edit_item(scene.item(), renamed("Surgeon"))
    await scene.edit(event, replace(event.content, **here))
    await choose(scene, category="Launch")
    await scene.sync()
    assert (outlook_titles(scene), await team_titles(scene)) == (["Surgeon"], [])
    await choose(scene)
    await scene.sync()
    assert outlook_titles(scene) == await team_titles(scene) == ["Surgeon"]


async def test_reminders_can_stay_at_home(scene: Scene) -> None:
    await choose(scene, reminders=False)
    await scene.create(LUNCH)
    item = scene.outlook.add(outlook_event("Dentist"))
    scene.edit_item(item, plainly(isReminderOn=True, reminderMinutesBeforeStart=30))
    await scene.sync()
    await scene.sync()
    minutes = {e.content.title: e.content.reminder_minutes for e in await scene.team()}
    assert minutes == {"Lunch": 15, "Dentist": None}
    on = {i.content.subject: i.content.plain["isReminderOn"] for i in scene.items()}
    assert on == {"Lunch": False, "Dentist": True}
    scene.calls()
    await scene.sync()
    assert scene.writes() == []


async def test_reminders_that_crossed_are_taken_off_our_copies_alone(scene: Scene) -> None:
    await scene.create(LUNCH)
    item = scene.outlook.add(outlook_event("Dentist"))
    scene.edit_item(item, plainly(isReminderOn=True, reminderMinutesBeforeStart=30))
    await scene.sync()
    await choose(scene, reminders=False)
    await scene.sync()
    on = {i.content.subject: i.content.plain["isReminderOn"] for i in scene.items()}
    assert on == {"Lunch": False, "Dentist": True}
    assert sorted(e.content.reminder_minutes or 0 for e in await scene.team()) == [15, 30]


async def test_a_reminder_that_somebody_set_just_before_they_stay_at_home_is_theirs(
    scene: Scene,
) -> None:
    """Found by the model test: it had not been seen yet, and went with the team's."""
    await scene.create(LUNCH)
    await scene.sync()
    scene.edit_item(scene.item(), plainly(isReminderOn=True, reminderMinutesBeforeStart=30))
    await choose(scene, reminders=False)
    scene.calls()
    for _ in range(2):
        await scene.sync()
    assert scene.writes() == []
    assert scene.item().content.plain["reminderMinutesBeforeStart"] == 30
    await choose(scene)
    await scene.sync()
    ((shown,), (lost,)) = await scene.team(), (await scene.pair()).lost
    told = {shown.content.reminder_minutes, getattr(lost.value, "reminder_minutes", None)}
    assert (lost.field, told) == ("reminder", {15, 30})


async def test_reminders_that_stayed_at_home_are_both_known_when_they_may_cross(
    scene: Scene,
) -> None:
    """Found by the model test: an update of something else had Outlook's taken for agreed on."""
    await choose(scene, reminders=False)
    event = await scene.create(LUNCH)
    await scene.sync()
    scene.edit_item(scene.item(), plainly(isReminderOn=True, reminderMinutesBeforeStart=30))
    await scene.edit(event, replace(LUNCH, text="Bring a coat"))
    await scene.sync()
    await choose(scene)
    await scene.sync()
    ((shown,), (lost,)) = await scene.team(), (await scene.pair()).lost
    told = {shown.content.reminder_minutes, getattr(lost.value, "reminder_minutes", None)}
    assert (lost.field, told) == ("reminder", {15, 30})


async def test_a_reminder_that_stayed_at_home_is_not_put_back_on_a_one_way_street(
    scene: Scene,
) -> None:
    item = scene.outlook.add(outlook_event("Dentist"))
    scene.edit_item(item, plainly(isReminderOn=True, reminderMinutesBeforeStart=30))
    await choose(scene, reminders=False)
    await scene.sync()
    scene.calls()
    await choose(scene, direction=Direction.TO_OUTLOOK)
    for _ in range(2):
        await scene.sync()
    assert scene.writes() == [] and scene.item().content.plain["isReminderOn"]
    await choose(scene)
    await scene.sync()
    ((shown,), writes) = await scene.team(), scene.writes()
    assert (shown.content.reminder_minutes, writes) == (30, [])


async def test_the_window_is_a_links_own(scene: Scene) -> None:
    await choose(scene, days_back=0, days_ahead=31)
    scene.outlook.add(outlook_event("Soon", day="2026-11-25"))
    scene.outlook.add(outlook_event("Late", day="2027-03-01"))
    await scene.create(replace(LUNCH, when=timed("2027-03-02T12:30")))
    await scene.sync()
    assert await team_titles(scene) == ["Lunch", "Soon"]
    assert outlook_titles(scene) == ["Late", "Soon"]
    await choose(scene, days_back=0, days_ahead=183)
    await scene.sync()
    assert await team_titles(scene) == outlook_titles(scene) == ["Late", "Lunch", "Soon"]


# -- asked first -----------------------------------------------------------------------------


async def unstarted(scene: Scene, items: int, **given: Any) -> None:
    for number in range(items):
        scene.outlook.add(outlook_event(f"Visit {number}"))
    link = await scene.link()
    await scene.store.links.save(replace(link, is_started=False, **given))


async def test_f6_a_first_pass_into_a_full_calendar_waits_for_a_start(scene: Scene) -> None:
    await unstarted(scene, 21)
    await scene.create(replace(LUNCH, title="Visit 3", when=timed("2026-11-20T12:30")))
    await scene.create(LUNCH)
    scene.calls()
    assert (await scene.sync()).problem == "preview"
    link = await scene.link()
    assert link.preview is not None
    assert (link.preview.come, link.preview.go, link.preview.match) == (20, 1, 1)
    assert scene.writes() == [] and len(await scene.team()) == 2
    await scene.store.links.save(replace(link, word=Word.START, active=True))
    assert (await scene.sync()).is_done
    link = await scene.link()
    assert link.is_started and link.preview is None and link.word is Word.NONE
    assert len(await scene.team()) == len(scene.items()) == 22
    assert link.tally.in_step == 22


async def test_a_small_first_pass_goes_at_once(scene: Scene) -> None:
    await unstarted(scene, 20)
    assert (await scene.sync()).problem == ""
    assert len(await scene.team()) == 20
    assert (await scene.link()).is_started


async def test_a_new_calendar_of_ours_fills_up_without_a_question(scene: Scene) -> None:
    await unstarted(scene, 0, is_ours=True)
    for number in range(21):
        await scene.create(replace(LUNCH, title=f"Event {number}"))
    assert (await scene.sync()).problem == ""
    assert len(scene.items()) == 21


async def emptied(scene: Scene) -> None:
    for number in range(12):
        scene.outlook.add(outlook_event(f"Visit {number}"))
    await scene.sync()
    for item in scene.items():
        scene.remove_item(item)
    assert (await scene.sync()).problem == "too_many_deletions"


async def test_a_stop_shows_what_would_go(scene: Scene) -> None:
    await emptied(scene)
    doomed = (await scene.link()).doomed
    assert doomed is not None and doomed.count == 12
    assert len(doomed.titles) == 5 and all(t.startswith("Visit") for t in doomed.titles)


async def test_deletions_that_were_meant_are_carried_out(scene: Scene) -> None:
    await emptied(scene)
    await scene.answer(Word.DELETE)
    assert (await scene.sync()).problem == ""
    assert await scene.team() == []
    assert (await scene.link()).doomed is None


async def test_deletions_that_were_not_meant_are_put_back(scene: Scene) -> None:
    await emptied(scene)
    await scene.answer(Word.KEEP)
    scene.clock.advance(READS_LAG)
    await scene.sync()
    await scene.sync()
    assert len(await scene.team()) == len(scene.items()) == 12
    assert (await scene.link()).last_problem == ""


async def test_many_deletions_in_the_team_can_be_put_back_too(scene: Scene) -> None:
    events = [await scene.create(replace(LUNCH, title=f"Event {n}")) for n in range(12)]
    await scene.sync()
    for event in events:
        await scene.delete(event)
    assert (await scene.sync()).problem == "too_many_deletions"
    await scene.answer(Word.KEEP)
    await scene.sync()
    assert len(await scene.team()) == len(scene.items()) == 12


@pytest.mark.parametrize("word", [Word.DELETE, Word.KEEP])
async def test_an_answer_is_good_for_the_list_that_was_shown_alone(
    scene: Scene, word: Word
) -> None:
    for number in range(14):
        scene.outlook.add(outlook_event(f"Visit {number}"))
    await scene.sync()
    for item in scene.items()[:12]:
        scene.remove_item(item)
    await scene.sync()
    await scene.answer(word)
    scene.remove_item(scene.items()[0])
    assert (await scene.sync()).problem == "too_many_deletions"
    link = await scene.link()
    assert link.doomed is not None and link.doomed.count == 13
    assert link.word is Word.NONE
    assert len(await scene.team()) == 14


async def test_what_was_set_aside_is_tried_again_when_somebody_says_so(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    scene.sandbox.faults.fail(status=403, method="PATCH", times=9)
    await scene.edit(event, replace(LUNCH, title="Dinner"))
    for _ in range(6):
        await scene.sync()
    pair, link = await scene.pair(), await scene.link()
    assert (pair.refused, link.tally.set_aside) == (5, 1)
    assert pair.why
    scene.sandbox.faults.clear()
    await scene.answer(Word.RETRY)
    await scene.sync()
    assert outlook_titles(scene) == ["Dinner"]
    assert (await scene.link()).tally.set_aside == 0


async def test_a_link_without_a_place_of_its_own_is_nobodys(scene: Scene) -> None:
    """Whoever is in no roster of the home may not write; the pass itself goes on."""
    await scene.store.books.save(replace(scene.book, home=a_channel_home()))
    scene.outlook.add(outlook_event("Dentist"))
    assert (await scene.sync()).problem == ""
    assert await team_titles(scene) == []
