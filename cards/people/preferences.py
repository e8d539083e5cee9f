"""The form of a person's own zone and language, which go before what Teams says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from cards.books.calendar_actions import PreferencesSave
from cards.books.calendar_settings import language_name, languages
from cards.books.calendar_values import LANGUAGES
from cards.elements import Card, Choice, Element
from cards.events.choices import zones
from cards.form import Form, Mode
from cards.general_actions import FormCancel
from cards.parts import small
from cards.submitted import Submitted
from cards.viewer import Reader
from cards.when import zone_name
from cards.wording import say
from services.model.errors import Problem, Wrong
from services.model.preferences import Preferences

__all__ = ["preference_values", "preferences_form", "read_preferences", "typed_preferences"]

ZONE, LANGUAGE = "own_zone", "own_language"
FIELDS = (ZONE, LANGUAGE)
AS_TEAMS = "teams"
UTC = ZoneInfo("UTC")


def preferences_form(
    values: Mapping[str, str],
    reader: Reader,
    *,
    problems: Sequence[Problem] = (),
    mode: Mode = Mode.CHAT,
    said: str = "",
) -> Card:
    """Return the form; ``reader`` is the person as they are answered now."""
    language = reader.language
    form = Form(values, problems, language)
    as_teams = Choice(title=say(language, "As Teams says"), value=AS_TEAMS)
    now = say(
        language,
        "You are answered in {zone}, in {language}.",
        zone=zone_name(reader.zone, language),
        language=language_name(language),
    )
    inputs: list[Element] = [
        small(now),
        *form.choose(
            ZONE,
            say(language, "Your time zone"),
            [as_teams, *zones([_set(form, ZONE), reader.zone.key])],
        ),
        *form.choose(
            LANGUAGE, say(language, "Your language"), [as_teams, *languages(_set(form, LANGUAGE))]
        ),
        small(
            say(
                language,
                "A message that many read keeps the zone and language of its calendar; what you "
                "open there is yours.",
            ),
            spacing="medium",
        ),
    ]
    return form.drawn(
        say(language, "Your settings"),
        inputs,
        save=PreferencesSave(),
        button=say(language, "Save"),
        cancel=FormCancel(),
        mode=mode,
        said=said,
    )


def preference_values(preferences: Preferences) -> dict[str, str]:
    """Return what stands in the form."""
    return {
        ZONE: preferences.zone.key if preferences.zone else AS_TEAMS,
        LANGUAGE: preferences.language or AS_TEAMS,
    }


def typed_preferences(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed."""
    return dict(Submitted.of(data, FIELDS).values)


def read_preferences(data: Mapping[str, Any], kept: Preferences) -> Preferences:
    """Return what a submitted form says.

    Raises:
        InvalidInput: no such zone or language.
    """
    got = Submitted.of(data, FIELDS)
    zone, language = got.raw(ZONE), got.raw(LANGUAGE)
    read = replace(kept, zone=None, language="")
    if zone not in ("", AS_TEAMS):
        # An unknown one is refused before the result is used.
        read = replace(read, zone=got.zone(ZONE, UTC))
    if language not in ("", AS_TEAMS):
        if language not in (*LANGUAGES, kept.language):
            got.refuse(LANGUAGE, Wrong.NOT_A_CHOICE)
        read = replace(read, language=language)
    return got.settle(read)


def _set(form: Form, name: str) -> str:
    value = form.values.get(name, "")
    return "" if value == AS_TEAMS else value
