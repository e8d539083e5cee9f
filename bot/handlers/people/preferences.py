"""``my settings``: the zone and language in which somebody is answered."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers.audience import asked_by, with_its_form
from bot.handlers.open_books import own_view
from bot.replies import Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.books.calendar_actions import PreferencesEdit, PreferencesSave
from cards.notice import done_card
from cards.people.preferences import (
    preference_values,
    preferences_form,
    read_preferences,
    typed_preferences,
)
from cards.viewer import Viewer
from cards.wording import say
from services.model.errors import InvalidInput
from services.people.preferences import PersonalSettings
from services.phrases import ShowPreferences

__all__ = ["PreferenceHandlers", "as_preferred", "register"]


async def as_preferred(settings: PersonalSettings, turn: Turn) -> Turn:
    """Return the turn in the zone and language that its person has set."""
    own = await settings.of(turn.person)
    if own.zone is None and not own.language:
        return turn
    return replace(turn, zone=own.zone or turn.zone, language=own.language or turn.language)


class PreferenceHandlers:
    """Answers about what somebody has set for themselves."""

    def __init__(self, settings: PersonalSettings) -> None:
        self._settings = settings

    async def say_form(self, turn: Turn, command: ShowPreferences) -> Replies:
        """``my settings``: the form."""
        values = preference_values(await self._settings.of(turn.person))
        return Say(card=preferences_form(values, own_view(turn)), shows=asked_by(turn))

    async def edit(self, turn: Turn, action: PreferencesEdit) -> Replies:
        """The button: the form, in the card's place."""
        values = preference_values(await self._settings.of(turn.person))
        return Replace(preferences_form(values, own_view(turn)), is_form=True)

    async def save(self, turn: Turn, action: PreferencesSave) -> Replies:
        """The form: from now on they are answered so."""
        kept = await self._settings.of(turn.person)
        try:
            wanted = read_preferences(turn.value, kept)
        except InvalidInput as err:
            typed = typed_preferences(turn.value)
            again = preferences_form(typed, own_view(turn), problems=err.problems)
            return Replace(again, is_form=True)
        now = await self._settings.set(turn.person, wanted)
        reader = Viewer(now.zone or turn.zone, now.language or turn.language)
        said = say(reader.language, "Saved. You are answered so from now on.")
        card = done_card(said, reader, steps=[(PreferencesEdit(), say(reader.language, "Change"))])
        return with_its_form(turn, card, Replace(card))


def register(router: Router, handlers: PreferenceHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowPreferences, handlers.say_form)
    router.verb(PreferencesEdit, handlers.edit)
    router.verb(PreferencesSave, handlers.save)
