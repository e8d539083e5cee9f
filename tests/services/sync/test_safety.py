"""What a sync must never do: mail people, delete by the dozen, double what both sides have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sandbox.items import Content
from sandbox.writing import attended_by
from services.model.errors import ReadOnlyReason
from services.model.events import EventContent
from services.model.links import Word
from services.sync.state.link_pass import READS_LAG
from tests._builders import an_event_content, timed
from tests.services.sync._scene import PERSON, Scene, outlook_event, renamed, title_of

LUNCH = an_event_content(title="Lunch", place="Quay 3", text="Bring a hat")
INES = ("Ines Moreau", "ines@lindenhof.example")


def with_ines(content: Content) -> Content:
    return attended_by(content, INES)


async def test_a_meeting_comes_as_a_mirror(scene: Scene) -> None:
    scene.outlook.add(with_ines(outlook_event("Review")))
    await scene.sync()
    mirror = (await scene.event()).mirror
    assert mirror is not None
    assert (mirror.reason, mirror.attendees) == (ReadOnlyReason.HAS_ATTENDEES, 1)


async def test_a_mirror_is_never_written_or_deleted_whatever_the_team_says(scene: Scene) -> None:
    scene.outlook.add(with_ines(outlook_event("Review")))
    await scene.sync()
    mailed = len(scene.outlook.mails)
    event = await scene.event()
    # The use case refuses people; here the ledger itself was changed behind its back.
    changed = replace(event, content=replace(event.content, title="Hijacked"))
    await scene.store.events.save(changed, scene.book)
    scene.calls()
    await scene.sync()
    assert (await scene.event()).content.title == "Review"
    event = await scene.event()
    await scene.store.events.save(replace(event, deleted_at=scene.clock.now()), scene.book)
    await scene.sync()
    assert (await scene.event()).content.title == "Review"
    assert scene.writes() == []
    assert len(scene.outlook.mails) == mailed


async def test_a_meeting_called_off_leaves_the_team(scene: Scene) -> None:
    scene.outlook.add(with_ines(outlook_event("Review")))
    await scene.sync()
    scene.remove_item(scene.item())
    await scene.sync()
    assert await scene.team() == []


async def test_an_event_that_becomes_a_meeting_is_left_alone_from_then_on(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Brunch"))
    scene.edit_item(scene.item(), with_ines)
    mailed = len(scene.outlook.mails)
    await scene.sync()
    now = await scene.event()
    assert now.mirror is not None and now.content.title == "Lunch"
    (lost,) = (await scene.pair()).lost
    assert title_of(lost.value) == "Brunch"
    assert len(scene.outlook.mails) == mailed


async def test_attendees_that_slip_in_before_a_delete_stop_it(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.delete(event)
    item = scene.item()
    scene.sandbox.faults.interpose(lambda: scene.edit_item(item, with_ines), method="GET")
    await scene.sync()
    assert scene.item().content.subject == "Lunch"
    assert [mail.kind for mail in scene.outlook.mails] == ["update"]


async def test_a_mirror_that_loses_its_attendees_can_be_edited(scene: Scene) -> None:
    scene.outlook.add(with_ines(outlook_event("Review")))
    await scene.sync()
    scene.edit_item(scene.item(), lambda _: outlook_event("Review"))
    await scene.sync()
    event = await scene.event()
    assert event.mirror is None
    await scene.edit(event, replace(event.content, title="Walk"))
    await scene.sync()
    assert scene.item().content.subject == "Walk"


async def test_f7_nobody_is_mailed_by_a_sync(scene: Scene) -> None:
    scene.outlook.add(with_ines(outlook_event("Review")))
    mailed = len(scene.outlook.mails)
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Late lunch"))
    await scene.sync()
    await scene.delete(event)
    await scene.sync()
    assert len(scene.outlook.mails) == mailed


async def test_what_both_sides_have_already_is_joined_not_doubled(scene: Scene) -> None:  # F6
    scene.outlook.add(outlook_event("Lunch", place="Quay 3"))
    event = await scene.create(replace(LUNCH, place=""))
    await scene.sync()
    now = await scene.event()
    assert now.id == event.id
    assert (now.content.place, now.content.text) == ("Quay 3", "Bring a hat")
    assert len(scene.items()) == 1


async def test_connecting_again_doubles_nothing(scene: Scene) -> None:
    scene.outlook.add(with_ines(outlook_event("Review")))
    scene.outlook.add(outlook_event("Dinner", at="19:00"))
    await scene.create(LUNCH)
    await scene.sync()
    link = await scene.link()
    await scene.store.links.remove(link)
    await scene.store.links.add(
        replace(link, id="link-2", synced_at=None, team_revision=0, etag="")  # type: ignore[arg-type]
    )
    await scene.sync()
    assert len(scene.items()) == 3 == len(await scene.team())


def many(count: int) -> list[EventContent]:
    return [
        an_event_content(title=f"Lunch {n}", when=timed(f"2026-12-{n + 1:02}T12:00"))
        for n in range(count)
    ]


async def test_f11_very_many_deletions_stop_the_link(scene: Scene) -> None:
    events = [await scene.create(content) for content in many(12)]
    await scene.sync()
    scene.clock.advance(READS_LAG)
    for item in scene.items()[:11]:
        scene.remove_item(item)
    outcome = await scene.sync()
    link = await scene.link()
    assert outcome.problem == "too_many_deletions" == link.last_problem
    assert not link.active
    assert len(await scene.team()) == len(events)
    assert (await scene.sync()).problem == "too_many_deletions"


async def test_very_many_deletions_go_through_once_the_owner_says_so(scene: Scene) -> None:
    for content in many(12):
        await scene.create(content)
    await scene.sync()
    scene.clock.advance(READS_LAG)
    for item in scene.items()[:11]:
        scene.remove_item(item)
    await scene.sync()
    await scene.answer(Word.DELETE)
    outcome = await scene.sync()
    assert outcome.problem == ""
    assert len(await scene.team()) == 1
    assert (await scene.link()).active


async def test_a_calendar_that_is_gone_pauses_the_link_and_deletes_nothing(scene: Scene) -> None:
    calendar = scene.outlook.add_calendar("Project")
    link = await scene.link()
    await scene.store.links.save(replace(link, calendar=calendar.id))  # type: ignore[arg-type]
    await scene.create(LUNCH)
    await scene.sync()
    scene.outlook.remove_calendar(calendar)
    scene.sandbox.office.delta(scene.outlook.person).expire()
    outcome = await scene.sync()
    assert outcome.problem == "calendar_gone"
    assert len(await scene.team()) == 1


async def test_what_is_planned_years_ahead_in_outlook_is_no_deletion_and_costs_no_request(
    scene: Scene,
) -> None:
    await scene.create(LUNCH)
    await scene.sync()
    scene.clock.advance(READS_LAG)
    await scene.sync()
    far = scene.outlook.add(outlook_event("Jubilee", day="2034-06-01"))
    scene.calls()
    outcome = await scene.sync()
    assert (outcome.problem, len(scene.calls())) == ("", 1)  # it is told of as removed
    scene.edit_item(far, lambda content: content.moved_to(date(2026, 11, 27)))
    await scene.sync()
    assert sorted(event.content.title for event in await scene.team()) == [
        "Jubilee",
        LUNCH.title,
    ]


async def test_requests_of_a_sync_leave_room_for_people(scene: Scene) -> None:
    for n in range(8):
        scene.outlook.add(outlook_event(f"Dinner {n}"))
    await scene.sync()
    assert scene.sandbox.door.most_in_flight["mara"] <= 2
    assert (await scene.link()).person == PERSON


async def test_f32_outlooks_spelling_of_a_text_is_no_change(scene: Scene) -> None:
    event = await scene.create(replace(LUNCH, text="One\n\n\nTwo   three"))
    await scene.sync()
    scene.edit_item(scene.item(), renamed("Late lunch"))
    await scene.sync()
    scene.calls()
    await scene.sync()
    assert scene.writes() == []
    assert (await scene.events.get(PERSON, scene.book.id, event.id)).content.title == "Late lunch"


async def test_a_calendar_that_goes_while_a_pass_asks_for_an_item_deletes_nothing(
    scene: Scene,
) -> None:
    scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    scene.remove_item(scene.item())
    calendar = scene.outlook.default_calendar.id
    scene.sandbox.faults.fail(status=404, path=f"*/calendars/{calendar}")
    outcome = await scene.sync()
    assert outcome.problem == "calendar_gone"
    assert [event.content.title for event in await scene.team()] == ["Dinner"]
