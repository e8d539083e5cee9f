r"""Descriptions: text with a few marks, as people type them and as Outlook's HTML is kept.

A text is lines. ``- `` begins a point of a list and ``1. `` a numbered one, two spaces before it
make it a point of a point. ``**bold**``, ``_italics_`` and ``[words](https://…)`` mark words, a
bare web address is a link, and a backslash takes the meaning from ``*``, ``_``, ``[`` or ``]``.
Whatever is no mark is itself: ``snake_case``, ``2 * 3`` and ``______`` need no backslash.

:func:`parse` reads a text, :func:`write` writes one, :func:`plain` drops the marks. Both ways are
each other's inverse, but for a mark that cannot be said (italics inside of a word): it is lost.

A subset of CommonMark, cut to what Outlook, cards and people have in common.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

__all__ = ["DEEPEST", "LONGEST_URL", "Line", "Run", "is_unmarked", "parse", "plain", "write"]

DEEPEST = 3
"""How deep a point may be, counted from 0."""
LONGEST_URL = 2000

_ITEM = re.compile(r"( *)(?:-|(\d{1,3})\.) +(?=\S)")
_URL = rf"(?:https?://|mailto:)[^\s()<>\\]{{1,{LONGEST_URL}}}"
_BARE = r"https?://[^\s<>()\[\]\\]*[^\s<>()\[\]\\.,;:!?'\"*_]"
_PIECE = re.compile(
    r"\\(?P<literal>[*_\[\]])|(?P<stars>\*+)|(?P<lows>_+)"
    rf"|\[(?P<label>(?:\\[*_\[\]]|\\(?![*_\[\]])|[^\[\]\\])+)\]\((?P<url>{_URL})\)"
    rf"|(?P<bare>{_BARE})"
)
_MAYBE_MARK = re.compile(r"[\\*_\[]|https?://|^ *(?:-|\d{1,3}\.) ", re.MULTILINE)
_ESCAPED = re.compile(r"\\([*_\[\]])")
_MAGIC = re.compile(r"([*_\[\]])")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike. Marked ones neither begin nor end with a space."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""
    """Where a link leads: ``https``, ``http`` or ``mailto``."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a point of a list."""

    runs: tuple[Run, ...]
    item: int | None = None
    """``None`` = no point; 0 = a point; 1 and more = the number of a numbered one."""
    depth: int = 0
    """Of a point: 0 to ``DEEPEST``, at most one more than the point before it."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    url: str = ""
    mark: str = ""
    opens: bool = False
    closes: bool = False


def parse(text: str) -> tuple[Line, ...]:
    """Return the lines of a text."""
    lines: list[Line] = []
    numbers: list[int] = []
    for source in text.split("\n"):
        item, depth, words = _item(source, numbers)
        numbers = [] if item is None else [*numbers[:depth], item]
        lines.append(Line(_runs(words), item, depth))
    return tuple(lines)


def is_unmarked(text: str) -> bool:
    """Tell whether a text surely has no mark: what is written is what is read."""
    return _MAYBE_MARK.search(text) is None


def write(lines: Iterable[Line]) -> str:
    """Return the text that says these lines, with as few backslashes as it takes."""
    return "\n".join(_begin(line) + _said(normal(line.runs)) for line in lines)


def plain(text: str) -> str:
    """Return the text without its marks; where a link leads is told behind its words."""
    return "\n".join(_begin(line) + _bare_words(line.runs) for line in parse(text))


def _linked(runs: Iterable[Run]) -> Iterator[Run]:
    """Make links of the bare addresses in what is no link yet."""
    for run in runs:
        end = 0
        for found in re.finditer(_BARE, "" if run.url else run.text):
            yield replace(run, text=run.text[end : found.start()])
            yield replace(run, text=found[0], url=found[0])
            end = found.end()
        yield replace(run, text=run.text[end:])


def normal(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs with spaces outside of marks, equal neighbours as one, addresses as links."""
    runs = tuple(runs)
    if not any(map(_look, runs)):  # most lines have no mark, and a sync reads very many
        text = "".join(run.text for run in runs)
        if "://" not in text:
            return (Run(text),) if text else ()
    return tuple(_joined(_linked(_joined(runs))))


def _look(run: Run) -> tuple[bool, bool, str] | None:
    """Return how the words of a run look; ``None`` for plain ones."""
    return (run.bold, run.italic, run.url) if run.bold or run.italic or run.url else None


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    parted = (part for run in _alike(runs) for part in _parted(run))
    return _alike(parted)


