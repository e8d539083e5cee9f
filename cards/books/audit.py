"""Who did what to a calendar or contact list, newest first: for its owners."""

from __future__ import annotations

from collections.abc import Sequence

from cards.elements import Card, Element, card, words
from cards.parts import fold, heading, small
from cards.viewer import Reader
from cards.when import moment
from cards.wording import say
from services.model.audit import AuditEntry
from services.model.deeds import Deed

__all__ = ["MOST", "audit_card"]

MOST = 20
DEEDS = {
    Deed.CREATED: "{name} created {what}",
    Deed.CHANGED: "{name} changed {what}",
    Deed.DELETED: "{name} deleted {what}",
    Deed.RESTORED: "{name} restored {what}",
    Deed.MOVED: "{name} moved {what} to another calendar",
    Deed.SET: "{name} changed the settings",
    Deed.SHARED: "{name} changed who may do what",
    Deed.ARCHIVED: "{name} archived {what}",
    Deed.REOPENED: "{name} brought {what} back from the archive",
}
NAMELESS = {
    "event": "an event that is gone",
    "contact": "a contact that is gone",
    "book": "all of it",
}
"""What a thing is called that has no name any more, or never had one."""


def audit_card(traced: Sequence[tuple[AuditEntry, str]], reader: Reader) -> Card:
    """Return the log; each deed comes with what its thing is called today, if it still exists."""
    language = reader.language
    title = say(language, "Who changed what")
    body: list[Element] = [heading(title)]
    if not traced:
        body.append(words(say(language, "Nobody has changed anything yet."), subtle=True))
    for entry, name in traced[:MOST]:
        body += _line(entry, name, reader)
    if traced:
        kept = say(language, "Everything is kept for a year; here are the last {n}.", n=MOST)
        body.append(small(kept, spacing="medium"))
    return card(body, language=language, fallback=title)


def _line(entry: AuditEntry, name: str, reader: Reader) -> list[Element]:
    language = reader.language
    what = f"“{fold(name, 80)}”" if name else say(language, NAMELESS[entry.kind])
    by = entry.by.name or say(language, "Somebody")
    sentence = say(language, DEEDS[entry.deed], name=fold(by, 80), what=what)
    return [words(sentence, spacing="small"), small(moment(entry.at, reader))]
