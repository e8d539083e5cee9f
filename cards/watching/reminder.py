"""A reminder: what begins soon, when, where, and a way to be reminded once more.

News of changes and digests are in :mod:`cards.watching.digest`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from cards.buttons import link, press
from cards.elements import Card, Element, card, words
from cards.events.event_actions import AgendaShow, EventDetails
from cards.events.event_title import title_of, titled
from cards.parts import fold, heading, note, small
from cards.viewer import Everyone, Reader
from cards.watching.watch_actions import ReminderSnooze, WatchEdit
from cards.when import describe
from cards.wording import count, say
from services.model.books import Book
from services.model.events import EventContent, Occurrence
from services.model.times import AllDay, bounds

__all__ = ["how_soon", "reminder_card", "snoozed_card"]

MOST = 5
SNOOZE = (5, 15, 60)
TO_GO = timedelta(minutes=90)
"""A place is worth leaving for so long before the start, and not the day before."""
TITLE = 120


def reminder_card(found: Sequence[Occurrence], book: Book, reader: Reader, now: datetime) -> Card:
    """Return the reminder of what begins soon.

    Args:
        found: the soonest first, at least one.
        book: the calendar, named.
        reader: who is reminded, or everyone in the calendar's conversation.
        now: the present.
    """
    language = reader.language
    first = found[0]
    soon = how_soon(first, reader, now)
    title = fold(title_of(first.content, language), TITLE)
    fallback = say(language, "{soon}: {title}", soon=soon, title=title)
    body: list[Element] = [heading(soon)]
    for one in found[:MOST]:
        body += _event(one, reader, now)
    if len(found) > MOST:
        body.append(small(count(language, "And one more", "And {n} more", len(found) - MOST)))
    body.append(small(book.name, spacing="medium"))
    original = first.original.isoformat() if first.original else ""
    buttons = [
        press(EventDetails(book.id, first.event.id, original), say(language, "Details")),
        *_join(first, language),
        *_snooze(first, book, reader),
        press(WatchEdit(book.id), say(language, "Notifications"), more=True),
    ]
    if len(found) > 1:
        buttons[0] = press(AgendaShow(book.id, days=1), say(language, "Show the agenda"))
    return card(body, buttons, language=language, fallback=fallback)


def snoozed_card(content: EventContent, minutes: int, reader: Reader) -> Card:
    """Return that somebody will be reminded of an event once more."""
    language = reader.language
    told = count(
        language,
        "You will be reminded again in one minute: {title}",
        "You will be reminded again in {n} minutes: {title}",
        minutes,
        title=fold(title_of(content, language), TITLE),
    )
    return card([note(told, "good")], language=language, fallback=told)


def how_soon(one: Occurrence, reader: Reader, now: datetime) -> str:
    """Return how long it is until something begins, in words."""
    language = reader.language
    starts, _ = bounds(one.when, reader.zone)
    if isinstance(one.when, AllDay):
        days = (one.when.start - now.astimezone(reader.zone).date()).days
        if days <= 0:
            return say(language, "Today")
        return count(language, "Tomorrow", "In {n} days", days)
    minutes = round((starts - now).total_seconds() / 60)
    if minutes < 0:
        return count(language, "Began a minute ago", "Began {n} minutes ago", -minutes)
    if minutes == 0:
        return say(language, "Begins now")
    if minutes < 60:
        return count(language, "In one minute", "In {n} minutes", minutes)
    hours = round(minutes / 60)
    if hours < 36:
        return count(language, "In one hour", "In {n} hours", hours)
    return count(language, "In one day", "In {n} days", round(hours / 24))


def _event(one: Occurrence, reader: Reader, now: datetime) -> list[Element]:
    language, content = reader.language, one.content
    lines: list[Element] = [
        words(titled(content, TITLE, language), weight="bolder", spacing="medium"),
        words(describe(content.when, reader), spacing="none"),
    ]
    place = content.place.strip()
    if place:
        starts, _ = bounds(content.when, reader.zone)
        is_near = not isinstance(content.when, AllDay) and now <= starts <= now + TO_GO
        if is_near and link(place, "") is None:
            place = say(language, "Time to leave for {place}", place=place)
        lines.append(words(fold(place, TITLE), spacing="none", subtle=True))
    return lines


def _join(one: Occurrence, language: str) -> list[Element]:
    mirror = one.event.mirror.join_url if one.event.mirror else ""
    url = mirror or one.content.meeting_url or one.content.place.strip()
    to_join = link(url, say(language, "Join"))
    return [to_join] if to_join else []


def _snooze(one: Occurrence, book: Book, reader: Reader) -> list[Element]:
    """Return the ways to be reminded once more; a conversation as a whole has none."""
    if isinstance(reader, Everyone):
        return []
    original = one.original.isoformat() if one.original else ""
    return [
        press(
            ReminderSnooze(book.id, one.event.id, original, minutes),
            count(reader.language, "Again in 1 minute", "Again in {n} minutes", minutes),
            more=minutes != SNOOZE[0],
        )
        for minutes in SNOOZE
    ]
