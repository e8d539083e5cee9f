"""Events travel whole: each field, both ways, through the real engine and the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from sandbox.graph import online_meetings
from sandbox.items import Content
from sandbox.normalising import normalised
from sandbox.writing import all_day as outlook_days
from sandbox.writing import answered, attended_by, called_off, weekly
from services.model import team_fields
from services.model.errors import ReadOnly, ReadOnlyReason, Unreachable
from services.model.events import (
    Event,
    EventContent,
    Importance,
    Response,
    Sensitivity,
    SeriesException,
    ShowAs,
)
from services.model.recurrence import Pattern, Rule, Week, Weekday
from services.sync.content.canonical import differing
from tests._builders import BERLIN, NEW_YORK, all_day, an_event_content, timed
from tests.services.sync._scene import ZONE, Scene, outlook_event, renamed

LUNCH = an_event_content(title="Lunch", place="Quay 3", text="Bring a hat", reminder_minutes=15)
MARKED = (
    "**Bring** _a_ hat \N{GRINNING FACE}\n\n"
    "- [red](https://hats.example/?a=1&b=2)\n  - or blue\n1. soon"
)
HTML = (
    "<div><b>Bring</b> <i>a</i> hat \N{GRINNING FACE}</div><div><br></div>"
    '<ul><li><a href="https://hats.example/?a=1&amp;b=2">red</a><ul><li>or blue</li></ul></li></ul>'
    "<ol><li>soon</li></ol>"
)
FIELDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "title": ({"title": "Supper"}, {"subject": "Supper"}),
    "text": (
        {"text": "Red,\nor blue"},
        {"body": {"contentType": "text", "content": "Red,\nor blue"}},
    ),
    "no text": ({"text": ""}, {"body": {"contentType": "text", "content": ""}}),
    "marks": ({"text": MARKED}, {"body": {"contentType": "html", "content": HTML}}),
    "tags": ({"tags": ("fair", "Blue hat")}, {"categories": ["fair", "Blue hat"]}),
    "importance": ({"importance": Importance.HIGH}, {"importance": "high"}),
    "no importance": ({"importance": Importance.LOW}, {"importance": "low"}),
    "reminder": (
        {"reminder_minutes": 30},
        {"isReminderOn": True, "reminderMinutesBeforeStart": 30},
    ),
    "no reminder": ({"reminder_minutes": None}, {"isReminderOn": False}),
    **{
        f"shown as {word}": ({"show_as": show_as}, {"showAs": word})
        for show_as, word in (
            (ShowAs.FREE, "free"),
            (ShowAs.TENTATIVE, "tentative"),
            (ShowAs.AWAY, "oof"),
            (ShowAs.ELSEWHERE, "workingElsewhere"),
        )
    },
    **{
        word: ({"sensitivity": word}, {"sensitivity": word.value})
        for word in Sensitivity
        if word is not Sensitivity.NORMAL
    },
}
"""A field as the team says it, and as Outlook does."""


def plain(**given: Any) -> Callable[[Content], Content]:
    return lambda content: replace(content, plain={**content.plain, **given})


async def is_quiet(scene: Scene) -> bool:
    """Whether nothing is left to do, also when everything is read from the start."""
    before = {event.id: event.revision for event in await scene.team()}
    scene.calls()
    await scene.sync()
    scene.sandbox.office.delta(scene.outlook.person).expire()
    await scene.sync()
    after = {event.id: event.revision for event in await scene.team()}
    return scene.writes() == [] and before == after


async def with_an_event_for_each_field(scene: Scene) -> tuple[dict[str, Event], dict[str, int]]:
    """Events in step, and the numbers of their items, by the name of the field to be changed."""
    scene.outlook.normalise = normalised  # F32
    events = {name: await scene.create(replace(LUNCH, title=name)) for name in FIELDS}
    await scene.sync()
    return events, {item.content.subject: item.serial for item in scene.items()}


async def test_each_field_that_the_team_changes_changes_in_outlook(scene: Scene) -> None:
    events, serials = await with_an_event_for_each_field(scene)
    for name, (ours, _) in FIELDS.items():
        await scene.edit(events[name], replace(events[name].content, **ours))
    await scene.sync()
    items = {item.serial: item.content.plain for item in scene.items()}
    team = {event.id: event.content for event in await scene.team()}
    for name, (ours, theirs) in FIELDS.items():
        told = {field: items[serials[name]][field] for field in theirs}
        if name == "marks":
            html = told["body"]["content"].replace("&#128512;", "\N{GRINNING FACE}")
            told = {"body": {"contentType": "html", "content": html}}
        assert told == theirs, name
        assert team[events[name].id] == replace(events[name].content, **ours), name
    assert await is_quiet(scene)


async def test_each_field_that_outlook_changes_changes_in_the_team(scene: Scene) -> None:
    events, serials = await with_an_event_for_each_field(scene)
    names = {serial: name for name, serial in serials.items()}
    for item in scene.items():
        scene.edit_item(item, plain(**FIELDS[names[item.serial]][1]))
    await scene.sync()
    team = {event.id: event.content for event in await scene.team()}
    for name, (ours, _) in FIELDS.items():
        wanted = replace(events[name].content, **ours)
        assert not differing(team[events[name].id], wanted), name
    assert await is_quiet(scene)


async def test_a_place_travels_both_ways(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, place="Pier 9"))
    await scene.sync()
    (place,) = scene.item().content.plain["locations"]
    assert place["displayName"] == "Pier 9"
    scene.edit_item(scene.item(), plain(locations=[]))
    await scene.sync()
    assert (await scene.event()).content.place == ""
    assert await is_quiet(scene)


@pytest.mark.parametrize(
    "when",
    [timed("2026-11-21T09:00", 30), timed("2026-07-01T09:00", zone=NEW_YORK), all_day(days=2)],
)
async def test_a_time_travels_with_its_zone_both_ways(scene: Scene, when: Any) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, when=when))
    await scene.sync()
    away = scene.item().content
    assert away.is_all_day == (not hasattr(when.start, "hour"))
    scene.edit_item(scene.item(), lambda _: outlook_event("Lunch"))
    await scene.sync()
    assert (await scene.event()).content.when == timed("2026-11-20T12:30")
    scene.edit_item(scene.item(), lambda _: away)
    await scene.sync()
    assert not differing((await scene.event()).content, replace(LUNCH, when=when))


async def test_f19_a_day_of_outlook_is_a_day(scene: Scene) -> None:
    scene.outlook.add(outlook_days("Fair", date(2026, 12, 1), date(2026, 12, 3), ZONE))
    await scene.sync()
    assert (await scene.event()).content.when == all_day("2026-12-01", 3)


async def test_a_tag_added_on_each_side_gives_both(scene: Scene) -> None:
    event = await scene.create(replace(LUNCH, tags=("fair", "old")))
    await scene.sync()
    await scene.edit(event, replace(LUNCH, tags=("fair", "old", "print")))
    scene.edit_item(scene.item(), plain(categories=["Fair", "Blue"]))
    await scene.sync()
    event = await scene.event()
    assert set(map(str.lower, event.content.tags)) == {"fair", "print", "blue"}
    assert set(scene.item().content.plain["categories"]) == set(event.content.tags)
    assert (await scene.pair()).lost == ()
    assert await is_quiet(scene)


async def test_a_body_beyond_all_bounds_is_shown_cut_and_never_written_over(scene: Scene) -> None:
    long = {"contentType": "html", "content": "<p>word word word</p>" * 15_000}
    item = scene.outlook.add(plain(body=long)(outlook_event("Minutes")))
    await scene.sync()
    event = await scene.event()
    assert len(event.content.text) < 20_100
    await scene.edit(event, replace(event.content, text="Mine", title="My minutes"))
    await scene.sync()
    assert scene.item().content.plain["body"] == item.content.plain["body"]
    assert scene.item().content.subject == "My minutes"
    assert (await scene.event()).content.text == "Mine"
    assert await is_quiet(scene)


async def test_hostile_html_comes_in_as_what_a_person_would_read(scene: Scene) -> None:
    html = (
        "<!--[if mso]><p>never seen</p><![endif]--><script>alert(1)</script>"
        "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
        '<a href="javascript:alert(2)">go</a> <img src=x onerror="alert(3)">' + "<b>" * 9000 + "now"
    )
    scene.outlook.add(plain(body={"contentType": "html", "content": html})(outlook_event("x")))
    await scene.sync()
    assert (await scene.event()).content.text == "a b\ngo **now**"


# -- series ----------------------------------------------------------------------------------

FRIDAYS = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,))
FRI = (Weekday.FRIDAY,)
PATTERNS = (
    Rule(pattern=Pattern.DAILY, interval=40),
    Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.TUESDAY, Weekday.FRIDAY), interval=2),
    Rule(pattern=Pattern.MONTHLY_BY_DAY, day=20),
    Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, weekdays=FRI, week=Week.THIRD),
    Rule(pattern=Pattern.YEARLY_BY_DAY, day=20, month=11),
    Rule(pattern=Pattern.YEARLY_BY_WEEKDAY, weekdays=FRI, week=Week.LAST, month=12),
)
RANGES: tuple[dict[str, Any], ...] = ({}, {"count": 4}, {"until": date(2030, 1, 1)})


async def test_six_patterns_with_three_ends_travel_both_ways(scene: Scene) -> None:
    rules = {
        f"{rule.pattern} {sorted(end)}": replace(rule, **end) for rule in PATTERNS for end in RANGES
    }
    made = {
        name: await scene.create(replace(LUNCH, title=name, rule=rule))
        for name, rule in rules.items()
    }
    await scene.sync()
    assert len(scene.items()) == len(rules) == 18
    for item in scene.items():
        scene.outlook.copy(item)
    await scene.sync()
    imported = [
        event for event in await scene.team() if event.id not in {e.id for e in made.values()}
    ]
    assert {event.content.title for event in imported} == set(rules)
    for event in imported:
        assert not differing(event.content, made[event.content.title].content)


async def test_f15_a_single_event_becomes_a_series_and_single_again_in_outlook(
    scene: Scene,
) -> None:
    await scene.create(LUNCH)
    await scene.sync()
    scene.edit_item(scene.item(), weekly)  # F15
    await scene.sync()
    assert (await scene.event()).content.rule == replace(FRIDAYS, week_start=Weekday.SUNDAY)
    scene.edit_item(scene.item(), lambda content: replace(content, recurrence=None))
    await scene.sync()
    assert (await scene.event()).content == LUNCH
    assert len(await scene.pairs()) == 1


async def test_a_series_of_the_team_becomes_single_again(scene: Scene) -> None:
    event = await scene.create(replace(LUNCH, rule=FRIDAYS, exceptions=(OFF,)))
    await scene.sync()
    await scene.edit(event, LUNCH)
    await scene.sync()
    item = scene.item()
    assert (item.content.recurrence, item.cancelled) == (None, frozenset())
    assert len(await scene.pairs()) == 1
    assert await is_quiet(scene)


def friday(n: int) -> datetime:
    return datetime(2026, 11, 20, 12, 30, tzinfo=BERLIN) + timedelta(days=7 * n)


OFF = SeriesException(friday(1), None)
MOVED = SeriesException(friday(2), replace(LUNCH, when=timed("2026-12-05T15:00")))
CHANGED = SeriesException(
    friday(3),
    replace(
        LUNCH,
        when=timed("2026-12-11T12:30"),
        title="Feast",
        text="**All** of you",
        tags=("fair",),
        importance=Importance.HIGH,
    ),
)


async def test_f13_exceptions_of_every_kind_reach_outlook(scene: Scene) -> None:
    event = await scene.create(replace(LUNCH, rule=FRIDAYS))
    await scene.sync()
    await scene.edit(event, replace(event.content, exceptions=(OFF, MOVED, CHANGED)))
    await scene.sync()
    item = scene.item()
    assert item.cancelled == {friday(1).date()}
    moved, feast = (item.exceptions[friday(n).date()] for n in (2, 3))
    assert moved.start.isoformat() == "2026-12-05T15:00:00+01:00"
    assert (feast.subject, feast.plain["categories"], feast.plain["importance"]) == (
        *("Feast", ["fair"], "high"),
    )
    assert await is_quiet(scene)


async def test_f13_exceptions_of_every_kind_come_from_outlook(scene: Scene) -> None:
    await scene.create(replace(LUNCH, rule=FRIDAYS, exceptions=(OFF, MOVED, CHANGED)))
    await scene.sync()
    scene.outlook.copy(scene.item())
    before = (await scene.event()).id
    copy = scene.items()[-1]
    scene.remove_item(copy, friday(1).date())
    for day, exception in scene.items()[0].exceptions.items():
        seen = scene.outlook.get(scene.outlook.id_of(scene.items()[-1], day))
        scene.outlook.edit(seen, exception)
    await scene.sync()
    (event,) = [event for event in await scene.team() if event.id != before]
    wanted = replace(LUNCH, rule=FRIDAYS, exceptions=(OFF, MOVED, CHANGED))
    assert not differing(event.content, wanted)


async def test_what_each_side_makes_of_another_date_of_a_series_is_so_on_both(
    scene: Scene,
) -> None:
    event = await scene.create(replace(LUNCH, rule=FRIDAYS))
    await scene.sync()
    scene.remove_item(scene.item(), friday(1).date())
    await scene.edit(event, replace(event.content, exceptions=(MOVED, CHANGED)))
    await scene.sync()
    item = scene.item()
    assert item.cancelled == {friday(1).date()}
    assert sorted(item.exceptions) == [friday(2).date(), friday(3).date()]
    wanted = replace(LUNCH, rule=FRIDAYS, exceptions=(OFF, MOVED, CHANGED))
    assert not differing((await scene.event()).content, wanted)
    assert (await scene.pair()).lost == ()
    assert await is_quiet(scene)


# -- meetings --------------------------------------------------------------------------------

INES = ("Ines Moreau", "ines@lindenhof.example")
MARA = ("Mara Lindqvist", "mara@lindenhof.example")


def invited(content: Content) -> Content:
    return attended_by(content, MARA)


async def test_an_answer_given_in_outlook_is_shown_and_stays(scene: Scene) -> None:
    scene.outlook.add(invited(outlook_event("Review")), organizer=INES)
    await scene.sync()
    mirror = (await scene.event()).mirror
    assert mirror is not None
    assert (mirror.reason, mirror.organiser) == (ReadOnlyReason.OTHER_ORGANISER, INES[0])
    assert mirror.response is Response.WAITING
    for word, response in (
        ("tentativelyAccepted", Response.TENTATIVE),
        ("accepted", Response.ACCEPTED),
        ("declined", Response.DECLINED),
    ):
        scene.edit_item(scene.item(), partial(answered, response=word))
        await scene.sync()
        mirror = (await scene.event()).mirror
        assert mirror is not None and mirror.response is response
        assert scene.item().content.plain["response"] == word
    assert scene.writes() == []
    assert scene.outlook.mails == []


async def test_f5_a_guests_meeting_is_never_rewritten(scene: Scene) -> None:
    scene.outlook.add(invited(outlook_event("Review")), organizer=INES)
    await scene.sync()
    event = await scene.event()
    with pytest.raises(ReadOnly):
        await scene.edit(event, replace(event.content, tags=("mine",)))
    changed = replace(event, content=replace(event.content, tags=("mine",), text="Hijacked"))
    await scene.store.events.save(changed, scene.book)
    await scene.sync()
    assert (await scene.event()).content == event.content
    assert scene.writes() == []


async def test_a_series_that_its_organiser_calls_off_leaves_the_team(scene: Scene) -> None:
    scene.outlook.add(weekly(invited(outlook_event("Review"))), organizer=INES)
    await scene.sync()
    assert (await scene.event()).content.rule is not None
    scene.edit_item(scene.item(), called_off)
    await scene.sync()
    assert await scene.team() == []
    await scene.sync()
    assert await scene.team() == []
    assert scene.writes() == []


async def test_one_occurrence_that_its_organiser_calls_off_is_cancelled(scene: Scene) -> None:
    item = scene.outlook.add(weekly(invited(outlook_event("Review"))), organizer=INES)
    await scene.sync()
    seen = scene.outlook.get(scene.outlook.id_of(item, friday(1).date()))
    scene.outlook.edit(seen, called_off(seen.content))
    await scene.sync()
    assert (await scene.event()).content.exceptions == (OFF,)


BLOCK = (
    f"<p>Agenda</p><div>{'_' * 60}</div><div><b>Microsoft Teams meeting</b></div>"
    '<div><a href="https://teams.example/l/meetup-join/1?p=2">Join now</a></div>'
)
ONLINE = plain(
    body={"contentType": "html", "content": BLOCK},
    isOnlineMeeting=True,
    onlineMeetingProvider="teamsForBusiness",
)


async def test_f30_the_body_of_an_online_meeting_is_read_and_never_written(scene: Scene) -> None:
    """Nobody is invited, so all else of one's own meeting may be changed here."""
    scene.outlook.add(ONLINE(outlook_event("Review")))
    await scene.sync()
    event = await scene.event()
    assert event.mirror is None
    assert event.content.meeting_url == "https://teams.example/l/meetup-join/sandbox"
    assert "[Join now](https://teams.example/l/meetup-join/1?p=2)" in event.content.text
    later = timed("2026-11-20T16:00")
    await scene.edit(event, replace(event.content, text="Mine", title="Mine", when=later))
    await scene.sync()
    assert scene.item().content.subject == "Mine"
    assert scene.item().content.start.hour == 16
    assert scene.item().content.plain["body"]["content"] == BLOCK
    assert scene.outlook.mails == []
    assert (await scene.event()).content.text == "Mine"
    scene.calls()
    assert (await scene.sync()).is_done
    assert scene.writes() == []


