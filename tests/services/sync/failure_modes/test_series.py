"""Series: F8, F14 and F16. A series is one thing, however many dates it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sandbox.faults import Fault
from sandbox.writing import repeating, weekly
from services.model.events import SeriesException
from services.model.recurrence import Pattern, Rule, Weekday
from tests._builders import an_event_content, timed
from tests.services.sync._scene import Scene, outlook_event, renamed

LUNCH = an_event_content(title="Lunch", when=timed("2026-11-20T12:30"))
FRIDAYS = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,))


async def test_f8_a_change_of_a_series_is_one_request_and_no_mail(scene: Scene) -> None:
    event = await scene.create(replace(LUNCH, rule=replace(FRIDAYS, count=52)))
    await scene.sync()
    scene.calls()
    await scene.edit(event, replace(event.content, title="Feast", place="Quay 4"))
    await scene.sync()
    (write,) = scene.writes()
    assert write.startswith("PATCH")
    assert scene.item().content.subject == "Feast"
    assert scene.outlook.mails == []


async def test_f14_occurrences_that_are_told_as_stubs_say_what_their_series_says(
    scene: Scene,
) -> None:
    """The sandbox's rounds tell of an occurrence by its id and times alone, as Graph's do."""
    item = scene.outlook.add(weekly(outlook_event("Review", place="Quay 4")))
    await scene.sync()
    (event,) = await scene.team()
    assert (event.content.title, event.content.place) == ("Review", "Quay 4")
    feast = scene.outlook.get(scene.outlook.id_of(item, date(2026, 12, 4)))
    scene.outlook.edit(feast, renamed("Feast")(feast.content))
    await scene.sync()
    (event,) = await scene.team()
    assert event.content.title == "Review"
    (exception,) = event.content.exceptions
    assert exception.content is not None
    assert (exception.content.title, exception.content.place) == ("Feast", "Quay 4")
    assert len(await scene.pairs()) == 1


async def test_f16_a_series_without_an_end_is_one_event_on_each_side(scene: Scene) -> None:
    await scene.create(replace(LUNCH, rule=Rule(pattern=Pattern.DAILY)))
    await scene.sync()
    assert [write.split()[0] for write in scene.writes()] == ["POST"]
    scene.outlook.add(repeating(outlook_event("Walk", at="08:00"), type="daily"))
    await scene.sync()
    assert len(scene.items()) == len(await scene.team()) == len(await scene.pairs()) == 2
    assert scene.writes() == []


async def test_f16_of_many_exceptions_a_new_one_is_sent_alone(scene: Scene) -> None:
    first = timed("2026-11-20T12:30").start

    def feast(week: int) -> SeriesException:
        when = timed((first + timedelta(days=7 * week)).replace(tzinfo=None).isoformat())
        return SeriesException(when.start, replace(LUNCH, title=f"Feast {week}", when=when))

    feasts = tuple(map(feast, range(1, 6)))
    event = await scene.create(replace(LUNCH, rule=FRIDAYS, exceptions=feasts))
    await scene.sync()
    scene.calls()
    await scene.edit(event, replace(event.content, exceptions=(*feasts, feast(40))))
    await scene.sync()
    assert len(scene.writes()) == 1
    assert len(scene.item().exceptions) == 6


@pytest.mark.parametrize("reads", range(6))
async def test_f13_what_somebody_makes_of_a_date_while_another_is_sent_is_kept(
    scene: Scene, reads: int
) -> None:
    """An exception leaves the change key of its series as it was, so none of the looks tells."""
    event = await scene.create(replace(LUNCH, rule=FRIDAYS))
    for _ in range(2):
        await scene.sync()
    item = scene.item()

    def feast() -> None:
        seen = scene.outlook.get(scene.outlook.id_of(item, date(2026, 12, 4)))
        scene.outlook.edit(seen, renamed("Feast")(seen.content))

    called_off = SeriesException(timed("2026-11-27T12:30").start, None)
    await scene.edit(event, replace(event.content, exceptions=(called_off,)))
    scene.sandbox.faults.order(Fault(action=feast, method="GET", path="/events/", skip=reads))
    for _ in range(2):
        await scene.sync()
    content = (await scene.event()).content
    exceptions = {str(each.original)[5:10]: each.content for each in content.exceptions}
    assert exceptions.pop("11-27") is None
    assert [(day, one and one.title) for day, one in exceptions.items()] == [("12-04", "Feast")]
    (shown,) = scene.item().exceptions.values()
    assert shown.subject == "Feast" and scene.item().cancelled == {date(2026, 11, 27)}
