"""What somebody wants to hear of a calendar: the form, its reading, and what leads to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from cards.buttons import press, window
from cards.elements import Card, Choice, Element, Toggle, card, words
from cards.events.choices import before
from cards.form import Form, Mode, side_by_side
from cards.parts import fold, heading, small
from cards.submitted import Submitted
from cards.text import clean
from cards.viewer import Reader
from cards.watching.watch_actions import WatchEdit, WatchSave, WatchShow
from cards.when import time_short, weekday_long
from cards.wording import say
from services.model.books import Book, BookKind
from services.model.errors import Problem, Wrong
from services.model.recurrence import Weekday
from services.model.watching import Changes, Digest, Wishes

__all__ = [
    "FIELDS",
    "read_watch_form",
    "typed_wishes",
    "watch_card",
    "watch_form",
    "wish_values",
]

MOST = 6
"""Buttons that a card shows; the others are in its menu."""
NAME = 60
YES, NO, NONE = "true", "false", "none"
FIELDS = (
    *("changes", "as_event_says", "reminder_1", "reminder_2"),
    *("digest", "digest_hour", "digest_day", "quiet_from", "quiet_until", "in_feed"),
)
MINUTES = (0, 5, 10, 15, 30, 60, 120, 1_440, 2_880, 10_080)
CHANGES = {
    Changes.NONE: "No changes",
    Changes.MINE: "Changes of events that I made",
    Changes.ALL: "All changes",
}
OF_CONTACTS = {Changes.MINE: "Changes of contacts that I made"}
DIGEST = {
    Digest.NEVER: "Never",
    Digest.DAILY: "Every day",
    Digest.WORKDAYS: "Monday to Friday",
    Digest.WEEKLY: "Once a week",
}


def watch_card(
    books: Sequence[Book], place: Book | None, reader: Reader, *, said: str = ""
) -> Card:
    """Return the calendars of which somebody may choose what to hear.

    Args:
        books: the calendars, named.
        place: the calendar of the conversation in which this was asked, where there is one.
        reader: who asked, or everyone there.
        said: a sentence on top, such as "Saved.".
    """
    language = reader.language
    title = say(language, "Notifications")
    told = say(
        language,
        "Each person chooses for each calendar: news of changes, reminders, a digest, quiet hours. "
        "Nobody is told of a team's calendar unasked.",
    )
    body: list[Element] = [
        *([words(said, color="good", weight="bolder")] if said else []),
        heading(title),
        words(told),
    ]
    if place is not None:
        buttons = [
            press(WatchEdit(place.id), say(language, "For me"), main=True),
            press(WatchEdit(place.id, everyone=True), say(language, "For everybody here")),
            window(WatchEdit(place.id), say(language, "For me, in a window")),
        ]
        return card(body, buttons, language=language, fallback=title)
    buttons = [
        press(WatchEdit(book.id), fold(clean(book.name), NAME), more=number >= MOST)
        for number, book in enumerate(books)
    ]
    return card(body, buttons, language=language, fallback=title)


def watch_form(
    save: WatchSave,
    values: Mapping[str, str],
    book: Book,
    reader: Reader,
    *,
    problems: Sequence[Problem] = (),
    mode: Mode = Mode.CHAT,
    said: str = "",
) -> Card:
    """Return the form.

    Args:
        save: what its button does.
        values: what stands in it: :func:`wish_values`, or what was typed.
        book: the calendar, named.
        reader: who fills it in.
        problems: what is wrong with the values.
        mode: in the chat or in a dialog.
        said: a sentence about the whole form.
    """
    language = reader.language
    form = Form(values, problems, language)
    everyone = say(language, "For everybody in the conversation of this calendar.")
    if book.kind is BookKind.CONTACTS:
        everyone = say(language, "For everybody in the conversation of this contact list.")
    hours = [Choice(title=time_short(time(hour), language), value=str(hour)) for hour in range(24)]
    never = Choice(title=say(language, "None"), value=NONE)
    inputs: list[Element] = [
        small(book.name),
        *([small(everyone)] if save.everyone else []),
        *form.choose("changes", say(language, "News"), _changes(save, book, language)),
        *(_of_events(form, values, hours) if book.kind is BookKind.CALENDAR else ()),
        side_by_side(
            form.choose("quiet_from", say(language, "Quiet from"), [never, *hours]),
            form.choose("quiet_until", say(language, "Until"), hours),
        ),
        small(
            say(
                language,
                "News waits until the quiet hours are over. Reminders and lists come when they "
                "were asked for.",
            )
        ),
        *([] if save.everyone else _in_feed(values, language)),
    ]
    return form.drawn(
        say(language, "Notifications"),
        inputs,
        save=save,
        button=say(language, "Save"),
        cancel=WatchShow(),
        mode=mode,
        said=said,
    )


def _in_feed(values: Mapping[str, str], language: str) -> list[Element]:
    return [
        Toggle(
            id="in_feed",
            title=say(language, "Under Activity in Teams instead of in our chat"),
            wrap=True,
            value=YES if values.get("in_feed") == YES else NO,
            spacing="medium",
        ),
        small(
            say(
                language,
                "Where your organisation has not allowed that, all of it comes in our chat.",
            )
        ),
    ]


def _of_events(form: Form, values: Mapping[str, str], hours: list[Choice]) -> list[Element]:
    """Return the inputs for what has an hour: a contact list has none of them."""
    language = form.language
    days = [Choice(title=weekday_long(day, language), value=str(int(day))) for day in Weekday]
    return [
        Toggle(
            id="as_event_says",
            title=say(language, "Reminders as each event says"),
            value=YES if values.get("as_event_says") == YES else NO,
            spacing="medium",
        ),
        side_by_side(
            form.choose("reminder_1", say(language, "And for every event"), _minutes(language)),
            form.choose("reminder_2", say(language, "And once more"), _minutes(language)),
        ),
        *form.choose("digest", say(language, "A list of what is on"), _digests(language)),
        side_by_side(
            form.choose("digest_hour", say(language, "At"), hours),
            form.choose("digest_day", say(language, "The weekly one on"), days),
        ),
    ]


def wish_values(wishes: Wishes) -> dict[str, str]:
    """Return wishes as the strings of a form."""
    first, second, *_ = (*map(str, sorted(wishes.reminders, reverse=True)), NONE, NONE)
    return {
        "changes": wishes.changes.value,
        "as_event_says": YES if wishes.as_event_says else NO,
        "reminder_1": first,
        "reminder_2": second,
        "digest": wishes.digest.value,
        "digest_hour": str(wishes.digest_hour),
        "digest_day": str(int(wishes.digest_day)),
        "quiet_from": NONE if wishes.quiet_from is None else str(wishes.quiet_from),
        "quiet_until": str(wishes.quiet_until),
        "in_feed": YES if wishes.in_feed else NO,
    }


def typed_wishes(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed."""
    return dict(Submitted.of(data, FIELDS).values)


