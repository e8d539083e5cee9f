"""The form of a link's settings, and the reading of what comes back from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from cards.accounts.link_actions import LinkSave, LinkShow
from cards.accounts.linked import Linked, names
from cards.elements import Card, Choice, Element, Toggle
from cards.form import Form, Mode, side_by_side
from cards.parts import small
from cards.submitted import Submitted
from cards.viewer import Reader
from cards.wording import count, say
from services.model.errors import Problem, Wrong
from services.model.links import Direction, LinkSettings, Privacy

__all__ = ["FIELDS", "link_form", "link_values", "read_link_form", "typed_link"]

YES, NO = "true", "false"
BACK = (0, 31, 92, 183, 366)
AHEAD = (31, 92, 183, 366, 548, 731)
"""Days that can be chosen; Outlook is slow with wider windows."""
FIELDS = ("direction", "privacy", "category", "busy_only", "reminders", "days_back", "days_ahead")
CATEGORY = 100
DIRECTIONS = {
    Direction.BOTH: "Both ways",
    Direction.TO_OUTLOOK: "Only to Outlook",
    Direction.FROM_OUTLOOK: "Only from Outlook",
}
PRIVACY = {
    Privacy.EVERYTHING: "Everything",
    Privacy.BUSY_ONLY: "Only when I am busy, no details",
    Privacy.SKIP_PRIVATE: "Everything but private and confidential",
}
KEPT_TEXT = (
    "The notes of an online meeting do not cross: Outlook keeps its own text, with the link to "
    "join, and what is written here stays with the team."
)
Value = TypeVar("Value", bound=StrEnum)


def link_form(
    linked: Linked,
    values: Mapping[str, str],
    reader: Reader,
    *,
    problems: Sequence[Problem] = (),
    mode: Mode = Mode.CHAT,
    said: str = "",
) -> Card:
    """Return the form; contacts have no time, and nothing of theirs is secret to Outlook.

    Args:
        linked: the link.
        values: what stands in it: :func:`link_values`, or what was typed.
        reader: whose link it is.
        problems: what is wrong with the values.
        mode: in the chat or in a dialog.
        said: a sentence about the whole form.
    """
    language = reader.language
    form = Form(values, problems, language)
    inputs: list[Element] = [
        small(names(linked, language)),
        *form.choose("direction", say(language, "Which way"), _words(DIRECTIONS, language)),
        *([] if linked.is_list else _privacy(form)),
        *form.line(
            "category",
            say(language, "Only with this category"),
            most=CATEGORY,
            hint=say(language, "Empty for all"),
        ),
        *([] if linked.is_list else _times(form)),
        *([] if linked.is_list else [small(say(language, KEPT_TEXT))]),
    ]
    return form.drawn(
        say(language, "Settings of the link"),
        inputs,
        save=LinkSave(linked.link.id),
        button=say(language, "Save"),
        cancel=LinkShow(linked.link.id),
        mode=mode,
        said=said,
    )


def link_values(settings: LinkSettings) -> dict[str, str]:
    """Return settings as the strings of a form."""
    return {
        "direction": settings.direction.value,
        "privacy": settings.privacy.value,
        "category": settings.category,
        "busy_only": YES if settings.busy_only else NO,
        "reminders": YES if settings.reminders else NO,
        "days_back": str(settings.days_back),
        "days_ahead": str(settings.days_ahead),
    }


def typed_link(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed."""
    return dict(Submitted.of(data, FIELDS).values)


def read_link_form(data: Mapping[str, Any], kept: LinkSettings) -> LinkSettings:
    """Return the settings that a submitted form describes; ``kept`` is what they were before.

    Raises:
        InvalidInput: something cannot be taken; names each input and what is wrong.
    """
    got = Submitted.of(data, FIELDS)
    settings = LinkSettings(
        direction=got.choice("direction", Direction, kept.direction),
        privacy=got.choice("privacy", Privacy, kept.privacy),
        category=got.text("category", CATEGORY),
        busy_only=_read_toggle(got, "busy_only", kept.busy_only),
        reminders=_read_toggle(got, "reminders", kept.reminders),
        days_back=_read_days(got, "days_back", (*BACK, kept.days_back), kept.days_back),
        days_ahead=_read_days(got, "days_ahead", (*AHEAD, kept.days_ahead), kept.days_ahead),
    )
    return got.settle(settings)


def _privacy(form: Form) -> list[Element]:
    title = say(form.language, "What leaves Outlook")
    return form.choose("privacy", title, _words(PRIVACY, form.language))


def _times(form: Form) -> list[Element]:
    language = form.language
    return [
        _toggle(form, "busy_only", say(language, "Leave out what is shown as free")),
        _toggle(form, "reminders", say(language, "Reminders cross as well")),
        side_by_side(
            form.choose("days_back", say(language, "Past"), _days(BACK, "days_back", form)),
            form.choose("days_ahead", say(language, "Future"), _days(AHEAD, "days_ahead", form)),
        ),
    ]


def _read_toggle(got: Submitted, name: str, kept: bool) -> bool:
    """Return what a toggle says; one that was not offered stays as it was."""
    return (got.raw(name) or (YES if kept else NO)) == YES


def _read_days(got: Submitted, name: str, allowed: Sequence[int], kept: int) -> int:
    value = got.raw(name)
    if not value:
        return kept
    if value not in map(str, allowed):
        got.refuse(name, Wrong.NOT_A_CHOICE)
        return kept
    return int(value)


def _words(titles: Mapping[Value, str], language: str) -> list[Choice]:
    return [Choice(title=say(language, each), value=value.value) for value, each in titles.items()]


def _days(offered: Sequence[int], name: str, form: Form) -> list[Choice]:
    """Return stretches of time in words; what is set now is always among them."""
    typed = form.values.get(name, "")
    days = {*offered, *([int(typed)] if typed.isdecimal() and len(typed) < 5 else [])}
    return [Choice(title=_stretch(each, form.language), value=str(each)) for each in sorted(days)]


def _stretch(days: int, language: str) -> str:
    if not days:
        return say(language, "From today")
    months = round(days / 30.5)
    return count(language, "1 month", "{n} months", months)


def _toggle(form: Form, name: str, title: str) -> Toggle:
    value = YES if form.values.get(name) == YES else NO
    return Toggle(id=name, title=title, value=value, spacing="medium")
