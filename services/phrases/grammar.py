"""How a message is looked up in the table of phrases (:mod:`services.phrases.table`).

A phrase is a few words at the beginning of a message and a reader for the rest; the longest
phrase wins. A reader that cannot make sense of the rest returns ``None``, and the message is
unknown: the answer then names what comes nearest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from services.model.errors import Wrong
from services.phrases.asker import Asker
from services.phrases.commands import (
    Command,
    Unknown,
)
from services.phrases.days import take_days
from services.phrases.drafts import read_draft
from services.phrases.names import names_in
from services.phrases.table import PHRASES, Phrase
from services.phrases.text import Sentence, clean
from services.phrases.tongues.commands import COMMANDS, commands_in, offered_in
from services.phrases.views import dated_view

__all__ = ["PHRASES", "Phrase", "read"]

NEAR_ENOUGH = 70
"""Likeness of words, out of 100, that is worth an offer."""
MOST_OFFERS = 3
SHORTEST_OFFER = 3
"""Letters: ``is`` alone leads nowhere."""
DEFAULT_OFFERS = ("help", "agenda", "new event")
FULL_STOP = re.compile(r"(?<=\D)\.+$")
POLITE = re.compile(
    r"^/?(?:(?:please|pls|can you|could you|would you|will you|bitte|kannst du|peux-tu|stp|svp"
    r"|por favor|puedes|kan du|venligst)\s+)*",
    re.I,
)
"""What people say before they ask, and the sign by which other chat programs know a command."""
LONGEST = 2_000
"""Letters of a message that are read: more than anything that is understood ever needs."""


Said = Callable[[Phrase], tuple[str, ...]]
"""In which words a phrase is said."""


def read(text: str, now: datetime, zone: ZoneInfo, language: str = "en") -> Command:
    """Return what the message asks for; never raises.

    Args:
        text: the message, without the bot's name. Of a very long one the beginning is read:
            patterns that are quick on a sentence would take minutes on many pages.
        now: the present.
        zone: the person's zone.
        language: the person's language, such as ``de-DE``.
    """
    text = POLITE.sub("", clean(text[:LONGEST]))
    asker = Asker(now, zone, language)
    own = _commands_of(asker)
    command = _read_as(text, asker, lambda phrase: (*phrase.words, *own.get(phrase.words[0], ())))
    return (
        command
        or dated_view(_bare(text), asker)
        or _read_in_another(text, asker)
        or _unknown(text, asker)
    )


def _commands_of(asker: Asker) -> Mapping[str, tuple[str, ...]]:
    return commands_in(names_in(asker.language).language)


def _read_as(text: str, asker: Asker, said: Said) -> Command | None:
    for phrase, rest in _candidates(text, said):
        command = phrase.reader(rest, asker)
        if command is not None:
            return command
    return None


def _read_in_another(text: str, asker: Asker) -> Command | None:
    """Read a command in a language that is not the person's: Teams may speak another to them."""
    for language in COMMANDS:
        other = replace(asker, language=language)
        names = _commands_of(other)
        if found := _read_as(text, other, partial(_named_in, names)):
            return found
    return None


def _named_in(names: Mapping[str, tuple[str, ...]], phrase: Phrase) -> tuple[str, ...]:
    return names.get(phrase.words[0], ())


def _candidates(text: str, said: Said) -> Iterator[tuple[Phrase, str]]:
    """Yield the phrases that the text begins with and what follows, the longest first."""
    plain = text.replace("\u2019", "'")
    folded = plain.casefold()
    if len(folded) != len(plain):  # a letter that folds to two: the rest would shift
        folded = plain.lower() if len(plain.lower()) == len(plain) else plain
    found = []
    for phrase in PHRASES:
        lengths = [len(words) for words in said(phrase) if _begins_with(folded, words)]
        found += [(length, phrase) for length in lengths]
    for length, phrase in sorted(found, key=lambda one: -one[0]):
        yield phrase, _bare(text[length:])


def _begins_with(text: str, words: str) -> bool:
    return text.startswith(words) and not text[len(words) : len(words) + 1].isalnum()


def _bare(rest: str) -> str:
    """Return the words without punctuation around them; ``24.12.`` keeps its dot."""
    return FULL_STOP.sub("", rest.lstrip(" ?!.,:;").rstrip(" ?!,:;"))


def _wrong_day(text: str, asker: Asker) -> Wrong | None:
    days = take_days(Sentence(text), asker.today, names_in(asker.language))
    return days.wrong if days else None


def _unknown(text: str, asker: Asker) -> Unknown:
    """Return up to three sentences that would be understood, the likeliest first."""
    language = names_in(asker.language).language
    usual = {offered_in(language, command): command for command in DEFAULT_OFFERS}
    known = {offered_in(language, each.words[0]): each.words[0] for each in PHRASES}
    offers = tuple(dict.fromkeys([*_nearest(text, asker, language), *usual]))[:MOST_OFFERS]
    steps = tuple(known[offer] for offer in offers if offer in known)
    return Unknown(offers, _wrong_day(text, asker), steps)


def _nearest(text: str, asker: Asker, language: str) -> list[str]:
    """Return the sentences that are like what was written."""
    words = text.casefold().split()
    scored: dict[str, float] = {}
    for phrase in PHRASES:
        name = offered_in(language, phrase.words[0])
        for said in (*phrase.words, *_commands_of(asker).get(phrase.words[0], ())):
            length = len(said.split())
            likeness = fuzz.ratio(said, " ".join(words[:length]))
            if likeness >= NEAR_ENOUGH:
                rest = " ".join(text.split()[length:])
                offer = f"{name} {rest}".strip()
                if phrase.reader(rest, asker) is None:
                    offer = name
                if len(offer) < SHORTEST_OFFER:
                    continue
                scored[offer] = max(likeness, scored.get(offer, 0))
    offers = sorted(scored, key=lambda offer: -scored[offer])
    if not offers and words and read_draft(text, asker.now, asker.zone, asker.language).when:
        offers = [f"{offered_in(language, 'new event')} {text}"]
    return offers
