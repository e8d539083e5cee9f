"""What an import would write: a file that was read, held against the calendar as it is. Pure.

An event is known again by its UID: the id that we gave it (a file of ours comes home), or one that
follows from the UID it came with. What is there already, just so, is left alone; what differs is
changed, what is in the recycle bin comes back; what the file calls off goes. What people may not
change here, or this person may not, is told as a trouble.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any, Generic, TypeVar

from services.events.event_checks import MAX_PLACE, MAX_TEXT, MAX_TITLE, tidy_event
from services.ids import id_of
from services.model.books import BookId
from services.model.contacts import Contact, PhotoId
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import Author, Event, EventContent, EventId, SeriesException
from services.model.imports import Double, Imported, Incoming, Reading, Snag, Trouble
from services.model.team_fields import with_unsaid
from services.model.veil import is_authors, laid_open

__all__ = ["Plan", "ids_in", "plan_import"]

SNAGS = {
    Wrong.TOO_LONG: Snag.TOO_LONG,
    Wrong.ENDS_BEFORE_START: Snag.ENDS_BEFORE_START,
    Wrong.OUT_OF_RANGE: Snag.OUT_OF_RANGE,
    Wrong.MISSING: Snag.NO_TITLE,
}
_QUOTED = 100
_CREATED = "CREATED:"


T = TypeVar("T", bound=Event | Contact)


@dataclass(frozen=True, slots=True)
class Plan(Generic[T]):
    """The writes of an import: what is there, and what shall be."""

    new: Sequence[T]
    changed: Sequence[tuple[T, T]]
    gone: Sequence[tuple[T, T]]
    same: int
    troubles: Sequence[Trouble]
    doubles: Sequence[Double] = ()
    """What is likely there already under another name, however it was dealt with."""
    dropped: int = 0
    """How many of those are left out."""
    pictures: Mapping[PhotoId, bytes] = field(default_factory=dict)
    """PNGs that contacts of the file bring along."""
    name: str = ""
    """What the file calls itself."""
    notes: tuple[str, ...] = ()
    """How it was read, see :class:`~services.model.imports.Reading`."""

    @property
    def number(self) -> int:
        """How many writes there are."""
        return len(self.new) + len(self.changed) + len(self.gone)

    @property
    def writes(self) -> Iterator[tuple[T | None, T]]:
        """All of them, as the ledger takes them, one after the other."""
        return chain(((None, each) for each in self.new), self.changed, self.gone)

    @property
    def outcome(self) -> Imported:
        """What it comes to, in numbers."""
        left_out = sum(trouble.skipped for trouble in self.troubles) + self.dropped
        return Imported(len(self.new), len(self.changed), self.same, len(self.gone), left_out)


def ids_in(reading: Reading[EventContent], book: BookId) -> set[str]:
    """Return every id under which something of the file may be in the calendar."""
    uids = [*(item.uid for item in reading.items), *reading.cancelled]
    return {id for uid in uids for id in _ids(uid, book)}


def plan_import(
    reading: Reading[EventContent],
    book: BookId,
    known: Mapping[str, Event],
    *,
    author: Author,
    now: datetime,
    may_change: Callable[[Event], bool],
    feed: str = "",
) -> Plan[Event]:
    """Return what to write.

    Args:
        reading: the file.
        book: the calendar.
        known: by id, what is there of :func:`ids_in`, tombstones too.
        author: who imports.
        now: the time of the writes.
        may_change: whether the author may change an event.
        feed: the subscription that the file is of, if it is one.
    """
    planner = _Planner(book, known, author, now, may_change, feed)
    for item in reading.items:
        planner.take(item)
    for uid in reading.cancelled:
        planner.call_off(uid)
    troubles = (*reading.troubles, *planner.troubles)
    return Plan(
        tuple(planner.new),
        tuple(planner.changed),
        tuple(planner.gone),
        planner.same,
        tuple(sorted(troubles, key=lambda trouble: trouble.row)),
        name=reading.name,
        notes=reading.notes,
    )


class _Planner:
    """Decides what becomes of each item; see :func:`plan_import`."""

    def __init__(
        self,
        book: BookId,
        known: Mapping[str, Event],
        author: Author,
        now: datetime,
        may_change: Callable[[Event], bool],
        feed: str,
    ) -> None:
        self._book = book
        self._known = known
        self._author = author
        self._now = now
        self._may_change = may_change
        self._feed = feed
        self.new: list[Event] = []
        self.changed: list[tuple[Event, Event]] = []
        self.gone: list[tuple[Event, Event]] = []
        self.troubles: list[Trouble] = []
        self.same = 0

    def take(self, item: Incoming[EventContent]) -> None:
        """Hold an item of the file against what is there of it."""
        there = self._there(item.uid)
        content, trouble = _fitting(item, there, self._author)
        if trouble is not None:
            self.troubles.append(trouble)
        if content is None:
            return
        if there is None:
            self.new.append(self._made(item, content))
        elif not self._is_ours(there):
            self.troubles.append(_trouble(item, Snag.READ_ONLY))
        elif _is_same(there, content, item):
            self.same += 1
        else:
            touched = self._touched(there, content=content, deleted_at=None, went_to=None)
            self.changed.append((there, replace(touched, lines=_lines(item, there))))

    def call_off(self, uid: str) -> None:
        """Delete what the file says is cancelled, where it is there and ours to delete."""
        there = self._there(uid)
        if there is not None and there.deleted_at is None and self._is_ours(there):
            self.gone.append((there, self._touched(there, deleted_at=self._now)))

    def _there(self, uid: str) -> Event | None:
        return next((self._known[id] for id in _ids(uid, self._book) if id in self._known), None)

    def _is_ours(self, there: Event) -> bool:
        """Whether this import may change an event: one of its own kind, and nobody's meeting."""
        return there.feed == self._feed and there.mirror is None and self._may_change(there)

    def _made(self, item: Incoming[EventContent], content: EventContent) -> Event:
        return Event(
            id=EventId(_ids(item.uid, self._book)[1]),
            book=self._book,
            content=content,
            created_by=self._author,
            created_at=self._now,
            updated_by=self._author,
            updated_at=self._now,
            uid=item.uid,
            lines=item.lines,
            feed=self._feed,
        )

    def _touched(self, event: Event, **changes: Any) -> Event:
        return replace(event, updated_by=self._author, updated_at=self._now, **changes)


