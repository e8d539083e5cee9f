"""The events of the model test: every time, title, place, text, reminder and tag is unique."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from zoneinfo import ZoneInfo

from services.model.events import EventContent, Importance, Sensitivity, SeriesException, ShowAs
from services.model.recurrence import Pattern, Rule, days, is_outlooks
from services.model.times import AllDay, Start, Timed, When
from services.model.wall_clocks import moved
from services.sync.sides.expanded import MARK
from tests._builders import BERLIN
from tests.services.sync.model._values import Count, bare

__all__ = ["EventWords"]

VIENNA = ZoneInfo("Europe/Vienna")
"""Another name of Berlin's clocks."""
FIRST = datetime(2026, 11, 19, 9, 0, tzinfo=BERLIN)
OLD = timedelta(days=-85)
"""A week before the window leaves it."""
FAR = timedelta(days=560)
"""Two weeks behind the window's end."""
OCCURRENCES = 3
DAILY = Rule(pattern=Pattern.DAILY, count=OCCURRENCES)


class EventWords:
    """See :class:`tests.services.sync.model._values.Words`."""

    shapes: Sequence[str] = ("single", "day", "series", "rare", "old", "far")
    edits: Sequence[str] = (
        *("title", "place", "text", "when", "reminder", "tag", "untag", "marks", "zone"),
        *("except", "cancel", "plain", "repeat", "rare", "single"),
    )

    def __init__(self, count: Count) -> None:
        self.count = count
        self._edits: Mapping[str, Callable[[EventContent, int], EventContent]] = {
            "title": lambda content, _: replace(content, title=count.value("title")),
            "place": lambda content, _: replace(content, place=count.value("place")),
            "text": lambda content, _: replace(content, text=count.value("text")),
            "when": lambda content, _: self._moved(content),
            "reminder": lambda content, _: replace(content, reminder_minutes=self._reminder()),
            "tag": lambda content, _: replace(content, tags=(*content.tags, count.value("tag"))),
            "untag": _untagged,
            "marks": _marked,
            "zone": _renamed,
            "except": self._excepted,
            "cancel": _cancelled,
            "plain": _plain,
            "repeat": lambda content, _: _ruled(content, DAILY),
            "rare": lambda content, _: _ruled(content, _rare(content)),
            "single": lambda content, _: replace(content, rule=None, exceptions=()),
        }

    def new(self, shape: str) -> EventContent:
        offset = {"old": OLD, "far": FAR}.get(shape, timedelta())
        content = EventContent(
            title=self.count.value("title"),
            when=self._day() if shape == "day" else self._time(offset),
            place=self.count.value("place"),
            text=self.count.value("text"),
        )
        if shape == "series":
            return _ruled(content, DAILY)
        return self.edited(content, "rare", 0) if shape == "rare" else content

    def edited(self, content: EventContent, how: str, pick: int) -> EventContent:
        if MARK in content.tags and how in ("repeat", "rare", "single"):
            return content  # it is one of a series
        edited = self._edits[how](content, pick) if how in self._edits else content
        if any(map(_is_expanded, (content, edited))):
            # What was edited of a date outlives its series as an event of its own.
            self.count.may_double |= self.values(content) | self.values(edited)
        return edited

    def in_outlook(self, content: EventContent) -> EventContent:
        return content

    def copied(self, content: EventContent) -> EventContent:
        fresh = self.new("single")
        return replace(fresh, when=fresh.when, rule=None, exceptions=(), tags=())

    def values(self, content: EventContent, group: str = "") -> set[str]:
        found = {
            "title": {content.title},
            "place": {content.place},
            "text": {bare(content.text)},
            "when": {_name(content.when)}.union(*map(self._of_exception, content.exceptions)),
            "reminder": {f"reminder{content.reminder_minutes}"},
            "tags": set(content.tags),
        }
        groups = found.values() if not group else [found.get(group, set())]
        return set().union(*groups) & self.count.written

    def _of_exception(self, exception: SeriesException) -> set[str]:
        return self.values(exception.content) if exception.content else set()

    def places(self, content: EventContent) -> set[tuple[str, str]]:
        plain = self.values(replace(content, exceptions=()))
        dates = (
            (str(_instant(one.original)), self._of_exception(one)) for one in content.exceptions
        )
        return {(at, value) for at, values in (("", plain), *dates) for value in values}

    def goes_with(self, content: EventContent) -> set[str]:
        return self.values(content)

    def said(self, content: EventContent) -> object:
        return (
            _at(content.when),
            content.rule,
            [(_instant(each.original), self._said_of(each)) for each in content.exceptions],
            (content.title, content.place, bare(content.text)),
            (content.show_as, content.sensitivity, content.importance, content.reminder_minutes),
            sorted(tag for tag in content.tags if tag != MARK),
        )

    def _said_of(self, exception: SeriesException) -> object:
        return None if exception.content is None else self.said(exception.content)

    def spelled(self, content: EventContent, mailbox: int) -> EventContent:
        """No two mailboxes spell alike, so a spelling taken for news would go round for ever."""
        assert content.rule is None or is_outlooks(content.rule)
        text = bare(content.text)
        exceptions = (
            replace(each, content=each.content and self.spelled(each.content, mailbox))
            for each in content.exceptions
        )
        return replace(
            _renamed(content, mailbox),
            text=text and text + "~" * (mailbox + 1),
            exceptions=tuple(exceptions),
            tags=tuple(reversed(content.tags)),
        )

    def _time(self, offset: timedelta = timedelta()) -> Timed:
        start = FIRST + timedelta(minutes=self.count.next()) + offset
        when = Timed(start, start + timedelta(minutes=30))
        self.count.written.add(_name(when))
        return when

    def _day(self) -> AllDay:
        day = FIRST.date() + timedelta(days=self.count.next())
        when = AllDay(day, day + timedelta(days=1))
        self.count.written.add(_name(when))
        return when

    def _moved(self, content: EventContent) -> EventContent:
        """Who moves a series starts its dates anew, as Outlook does."""
        when = self._time() if isinstance(content.when, Timed) else self._day()
        rule = content.rule
        if rule is not None and not is_outlooks(rule):
            rule = replace(rule, days=(when.start.day,))
        return replace(content, when=when, rule=rule, exceptions=())

    def _reminder(self) -> int:
        minutes = self.count.next()
        self.count.written.add(f"reminder{minutes}")
        return minutes

    def _excepted(self, content: EventContent, pick: int) -> EventContent:
        if content.rule is None:
            return content
        original, regular = _occurrence(content, pick)
        now = {each.original: each.content for each in content.exceptions}.get(original, regular)
        if now is None:
            return content
        return _with(content, original, replace(now, title=self.count.value("title")))


