"""Cut HTML into text and tags, in one walk over it whatever it holds.

:func:`tokens` is forgiving, as a browser is: what is broken is text or nothing, never an error.
Comments, declarations, scripts and styles are left out; entities are read.

The standard library's ``html.parser`` is not used: a mail of 80 kB of ``<!--`` keeps it busy for
nine seconds, since it looks to the end of the text again at every one. Here each search that
finds no end ends the walk, or is not made a second time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Tag", "tokens"]

_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60})")
_REST = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_RAW_END = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "title", "xml")
}
"""What holds no HTML, or none that is seen."""
_ENDLESS = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")
"""No character has such a number, and Python refuses to read very long ones."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, by its name in small letters."""

    name: str
    is_end: bool
    source: str
    """What stands behind its name."""

    def attribute(self, wanted: str) -> str:
        """Return an attribute's value; nothing where it is not given."""
        for name, *values in _ATTRIBUTE.findall(self.source):
            if name.lower() == wanted:
                return _read("".join(values))
        return ""


def tokens(source: str) -> Iterator[str | Tag]:
    """Yield the text and the tags of a piece of HTML, in order."""
    at, has_quotes = 0, True
    while (mark := source.find("<", at)) >= 0:
        if mark > at:
            yield _read(source[at:mark])
        named = _NAME.match(source, mark)
        if named is None:
            at = _after_other(source, mark)
            if at == mark + 1:
                yield "<"
            continue
        found = _REST.match(source, named.end()) if has_quotes else None
        # An open quote is one until the end: from then on quotes mean nothing.
        has_quotes = found is not None
        at = found.end() if found else _after(source, ">", named.end())
        tag = Tag(named[2].lower(), bool(named[1]), source[named.end() : at - 1])
        yield tag
        if tag.name in _RAW_END and not tag.is_end:
            ended = _RAW_END[tag.name].search(source, at)
            at = ended.start() if ended else len(source)
    if at < len(source):
        yield _read(source[at:])


def _after_other(source: str, mark: int) -> int:
    """Return where it goes on behind a comment or a declaration; behind ``<`` if it is neither."""
    if source.startswith("<!--", mark):
        return _after(source, "-->", mark + 2)
    if source.startswith(("<!", "<?", "</"), mark):
        return _after(source, ">", mark)
    return mark + 1


def _after(source: str, end: str, start: int) -> int:
    found = source.find(end, start)
    return found + len(end) if found >= 0 else len(source)


def _read(text: str) -> str:
    return html.unescape(_ENDLESS.sub("\N{REPLACEMENT CHARACTER}", text)) if "&" in text else text
