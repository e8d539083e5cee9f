"""What there is to know of an event beyond its face: a list of facts, and who touched it when."""

from __future__ import annotations

from cards.choices import before, important, shown_as
from cards.elements import Element
from cards.event_face import who
from cards.parts import fact, fold, small
from cards.viewer import Reader
from cards.when import moment
from cards.wording import count, say
from services.model.events import Event, EventContent, Importance, Sensitivity
from services.model.recurrence import is_outlooks

__all__ = ["facts", "history"]

TAG_LETTERS = 300
SENSITIVITIES = {
    Sensitivity.PERSONAL: "Personal",
    Sensitivity.PRIVATE: "Private",
    Sensitivity.CONFIDENTIAL: "Confidential",
}


def facts(event: Event, content: EventContent, reader: Reader) -> list[Element]:
    """Return what the event is beyond what, when and where; ``content`` may be an occurrence's."""
    language = reader.language
    found: list[Element] = [fact(say(language, "Shown as"), shown_as(content.show_as, language))]
    if content.reminder_minutes is not None:
        found.append(fact(say(language, "Reminder"), before(content.reminder_minutes, language)))
    if content.importance is not Importance.NORMAL:
        found.append(fact(say(language, "Importance"), important(content.importance, language)))
    if content.sensitivity in SENSITIVITIES:
        secret = say(language, SENSITIVITIES[content.sensitivity])
        found.append(fact(say(language, "Sensitivity"), secret))
    if content.tags:
        found.append(fact(say(language, "Tags"), fold(", ".join(content.tags), TAG_LETTERS)))
    if content.rule and not is_outlooks(content.rule):
        apart = say(language, "Outlook has no such repetition: it shows each date as an event.")
        found.append(fact(say(language, "In Outlook"), apart))
    if event.content.exceptions:
        changed = count(
            language,
            "One occurrence differs from the rule",
            "{n} occurrences differ from the rule",
            len(event.content.exceptions),
        )
        found.append(fact(say(language, "Exceptions"), changed))
    return found


def history(event: Event, reader: Reader) -> list[Element]:
    """Return who made it, who touched it last where that is another moment, and its id."""
    language = reader.language
    made = say(
        language,
        "Created by {name}, {when}",
        name=who(event.created_by, language),
        when=moment(event.created_at, reader),
    )
    sentence = "Number of the series: {id}" if event.content.rule else "Number of the event: {id}"
    number = small(say(language, sentence, id=event.id))
    if event.updated_at == event.created_at:
        return [small(made), number]
    changed = say(
        language,
        "Changed by {name}, {when}",
        name=who(event.updated_by, language),
        when=moment(event.updated_at, reader),
    )
    return [small(made), small(changed), number]
