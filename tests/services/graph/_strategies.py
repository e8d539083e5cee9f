"""Rules and event contents, made by hypothesis: everything that Outlook can hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from services.graph.recurrence import TYPES
from services.model.events import EventContent, Importance, Sensitivity, ShowAs
from services.model.recurrence import Pattern, Rule, Week, Weekday, check
from services.model.rich_text import parse, write
from services.model.times import AllDay, Timed, When

__all__ = ["contents", "rules"]

ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Berlin",
        "America/New_York",
        "America/Regina",
        "Australia/Lord_Howe",  # half an hour of summer time
        "Asia/Kathmandu",
        "Pacific/Apia",
        "UTC",
    )
]
"""Zones whose Windows name leads back to themselves."""

NEAR_CHANGES = [datetime(2026, 10, 25, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC)]
LINES = st.text("abcäß<&; 😀", max_size=12).map(lambda line: " ".join(line.split()))
MARKED = st.sampled_from(
    [
        "**now** or _never_",
        "- tea",
        "  - green",
        "1. one",
        "2. two",
        "[a](https://a.example/?b=1&c)",
    ]
)
TEXTS = st.lists(LINES | MARKED, max_size=4).map(lambda lines: "\n".join(lines).strip("\n"))
TAGS = st.lists(st.text("abß é", min_size=1).map(str.strip).filter(bool), max_size=3)
"""Outlook's categories: any text."""


@st.composite
def rules(draw: st.DrawFn, start: date) -> Rule:
    pattern = draw(st.sampled_from([each for each in Pattern if each in TYPES]))
    weekdays = tuple(sorted(draw(st.sets(st.sampled_from(Weekday), min_size=1))))
    by_weekday = pattern in (Pattern.MONTHLY_BY_WEEKDAY, Pattern.YEARLY_BY_WEEKDAY)
    by_day = pattern in (Pattern.MONTHLY_BY_DAY, Pattern.YEARLY_BY_DAY)
    yearly = pattern in (Pattern.YEARLY_BY_DAY, Pattern.YEARLY_BY_WEEKDAY)
    end = draw(st.sampled_from(["none", "until", "count"]))
    rule = Rule(
        pattern=pattern,
        interval=draw(st.integers(1, 9)),
        weekdays=weekdays if by_weekday or pattern is Pattern.WEEKLY else (),
        day=draw(st.integers(1, 28)) if by_day else None,
        week=draw(st.sampled_from(Week)) if by_weekday else None,
        month=draw(st.integers(1, 12)) if yearly else None,
        week_start=draw(st.sampled_from(Weekday)) if pattern is Pattern.WEEKLY else Weekday.MONDAY,
        until=start + timedelta(days=365 * 30) if end == "until" else None,
        count=draw(st.integers(1, 99)) if end == "count" else None,
    )
    check(rule, start)
    return rule


@st.composite
def times(draw: st.DrawFn) -> When:
    minutes = draw(st.integers(-3000, 3000))
    instant = draw(st.sampled_from(NEAR_CHANGES)) + timedelta(minutes=minutes)
    if draw(st.booleans()):
        first = instant.date()
        return AllDay(first, first + timedelta(days=draw(st.integers(1, 5))))
    zone = draw(st.sampled_from(ZONES))
    end = instant + timedelta(minutes=draw(st.integers(0, 3000)))
    return Timed(instant.astimezone(zone), end.astimezone(draw(st.sampled_from([zone, *ZONES]))))


@st.composite
def contents(draw: st.DrawFn) -> EventContent:
    when = draw(times())
    first = when.start.date() if isinstance(when.start, datetime) else when.start
    repeats = draw(st.booleans())
    if repeats and isinstance(when, Timed):
        # A series is written in one zone; its first hour is taken as the first of two equal ones.
        zone = when.start.tzinfo
        start = when.start.replace(fold=0)
        when = Timed(start, max(start, when.end.astimezone(zone)).replace(fold=0))
    return EventContent(
        title=draw(LINES),
        when=when,
        place=draw(LINES),
        text=draw(TEXTS.map(parse).map(write)),
        rule=draw(rules(first)) if repeats else None,
        show_as=draw(st.sampled_from(ShowAs)),
        sensitivity=draw(st.sampled_from(Sensitivity)),
        reminder_minutes=draw(st.none() | st.integers(0, 20160)),
        importance=draw(st.sampled_from(Importance)),
        tags=tuple({tag.casefold(): tag for tag in draw(TAGS)}.values()),
    )
