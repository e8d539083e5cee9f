"""What becomes of a series when one occurrence, some or all are changed or cancelled.

Pure: content in, content out; :class:`services.events.events.Events` writes it. An occurrence is
named by its day in the series' zone. Exceptions go along: whatever was changed about one stays as
it was changed, and what was not follows its series.

RFC 5545, section 3.8.4.4, would write "this and following" as a RANGE; no calendar program does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta

from services.events.occurrences import series_day
from services.model.events import EventContent, SeriesException
from services.model.reach import Reach
from services.model.recurrence import Rule, days, last_day
from services.model.wall_clocks import moved

__all__ = ["cancelled", "changed", "following_along", "occurring"]

DAY = timedelta(days=1)
OWN = frozenset(each.name for each in fields(EventContent)) - {"rule", "exceptions"}
"""What an exception can say otherwise than its series."""


def occurring(series: EventContent, day: date) -> EventContent | None:
    """Return the occurrence that a series has on a day; ``None`` = none, or it is cancelled."""
    if series.rule is None or not any(days(series.rule, _first(series), day, day)):
        return None
    for exception in series.exceptions:
        if series_day(series, exception.original) == day:
            return exception.content
    return _regular(series, day)


def changed(
    series: EventContent, day: date, reach: Reach, content: EventContent
) -> tuple[EventContent, EventContent | None]:
    """Return what becomes of a series, and the one that goes on where it is split.

    Args:
        series: as it is now.
        day: which occurrence was changed.
        reach: which ones are meant.
        content: what it is to be. Where more than one is meant, by its rule; without one the
            series becomes a single event.
    """
    if reach is Reach.ONE:
        return _with_one(series, day, content), None
    kept = _before(series, day) if reach is Reach.FOLLOWING else None
    if kept is None:
        return _throughout(series, day, content), None
    return kept, _following(series, day, content)


def cancelled(series: EventContent, day: date, reach: Reach) -> EventContent | None:
    """Return the series without an occurrence, or also those after it; ``None`` = none is left."""
    if reach is Reach.FOLLOWING:
        left = _before(series, day)
    elif occurring(series, day) is None:
        return series
    else:
        left = _with_one(series, day, None)
    return None if left is None or _is_over(left) else left


def following_along(before: EventContent, after: EventContent) -> EventContent:
    """Return a series that was changed as a whole, with exceptions that follow it.

    Exceptions that were changed too are left alone.
    """
    if after.rule is None or not after.exceptions or after.exceptions != before.exceptions:
        return after
    if after == before:
        return after  # as it is stored, however the starts of its exceptions are written
    shift = _first(after) - _first(before)
    return replace(after, exceptions=_rebased(before, after, before.exceptions, shift))


def _regular(series: EventContent, day: date) -> EventContent:
    """Return the occurrence of a day as the rule alone has it."""
    return replace(series, when=moved(series.when, day), rule=None, exceptions=())


def _with_one(series: EventContent, day: date, changed: EventContent | None) -> EventContent:
    """Return the series with one occurrence changed, or cancelled (``None``)."""
    as_it_was = _regular(series, day)
    if changed is not None:
        changed = replace(changed, rule=None, exceptions=())
    others = [each for each in series.exceptions if series_day(series, each.original) != day]
    if changed != as_it_was:
        others.append(SeriesException(as_it_was.when.start, changed))
    return replace(series, exceptions=_in_order(series, others))


def _before(series: EventContent, day: date) -> EventContent | None:
    """Return what of a series is before a day; ``None`` = nothing."""
    rule, start = series.rule, _first(series)
    if rule is None:
        return series
    if day <= start:
        return None
    if not any(days(rule, start, day, date.max)):
        return series
    ended = replace(rule, until=day - DAY, count=None)
    last = last_day(ended, start)
    kept = (each for each in series.exceptions if series_day(series, each.original) < day)
    return replace(series, rule=replace(ended, until=last), exceptions=tuple(kept))


def _following(series: EventContent, day: date, content: EventContent) -> EventContent:
    """Return the series that goes on from a day, where one occurrence was changed for all."""
    meant = _meant(series, day, content)
    goes_on = replace(meant, rule=_counted_on(series, day, meant.rule))
    later = [each for each in series.exceptions if series_day(series, each.original) > day]
    return _with_exceptions(series, goes_on, later, day, content, _first(meant) - day)


def _throughout(series: EventContent, day: date, content: EventContent) -> EventContent:
    """Return the series with all occurrences changed as one was."""
    meant = _meant(series, day, content)
    shift = _first(meant) - day
    anew = replace(meant, when=moved(meant.when, _first(series) + shift))
    others = [each for each in series.exceptions if series_day(series, each.original) != day]
    return _with_exceptions(series, anew, others, day, content, shift)


def _meant(series: EventContent, day: date, content: EventContent) -> EventContent:
    """Return what an occurrence is to be for all: what was changed of it, on what is regular."""
    was, rule = occurring(series, day) or _regular(series, day), content.rule
    anew = {name: getattr(content, name) for name in _differing(was, content)}
    return replace(_regular(series, day), **anew, rule=rule)


def _with_exceptions(
    series: EventContent,
    anew: EventContent,
    others: list[SeriesException],
    day: date,
    content: EventContent,
    shift: timedelta,
) -> EventContent:
    """Return what a series became with its exceptions, the changed occurrence among them.

    Where that one was an exception already, it still is: it has more of its own than was changed.
    """
    if anew.rule is None:
        return anew
    exceptions = _rebased(series, anew, others, shift)
    one = replace(content, rule=None, exceptions=())
    as_others = _regular(anew, day + shift)
    if one != as_others:
        own = SeriesException(as_others.when.start, one)
        exceptions = _in_order(anew, [*exceptions, own])
    return replace(anew, exceptions=exceptions)


def _rebased(
    old: EventContent, new: EventContent, exceptions: Iterable[SeriesException], shift: timedelta
) -> tuple[SeriesException, ...]:
    """Return exceptions of one series as exceptions of what it became, ``shift`` later."""
    return _in_order(new, [_one_rebased(old, new, each, shift) for each in exceptions])


def _is_over(series: EventContent) -> bool:
    """Say whether every occurrence of a series is cancelled."""
    rule = series.rule
    if rule is None or (rule.until is None and rule.count is None):
        return False
    gone = {series_day(series, each.original) for each in series.exceptions if not each.content}
    start = _first(series)
    return bool(gone) and all(day in gone for day in days(rule, start, start, date.max))


def _one_rebased(
    old: EventContent, new: EventContent, exception: SeriesException, shift: timedelta
) -> SeriesException:
    day = series_day(old, exception.original)
    was, becomes = _regular(old, day), _regular(new, day + shift)
    changed = exception.content
    if changed is None:
        return SeriesException(becomes.when.start, None)
    own = {name: getattr(changed, name) for name in _differing(was, changed)}
    if type(changed.when) is not type(becomes.when):
        own.pop("when", None)  # among whole days an hour means nothing, nor a day among hours
    return SeriesException(becomes.when.start, replace(becomes, **own))


def _differing(was: EventContent, changed: EventContent) -> Iterator[str]:
    return (name for name in OWN if getattr(was, name) != getattr(changed, name))


def _counted_on(series: EventContent, day: date, rule: Rule | None) -> Rule | None:
    """Return the rule to go on by; of so many times, those that are over are taken off."""
    if rule is None or rule.count is None or series.rule is None:
        return rule
    if rule.count != series.rule.count:
        return rule
    start = _first(series)
    over = sum(1 for _ in days(series.rule, start, start, day - DAY))
    return replace(rule, count=max(1, rule.count - over))


def _in_order(
    series: EventContent, exceptions: Iterable[SeriesException]
) -> tuple[SeriesException, ...]:
    return tuple(sorted(exceptions, key=lambda each: series_day(series, each.original)))


def _first(content: EventContent) -> date:
    start = content.when.start
    return start.date() if isinstance(start, datetime) else start
