"""What there is to know of an event beyond its face: a list of facts, and who touched it when."""

from __future__ import annotations

from cards.buttons import link
from cards.elements import Element, RichTextBlock, TextRun, words
from cards.events.choices import before, important, shown_as
from cards.events.event_face import who
from cards.parts import fact, fact_of, fold, small
from cards.text import clean
from cards.viewer import Reader
from cards.when import moment
from cards.wording import count, say
from services.model.events import Event, EventContent, Importance, Sensitivity
from services.model.recurrence import is_outlooks
from services.model.web_links import map_of

__all__ = ["facts", "history"]

TAG_LETTERS = 300
MOST_OF_LINKS = 6_000
"""Letters of addresses: a card may not grow too large to be sent."""
OF_ADDRESS = 26
"""As many as fit beside a label on a phone: no client breaks an address."""
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
    found += [*_map(content, language), *_links(content, language)]
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


def _map(content: EventContent, language: str) -> list[Element]:
    """Return the way to a map of the place; a link is no place."""
    url = map_of(content.place)
    return [fact_of(say(language, "Map"), _linked(url, say(language, "Show it")))] if url else []


def _links(content: EventContent, language: str) -> list[Element]:
    """Return the pages and files, each by its name or address; very long ones by name alone."""
    shown, letters = [], MOST_OF_LINKS
    for each in content.links:
        letters -= len(each.url)
        name = fold(each.name, 120) or fold(each.url.removeprefix("https://"), OF_ADDRESS)
        shown.append(_linked(each.url, name) if letters > 0 else words(name, spacing="none"))
    return [fact_of(say(language, "Links"), *shown)] if shown else []


def _linked(url: str, name: str) -> Element:
    """Return a name that leads to a page, where Teams follows such a link."""
    to_page = link(url, clean(name))
    if to_page is None:
        return words(name if name == url else f"{name} <{url}>", spacing="none")
    run = TextRun(text=clean(name), color="accent", action=to_page)
    return RichTextBlock(inlines=[run], spacing="none")


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
