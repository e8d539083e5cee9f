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
    r"\s*+<html[^<>\"']*+>\s*+<head>(?:\s++|<meta(?:[^<>\"']++|\"[^<>\"]*+\")*+>|<!--[^<>]*?-->"
    r"|<style[^<>\"']*+>(?:<!--)?[^<>]*+(?:>[^<>]*+)?</style>)*+</head>\s*+"
)
_BODY = re.compile(
    rf"(?:{_HEAD})?<body(?:[^<>\"']++|\"[^<>\"]*+\")*+>([^\0]*)</body>\s*+(?:</html>\s*+)?",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"<(/?)(?:(br)|(div|p)|span|font)(?:\s(?:[^<>\"'=]++|=\s*+\"[^<>\"]*+\")*+)?/?>",
    re.IGNORECASE,
)
_MARK = re.compile(r"[*_\[\]\\·•▪‣◦\0]")
"""What may be more than a word: the careful reader knows."""
_SOFT = " \t\r\n\f"
_SPACES = re.compile(rf"[{_SOFT}]+")


def read_flat(source: str) -> str | None:
    """Return the text of flat HTML, line by line; ``None`` where it may be more than that."""
    if len(source) > LONGEST:
        return None
    found = _BODY.fullmatch(source)
    if found is None:
        return None
    inside = found[1]
    if _is_styled(inside.casefold()):
        return None
    pieces = _TAG.split(inside)
    said = pieces[::4]
    if "<" in "".join(said):
        return None
    if "&" in inside:
        said = [*map(html.unescape, said)]
    lines: list[str] = []
    line = said[0]
    tags = zip(pieces[1::4], pieces[2::4], pieces[3::4], said[1:], strict=True)
    for closes, breaks, block, piece in tags:
        if block:
            if line.strip(_SOFT):
                lines.append(line)
            line = ""
        elif breaks and not closes:
            lines.append(line)
            line = ""
        if piece:
            line += piece
    lines.append(line)
    text = "\n".join(map(_drawn, lines))
    return None if "://" in text or _MARK.search(text) else text


def _is_styled(folded: str) -> bool:
    return "font-weight" in folded or "font-style" in folded


def _drawn(line: str) -> str:
    """Return a line as it is seen: no space follows another, begins the line or ends it."""
    if "  " not in line and line.isprintable():  # of all spaces that leaves single plain ones
        return line.strip(" ")
    line = _SPACES.sub(" ", line).lstrip(" ")
    return line.replace("\N{NO-BREAK SPACE}", " ").rstrip()
