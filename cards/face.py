"""Somebody's picture, or their initials where there is none; and their line in a list.

A picture is always at an address of our own, signed and good for some time
(:mod:`services.contacts.photos`): a card never makes a client fetch something from elsewhere.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

from cards.action import Action
from cards.buttons import tap
from cards.elements import Column, ColumnSet, Element, Shown, words
from cards.parts import TOUCHED, block, fold, small
from cards.strict import prop
from cards.text import clean

__all__ = ["Image", "face", "initials", "person_line"]

WIDTH = "72px"


class Image(Shown):
    """A picture with what a screen reader says of it."""

    element_type = "Image"
    url: str = prop()
    alt: str = prop(key="altText")
    width: str | None = prop(default=None)
    style: Literal["default", "person"] | None = prop(
        one_of=Literal["default", "person"], default=None
    )


def face(name: str, photo: str) -> Column:
    """Return the picture behind an address, or initials without one."""
    if not photo:
        return block("", initials(name), "")
    picture = Image(url=photo, alt=clean(fold(name, 80)), width="64px", style="person")
    return Column(items=[picture], width=WIDTH)


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name, ``?`` without any."""
    starts = [letter for word in name.split() if (letter := _first_letter(word))]
    return "".join(starts[:1] + starts[1:][-1:]) or "?"


def _first_letter(word: str) -> str:
    """Return the first letter or digit in upper case, so that "(Ines" is an I."""
    return next((sign.upper()[:1] for sign in word if unicodedata.category(sign)[0] in "LN"), "")


def person_line(name: str, beside: str, action: Action) -> Element:
    """Return a line for somebody: initials, name and what is known beside it; pressed as one."""
    shown = fold(name, 120)
    lines: list[Element] = [words(shown, weight="bolder")]
    if beside:
        lines.append(small(beside))
    letters = words(initials(name), weight="bolder", color="accent", align="center")
    return ColumnSet(
        columns=[
            Column(items=[letters], width="36px", vertical="center"),
            Column(items=lines, width="stretch", vertical="center"),
        ],
        spacing="small",
        min_height=TOUCHED,
        action=tap(action, shown),
    )
