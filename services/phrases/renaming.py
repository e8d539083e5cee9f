"""What something is called and what it is to be called: ``lunch to Dinner``, ``Essen in Fest um``.

English is looked for first, whoever asks: its small words are rare in other languages, while *in*,
*en* and *a* stand in any English name. Of several small words the first parts the two.
"""

from __future__ import annotations

import re
from functools import lru_cache

from services.phrases.asker import Asker
from services.phrases.names import names_in
from services.phrases.rests import QUOTES
from services.phrases.vocabulary import Words

__all__ = ["old_and_new"]


def old_and_new(rest: str, asker: Asker) -> tuple[str, str] | None:
    """Return both names; ``None`` = there is no new one. The old one may be empty."""
    for language in ("en", asker.language):
        found = _parting(names_in(language).words).fullmatch(rest)
        if found and (new := found["new"].strip(QUOTES)):
            return found["old"] or "", new
    return None


@lru_cache(maxsize=8)
def _parting(words: Words) -> re.Pattern[str]:
    end, into = words.renaming_end, words.into
    old = rf"(?P<old>(?!(?:{end})\s+(?:{into})\s).*?)"
    return re.compile(rf"(?:{old}\s+)?(?:{into})\s+(?P<new>\S.*?)(?:\s+(?:{end}))?", re.I)
