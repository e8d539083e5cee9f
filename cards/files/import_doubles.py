"""Contacts of a file that are likely there already: what becomes of all of them, or of each.

The preview of an import asks once for all (:func:`doubles_section`); :func:`doubles_card` asks for
each, a page at a time, and :func:`chosen_rows` reads what was chosen there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cards.buttons import press
from cards.elements import Card, Choice, ChoiceSet, Element, card, words
from cards.files.file_actions import ImportDoublesShow, ImportLook
from cards.parts import fold, heading, section, small
from cards.text import clean
from cards.viewer import Reader
from cards.wording import count, say
from services.model.books import BookId
from services.model.imports import Double, Doubles, DoublesPage, Preview

__all__ = ["DOUBLES", "chosen_rows", "doubles_card", "doubles_section", "one_by_one"]

DOUBLES = "doubles"
"""The input for what becomes of all; that of one has the number of its row behind it."""
MOST_SHOWN = 8
_TITLE = 80
CHOICES = {
    Doubles.MERGE: "Merge with those here",
    Doubles.SKIP: "Leave them out",
    Doubles.ADD: "Add them all the same",
}
ONE = {
    Doubles.MERGE: "Merge",
    Doubles.SKIP: "Leave it out",
    Doubles.ADD: "Keep both",
}


def doubles_section(preview: Preview, language: str) -> list[Element]:
    """Return what is likely there already, and what to do with all of it."""
    if not preview.doubles:
        return []
    number = len(preview.doubles)
    told: list[Element] = [
        words(
            count(language, "One is likely here already:", "{n} are likely here already:", number),
            weight="bolder",
        )
    ]
    for double in preview.doubles[:MOST_SHOWN]:
        told.append(words(_sentence(double, language), spacing="small"))
        if double.choice is not preview.choice:
            told.append(small(say(language, ONE[double.choice])))
    if number > MOST_SHOWN:
        rest = count(language, "and one more", "and {n} more", number - MOST_SHOWN)
        told.append(small(rest, spacing="small"))
    asked = say(language, "What shall become of these?")
    return section([*told, _choice(DOUBLES, asked, CHOICES, preview.choice, language)])


def one_by_one(preview: Preview, language: str) -> list[Element]:
    """Return the button that leads to the choice for each, where there are several."""
    if len(preview.doubles) < 2:
        return []
    show = ImportDoublesShow(preview.book.id, preview.token)
    return [press(show, say(language, "Choose one by one"), form=True)]


def doubles_card(book: BookId, token: str, page: DoublesPage, reader: Reader) -> Card:
    """Return a page of pairs, each with its choice.

    Args:
        book: into which the file shall go.
        token: of the file.
        page: the pairs.
        reader: who sent the file.
    """
    language = reader.language
    title = say(language, "Likely here already")
    last = page.first + len(page.pairs)
    where = say(
        language, "{first} to {last} of {total}", first=page.first + 1, last=last, total=page.total
    )
    body: list[Element] = [heading(title), small(where)]
    for pair in page.pairs:
        asked = _sentence(pair, language)
        body.append(_choice(f"{DOUBLES}_{pair.row}", asked, ONE, pair.choice, language))
    buttons = [
        press(ImportDoublesShow(book, token, number), say(language, name), form=True, main=is_next)
        for name, number, is_next in (("Next", page.after, True), ("Back", page.before, False))
        if number is not None
    ]
    look = press(ImportLook(token, book), say(language, "Look again"), form=True)
    return card(body, [*buttons, look], language=language, fallback=title)


def chosen_rows(value: Mapping[str, Any]) -> dict[int, Doubles]:
    """Return what was chosen on such a page, by the row of the file."""
    known = {each.value: each for each in Doubles}
    parts = ((name.partition("_"), choice) for name, choice in value.items() if choice in known)
    return {
        int(row): known[choice]
        for (before, _, row), choice in parts
        if before == DOUBLES and row.isdecimal()
    }


def _sentence(double: Double, language: str) -> str:
    return say(
        language,
        "Row {row} “{name}” looks like “{there}”.",
        row=double.row,
        name=fold(double.about, _TITLE),
        there=fold(double.there, _TITLE),
    )


def _choice(
    id: str, asked: str, choices: Mapping[Doubles, str], chosen: Doubles, language: str
) -> ChoiceSet:
    return ChoiceSet(
        id=id,
        label=clean(asked),
        choices=[Choice(title=say(language, choices[each]), value=each.value) for each in Doubles],
        value=chosen.value,
        style="compact",
        spacing="medium",
    )
