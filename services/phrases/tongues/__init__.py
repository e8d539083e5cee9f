"""The small words of time in each language that we know, a module a language: data.

:func:`words_in` is what the neighbours ask; a language that is not here has the English words, and
its own days and months all the same (:mod:`services.phrases.names`). One more language is one more
module.
"""

from __future__ import annotations

from functools import lru_cache

from services.phrases.tongues import danish, english, french, german, spanish
from services.phrases.vocabulary import Words, joined

__all__ = ["words_in"]

TONGUES = {"de": german.WORDS, "fr": french.WORDS, "es": spanish.WORDS, "da": danish.WORDS}


@lru_cache(maxsize=8)
def words_in(language: str) -> Words:
    """Return the small words of a language by its two letters, and the English ones."""
    return joined(TONGUES[language], english.WORDS) if language in TONGUES else english.WORDS