async def test_f30_a_text_that_stayed_with_the_team_is_not_lost_to_one_of_outlooks(
    scene: Scene,
) -> None:
    scene.outlook.add(ONLINE(outlook_event("Review")))
    await scene.sync()
    event = await scene.event()
    await scene.edit(event, replace(event.content, text="Mine"))
    await scene.sync()
    newer = {"contentType": "html", "content": f"<p>Theirs</p>{BLOCK}"}
    scene.edit_item(scene.item(), plain(body=newer))
    await scene.sync()
    assert (await scene.event()).content.text.startswith("Theirs")
    (lost,) = (await scene.pair()).lost
    assert isinstance(lost.value, EventContent)
    assert (lost.field, lost.value.text) == ("text", "Mine")
    assert scene.item().content.plain["body"] == newer


async def test_an_online_meeting_of_ones_own_is_deleted_there_once_the_team_deletes_it(
    scene: Scene,
) -> None:
    scene.outlook.add(ONLINE(outlook_event("Review")))
    await scene.sync()
    await scene.delete(await scene.event())
    await scene.sync()
    assert scene.items() == []
    assert scene.outlook.mails == []


async def test_an_online_meeting_with_guests_is_never_written(scene: Scene) -> None:
    scene.outlook.add(attended_by(ONLINE(outlook_event("Review")), INES))
    await scene.sync()
    event = await scene.event()
    assert event.mirror is not None
    assert event.mirror.join_url == "https://teams.example/l/meetup-join/sandbox"
    changed = replace(event, content=replace(event.content, title="Mine"))
    await scene.store.events.save(changed, scene.book)
    mails = [*scene.outlook.mails]
    await scene.sync()
    assert scene.writes() == []
    assert scene.outlook.mails == mails


