from __future__ import annotations

from dataclasses import replace

from bot.open_forms import OpenForms
from bot.turn import Turn
from services.model.identity import ConversationId
from tests._builders import BERLIN, a_channel, a_person
from tests._fakes import FrozenClock

INES = Turn(
    person=a_person("ines"),
    name="Ines",
    conversation=a_channel(),
    zone=BERLIN,
    reply_to_id="agenda",
)
TOM = replace(INES, person=a_person("tom"))
PLACE = INES.conversation.id


def test_a_message_is_let_be_until_nobody_fills_in_a_form_there() -> None:
    clock = FrozenClock()
    forms = OpenForms(clock)
    forms.answered(INES, with_form=True)
    clock.advance(60)
    forms.answered(TOM, with_form=True)
    assert forms.wait(PLACE, "agenda") == 300
    forms.answered(TOM, with_form=False)
    assert forms.wait(PLACE, "agenda") == 240
    forms.answered(INES, with_form=False)
    assert forms.wait(PLACE, "agenda") == 0


def test_other_messages_are_not_meant() -> None:
    forms = OpenForms(FrozenClock())
    forms.answered(INES, with_form=True)
    assert forms.wait(PLACE, "another") == 0
    assert forms.wait(ConversationId("elsewhere"), "agenda") == 0


def test_a_form_that_was_left_alone_is_over_after_five_minutes() -> None:
    clock = FrozenClock()
    forms = OpenForms(clock)
    forms.answered(INES, with_form=True)
    clock.advance(301)
    assert forms.wait(PLACE, "agenda") == 0
    forms.answered(TOM, with_form=True)
    assert forms.wait(PLACE, "agenda") == 300


def test_only_so_many_are_kept_in_mind() -> None:
    forms = OpenForms(FrozenClock(), most=1)
    forms.answered(INES, with_form=True)
    forms.answered(replace(TOM, reply_to_id="another"), with_form=True)
    assert forms.wait(PLACE, "agenda") == 0
    assert forms.wait(PLACE, "another") == 300
