"""Merge what two sides have made of the dates of one series, date by date. Pure.

When and how often a series takes place is one value, and what became of each of its dates is one
of its own: somebody moves the first meeting here while somebody else cancels the third in Outlook,
and both are meant. :func:`mixed_dates` says so. A date that both have changed is merged field by
field, as an event is, and an edit of it beats its cancellation. Where either has changed the
series' times (:func:`keep_time`), nothing here can tell, and the later edit wins as a whole.

Outlook tells of a changed date in full, with all that it has from its series. :func:`following`
lets that be the team's series again, so that a change of the whole reaches the date as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from services.events.occurrences import series_day
from services.events.series import occurring
from services.model.events import EventContent, SeriesException
from services.model.pairs import Side
from services.model.times import Start
from services.sync.content.canonical import Group, canonical, differing, overlay

__all__ = ["following", "keep_time", "mixed_dates"]

REGULAR = ("as the rule says",)


def keep_time(*contents: EventContent) -> bool:
    """Tell whether these are series that take place at the same times by their rules."""
    is_series = all(each.rule is not None for each in contents)
    return is_series and len({_rhythm(each) for each in contents}) == 1


def mixed_dates(
    team: EventContent, remote: EventContent, agreed: EventContent, echo: EventContent, prefer: Side
) -> tuple[SeriesException, ...]:
    """Return the exceptions that both sides of a series mean, all of which :func:`keep_time`.

    Args:
        team: what the team says now.
        remote: what Outlook says now.
        agreed: the base as the team spells it.
        echo: the base as Outlook spells it.
        prefer: whose value shows where both changed one field of one date.
    """
    ours, theirs = _dates(team), _dates(remote)
    by_team, by_remote = _changed(ours, _dates(agreed)), _changed(theirs, _dates(echo))
    kept = {_at(each): each for each in team.exceptions if _at(each) not in by_remote}
    kept |= {_at(each): each for each in remote.exceptions if _at(each) in by_remote}
    originals = {_at(each): each.original for each in (*remote.exceptions, *team.exceptions)}
    for at in by_team & by_remote:
        if ours.get(at, REGULAR) != theirs.get(at, REGULAR):
            kept[at] = _merged(originals[at], team, remote, agreed, echo, prefer)
    return tuple(kept[at] for at in sorted(kept, key=str))


def _merged(
    original: Start,
    team: EventContent,
    remote: EventContent,
    agreed: EventContent,
    echo: EventContent,
    prefer: Side,
) -> SeriesException:
    """Return what becomes of a date that each side has changed in its own way."""
    ours, theirs, before, then = (
        occurring(series, series_day(series, original)) for series in (team, remote, agreed, echo)
    )
    if ours is None or theirs is None:
        return SeriesException(original, ours or theirs)
    everything = frozenset(Group)
    by_team = differing(ours, before) if before else everything
    by_remote = differing(theirs, then) if then else everything
    taken = by_remote - by_team if prefer is Side.TEAM else by_remote
    return SeriesException(original, overlay(ours, theirs, taken))


def following(series: EventContent, remote: EventContent) -> EventContent:
    """Return a series whose dates say what it does, where Outlook's say what Outlook's series does.

    Args:
        series: what comes of a merge, some of its exceptions as Outlook tells them.
        remote: what Outlook says.
    """
    if not remote.exceptions or series.exceptions == ():
        return series
    told = set(remote.exceptions)
    dates = (
        _following(each, series, remote) if each in told else each for each in series.exceptions
    )
    return replace(series, exceptions=tuple(dates))


def _following(one: SeriesException, series: EventContent, remote: EventContent) -> SeriesException:
    if one.content is None:
        return one
    own = {Group.WHEN} | differing(one.content, remote)
    return replace(one, content=overlay(one.content, series, frozenset(Group) - own))


def _rhythm(content: EventContent) -> object:
    return canonical(replace(content, exceptions=()))[0]


def _dates(content: EventContent) -> Mapping[Start, object]:
    return {
        _at(each): canonical(each.content) if each.content else None for each in content.exceptions
    }


def _changed(now: Mapping[Start, object], before: Mapping[Start, object]) -> set[Start]:
    return {at for at in now.keys() | before if now.get(at, REGULAR) != before.get(at, REGULAR)}


def _at(one: SeriesException) -> Start:
    return one.original.astimezone(UTC) if isinstance(one.original, datetime) else one.original
