"""A sentence from which parts are taken until only a title is left.

What was taken leaves a mark in its place, so that no later pattern reaches across the gap and
the words around it keep their distance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from services.phrases.vocabulary import Words

__all__ = ["GAP", "Sentence", "clean", "nothing_more"]

T = TypeVar("T")

GAP = "\x1f"
"""Stands where something was taken; :func:`clean` keeps it out of what people type."""

SMALL = "on|at|from|for|in|by|this|the|starting|and"
STRAY_END = re.compile(r"^[?!]+$|(?<=\w) ([?!]+)$")
"""The end of a question whose last words were taken."""
LEADING = re.compile(r"^[\s,;:)\u2013\u2014-]+")


def clean(text: str) -> str:
    """Return the text on one line, without control characters and overrides of direction."""
    kept = (c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join("".join(kept).split())


def nothing_more(words: Words) -> str:
    """Return what must follow a day that is short enough to be a word or number as well."""
    return rf"(?=\s*(?:$|{GAP}|[,\d]|(?:{words.at}|{words.from_hour})\b))"


class Sentence:
    """What is left of the text so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.taken = ""
        """What was taken last."""

    def copy(self) -> Sentence:
        """Return another one, of which something may be taken to see what is left."""
        return Sentence(self._text)

    def take(
        self, pattern: re.Pattern[str], meaning: Callable[[re.Match[str]], T | None]
    ) -> T | None:
        """Take the last part that matches and has a meaning; ``None`` where there is none."""
        for match in reversed(list(pattern.finditer(self._text))):
            found = meaning(match)
            if found is not None:
                before, after = self._text[: match.start()], self._text[match.end() :]
                self._text = f"{before} {GAP} {after}"
                self.taken = match[0]
                return found
        return None

    def see(
        self, pattern: re.Pattern[str], meaning: Callable[[re.Match[str]], T | None]
    ) -> T | None:
        """Return the first meaning that the pattern finds, and leave the words where they are."""
        found = (meaning(match) for match in pattern.finditer(self._text))
        return next((one for one in found if one is not None), None)

    def title(self, small: str = SMALL) -> str:
        """Return what nobody took, without the small words that led up to the gaps.

        Args:
            small: these words in the person's language, as alternatives of a regular expression.
        """
        *pieces, last = self._text.split(GAP)
        words = [_dangling(small).sub("", piece) for piece in pieces] + [last]
        joined = " ".join(LEADING.sub("", piece).strip() for piece in words)
        title = " ".join(joined.split())
        return STRAY_END.sub(lambda match: match[1] or "", title) if pieces else title


@lru_cache(maxsize=8)
def _dangling(small: str) -> re.Pattern[str]:
    """Return what leads up to a gap, at the end of what is before it."""
    return re.compile(
        rf"(?:(?:^|\s)(?:{small}|,|;|-|\u2013|\u2014|\()|[,;:])+\s*$",
        re.I,
    )
