"""What both sides have when a link begins is joined and not doubled, however each spells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from sandbox.items import Content
from sandbox.writing import all_day as outlook_days
from sandbox.writing import repeating
from services.model.events import EventContent, EventId, SeriesException
from services.model.links import LinkSettings, Privacy
from services.model.recurrence import Pattern, Rule
from tests._builders import all_day, an_event, an_event_content, timed
from tests.services.sync._scene import ZONE, Scene, outlook_event

LUNCH = an_event_content(title="Lunch", when=timed("2026-11-20T12:30"))
LONDON = timed("2026-11-20T11:30", zone=ZoneInfo("Europe/London"))
DAILY = Rule(pattern=Pattern.DAILY, count=5)
OFF = SeriesException(timed("2026-11-21T12:30").start, None)
COMPOSED, DECOMPOSED = "Caf\N{LATIN SMALL LETTER E WITH ACUTE}", "Cafe\N{COMBINING ACUTE ACCENT}"
DAYS = outlook_days("Fair", date(2026, 11, 20), date(2026, 11, 21), ZONE)


def private(content: Content) -> Content:
    return replace(content, plain={**content.plain, "sensitivity": "private"})


def daily(content: Content) -> Content:
    return repeating(content, type="daily", interval=1, count=5)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (LUNCH, outlook_event("Lunch")),
        (replace(LUNCH, title="Lunch  with Ines"), outlook_event(" Lunch with  Ines ")),
        (replace(LUNCH, title=COMPOSED), outlook_event(DECOMPOSED)),
        (replace(LUNCH, when=LONDON), outlook_event("Lunch")),
        (replace(LUNCH, title="Fair", when=all_day("2026-11-20", 2)), DAYS),
    ],
    ids=["the same", "spaces", "letters", "zones", "days"],
)
async def test_one_event_in_two_spellings_is_one(
    scene: Scene, ours: EventContent, theirs: Content
) -> None:
    event = await scene.create(ours)
    scene.outlook.add(theirs)
    await scene.sync()
    await scene.sync()
    assert (await scene.event()).id == event.id
    assert scene.item()


@pytest.mark.parametrize("exceptions", [(), (OFF,)])
async def test_a_series_is_one_whatever_became_of_single_dates(
    scene: Scene, exceptions: tuple[SeriesException, ...]
) -> None:
    event = await scene.create(replace(LUNCH, rule=DAILY, exceptions=exceptions))
    item = scene.outlook.add(daily(outlook_event("Lunch")))
    scene.remove_item(item, date(2026, 11, 23))
    await scene.sync()
    await scene.sync()
    now = await scene.event()
    assert now.id == event.id
    gone = [each.original.day for each in now.content.exceptions]
    assert gone == [*(each.original.day for each in exceptions), 23], "what each side took out"
    assert sorted(day.day for day in scene.item().cancelled) == gone


async def filed(scene: Scene, content: EventContent, uid: str) -> EventId:
    """Keep an event as an import of a file does."""
    event = replace(an_event(id=EventId("filed"), book=scene.book.id, content=content), uid=uid)
    return (await scene.store.events.save(event, scene.book)).id


def uid_of(serial: int) -> str:
    return f"040000008200E00074C5B7101A82E008{serial:032X}"


async def test_what_came_by_a_file_is_known_by_its_uid_and_nothing_of_either_is_lost(
    scene: Scene,
) -> None:
    item = scene.outlook.add(outlook_event("Lunch with Ines", at="13:00", text="Bring a hat"))
    id = await filed(scene, replace(LUNCH, place="Quay 3"), uid_of(item.serial))
    await scene.sync()
    await scene.sync()
    now = await scene.event()
    assert now.id == id
    assert (now.content.place, now.content.text) == ("Quay 3", "Bring a hat")
    assert scene.item().content.subject == now.content.title
    lost = {each.field: each.value for each in (await scene.pair()).lost}
    assert lost.keys() == {"title", "when"}, "the one that does not show is offered back"
    shown = {now.content.title, *(getattr(each, "title", "") for each in lost.values())}
    assert shown == {"Lunch", "Lunch with Ines"}


@pytest.mark.parametrize("privacy", [Privacy.BUSY_ONLY, Privacy.SKIP_PRIVATE])
async def test_a_uid_tells_the_team_nothing_that_its_owner_hides(
    scene: Scene, privacy: Privacy
) -> None:
    link = await scene.link()
    await scene.store.links.restart(replace(link, settings=LinkSettings(privacy=privacy)))
    item = scene.outlook.add(private(outlook_event("Biopsy")))
    await filed(scene, LUNCH, uid_of(item.serial))
    await scene.sync()
    titles = [event.content.title for event in await scene.team()]
    assert "Lunch" in titles and "Biopsy" not in titles


async def test_what_both_have_outside_of_the_window_is_left_as_it_is(scene: Scene) -> None:
    long_ago = replace(LUNCH, when=timed("2025-01-10T12:30"))
    await scene.create(long_ago)
    scene.outlook.add(outlook_event("Lunch", "2025-01-10"))
    await scene.sync()
    assert (len(await scene.team()), len(scene.items()), await scene.pairs()) == (1, 1, [])


async def test_a_preview_counts_what_will_be_done_and_nothing_that_will_not(scene: Scene) -> None:
    link = await scene.link()
    await scene.store.links.save(replace(link, is_started=False))
    for day in range(1, 13):
        await scene.create(
            replace(LUNCH, title=f"Ours {day}", when=timed(f"2026-12-{day:02}T09:00"))
        )
        scene.outlook.add(outlook_event(f"Theirs {day}", f"2026-12-{day:02}"))
    await scene.create(LUNCH)
    scene.outlook.add(outlook_event("Lunch"))
    await scene.create(replace(LUNCH, title="Long ago", when=timed("2025-01-10T12:30")))
    scene.outlook.add(outlook_event("Long ago in Outlook", "2025-01-11"))
    scene.calls()
    outcome = await scene.sync()
    link = await scene.link()
    assert (outcome.problem, scene.writes()) == ("preview", [])
    assert link.preview
    assert (link.preview.come, link.preview.go, link.preview.match) == (12, 12, 1)