async def test_f30_an_event_that_becomes_an_online_meeting_keeps_its_block(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    block = {"contentType": "html", "content": "<p>Join: https://teams.example/j</p>"}
    scene.edit_item(scene.item(), plain(body=block, isOnlineMeeting=True))
    await scene.edit(event, replace(LUNCH, text="Mine"))
    await scene.sync()
    assert scene.item().content.plain["body"] == block
    event = await scene.event()
    assert event.content.text == "Join: https://teams.example/j"
    assert [lost.field for lost in (await scene.pair()).lost] == ["text"]


@pytest.mark.parametrize("is_ours", [True, False])
@pytest.mark.parametrize("is_edited", [True, False])
async def test_an_event_that_becomes_an_online_meeting_gets_the_link_to_join(
    scene: Scene, is_ours: bool, is_edited: bool
) -> None:
    """As people do it: the appointment was there before, on either side."""
    if is_ours:
        await scene.create(LUNCH)
    else:
        scene.outlook.add(outlook_event("Lunch"))
    await scene.sync()
    event = await scene.event()
    if is_edited:  # so that both sides are merged
        await scene.edit(event, replace(event.content, place="Quay 3"))
    scene.edit_item(scene.item(), ONLINE)
    await scene.sync()
    event = await scene.event()
    assert event.content.meeting_url == "https://teams.example/l/meetup-join/sandbox"
    assert event.content.place == ("Quay 3" if is_edited else LUNCH.place if is_ours else "")

    await scene.edit(event, replace(event.content, meeting_url="https://meet.example/ours"))
    scene.edit_item(scene.item(), renamed("Dinner"))
    await scene.sync()
    event = await scene.event()
    assert (event.content.title, event.content.meeting_url) == (
        "Dinner",
        "https://meet.example/ours",
    ), "what somebody has set here stays"


JOINS = "https://teams.example/l/meetup-join/"


def joins_at(monkeypatch: pytest.MonkeyPatch, link: str) -> None:
    """Let Outlook give online meetings another link from now on."""
    monkeypatch.setattr(online_meetings, "_LINK", link)


@pytest.mark.parametrize("is_edited", [True, False])
async def test_a_link_to_join_that_is_replaced_in_outlook_is_replaced_here(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, is_edited: bool
) -> None:
    scene.outlook.add(ONLINE(outlook_event("Review")))
    await scene.sync()
    event = await scene.event()
    for number in range(2):  # what came in place of another is Outlook's as well
        joins_at(monkeypatch, f"{JOINS}{number}")
        scene.edit_item(scene.item(), plain(body={"contentType": "text", "content": f"{number}"}))
        if is_edited:
            await scene.edit(event, replace(event.content, place=f"Quay {number}"))
        await scene.sync()
        event = await scene.event()
        assert event.content.meeting_url == f"{JOINS}{number}"
        assert event.content.place == (f"Quay {number}" if is_edited else "")
    scene.calls()
    revision = event.revision
    await scene.sync()
    assert scene.writes() == [] and (await scene.event()).revision == revision


@pytest.mark.parametrize("is_deleted", [True, False])
async def test_a_link_to_join_that_somebody_has_set_here_outlives_outlooks_next(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, is_deleted: bool
) -> None:
    """Also where it was deleted here, and an edit in Outlook brings it back."""
    scene.outlook.add(ONLINE(outlook_event("Review")))
    await scene.sync()
    ours = "https://meet.example/ours"
    event = await scene.event()
    event = await scene.edit(event, replace(event.content, meeting_url=ours))
    if is_deleted:
        await scene.delete(event)
    joins_at(monkeypatch, f"{JOINS}2")
    scene.edit_item(scene.item(), renamed("Dinner"))
    await scene.sync()
    content = (await scene.event()).content
    assert (content.title, content.meeting_url) == ("Dinner", ours)


async def test_a_link_of_the_team_is_not_taken_for_outlooks_where_two_meet(scene: Scene) -> None:
    ours = "https://meet.example/ours"
    await scene.create(replace(LUNCH, meeting_url=ours))
    scene.outlook.add(ONLINE(outlook_event("Lunch")))
    await scene.sync()
    assert (await scene.event()).content.meeting_url == ours
    assert "Join now" in (await scene.event()).content.text
    assert len(scene.items()) == 1


async def test_a_link_of_the_team_is_not_taken_for_outlooks_where_an_answer_was_lost(
    scene: Scene,
) -> None:
    ours = "https://meet.example/ours"
    await scene.create(replace(LUNCH, meeting_url=ours))
    scene.sandbox.faults.cut(after_effect=True, method="POST")
    with pytest.raises(Unreachable):
        await scene.sync()
    await scene.sync()
    scene.edit_item(scene.item(), ONLINE)
    await scene.sync()
    assert (await scene.event()).content.meeting_url == ours


def test_the_table_has_every_field_that_is_merged_on_its_own() -> None:
    told = {name for ours, _ in FIELDS.values() for name in ours}
    elsewhere = {"when", "rule", "exceptions", "zone_guessed", "place"}
    assert told | elsewhere | set(team_fields.FIELDS) == set(EventContent.__dataclass_fields__)
