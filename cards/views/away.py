"""Who is away, or works elsewhere: person by person, with the days of each absence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cards.buttons import press, tap
from cards.elements import Card, Column, ColumnSet, Element, card, words
from cards.events.event_actions import EventDetails
from cards.events.event_title import titled
from cards.parts import TOUCHED, fold, heading, small
from cards.viewer import Reader
from cards.views.find_actions import AwayShow
from cards.when import days_between, describe, zone_name
from cards.wording import say
from services.model.events import Occurrence, ShowAs
from services.model.settings import View
from services.model.spans import stepped

__all__ = ["Out", "away_card"]

MOST_PEOPLE = 12
MOST_EACH = 3
STATES = {ShowAs.AWAY: "away", ShowAs.ELSEWHERE: "elsewhere"}


@dataclass(frozen=True, slots=True)
class Out:
    """Somebody, and what says that they are out."""

    name: str
    """Empty = nobody knows whose it is."""
    occurrences: Sequence[Occurrence]


def away_card(people: Sequence[Out], shown: AwayShow, reader: Reader, *, today: date) -> Card:
    """Return the list.

    Args:
        people: by name.
        shown: which days, of which calendar.
        reader: for whom.
        today: the reader's present day.
    """
    language, first = reader.language, shown.first or today
    here = replace(shown, first=first)
    title = say(language, "Who is away")
    span = days_between(first, first + timedelta(days=shown.days - 1), language)
    if reader.names_zone:
        span = f"{span} · {zone_name(reader.zone, language)}"
    body: list[Element] = [heading(title), small(span)]
    for one in people[:MOST_PEOPLE]:
        body += _person(one, here, reader)
    if len(people) > MOST_PEOPLE:
        rest = ", ".join(fold(one.name, 60) for one in people[MOST_PEOPLE:] if one.name)
        body.append(small(say(language, "And: {names}", names=fold(rest, 500)), spacing="medium"))
    if not people:
        everybody = say(language, "Nobody is away, as far as the calendar says.")
        body.append(words(everybody, subtle=True, spacing="large"))
    buttons: list[Element] = [
        press(_moved(here, -1), say(language, "Earlier")),
        press(replace(here, first=None), say(language, "Today")),
        press(_moved(here, 1), say(language, "Later")),
    ]
    return card(body, buttons, language=language, fallback=f"{title}, {span}")


def _person(one: Out, here: AwayShow, reader: Reader) -> list[Element]:
    name = fold(one.name, 80) or say(reader.language, "Somebody")
    rows = [_absence(occurrence, here, reader) for occurrence in one.occurrences[:MOST_EACH]]
    more = len(one.occurrences) - MOST_EACH
    if more > 0:
        rows.append(small(say(reader.language, "and {n} more", n=more)))
    return [words(name, weight="bolder", spacing="medium"), *rows]


def _absence(occurrence: Occurrence, here: AwayShow, reader: Reader) -> Element:
    occurrence = reader.sees(occurrence)
    content, event = occurrence.content, occurrence.event
    when, title = describe(content.when, reader), titled(content, 120, reader.language)
    state = say(reader.language, STATES[content.show_as])
    original = occurrence.original.isoformat() if occurrence.original else ""
    details = EventDetails(event.book, event.id, original, here)
    line = Column(items=[small(f"{when} · {state} · {title}")], width="stretch")
    return ColumnSet(
        columns=[line], spacing="none", min_height=TOUCHED, action=tap(details, f"{when} {title}")
    )


def _moved(here: AwayShow, by: int) -> AwayShow:
    first = here.first or date.min
    return replace(here, first=stepped(View.AGENDA, first, by, days=here.days))