def read_watch_form(data: Mapping[str, Any], kept: Wishes) -> Wishes:
    """Return the wishes that a submitted form describes; ``kept`` is what they were before.

    Raises:
        InvalidInput: something cannot be taken; names each input and what is wrong.
    """
    got = Submitted.of(data, FIELDS)
    reminders = (_number(got, name, MINUTES, None) for name in ("reminder_1", "reminder_2"))
    wishes = Wishes(
        changes=got.choice("changes", Changes, kept.changes),
        as_event_says=(got.raw("as_event_says") or (YES if kept.as_event_says else NO)) == YES,
        reminders=tuple(sorted({each for each in reminders if each is not None}, reverse=True)),
        digest=got.choice("digest", Digest, kept.digest),
        digest_hour=_hour(got, "digest_hour", kept.digest_hour),
        digest_day=Weekday(_number(got, "digest_day", range(7), None) or 0),
        quiet_from=_number(got, "quiet_from", range(24), None),
        quiet_until=_hour(got, "quiet_until", kept.quiet_until),
        in_feed=(got.raw("in_feed") or (YES if kept.in_feed else NO)) == YES,
    )
    return got.settle(wishes)


def _hour(got: Submitted, name: str, kept: int) -> int:
    hour = _number(got, name, range(24), kept)
    return kept if hour is None else hour


def _number(got: Submitted, name: str, allowed: Sequence[int], kept: int | None) -> int | None:
    value = got.raw(name)
    if not value or value == NONE:
        return kept
    if value not in map(str, allowed):
        got.refuse(name, Wrong.NOT_A_CHOICE)
        return kept
    return int(value)


def _changes(save: WatchSave, book: Book, language: str) -> list[Choice]:
    offered = [each for each in Changes if not (save.everyone and each is Changes.MINE)]
    called = CHANGES | (OF_CONTACTS if book.kind is BookKind.CONTACTS else {})
    return [Choice(title=say(language, called[each]), value=each.value) for each in offered]


def _digests(language: str) -> list[Choice]:
    return [Choice(title=say(language, DIGEST[each]), value=each.value) for each in Digest]


def _minutes(language: str) -> list[Choice]:
    none = Choice(title=say(language, "No reminder"), value=NONE)
    return [none, *(Choice(title=before(n, language), value=str(n)) for n in MINUTES)]
