"""Times that are proposed for a meeting; pressing one opens the form of the event, filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from cards.buttons import press
from cards.elements import ActionSet, Card, Element, card, words
from cards.events.event_actions import EventNew
from cards.events.event_values import form_values
from cards.parts import fold, heading, small
from cards.viewer import Reader
from cards.views.basis import Basis, basis_lines
from cards.views.time_actions import FreeBusyShow, TimesFind
from cards.when import day_short, days_between, time_short, zone_name
from cards.wording import count, say
from services.model.availability import Proposal
from services.model.books import Book, Role
from services.model.events import EventContent
from services.model.settings import View
from services.model.spans import stepped
from services.model.times import Timed

__all__ = ["proposals_card"]


def proposals_card(
    proposals: Sequence[Proposal],
    basis: Basis,
    shown: TimesFind,
    book: Book,
    reader: Reader,
    *,
    today: date,
    shared: bool,
) -> Card:
    """Return the proposals.

    Args:
        proposals: in order of time.
        basis: on what they rest.
        shown: what was asked for.
        book: the calendar in which the event would be.
        reader: for whom; times are in their zone.
        today: the reader's present day.
        shared: whether others see the message, so that Outlook is asked for oneself alone.
    """
    language, first = reader.language, shown.first or today
    title = count(language, "Times for {n} minute", "Times for {n} minutes", shown.minutes)
    span = days_between(first, first + timedelta(days=shown.days - 1), language)
    if reader.names_zone:
        span = f"{span} · {zone_name(reader.zone, language)}"
    names = [diary.name for diary in basis.known.diaries]
    body: list[Element] = [heading(title), small(span), *basis_lines(basis, language)]
    can_make = reader.may(Role.CONTRIBUTOR) and not book.archived
    for proposal in proposals:
        body += _row(proposal, names, book, reader, can_make=can_make)
    if not proposals:
        body.append(words(_none(names, language), spacing="medium"))
    return card(
        body, _buttons(shown, first, reader, shared), language=language, fallback=f"{title}, {span}"
    )


def _none(names: Sequence[str], language: str) -> str:
    if not names:
        return say(language, "Please say who is to come: “find a time with Ines and Omar”.")
    return say(language, "There is no time within everybody's working hours.")


def _row(
    proposal: Proposal, names: Sequence[str], book: Book, reader: Reader, *, can_make: bool
) -> list[Element]:
    start, end = proposal.start.astimezone(reader.zone), proposal.end.astimezone(reader.zone)
    language = reader.language
    begins, ends = (time_short(at.timetz(), language) for at in (start, end))
    said = f"{day_short(start.date(), language)}, {begins}\N{EN DASH}{ends}"
    note = small(_who(proposal, language), spacing="small" if can_make else "none")
    if not can_make:
        return [words(said, weight="bolder", spacing="medium"), note]
    title = say(language, "Meeting: {names}", names=fold(", ".join(names), 120))
    content = EventContent(title=title, when=Timed(start, end), reminder_minutes=15)
    values = form_values(content, reader.zone)
    button = press(EventNew(book.id), said, typed=values)
    return [ActionSet(actions=[button], spacing="medium"), note]


def _who(proposal: Proposal, language: str) -> str:
    if proposal.suits_all:
        return say(language, "Everybody is free.")
    parts = []
    if proposal.busy:
        parts.append(say(language, "Without {names}.", names=", ".join(proposal.busy)))
    if proposal.tentative:
        names = ", ".join(proposal.tentative)
        parts.append(say(language, "Perhaps something else: {names}.", names=names))
    return " ".join(parts)


def _buttons(shown: TimesFind, first: date, reader: Reader, shared: bool) -> list[Element]:
    language = reader.language
    later = replace(shown, first=stepped(View.AGENDA, first, 1, days=shown.days))
    free = FreeBusyShow(shown.book, shown.first, shown.who, shown.live)
    buttons: list[Element] = [
        press(later, say(language, "Later")),
        press(free, say(language, "Free and busy")),
    ]
    if shared and not shown.live:
        buttons.append(press(replace(shown, live=True), say(language, "Ask Outlook")))
    return buttons
