"""Read HTML as a person sees it: lines, lists, bold, italics and links, and nothing else.

:func:`read_html` gives the lines of :mod:`services.model.rich_text`. Blocks begin on a new line;
an empty paragraph is an empty line, as Outlook draws it; a heading is bold; a row of a table is a
line. What is not drawn, and what a link must not do, is gone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from services.graph.html_tokens import Tag, tokens
from services.model.rich_text import DEEPEST, LONGEST_URL, Line, Run, normal

__all__ = ["read_html"]

BLOCKS = frozenset(
    {"address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"}
    | {"pre", "section", "table", "tr", "ul"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BOLD = HEADINGS | {"b", "strong", "th"}
ITALIC = frozenset({"i", "em", "cite"})
STYLED = BOLD | ITALIC | {"a", "font", "span"}
UNSEEN = frozenset({"head", "script", "style", "title", "xml"})
MOST_OPEN = 60
"""Elements inside of each other that are kept in mind; a person's text has five."""

PLAIN = Run("")
SPACES = re.compile(r"[ \t\r\n\f]+")
IS_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
IS_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique)", re.IGNORECASE)
GLYPH = re.compile(r"[·•▪‣◦]\s+")
"""How Word writes a point of a list: as a paragraph with a sign of its own."""
WEB = re.compile(r"(?:https?://|mailto:)[^\x00-\x20\x7f]+", re.IGNORECASE)
UNSAFE = {ord(sign): f"%{ord(sign):02X}" for sign in ' ()<>\\"`{}|^'}


def read_html(source: str, most: int) -> list[Line]:
    """Return the lines that a reader of this HTML sees; no more of them than hold ``most`` letters.

    The last line may be longer: there is no bound to a word.
    """
    reader = _Reader()
    for token in tokens(source):
        if reader.letters > most:
            break
        if isinstance(token, str):
            reader.words(token)
        elif token.is_end:
            reader.end(token.name)
        else:
            reader.begin(token)
    reader.finish_line(even_empty=True)
    return reader.lines


@dataclass(frozen=True, slots=True)
class _Open:
    """A list that is open."""

    is_numbered: bool
    points: int = 0


@dataclass(slots=True)
class _Reader:
    lines: list[Line] = field(default_factory=list)
    letters: int = 0
    _runs: list[Run] = field(default_factory=list)
    _look: Run = PLAIN
    _outer: list[tuple[str, Run]] = field(default_factory=list)
    """The elements around, and how words looked before each of them."""
    _lists: list[_Open] = field(default_factory=list)
    _is_point: bool = False
    _unseen: int = 0
    _pre: int = 0

    def begin(self, tag: Tag) -> None:
        name = tag.name
        if name in UNSEEN:
            self._unseen += 1
        elif name == "body":
            self._unseen = 0
        elif name == "br":
            self.finish_line(even_empty=True)
        elif name in BLOCKS:
            self._begin_block()
            self._pre += name == "pre"
        if name in ("ul", "ol") and len(self._lists) < MOST_OPEN:
            self._lists.append(_Open(is_numbered=name == "ol"))
        self._is_point = self._is_point or name == "li"
        if name in STYLED and len(self._outer) < MOST_OPEN:
            self._outer.append((name, self._look))
            self._look = _look_inside(tag, self._look)

    def end(self, name: str) -> None:
        if name in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif name in BLOCKS:
            self._begin_block()
            self._pre = max(0, self._pre - (name == "pre"))
            self._is_point = self._is_point and name != "li"
        elif name in ("td", "th"):
            self._add(" ")
        if name in ("ul", "ol") and self._lists:
            self._lists.pop()
        for at in reversed(range(len(self._outer))):
            if self._outer[at][0] == name:
                self._look = self._outer[at][1]
                del self._outer[at:]
                break

    def words(self, text: str) -> None:
        if self._unseen:
            return
        self.letters += len(text)
        if not self._pre:
            self._add(SPACES.sub(" ", text))
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self._runs.append(_with(self._look, first))
        for line in rest:
            self.finish_line(even_empty=True)
            self._runs.append(_with(self._look, line))

    def finish_line(self, *, even_empty: bool = False) -> None:
        """Close the line; a hard space alone is content, as in Outlook's empty paragraphs."""
        words = "".join(run.text for run in self._runs)
        if even_empty or words.strip(" "):
            self._take_line(_trimmed(self._runs))
        self._runs = []

    def _take_line(self, runs: tuple[Run, ...]) -> None:
        found = GLYPH.match(runs[0].text) if runs else None
        if found and not self._is_point:
            runs = normal([_with(runs[0], runs[0].text[found.end() :]), *runs[1:]])
            self.lines.append(Line(runs, 0) if runs else Line(()))
        elif self._is_point and runs:
            self.lines.append(self._point(runs))
            self._is_point = False
        else:
            self.lines.append(Line(runs))

    def _point(self, runs: tuple[Run, ...]) -> Line:
        depth = min(max(len(self._lists) - 1, 0), DEEPEST)
        if not self._lists or not self._lists[-1].is_numbered:
            return Line(runs, 0, depth)
        number = self._lists[-1].points + 1
        self._lists[-1] = _Open(True, number)
        return Line(runs, number, depth)

    def _begin_block(self) -> None:
        self.finish_line()

    def _add(self, text: str) -> None:
        if not self._runs or self._runs[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            self._runs.append(_with(self._look, text))


def _look_inside(tag: Tag, around: Run) -> Run:
    style = tag.attribute("style") if "font-" in tag.source.lower() else ""
    return Run(
        "",
        around.bold or tag.name in BOLD or bool(IS_BOLD.search(style)),
        around.italic or tag.name in ITALIC or bool(IS_ITALIC.search(style)),
        _address(tag.attribute("href")) if tag.name == "a" else around.url,
    )


def _address(href: str) -> str:
    """Return where a link may lead: to a web page or a mailbox, nowhere else."""
    href = href.strip()
    if len(href) > LONGEST_URL // 3 and len(href.translate(UNSAFE)) > LONGEST_URL:
        return ""
    href = re.sub(r"[\t\r\n]", "", href).translate(UNSAFE)
    scheme, colon, rest = href.partition(":")
    href = f"{scheme.lower()}{colon}{rest}"
    return href if WEB.fullmatch(href) else ""


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Return a line's runs with soft spaces only, and none at its end."""
    soft = [_with(run, run.text.replace("\N{NO-BREAK SPACE}", " ")) for run in runs]
    while soft and not (words := soft[-1].text.rstrip()):
        soft.pop()
    if soft:
        soft[-1] = _with(soft[-1], words)
    return normal(soft)


def _with(look: Run, text: str) -> Run:
    return Run(text, look.bold, look.italic, look.url)
