"""Read the HTML of most bodies, which is lines of plain words, in a seventh of the time.

:func:`read_flat` takes nothing but paragraphs, breaks and spans without a look of their own, as
Outlook writes them around a text that somebody just typed; to everything else it says ``None``,
and :mod:`services.graph.html_text` reads it. What it does take it reads as that does, to the
letter: a first sync reads ten thousand bodies, and time is all that is to be had here.
"""

from __future__ import annotations

import html
import re

__all__ = ["read_flat"]

LONGEST = 10_000
"""Characters; a longer one is worth a careful look."""

_HEAD = (
    r"\s*+<html[^<>\"']*+>\s*+<head>(?:\s|<meta(?:[^<>\"']|\"[^<>\"]*+\")*+>|<!--[^<>]*?-->"
    r"|<style[^<>\"']*+>(?:<!--)?[^<>]*+(?:>[^<>]*+)?</style>)*+</head>\s*+"
)
_BODY = re.compile(
    rf"(?:{_HEAD})?<body(?:[^<>\"']|\"[^<>\"]*+\")*+>([^\0]*)</body>\s*+(?:</html>\s*+)?",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"<(/?)(?:(br)|(div|p)|span|font)(?:\s(?:[^<>\"'=]|=\s*+\"[^<>\"]*+\")*+)?/?>",
    re.IGNORECASE,
)
_LOOK = re.compile(r"font-(?:weight|style)", re.IGNORECASE)
_MARK = re.compile(r"[*_\[\]\\·•▪‣◦\0]")
"""What may be more than a word: the careful reader knows."""
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read_flat(source: str) -> str | None:
    """Return the text of flat HTML, line by line; ``None`` where it may be more than that."""
    if len(source) > LONGEST:
        return None
    found = _BODY.fullmatch(source)
    if found is None:
        return None
    inside = found[1]
    if _LOOK.search(inside):
        return None
    first, *rest = _TAG.split(inside)
    if "<" in first or any("<" in said for said in rest[3::4]):
        return None
    lines: list[str] = []
    words = _words(first, "")
    for closes, breaks, block, said in zip(*(rest[n::4] for n in range(4)), strict=True):
        if (breaks and not closes) or (block and words.strip(" ")):
            lines.append(words)
            words = ""
        elif block:
            words = ""
        if said:
            words += _words(said, words)
    lines.append(words)
    text = "\n".join(line.replace("\N{NO-BREAK SPACE}", " ").rstrip() for line in lines)
    return None if "://" in text or _MARK.search(text) else text


def _words(text: str, before: str) -> str:
    """Return the words of a piece of HTML: no space follows another, or begins a line."""
    words = _SPACES.sub(" ", html.unescape(text) if "&" in text else text)
    return words.lstrip(" ") if not before or before.endswith(" ") else words
