"""What is private to its author, as everybody else sees it: the time that it takes. Pure.

This is the one rule of who sees what of an event. Each way out of a calendar asks it: use cases
for the person who asks (:func:`seen_by`, :func:`one_seen_by`), the background for whom it tells,
cards for a post that many read (nobody in particular), files, feeds and syncs for whoever gets
them. Its author is who made it here or, for what came from Outlook, whose mailbox it came from;
what neither is known of is nobody's to hide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from services.model.errors import ReadOnlyReason
from services.model.events import (
    Author,
    Event,
    EventContent,
    Mirror,
    Occurrence,
    Sensitivity,
    SeriesException,
)
from services.model.identity import Person

__all__ = [
    "BUSY",
    "all_seen_by",
    "busy_only",
    "content_in_words",
    "has_secrets",
    "in_words",
    "is_authors",
    "is_bare",
    "is_veiled",
    "laid_open",
    "one_seen_by",
    "seen_by",
    "time_alone",
]

BUSY = "Busy"
"""The title of what only its time is shown of, until it is put in a reader's words."""
_NOBODY = Author(None, "")
_VEILED = Mirror(ReadOnlyReason.PRIVATE)


def is_authors(event: Event, person: Person | None) -> bool:
    """Whether an event is somebody's own; ``None`` is nobody in particular."""
    author = event.created_by.person or event.mailbox
    return author is None or author == person


def is_veiled(event: Event, person: Person | None) -> bool:
    """Whether somebody sees of the whole event only when it is."""
    return _is_secret(event.content) and not is_authors(event, person)


def has_secrets(event: Event) -> bool:
    """Whether anything of an event is private, so that it matters who looks at it."""
    content = event.content
    if content.sensitivity is Sensitivity.NORMAL and not content.exceptions:
        return False  # as nearly always; a month may hold hundreds
    changed = (each.content for each in content.exceptions if each.content is not None)
    return _is_secret(content) or any(map(_is_secret, changed))


def seen_by(event: Event, person: Person | None) -> Event:
    """Return an event as somebody may see it; of a series also single dates may be private.

    What is veiled says so by its mirror: it is read only, for :attr:`ReadOnlyReason.PRIVATE`.
    """
    if not has_secrets(event) or is_authors(event, person):
        return event
    content = event.content
    if _is_secret(content):
        return replace(busy_only(event), mirror=_VEILED)
    exceptions = tuple(map(_exception_seen, content.exceptions))
    return replace(event, content=replace(content, exceptions=exceptions))


def all_seen_by(events: Iterable[Event], person: Person | None) -> list[Event]:
    """Return events as somebody may see them."""
    return [seen_by(event, person) for event in events]


def one_seen_by(one: Occurrence, person: Person | None) -> Occurrence:
    """Return an occurrence as somebody may see it: the same object, where nothing is hidden."""
    event = seen_by(one.event, person)
    is_secret = _is_secret(one.written)
    if event is one.event and (not is_secret or is_authors(event, person)):
        return one
    is_open = not is_secret and not is_veiled(one.event, person)
    return one._replace(event=event, written=one.written if is_open else _bare(one.written))


def busy_only(event: Event) -> Event:
    """Return an event that says when, and no more."""
    return replace(
        event,
        content=time_alone(event.content),
        created_by=_NOBODY,
        updated_by=_NOBODY,
        mirror=None,
        uid="",
        lines=(),
    )


def time_alone(content: EventContent) -> EventContent:
    """Return what a content says of when it is, and no more; so of each of its dates."""
    exceptions = tuple(
        replace(each, content=each.content and _bare(each.content)) for each in content.exceptions
    )
    return replace(_bare(content), rule=content.rule, exceptions=exceptions)


def is_bare(content: EventContent) -> bool:
    """Whether it tells a time and no more: its title is nobody's then, but :data:`BUSY`."""
    if content.title != BUSY:
        return False
    return content == replace(_bare(content), rule=content.rule, exceptions=content.exceptions)


def in_words(event: Event, busy: str) -> Event:
    """Return an event as it is written for somebody, with ``busy`` where it tells a time alone."""
    content = content_in_words(event.content, busy)
    return event if content is event.content else replace(event, content=content)


def laid_open(content: EventContent) -> EventContent:
    """Return what somebody says of an event that is not their own: no part of it is private."""
    exceptions = tuple(
        replace(each, content=each.content and laid_open(each.content))
        for each in content.exceptions
    )
    return replace(content, sensitivity=Sensitivity.NORMAL, exceptions=exceptions)


def content_in_words(content: EventContent, busy: str) -> EventContent:
    """Return the content of an event as :func:`in_words` has it."""
    told = tuple(
        replace(each, content=each.content and content_in_words(each.content, busy))
        for each in content.exceptions
    )
    if told != content.exceptions:
        content = replace(content, exceptions=told)
    return replace(content, title=busy) if is_bare(content) else content


def _is_secret(content: EventContent) -> bool:
    return content.sensitivity is not Sensitivity.NORMAL


def _exception_seen(exception: SeriesException) -> SeriesException:
    content = exception.content
    if content is None or not _is_secret(content):
        return exception
    return replace(exception, content=_bare(content))


def _bare(content: EventContent) -> EventContent:
    return EventContent(title=BUSY, when=content.when, show_as=content.show_as)
