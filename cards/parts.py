"""Pieces that several cards share: a heading, a line of facts, a sentence that stands out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from cards.elements import (
    Color,
    Column,
    ColumnSet,
    Container,
    Element,
    Spacing,
    TextBlock,
    words,
)
from cards.when import month_short, weekday_short

__all__ = [
    "TOUCHED",
    "block",
    "calendar_leaf",
    "fact",
    "fact_of",
    "fold",
    "heading",
    "note",
    "quoting",
    "section",
    "small",
    "subheading",
]

BLOCK = "76px"
TOUCHED = "24px"
"""The least height of what can be pressed (WCAG 2.2, 2.5.8)."""


def heading(text: str, *, spacing: Spacing | None = None) -> TextBlock:
    """Return our own words as the heading of a card, also for screen readers."""
    return TextBlock(
        text=text, size="large", weight="bolder", wrap=True, style="heading", spacing=spacing
    )


def subheading(text: str) -> TextBlock:
    """Return our own words as the heading of a part of a card."""
    return TextBlock(
        text=text, weight="bolder", wrap=True, style="heading", separator=True, spacing="medium"
    )


def quoting(text: str) -> Element:
    """Return a heading that quotes what somebody wrote: no Markdown is read in it."""
    return words(text, size="large", weight="bolder")


def small(text: str, *, spacing: Spacing | None = "none") -> Element:
    """Return a quiet line; outside text is welcome."""
    return words(text, size="small", subtle=True, spacing=spacing)


def note(
    text: str, style: Literal["default", "emphasis", "good", "attention", "warning"] = "emphasis"
) -> Container:
    """Return a sentence that stands out."""
    return Container(items=[words(text)], style=style, bleed=True)


def block(upper: str, middle: str, lower: str) -> Column:
    """Return a tinted square with one big thing in it.

    The tint is on a container inside of the column: a tinted column would grow as tall as the
    text beside it.
    """
    lines: list[Element] = [
        words(middle, size="extraLarge", weight="bolder", align="center", spacing="none")
    ]
    if upper:
        lines.insert(0, _label(upper, "accent"))
    if lower:
        lines.append(_label(lower, None))
    return Column(items=[Container(items=lines, style="emphasis")], width=BLOCK)


def _label(text: str, color: Color | None) -> TextBlock:
    return TextBlock(
        text=text, size="small", weight="bolder", align="center", color=color, spacing="none"
    )


def calendar_leaf(day: date, language: str) -> Column:
    """Return a day as a leaf of a calendar."""
    return block(weekday_short(day, language), str(day.day), month_short(day, language))


def fact(label: str, *values: str) -> ColumnSet:
    """Return a named fact; the name is ours, the values come from anywhere."""
    return fact_of(label, *(words(value, spacing="none") for value in values))


def fact_of(label: str, *lines: Element) -> ColumnSet:
    """Return a named fact that is drawn already."""
    name = TextBlock(text=label, subtle=True, wrap=True)
    return ColumnSet(
        columns=[Column(items=[name], width="96px"), Column(items=list(lines), width="stretch")],
        spacing="small",
    )


def section(items: Sequence[Element]) -> list[Element]:
    """Return the items a little apart from what is above them; nothing for none."""
    return [Container(items=list(items), spacing="medium")] if items else []


def fold(text: str, letters: int) -> str:
    """Return at most so many letters of ``text``, with an ellipsis for the rest."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