def _alike(runs: Iterable[Run]) -> Iterator[Run]:
    for look, alike in groupby(runs, key=_look):
        yield Run("".join(run.text for run in alike), *(look or ()))


def _parted(run: Run) -> Iterator[Run]:
    words = run.text.strip()
    if not run.text or _look(run) is None:
        yield from (run,) if run.text else ()
        return
    begin = len(run.text) - len(run.text.lstrip())
    end = begin + len(words)
    for part in (Run(run.text[:begin]), replace(run, text=words), Run(run.text[end:])):
        yield from (part,) if part.text else ()


def _item(source: str, numbers: Sequence[int]) -> tuple[int | None, int, str]:
    """Return which point of a list a line is, how deep, and its words.

    ``3. October`` is a point only behind a second one: most dots behind a number are no list.
    """
    found = _ITEM.match(source)
    if found is None:
        return None, 0, source
    depth = min(len(found[1]) // 2, len(numbers), DEEPEST)
    number = int(found[2]) if found[2] else 0
    before = numbers[depth] if depth < len(numbers) else 0
    if (number > 1 and number != before + 1) or (found[2] and not number):
        return None, 0, source
    return number, depth, source[found.end() :]


def _runs(words: str) -> tuple[Run, ...]:
    if not _PIECE.search(words):  # most lines have no mark, and a sync reads very many
        return (Run(words),) if words else ()
    pieces = list(_pieces(words))
    marks = _pairs(pieces, "**") | _pairs(pieces, "_")
    bold = italic = False
    runs = []
    for at, piece in enumerate(pieces):
        if at not in marks:
            runs.append(Run(piece.text, bold, italic, piece.url))
        elif piece.mark == "_":
            italic = not italic
        else:
            bold = not bold
    return normal(runs)


def _pieces(words: str) -> Iterator[_Piece]:
    end = 0
    for found in _PIECE.finditer(words):
        if found.start() > end:
            yield _Piece(words[end : found.start()])
        end = found.end()
        before, after = words[: found.start()][-1:], words[end : end + 1]
        if found["url"]:
            yield _Piece(_ESCAPED.sub(r"\1", found["label"]), found["url"])
        elif found["bare"]:
            yield _Piece(found["bare"], found["bare"])
        elif found["literal"]:
            yield _Piece(found["literal"])
        else:
            yield _marks(found[0], before, after)
    if end < len(words):
        yield _Piece(words[end:])


def _marks(sign: str, before: str, after: str) -> _Piece:
    """Return stars or low lines, as the mark that they may be between these two characters."""
    opens, closes = not (after or " ").isspace(), not (before or " ").isspace()
    if sign == "_":
        # Inside of a word it is part of a name.
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    elif sign != "**":
        return _Piece(sign)
    return _Piece(sign, "", sign, opens, closes)


def _pairs(pieces: Sequence[_Piece], mark: str) -> set[int]:
    """Return the places of a mark that have a partner."""
    found: set[int] = set()
    opened: int | None = None
    for at, piece in enumerate(pieces):
        if piece.mark != mark:
            continue
        if opened is not None and piece.closes:
            found |= {opened, at}
            opened = None
        elif opened is None and piece.opens:
            opened = at
    return found


def _begin(line: Line) -> str:
    if line.item is None:
        return ""
    return "  " * line.depth + (f"{line.item}. " if line.item else "- ")


def _said(runs: tuple[Run, ...]) -> str:
    """Return the words with marks; what cannot be said with them is said without."""
    for literal, bare in ((str, True), (str, False), (_escaped, True), (_escaped, False)):
        words = _marked(runs, literal, bare)
        if _runs(words) == runs:
            return words
    return _escaped(_bare_words(runs))


def _marked(runs: Iterable[Run], literal: Callable[[str], str], bare: bool) -> str:
    words = ""
    for bold, alike in groupby(runs, key=lambda run: run.bold):
        inner = ""
        for italic, same in groupby(alike, key=lambda run: run.italic):
            said = "".join(_run(run, literal, bare) for run in same)
            inner += f"_{said}_" if italic else said
        words += f"**{inner}**" if bold else inner
    return words


def _run(run: Run, literal: Callable[[str], str], bare: bool) -> str:
    if bare and run.url == run.text:
        return run.url
    return f"[{literal(run.text)}]({run.url})" if run.url else literal(run.text)


def _bare_words(runs: Iterable[Run]) -> str:
    return "".join(
        run.text if run.url in ("", run.text) else f"{run.text} <{run.url}>" for run in runs
    )


def _escaped(text: str) -> str:
    return _MAGIC.sub(r"\\\1", text)
