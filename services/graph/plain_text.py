"""Turn the body of an Outlook item into plain text.

:func:`plain_text` takes Graph's ``body`` and returns lines parted by line feeds. Exchange keeps
every body as HTML and wraps even a text that was sent as text; the text that went out comes back
unchanged from its ``<br>`` elements. Blocks begin on a new line; an empty paragraph is an empty
line, as Outlook draws it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

__all__ = ["plain_text"]

LONGEST = 400_000
"""Characters of HTML that are looked at; a body may hold megabytes of pasted styles."""

BLOCKS = frozenset(
    {"address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"}
    | {"pre", "section", "table", "tr", "ul"}
)
UNSEEN = frozenset({"head", "script", "style", "title"})
SPACES = re.compile(r"[ \t\r\n\f]+")


def plain_text(body: Mapping[str, Any] | None) -> str:
    """Return the text of a Graph ``itemBody``; nothing where there is none."""
    content = (body or {}).get("content")
    if not isinstance(content, str):
        return ""
    if str((body or {}).get("contentType", "")).lower() != "html":
        return _tidy(content)
    reader = _Reader()
    reader.feed(content[:LONGEST])
    reader.close()
    return _tidy(reader.text())


def _tidy(text: str) -> str:
    """Settle line ends and hard spaces; drop what nobody sees at the end of lines and text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\N{NO-BREAK SPACE}", " ")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


class _Reader(HTMLParser):
    """Collects lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[str] = []
        self._line = ""
        self._unseen = 0
        self._pre = 0
        self._href = ""
        self._label = ""

    def text(self) -> str:
        return "\n".join([*self._done, self._line])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self._break()
        elif tag == "a":
            self._href, self._label = dict(attrs).get("href") or "", ""
        elif tag in BLOCKS:
            self._begin_block()
            self._pre += tag == "pre"
            self._line += "- " if tag == "li" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "a":
            self._end_link()
        elif tag in BLOCKS:
            self._begin_block()
            self._pre = max(0, self._pre - (tag == "pre"))
        elif tag in ("td", "th"):
            self._line += " "

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self._label += data
        if self._pre:
            first, *rest = data.replace("\r\n", "\n").split("\n")
            self._line += first
            for line in rest:
                self._break()
                self._line = line
            return
        data = SPACES.sub(" ", data)
        self._line += data.lstrip(" ") if self._line in ("", "- ") or self._ends_blank() else data

    def _ends_blank(self) -> bool:
        return self._line.endswith(" ")

    def _break(self) -> None:
        self._done.append(self._line)
        self._line = ""

    def _begin_block(self) -> None:
        # A hard space alone is content: Outlook writes an empty line as a paragraph around one.
        if self._line.strip(" "):
            self._break()
        self._line = ""

    def _end_link(self) -> None:
        """Keep where a link leads when its words do not say it, as Outlook's own text does."""
        if self._href.startswith(("http://", "https://")) and self._href not in self._label:
            self._line += f" <{self._href}>"
        self._href = ""
