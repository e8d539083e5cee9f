"""The form of a calendar's holidays: of countries and regions, and days off of its own.

Each country that is chosen has a list of its regions to tick; more are added by their names. Own
days are lines of text, as ``2026-12-24 Closed`` or ``2026-12-24 to 2026-12-31 Winter break``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cards.books.calendar_actions import CalendarShow, HolidaysSave
from cards.elements import Card, Choice, ChoiceSet, Element
from cards.form import Form, Mode
from cards.parts import small
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.settings import BookSettings, Holiday, HolidaySet

__all__ = [
    "ADD",
    "OWN",
    "Country",
    "Typed",
    "holiday_values",
    "holidays_form",
    "read_holidays",
    "typed_holidays",
]

ADD, OWN = "holidays_more", "own_holidays"
OF = "holidays of "
LETTERS = 10_000
LONGEST = 62
"""Days of one line."""
ISO = r"\d{4}-\d{2}-\d{2}"
LINE = re.compile(
    rf"(?P<first>{ISO})(?:\s*(?:to|until|[-\u2013])\s*(?P<last>{ISO}))?[\s:,]+(?P<name>\S.*)"
)
PARTS = re.compile(r"\s*[,;\n]\s*")


@dataclass(frozen=True, slots=True)
class Country:
    """A country of which something is chosen, with the names of its regions."""

    code: str
    name: str
    regions: Mapping[str, str]
    """Code to name."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form says."""

    sets: tuple[HolidaySet, ...]
    more: tuple[str, ...]
    """Names of countries and regions to find."""
    own: tuple[Holiday, ...]


def holidays_form(
    book: Book,
    countries: Sequence[Country],
    save: HolidaysSave,
    values: Mapping[str, str],
    reader: Reader,
    *,
    problems: Sequence[Problem] = (),
    mode: Mode = Mode.CHAT,
    said: str = "",
) -> Card:
    """Return the form.

    Args:
        book: the calendar, named.
        countries: those of which something is chosen.
        save: what its button does.
        values: what stands in it.
        reader: an owner.
        problems: what is wrong with the values.
        mode: in the chat or in a dialog.
        said: a sentence about the whole form.
    """
    language = reader.language
    form = Form(values, problems, language)
    hint = say(language, "Germany, Denmark, Bayern, US-CA")
    own = say(language, "Days off of your own")
    own_hint = say(language, "2026-12-24 Closed, one day a line")
    inputs: list[Element] = [
        small(book.name),
        *(one for country in countries for one in _country(form, country)),
        *form.line(ADD, say(language, "Add countries or regions"), most=LETTERS, hint=hint),
        *form.below("holidays"),
        *form.line(OWN, own, most=LETTERS, lines=True, hint=own_hint),
    ]
    return form.drawn(
        say(language, "Holidays"),
        inputs,
        save=save,
        button=say(language, "Save"),
        cancel=CalendarShow(book.id),
        mode=mode,
        said=said,
    )


def holiday_values(settings: BookSettings) -> dict[str, str]:
    """Return what stands in the form."""
    values = {OWN: "\n".join(_lines(settings.own_holidays)), ADD: ""}
    for each in settings.holidays:
        name = f"{OF}{each.country}"
        values[name] = ",".join(filter(None, (values.get(name), _value(each))))
    return values


def typed_holidays(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed."""
    return {
        name: value
        for name, value in data.items()
        if isinstance(value, str) and (name in (ADD, OWN) or name.startswith(OF))
    }


def read_holidays(data: Mapping[str, Any]) -> Typed:
    """Return what a submitted form says; whether places are known is for the service to tell.

    Raises:
        InvalidInput: a line of the own days is none; ``limit`` is its number.
    """
    typed = typed_holidays(data)
    sets = [
        _set(value)
        for name, values in typed.items()
        if name.startswith(OF)
        for value in values.split(",")
        if value.strip()
    ]
    more = filter(None, PARTS.split(typed.get(ADD, "").strip()))
    own = [day for number, line in _numbered(typed.get(OWN, "")) for day in _own(number, line)]
    return Typed(tuple(dict.fromkeys(sets)), tuple(more), tuple(own))


def _country(form: Form, country: Country) -> list[Element]:
    name = f"{OF}{country.code}"
    whole = Choice(title=say(form.language, "The whole country"), value=country.code)
    regions = sorted(country.regions.items(), key=lambda item: item[1])
    choices = [
        whole,
        *(Choice(title=title, value=f"{country.code}-{code}") for code, title in regions),
    ]
    known = {str(choice.value) for choice in choices}
    chosen = [value for value in form.values.get(name, "").split(",") if value in known]
    several = ChoiceSet(
        id=name,
        label=country.name,
        spacing="medium",
        choices=choices,
        value=",".join(chosen) or None,
        several=True,
        style="compact",
    )
    return [several]


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.replace("\r", "\n").split("\n"), start=1):
        if line.strip():
            yield number, line.strip()


def _own(number: int, line: str) -> list[Holiday]:
    found = LINE.fullmatch(line)
    try:
        if found is None:
            raise ValueError(line)
        first = date.fromisoformat(found["first"])
        last = date.fromisoformat(found["last"] or found["first"])
    except ValueError as err:
        raise InvalidInput(Problem(OWN, Wrong.NOT_A_DATE, number)) from err
    if not 0 <= (last - first).days < LONGEST:
        raise InvalidInput(Problem(OWN, Wrong.ENDS_BEFORE_START, number))
    count = (last - first).days + 1
    return [Holiday(first + timedelta(days=n), found["name"].strip()) for n in range(count)]


def _lines(own: Sequence[Holiday]) -> Iterator[str]:
    """Yield a line for each run of days with one name."""
    runs: list[list[Holiday]] = []
    for each in sorted(own, key=lambda day: (day.name, day.day)):
        last = runs[-1][-1] if runs else None
        if last and last.name == each.name and last.day + timedelta(days=1) == each.day:
            runs[-1].append(each)
        else:
            runs.append([each])
    for run in sorted(runs, key=lambda run: run[0].day):
        first, last_day = run[0].day, run[-1].day
        span = f"{first}" if first == last_day else f"{first} to {last_day}"
        yield f"{span} {run[0].name}"


def _value(each: HolidaySet) -> str:
    return f"{each.country}-{each.region}" if each.region else each.country


def _set(value: str) -> HolidaySet:
    country, _, region = value.strip().partition("-")
    return HolidaySet(country, region)
