"""What an event is about, drawn with its marks: bold, italics, lists and links.

Each line is a ``RichTextBlock`` of runs, which no client reads as Markdown: a sign that is no mark
of ours is a sign. A link is drawn where Teams would follow it: to a web page that is safe, or
to a mailbox.
"""

from __future__ import annotations

from collections.abc import Iterator

from cards.buttons import link, mail
from cards.elements import Element, RichTextBlock, TextRun, words
from cards.text import clean
from services.model.rich_text import Line, Run, parse

__all__ = ["description"]

MOST_LINES = 25
MOST_LETTERS = 2_000
MOST_OF_LINKS = 6_000
"""Letters of addresses: a card may not grow too large to be sent."""
INDENT = "\N{NO-BREAK SPACE}" * 4


def description(text: str) -> list[Element]:
    """Return what somebody wrote, line by line, cut where a card would grow too tall."""
    lines = [line for line in parse(text) if any(run.text.strip() for run in line.runs)]
    drawn: list[Element] = []
    pen = _Pen()
    for line in lines[:MOST_LINES]:
        if pen.letters <= 0:
            break
        drawn.append(pen.draw(line))
    is_cut = pen.letters <= 0 or len(lines) > MOST_LINES
    return [*drawn, words("…", spacing="small")] if is_cut else drawn


class _Pen:
    """Draws as much as fits on a card."""

    def __init__(self) -> None:
        self.letters = MOST_LETTERS
        self._of_links = MOST_OF_LINKS

    def draw(self, line: Line) -> Element:
        """Return a line, as far as there are letters left."""
        runs = list(self._runs(line))
        return RichTextBlock(inlines=runs, spacing="small" if line.item is None else "none")

    def _runs(self, line: Line) -> Iterator[TextRun]:
        if line.item is not None:
            sign = f"{line.item}." if line.item else "•"
            yield TextRun(text=f"{INDENT * line.depth}{sign} ")
        for run in line.runs:
            if self.letters > 0:
                yield self._run(run)

    def _run(self, run: Run) -> TextRun:
        text = clean(run.text[: self.letters])
        self.letters -= len(run.text)
        action = self._action(run.url, text) if run.url and text.strip() else None
        if run.url.startswith("http:") and run.url != run.text and len(run.url) < self.letters:
            # Teams does not follow it: then people read where it leads.
            text = f"{text} <{clean(run.url)}>"
            self.letters -= len(run.url)
        return TextRun(
            text=text,
            weight="bolder" if run.bold else None,
            italic=True if run.italic else None,
            color="accent" if action else None,
            action=action,
        )

    def _action(self, url: str, title: str) -> Element | None:
        self._of_links -= len(url)
        if self._of_links < 0:
            return None
        if url.startswith("mailto:"):
            return mail(url.removeprefix("mailto:").partition("?")[0], title)
        return link(url, title)