def _is_expanded(content: EventContent) -> bool:
    is_rare = content.rule is not None and not is_outlooks(content.rule)
    return is_rare or MARK in content.tags


def _occurrence(content: EventContent, pick: int) -> tuple[Start, EventContent]:
    assert content.rule is not None
    first = _day_of(content.when)
    dates = days(content.rule, first, first, first + timedelta(days=100))
    day = next(islice(cycle(dates), pick, None))
    regular = replace(content, when=moved(content.when, day), rule=None, exceptions=())
    return regular.when.start, regular


def _with(content: EventContent, original: Start, then: EventContent | None) -> EventContent:
    others = [each for each in content.exceptions if each.original != original]
    exceptions = sorted(
        [*others, SeriesException(original, then)], key=lambda each: str(_instant(each.original))
    )
    return replace(content, exceptions=tuple(exceptions))


def _cancelled(content: EventContent, pick: int) -> EventContent:
    return content if content.rule is None else _with(content, _occurrence(content, pick)[0], None)


def _plain(content: EventContent, pick: int) -> EventContent:
    """Undo what is exceptional of one date."""
    kept = [each for place, each in enumerate(content.exceptions) if place != pick]
    return replace(content, exceptions=tuple(kept))


def _ruled(content: EventContent, rule: Rule) -> EventContent:
    return replace(content, rule=rule, exceptions=()) if content.rule != rule else content


def _rare(content: EventContent) -> Rule:
    """A rule that Outlook has no word for."""
    day = _day_of(content.when).day
    return Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(day,), count=OCCURRENCES)


def _untagged(content: EventContent, _: int) -> EventContent:
    own = [tag for tag in content.tags if tag != MARK]
    return replace(content, tags=tuple(tag for tag in content.tags if tag not in own[:1]))


def _marked(content: EventContent, pick: int) -> EventContent:
    match pick % 3:
        case 0:
            return replace(content, show_as=list(ShowAs)[pick])
        case 1:
            return replace(content, importance=list(Importance)[pick % 3])
        case _:
            return replace(content, sensitivity=list(Sensitivity)[pick])


def _renamed(content: EventContent, pick: int) -> EventContent:
    """The same clocks by another name."""
    if not isinstance(content.when, Timed):
        return content
    zone = VIENNA if pick % 2 else BERLIN
    when = Timed(content.when.start.astimezone(zone), content.when.end.astimezone(zone))
    return replace(content, when=when)


def _name(when: When) -> str:
    return f"at {_instant(when.start)}"


def _at(when: When) -> tuple[object, object]:
    return _instant(when.start), _instant(when.end)


def _instant(start: Start) -> Start:
    return start.astimezone(UTC) if isinstance(start, datetime) else start


def _day_of(when: When) -> date:
    return when.start.date() if isinstance(when.start, datetime) else when.start
