"""What few contacts need, folded away in their form: the name in detail, addresses, the web, days.

A part stands open where something in it is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from cards.contacts.contact_values import ADDRESSES, DAYS, LINE, LONG
from cards.elements import Element, Toggle
from cards.folding import Part
from cards.form import Form, side_by_side
from cards.parts import heading
from cards.wording import say

__all__ = ["contact_parts", "phone_input"]

PLACES = {
    "business": "Work address",
    "home": "Home address",
    "other": "Other address",
}


def contact_parts(form: Form) -> list[Part]:
    """Return the parts, each with its inputs."""
    language = form.language
    wrong = {problem.field for problem in form.problems}
    parts = [
        ("part_name", say(language, "Name in detail"), _name(form)),
        ("part_phones", say(language, "More phones"), _phones(form)),
        ("part_addresses", say(language, "Addresses"), _addresses(form)),
        ("part_web", say(language, "Web, days, work"), _further(form)),
    ]
    return [
        Part(name, title, items, is_open=bool(wrong & _ids(items))) for name, title, items in parts
    ]


def _name(form: Form) -> list[Element]:
    language = form.language

    def line(name: str, label: str) -> list[Element]:
        return form.line(name, label, most=LINE)

    return [
        side_by_side(
            line("title", say(language, "Title of a person")),
            line("given_name", say(language, "Given name")),
        ),
        side_by_side(
            line("middle_name", say(language, "Middle name")),
            line("family_name", say(language, "Family name")),
        ),
        side_by_side(
            line("suffix", say(language, "Suffix")),
            line("nickname", say(language, "Nickname")),
        ),
        side_by_side(
            line("phonetic_given_name", say(language, "Given name as spoken")),
            line("phonetic_family_name", say(language, "Family name as spoken")),
        ),
        *line("phonetic_company", say(language, "Company as spoken")),
    ]


def _phones(form: Form) -> list[Element]:
    language = form.language
    return [
        *phone_input(form, "phone_home", say(language, "Home phone")),
        side_by_side(
            phone_input(form, "phone_fax", say(language, "Fax")),
            phone_input(form, "phone_other", say(language, "Other phone")),
        ),
    ]


def _addresses(form: Form) -> list[Element]:
    return [element for place in ADDRESSES for element in _address(form, place)]


def _address(form: Form, place: str) -> list[Element]:
    language = form.language

    def line(part: str, label: str, *, lines: bool | None = None) -> list[Element]:
        return form.line(f"{place}_{part}", label, most=LINE, lines=lines)

    return [
        heading(say(language, PLACES[place]), spacing="medium"),
        *line("street", say(language, "Street"), lines=True),
        side_by_side(
            line("postal_code", say(language, "Postal code")),
            line("city", say(language, "City")),
        ),
        side_by_side(
            line("region", say(language, "State or region")),
            line("country", say(language, "Country")),
        ),
    ]


def _further(form: Form) -> list[Element]:
    language = form.language
    several = say(language, "LinkedIn, Facebook, X, …: one on each line")
    return [
        *form.line("website", say(language, "Website"), most=LONG, hint="https://…"),
        *form.line("links", say(language, "More links"), most=LONG * 5, lines=True, hint=several),
        side_by_side(
            _day(form, "birthday", say(language, "Birthday")),
            _day(form, "anniversary", say(language, "Anniversary")),
        ),
        side_by_side(
            form.line("assistant", say(language, "Assistant"), most=LINE),
            form.line("manager", say(language, "Manager"), most=LINE),
        ),
        side_by_side(
            form.line("office", say(language, "Office"), most=LINE),
            form.line("profession", say(language, "Profession"), most=LINE),
        ),
    ]


def _day(form: Form, name: str, label: str) -> list[Element]:
    """Return the inputs for a day whose year may be unknown: it is no year then that is shown."""
    no_year = Toggle(
        id=DAYS[name],
        title=say(form.language, "Without a year"),
        value=form.values.get(DAYS[name], "false"),
        wrap=True,
    )
    return [*form.day(name, label), no_year]


def _ids(items: Sequence[Element]) -> set[str]:
    """Return the names of all inputs among some elements."""
    found: set[str] = set()
    waiting = [item.render() for item in items]
    while waiting:
        each = waiting.pop()
        found |= {each["id"]} if "id" in each else set()
        waiting += [*each.get("columns", ()), *each.get("items", ())]
    return found


def phone_input(form: Form, name: str, label: str) -> list[Element]:
    """Return an input for the numbers of a kind."""
    hint = say(form.language, "Several: put ; between them")
    return form.line(name, label, most=LONG, style="tel", hint=hint)
