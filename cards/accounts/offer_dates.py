"""What two versions of a series say of its dates, told only where they differ.

Of a series both sides mostly agree on when and how often it takes place, and what lost is what one
of them made of a single date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from cards.accounts.offer_values import EVENT_GROUPS, said
from cards.viewer import Reader
from cards.when import day_long
from cards.wording import say
from services.model.events import EventContent, SeriesException
from services.model.items import Content
from services.model.times import Start

__all__ = ["said_apart"]


def said_apart(content: Content, other: Content, field: str, reader: Reader) -> list[str]:
    """Return what a content says in a group of fields, beside another one that says it otherwise.

    Args:
        content: an event's or a contact's.
        other: the other version of it.
        field: a key of :data:`cards.accounts.offer_values.NAMES`, of that kind.
        reader: for whom.
    """
    lines = said(content, field, reader)
    if field != "when" or not (
        isinstance(content, EventContent) and isinstance(other, EventContent)
    ):
        return lines
    dates = list(_dates_apart(content, other, reader))
    is_alike = lines == said(other, field, reader)
    return dates if dates and is_alike else [*lines, *dates]


def _dates_apart(content: EventContent, other: EventContent, reader: Reader) -> Iterator[str]:
    ours, theirs = _by_start(content), _by_start(other)
    for at in sorted(ours.keys() | theirs.keys(), key=str):
        one, another = ours.get(at), theirs.get(at)
        if one == another:
            continue
        day = at.astimezone(reader.zone).date() if isinstance(at, datetime) else at
        yield f"{day_long(day, reader.language)}: {_said_of(one, another, reader)}"


def _said_of(one: SeriesException | None, another: SeriesException | None, reader: Reader) -> str:
    """Return what became of a date, as far as the other version says otherwise."""
    if one is None:
        return say(reader.language, "as the series")
    if one.content is None:
        return say(reader.language, "cancelled")
    beside = another.content if another else None
    found: list[str] = []
    for group in EVENT_GROUPS if beside else ("title", "when"):
        lines = said(one.content, group, reader)
        if beside is None or lines != said(beside, group, reader):
            found += [*filter(None, lines)] or [say(reader.language, "nothing")]
    return " · ".join(found)


def _by_start(content: EventContent) -> Mapping[Start, SeriesException]:
    return {_utc(each.original): each for each in content.exceptions}


def _utc(start: Start) -> Start:
    return start.astimezone(UTC) if isinstance(start, datetime) else start
