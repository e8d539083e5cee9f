"""Where, in a sentence: only what is clearly a place is taken for one.

That is ``at Luigi's`` or ``in Berlin``, with a capital, and ``room 5``. In doubt the words stay
in the title, where nothing is lost.
"""

from __future__ import annotations

import re
from functools import lru_cache

from services.phrases.names import Names
from services.phrases.text import GAP, Sentence
from services.phrases.vocabulary import Words

__all__ = ["take_place"]

CAPITAL = r"[A-Z\u00c0-\u00d6\u00d8-\u00de\u0391-\u03a9\u0410-\u042f]"
GOES_ON = re.compile(
    r"(?<=\s)(?!(?:de|du|des|d|la|le|les|del|el|los|der|den|am|an|in|von|og|y|et)\b)[a-z]"
)
"""A small word: other languages than English write no name of a place so, but a verb."""
ROOM = re.compile(
    rf"(?:^|(?<=\s))(?:in\s+)?([Rr]oom\s+(?:{CAPITAL}|\d)[\w.-]*)(?=[\s,;?!]*(?:{GAP}|$))"
)


def take_place(sentence: Sentence, names: Names) -> str:
    """Take the place out of the sentence; ``""`` when none is named."""

    def named(match: re.Match[str]) -> str | None:
        first = match[1].split()[0].casefold().strip(".,")
        is_time = first in names.months or first in names.weekdays
        place = match[1].rstrip(" ,;?!")
        return None if is_time or (names.language != "en" and GOES_ON.search(place)) else place

    said = _named(names.words)
    return sentence.take(ROOM, lambda match: match[1]) or sentence.take(said, named) or ""


@lru_cache(maxsize=8)
def _named(words: Words) -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?<=\s))(?:{words.place})\s*(?<=[\s@])({CAPITAL}[^{GAP}?!]*?)"
        rf"(?=\s+(?:{words.beside})\s|[\s,;?!]*(?:{GAP}|$))"
    )
