"""Who comes to an event: three buttons with counts for everybody, one's own answer marked.

The buttons stand in the body, since a card has room for six below it. What somebody has answered
shows in their own view alone (a message is one for all); the counts are in both.
"""

from __future__ import annotations

from cards.buttons import press
from cards.elements import ActionSet, Element
from cards.events.event_actions import Listed
from cards.events.transfer_actions import EventAnswer
from cards.parts import fact, fold
from cards.wording import say
from services.model.answers import Answer, Tally
from services.model.events import Event
from services.model.identity import Person

__all__ = ["ANSWERS", "answer_buttons", "answer_names"]

ANSWERS = {Answer.YES: "Yes", Answer.MAYBE: "Maybe", Answer.NO: "No"}
MARK = "\N{CHECK MARK}"
LETTERS = 400


def answer_buttons(
    event: Event,
    tally: Tally,
    person: Person | None,
    language: str,
    original: str = "",
    back: Listed | None = None,
) -> Element:
    """Return the buttons.

    Args:
        event: of which they are.
        tally: what was said so far.
        person: whose own view it is, ``None`` for everybody's.
        language: the reader's.
        original: which date of a series is meant, as buttons name it.
        back: the list that it was opened from.
    """
    own = tally.of(person) if person else None
    buttons = []
    for answer, name in ANSWERS.items():
        title, number = say(language, name), tally.count(answer)
        title = f"{title} · {number}" if number else title
        action = EventAnswer(event.book, event.id, answer.value, original or None, back)
        if answer is own:
            tooltip = say(language, "This is your answer.")
            buttons.append(press(action, f"{MARK} {title}", tooltip=tooltip))
        else:
            buttons.append(press(action, title))
    return ActionSet(actions=buttons, spacing="medium")


def answer_names(tally: Tally, language: str) -> list[Element]:
    """Return who has said what."""
    return [
        fact(say(language, name), fold(", ".join(names), LETTERS))
        for answer, name in ANSWERS.items()
        if (names := tally.names(answer))
    ]
