"""When several people are free on a day: a row of hours for each, and their busy times in words.

An hour is one sign, not one colour, and takes so little room that ten of them fit on a phone. Who
cannot see the signs hears the words below them, which are exact to the minute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from cards.buttons import press
from cards.elements import Card, Column, ColumnSet, Element, TextBlock, card, words
from cards.parts import fold, heading, small
from cards.viewer import Reader
from cards.views.basis import Basis, basis_lines
from cards.views.time_actions import FreeBusyShow, TimesFind
from cards.when import day_long, time_short, zone_name
from cards.wording import say
from services.model.availability import Diary, state_at
from services.model.events import ShowAs
from services.model.settings import View
from services.model.spans import stepped

__all__ = ["MOST_PEOPLE", "free_busy_card"]

SIGNS = {
    ShowAs.FREE: "·",
    ShowAs.ELSEWHERE: "\N{NORTH EAST ARROW}",
    ShowAs.TENTATIVE: "?",
    ShowAs.BUSY: "\N{BLACK CIRCLE}",
    ShowAs.AWAY: "\N{MULTIPLICATION X}",
}
PARTLY, OFF = "\N{CIRCLE WITH LEFT HALF BLACK}", "\N{EN DASH}"
STATES = {
    ShowAs.BUSY: "busy",
    ShowAs.TENTATIVE: "tentative",
    ShowAs.AWAY: "away",
    ShowAs.ELSEWHERE: "elsewhere",
}
LEGEND = (
    "{free} free  {busy} busy  {partly} partly  {tentative} tentative  {away} away  "
    "{elsewhere} elsewhere  {off} off work"
)
USUAL = range(8, 18)
MOST_HOURS = 12
MOST_PEOPLE = 8
"""More would not fit into a message of Teams."""
HOUR = timedelta(hours=1)


def free_busy_card(
    basis: Basis, shown: FreeBusyShow, reader: Reader, *, today: date, shared: bool
) -> Card:
    """Return the day of several people.

    Args:
        basis: what is known of them.
        shown: which day, of whom.
        reader: for whom; times are in their zone.
        today: the reader's present day.
        shared: whether others see the message, so that Outlook is asked for oneself alone.
    """
    language, day = reader.language, shown.first or today
    title = say(language, "Free and busy")
    span = day_long(day, language)
    if reader.names_zone:
        span = f"{span} · {zone_name(reader.zone, language)}"
    hours = _hours(basis.known.diaries, day, reader)
    people = [row for diary in basis.known.diaries for row in _person(diary, hours, reader)]
    body: list[Element] = [heading(title), small(span), *basis_lines(basis, language)]
    if people:
        body += [_clock(hours), *people]
        body.append(small(_legend(language), spacing="medium"))
    return card(
        body, _buttons(shown, day, reader, shared), language=language, fallback=f"{title}, {span}"
    )


def _legend(language: str) -> str:
    signs = {state.value: sign for state, sign in SIGNS.items()}
    return say(language, LEGEND, partly=PARTLY, off=OFF, **signs)


def _hours(diaries: Sequence[Diary], day: date, reader: Reader) -> list[datetime]:
    """Return the hours that are drawn: those in which anybody works, at most twelve."""
    first, last = USUAL.start, USUAL.stop
    midnight = datetime.combine(day, time(), reader.zone)
    for diary in diaries:
        offset = _offset(diary, midnight)
        first = min(first, max(0, (diary.hours.opens - offset) // 60))
        last = max(last, min(24, -((offset - diary.hours.closes) // 60)))
    last = min(last, first + MOST_HOURS)
    return [midnight.replace(hour=hour) for hour in range(first, last)]


def _offset(diary: Diary, midnight: datetime) -> int:
    """Return by how many minutes somebody's clock is ahead of the reader's."""
    theirs = midnight.astimezone(diary.hours.zone).replace(tzinfo=UTC)
    return int((theirs - midnight.replace(tzinfo=UTC)).total_seconds()) // 60


def _clock(hours: Sequence[datetime]) -> Element:
    columns = [_cell(str(hour.hour), subtle=True) for hour in hours]
    return ColumnSet(columns=columns, spacing="medium")


def _cell(text: str, *, subtle: bool = False) -> Column:
    sign = TextBlock(text=text, align="center", size="small", subtle=subtle or None)
    return Column(items=[sign], width="stretch", spacing="none")


def _person(diary: Diary, hours: Sequence[datetime], reader: Reader) -> Iterator[Element]:
    yield words(fold(diary.name, 60), weight="bolder", spacing="medium")
    signs = [_sign(diary, hour.astimezone(UTC)) for hour in hours]
    yield ColumnSet(columns=[_cell(sign, subtle=sign == OFF) for sign in signs], spacing="small")
    yield small(_busy(diary, hours, reader), spacing="small")


def _sign(diary: Diary, start: datetime) -> str:
    """Return the sign of an hour: what holds for all of it, or that it is taken in part."""
    half = start + HOUR / 2
    first, second = state_at(diary, start, half), state_at(diary, half, half + HOUR / 2)
    if first is second:
        is_off = first is ShowAs.FREE and not diary.hours.hold(start, start + HOUR)
        return OFF if is_off else SIGNS[first]
    return PARTLY


def _busy(diary: Diary, hours: Sequence[datetime], reader: Reader) -> str:
    """Return the times in words: ``busy 10:00-11:30, 13:00-14:00; away from 15:00``."""
    language = reader.language
    midnight = hours[0].replace(hour=0)
    start, end = midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC)
    said = []
    for state, name in STATES.items():
        spans = list(_merged(diary, state, start, end))
        if spans:
            times = ", ".join(_span(one, (start, end), reader) for one in spans)
            said.append(f"{say(language, name)} {times}")
    return "; ".join(said) or say(language, "nothing is planned")


def _merged(
    diary: Diary, state: ShowAs, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches of a day in which somebody is in a state."""
    now: tuple[datetime, datetime] | None = None
    for block in diary.blocks:
        if block.show_as is not state or block.end <= start or block.start >= end:
            continue
        begins, ends = max(block.start, start), min(block.end, end)
        if now and begins <= now[1]:
            now = now[0], max(now[1], ends)
            continue
        if now:
            yield now
        now = begins, ends
    if now:
        yield now


def _span(span: tuple[datetime, datetime], day: tuple[datetime, datetime], reader: Reader) -> str:
    if span == day:
        return say(reader.language, "all day")
    begins, ends = (time_short(at.astimezone(reader.zone).timetz(), reader.language) for at in span)
    return f"{begins}\N{EN DASH}{ends}"


def _buttons(shown: FreeBusyShow, day: date, reader: Reader, shared: bool) -> list[Element]:
    language = reader.language
    find = TimesFind(shown.book, shown.first, who=shown.who, live=shown.live)
    buttons: list[Element] = [
        press(replace(shown, first=stepped(View.DAY, day, -1)), say(language, "Earlier")),
        press(replace(shown, first=None), say(language, "Today")),
        press(replace(shown, first=stepped(View.DAY, day, 1)), say(language, "Later")),
        press(find, say(language, "Find a time")),
    ]
    if shared and not shown.live:
        buttons.append(press(replace(shown, live=True), say(language, "Ask Outlook")))
    return buttons
