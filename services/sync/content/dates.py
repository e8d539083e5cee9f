"""Merge what two sides have made of the dates of one series, date by date. Pure.

When and how often a series takes place is one value, and what became of each of its dates is one
of its own: somebody moves the first meeting here while somebody else cancels the third in Outlook,
and both are meant. :func:`mixed_dates` says so where it can; where both have changed one date, or
either has changed the series' times, nothing here can tell, and the later edit wins as a whole.

Outlook tells of a changed date in full, with all that it has from its series. :func:`following`
lets that be the team's series again, so that a change of the whole reaches the date as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from services.model.events import EventContent, SeriesException
from services.model.times import Start
from services.sync.content.canonical import Group, canonical, differing, overlay

__all__ = ["following", "mixed_dates"]

REGULAR = ("as the rule says",)


def mixed_dates(
    team: EventContent, remote: EventContent, sent: EventContent, shown: EventContent
) -> tuple[SeriesException, ...] | None:
    """Return the exceptions that both sides mean; ``None`` where that is not certain.

    Args:
        team: what the team says now.
        remote: what Outlook says now.
        sent: what both agreed on last, as the team says it.
        shown: the same as Outlook says it.
    """
    if team.rule is None or len({_rhythm(each) for each in (team, remote, sent, shown)}) > 1:
        return None
    ours, theirs = _dates(team), _dates(remote)
    by_team, by_remote = _changed(ours, _dates(sent)), _changed(theirs, _dates(shown))
    if any(ours.get(day, REGULAR) != theirs.get(day, REGULAR) for day in by_team & by_remote):
        return None
    kept = {_at(each): each for each in team.exceptions if _at(each) not in by_remote}
    kept |= {_at(each): each for each in remote.exceptions if _at(each) in by_remote}
    return tuple(kept[at] for at in sorted(kept, key=str))


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
