"""The part of an event's form that says how it repeats, and shows what that means.

A choice of the list and a last day are all that most series need. "Custom…" and the button below
bring the inputs of :mod:`cards.events.custom_rule`; the same button shows the next dates of
whatever is chosen, in the chat and in a dialog alike, since no card can work them out by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from cards.buttons import ask, press
from cards.elements import ActionSet, Container, Element, words
from cards.events.choices import repeats
from cards.events.custom_rule import custom_inputs
from cards.events.event_actions import EventCreate, EventDates, EventSave
from cards.events.event_values import read_event_form
from cards.events.repeats import Repeat, in_words
from cards.events.rule_values import rule_of, rule_value
from cards.events.skipped import skipped_days, skipped_input
from cards.form import Form, Mode, side_by_side
from cards.parts import small
from cards.viewer import Reader
from cards.when import day_long
from cards.wording import say
from services.model.errors import InvalidInput
from services.model.events import EventContent
from services.model.recurrence import Frequency, days

__all__ = ["repeat_inputs"]

SHOWN = 5
"""Dates: enough to see whether a rule is the one that was meant."""


def repeat_inputs(
    form: Form,
    save: EventCreate | EventSave,
    kept: EventContent | None,
    mode: Mode,
    reader: Reader,
) -> list[Element]:
    """Return the inputs, and what they say where somebody has asked.

    Args:
        form: what was typed.
        save: what the form's own button does.
        kept: the event's content before.
        mode: in the chat or in a dialog.
        reader: who fills it in.
    """
    language = form.language
    chosen = form.values.get("repeats", "")
    is_custom = chosen == Repeat.CUSTOM
    if is_custom:
        form = replace(form, values=_filled(form.values))
    said = _said(form.values, kept, reader)
    again = EventDates(
        save.book,
        form=save.form if isinstance(save, EventCreate) else None,
        event=save.event if isinstance(save, EventSave) else None,
        etag=save.etag if isinstance(save, EventSave) else None,
        original=save.original if isinstance(save, EventSave) else None,
        back=save.back if isinstance(save, EventSave) else None,
        of=save.of if isinstance(save, EventCreate) else None,
        rule=_carried(form.values, kept),
    )
    title = (
        say(language, "Show the dates") if is_custom else say(language, "Dates and more choices")
    )
    button = press(again, title, form=True) if mode is Mode.CHAT else ask(again, title)
    return [
        side_by_side(
            form.choose("repeats", say(language, "Repeats"), repeats(rule_of(chosen), language)),
            form.day("until", say(language, "Repeats until")),
        ),
        *(skipped_input(form) if isinstance(save, EventCreate) else []),
        *(custom_inputs(form) if is_custom else []),
        *([Container(items=said, style="emphasis", spacing="medium")] if said else []),
        ActionSet(actions=[button], spacing="medium"),
    ]


def _said(values: Mapping[str, str], kept: EventContent | None, reader: Reader) -> list[Element]:
    """Return the rule in words and its first dates; nothing where there is none."""
    # A form is asked for its dates before it has a title.
    named = {**values, "title": values.get("title") or "…"}
    try:
        content = read_event_form(named, reader.zone, kept)
    except InvalidInput:
        return []
    if content.rule is None:
        return []
    start = content.when.start
    begin = start.date() if isinstance(start, datetime) else start
    left_out = skipped_days(content)
    on = (day for day in days(content.rule, begin, begin, date.max) if day not in left_out)
    found = islice(on, SHOWN)
    dates = " · ".join(day_long(day, reader.language) for day in found)
    return [
        words(in_words(content.rule, reader.language)),
        small(say(reader.language, "Dates: {dates}", dates=dates), spacing="small"),
    ]


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values with those of the custom inputs: every week, until somebody says more."""
    weekly = {"every": "1", "unit": Frequency.WEEKLY.value, "which": "0", "week_start": "0"}
    return {**weekly, **values}


def _carried(values: Mapping[str, str], kept: EventContent | None) -> str | None:
    """Return the rule to go on from, where the list of choices has none like it."""
    rare = rule_of(values.get("repeats", ""))
    rule = rare or (kept.rule if kept else None)
    return rule_value(rule) if rule else None
