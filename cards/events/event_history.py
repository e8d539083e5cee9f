"""Who has changed what of an event, from what to what, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import press
from cards.colors import color_name
from cards.elements import Card, Element, card, words
from cards.events.choices import before, important, shown_as
from cards.events.event_actions import EventDetails
from cards.events.event_face import place_in, who
from cards.events.event_title import title_of, titled
from cards.events.repeats import in_words
from cards.events.transfer_actions import EventHistory
from cards.parts import fold, heading, small
from cards.viewer import Reader
from cards.when import describe, moment
from cards.wording import count, say
from services.model.books import Book
from services.model.deeds import Deed
from services.model.event_changes import Change
from services.model.events import Event, EventContent, Sensitivity

__all__ = ["history_card"]

MOST = 12
LETTERS = 120
DEEDS = {
    Deed.CREATED: "{name} made it",
    Deed.CHANGED: "{name} changed it",
    Deed.DELETED: "{name} deleted it",
    Deed.RESTORED: "{name} brought it back",
    Deed.MOVED: "{name} moved it to another calendar",
}
LABELS = {
    "title": "Title",
    "when": "When",
    "place": "Place",
    "text": "Notes",
    "rule": "Repeats",
    "exceptions": "Single dates",
    "show_as": "Show as",
    "sensitivity": "Sensitivity",
    "reminder_minutes": "Reminder",
    "importance": "Importance",
    "tags": "Tags",
    "color": "Color",
    "emoji": "Emoji",
    "meeting_url": "Link to the meeting",
    "links": "Links",
    "people": "People",
}
NOTHING = "\N{EM DASH}"


def history_card(
    event: Event, changes: Sequence[Change], book: Book, reader: Reader, asked: EventHistory
) -> Card:
    """Return the history of an event.

    Args:
        event: whose.
        changes: the newest first.
        book: its calendar.
        reader: for whom.
        asked: what asked for it; it says where *Back* leads.
    """
    language = reader.language
    title = say(language, "History")
    body: list[Element] = [
        small(place_in(book, reader)),
        heading(title, spacing="none"),
        words(titled(event.content, 200, language), weight="bolder", spacing="small"),
    ]
    for change in changes[:MOST]:
        body += _change(change, reader)
    if len(changes) > MOST:
        body.append(small(count(language, "And one more", "And {n} more", len(changes) - MOST)))
    details = EventDetails(event.book, event.id, asked.original or "", asked.back)
    back = press(details, say(language, "Back"))
    fallback = f"{title}: {title_of(event.content, language)}"
    return card(body, [back], language=language, fallback=fallback)


def _change(change: Change, reader: Reader) -> list[Element]:
    language = reader.language
    name = who(change.by, language)
    lines: list[Element] = [
        words(say(language, DEEDS[change.deed], name=name), spacing="medium"),
        small(moment(change.at, reader)),
    ]
    if change.before is not None:
        lines += [_field(name, change.before, change.after, reader) for name in change.fields]
    return lines


def _field(name: str, was: EventContent, now: EventContent, reader: Reader) -> Element:
    label = say(reader.language, LABELS[name])
    if name in ("text", "exceptions"):  # too long to be told side by side
        return words(say(reader.language, "{field} changed", field=label), spacing="none")
    old, new = _said(name, was, reader), _said(name, now, reader)
    arrow = "\N{RIGHTWARDS ARROW}"
    return words(f"{label}: {old or NOTHING} {arrow} {new or NOTHING}", spacing="none")


def _said(name: str, content: EventContent, reader: Reader) -> str:
    """Return the value of a field in words."""
    language = reader.language
    match name:
        case "title":
            return fold(title_of(content, language), LETTERS)
        case "when":
            return describe(content.when, reader)
        case "rule":
            return in_words(content.rule, language) if content.rule else ""
        case "show_as":
            return shown_as(content.show_as, language)
        case "importance":
            return important(content.importance, language)
        case "sensitivity":
            is_open = content.sensitivity is Sensitivity.NORMAL
            return say(language, "Normal") if is_open else say(language, "Private")
        case "reminder_minutes":
            minutes = content.reminder_minutes
            return "" if minutes is None else before(minutes, language)
        case "color":
            return color_name(content.color, language)
        case "tags":
            return fold(", ".join(content.tags), LETTERS)
        case "links":
            return fold(", ".join(each.name or each.url for each in content.links), LETTERS)
        case "people":
            return fold(", ".join(each.name for each in content.people), LETTERS)
        case _:
            return fold(str(getattr(content, name)), LETTERS)