def _ids(uid: str, book: BookId) -> tuple[str, str]:
    return uid, id_of("event", book, "uid", uid)


def _is_same(there: Event, content: EventContent, item: Incoming[EventContent]) -> bool:
    is_alive = there.deleted_at is None
    return is_alive and there.content == content and there.lines == _lines(item, there)


def _lines(item: Incoming[EventContent], there: Event) -> tuple[str, ...]:
    """Return the lines to be kept; when one of ours was made is known without the file."""
    if any(line.startswith(_CREATED) for line in there.lines):
        return item.lines
    return tuple(line for line in item.lines if not line.startswith(_CREATED))


def _fitting(
    item: Incoming[EventContent], there: Event | None, author: Author
) -> tuple[EventContent | None, Trouble | None]:
    """Return the content as it can be kept, and what had to be told about it."""
    content = item.content
    short = _shortened(content)
    trouble = None if short == content else _trouble(item, Snag.TOO_LONG, skipped=False)
    try:
        if there is not None:
            if not there.feed:  # which says all that there is to know
                short = with_unsaid(short, there.content)
            if not is_authors(there, author.person):
                short = laid_open(short)
        tidied = tidy_event(short, there.content if there else None)
        if tidied.exceptions:
            tidied = replace(tidied, exceptions=tuple(_exceptions(tidied.exceptions)))
    except InvalidInput as err:
        return None, _trouble(item, _snag(err.problems[0]))
    return tidied, trouble


def _shortened(content: EventContent) -> EventContent:
    """Return the content within the limits; what is cut off a title is kept in the text."""
    title, text = content.title, content.text
    if len(title) > MAX_TITLE:
        title, text = title[: MAX_TITLE - 1].rstrip() + "…", f"{title}\n{text}".strip()
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 1].rstrip() + "…"
    if (title, text) == (content.title, content.text) and len(content.place) <= MAX_PLACE:
        return content
    return replace(content, title=title, text=text, place=content.place[:MAX_PLACE])


def _exceptions(exceptions: Iterable[SeriesException]) -> Iterable[SeriesException]:
    for each in exceptions:
        content = each.content
        yield each if content is None else replace(each, content=tidy_event(_shortened(content)))


def _snag(problem: Problem) -> Snag:
    if problem.field in ("repeats", "until"):
        return Snag.UNKNOWN_RULE
    if problem.field == "title":
        return SNAGS.get(problem.wrong, Snag.OTHER)
    return Snag.OTHER if problem.wrong is Wrong.MISSING else SNAGS.get(problem.wrong, Snag.OTHER)


def _trouble(item: Incoming[EventContent], snag: Snag, *, skipped: bool = True) -> Trouble:
    return Trouble(item.row, item.content.title[:_QUOTED], snag, skipped)
