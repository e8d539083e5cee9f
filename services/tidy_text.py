"""Text that people type, as it is kept: one line or several, without what nobody sees.

Control characters, overrides of the writing direction and characters of no width go; joiners stay,
since scripts and emoji are written with them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

__all__ = ["names", "one_line", "several_lines"]

_FORBIDDEN = frozenset({"Cc", "Cf", "Cs"})
_JOINERS = "\u200c\u200d"


def one_line(text: str) -> str:
    """Return the text on one line."""
    if not text.isprintable():  # of most texts this one look tells that nothing has to go
        text = "".join(c if _is_shown(c) else " " for c in text)
    return " ".join(text.split())


def several_lines(text: str) -> str:
    """Return the text with plain line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").isprintable():  # as most are
        return text.strip()
    return "".join(c for c in text if c in "\n\t" or _is_shown(c)).strip()


def names(written: Iterable[str]) -> tuple[str, ...]:
    """Return names such as tags, each once, whichever way it is capitalised."""
    found: dict[str, str] = {}
    for each in written:
        name = one_line(each).lstrip("#").strip()
        found.setdefault(name.casefold(), name)
    return tuple(filter(None, found.values()))


def _is_shown(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _FORBIDDEN
