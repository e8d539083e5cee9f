"""What forms have in common: inputs that remember, problems beside them, and where they stand.

A form is drawn from the strings that were typed, right or wrong, so that a refused one comes back
as it was, with a sentence at each input that needs another look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from cards.action import Action
from cards.buttons import press, submit
from cards.elements import (
    Card,
    Choice,
    ChoiceSet,
    Column,
    ColumnSet,
    DateInput,
    Element,
    TextInput,
    TimeInput,
    card,
    words,
)
from cards.parts import fold, heading, note
from cards.submitted import as_choice, choices_in
from cards.text import clean
from cards.wording import beside, count, say
from services.model.books import Book, BookId
from services.model.errors import Problem, Wrong

__all__ = ["IN_BOOK", "Form", "Mode", "side_by_side"]

IN_BOOK = "in_book"
"""The input in which a calendar or contact list is chosen, where a place has several."""

DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Mode(Enum):
    """Where a form stands: its buttons differ."""

    CHAT = "chat"
    DIALOG = "dialog"


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed into which inputs, and what is wrong with it."""

    values: Mapping[str, str]
    problems: Sequence[Problem]
    language: str

    def typed(self, name: str) -> str | None:
        """Return what stands in an input; ``None`` for an empty one."""
        return self.values.get(name) or None

    def below(self, name: str) -> list[Element]:
        """Return the sentences that belong below an input."""
        return [
            words(self._sentence(problem), color="attention", spacing="small")
            for problem in self.problems
            if problem.field == name
        ]

    def line(
        self,
        name: str,
        label: str,
        *,
        most: int,
        missing: str | None = None,
        lines: bool | None = None,
        hint: str | None = None,
        style: Literal["tel", "email"] | None = None,
    ) -> list[Element]:
        """Return an input for text; with ``missing``, the sentence for an empty one."""
        text = TextInput(
            id=name,
            label=label,
            spacing="medium",
            value=self.typed(name),
            max_length=most,
            required=True if missing else None,
            error=missing,
            lines=lines,
            placeholder=hint,
            style=style,
        )
        return [text, *self.below(name)]

    def day(self, name: str, label: str, *, missing: str | None = None) -> list[Element]:
        """Return an input for a day; one that does not exist is quoted below instead."""
        value = self.values.get(name, "")
        day = DateInput(
            id=name,
            label=label,
            spacing="medium",
            value=value if DATE.fullmatch(value) and not self._is_bad(name) else None,
            required=True if missing else None,
            error=missing,
        )
        return [day, *self.below(name)]

    def clock(self, name: str, label: str) -> list[Element]:
        """Return an input for a time of day."""
        value = self.values.get(name, "")
        at = TimeInput(
            id=name,
            label=label,
            spacing="medium",
            value=value if TIME.fullmatch(value) else None,
        )
        return [at, *self.below(name)]

    def choose(self, name: str, label: str, choices: Sequence[Choice]) -> list[Element]:
        """Return an input for one of several."""
        value = self.typed(name)
        if value is not None and value not in {choice.value for choice in choices}:
            unknown = fold(clean(value), 60)
            choices, value = [Choice(title=unknown, value=unknown), *choices], unknown
        several = ChoiceSet(
            id=name,
            label=label,
            spacing="medium",
            choices=list(choices),
            value=value,
            style="compact",
        )
        return [several, *self.below(name)]

    def people(
        self,
        name: str,
        label: str,
        known: Sequence[Choice],
        *,
        of_place: bool,
        several: bool = True,
    ) -> list[Element]:
        """Return a picker of people: of a place, or of the whole organisation.

        ``known`` are those who may stand in it already: a client fetches the others itself.
        """
        scope = "?scope=currentContext" if of_place else ""
        chosen = [id for id in clean(self.typed(name) or "").split(",") if id]
        values = {choice.value for choice in known}
        picked = say(self.language, "Picked before")  # a client that knows the id shows who it is
        known = [*known, *(Choice(title=picked, value=id) for id in chosen if id not in values)]
        query = {"type": "Data.Query", "dataset": f"graph.microsoft.com/users{scope}"}
        picker = ChoiceSet(
            id=name,
            label=label,
            spacing="medium",
            choices=list(known),
            value=",".join(chosen) or None,
            style="compact",
            several=several or None,
            query=query,
        )
        return [picker, *self.below(name)]

    def proposed(
        self, name: str, label: str, dataset: str, *, several: bool = False
    ) -> list[Element]:
        """Return an input that proposes what fits while somebody types.

        What stands in it already goes by its value; ``dataset`` is of
        :mod:`cards.contacts.contact_choices`.
        """
        typed = clean(self.typed(name) or "")
        chosen = choices_in(typed) if several else tuple(filter(None, (typed,)))
        values = [as_choice(each) if several else each for each in chosen]
        pairs = zip(chosen, values, strict=True)
        field = ChoiceSet(
            id=name,
            label=label,
            spacing="medium",
            choices=[Choice(title=fold(title, 80), value=value) for title, value in pairs],
            value=",".join(values) or None,
            style="compact",
            several=several or None,
            query={"type": "Data.Query", "dataset": dataset},
        )
        return [field, *self.below(name)]

    def books(self, books: Sequence[Book], now: BookId, label: str) -> list[Element]:
        """Return an input for the calendar or contact list; nothing where there is no choice."""
        if len(books) < 2:
            return []
        value = self.typed(IN_BOOK)
        known = {book.id for book in books}
        several = ChoiceSet(
            id=IN_BOOK,
            label=label,
            spacing="medium",
            choices=[Choice(title=clean(fold(book.name, 80)), value=book.id) for book in books],
            value=value if value in known else now,
            style="compact",
        )
        return [several]

    def drawn(
        self,
        title: str,
        inputs: Sequence[Element],
        *,
        save: Action,
        button: str,
        cancel: Action,
        mode: Mode,
        said: str = "",
    ) -> Card:
        """Return the card; a dialog has its own heading and its own way out.

        ``said`` is a sentence about the whole form, above its inputs.
        """
        language = self.language
        body = [*([heading(title)] if mode is Mode.CHAT else []), *self._summary(said), *inputs]
        if mode is Mode.DIALOG:
            return card(body, [submit(save, button)], language=language, fallback=title)
        buttons = [
            press(save, button, main=True, form=True),
            press(cancel, say(language, "Cancel")),
        ]
        return card(body, buttons, language=language, fallback=title)

    def _is_bad(self, name: str) -> bool:
        return any(p.field == name and p.wrong is Wrong.NOT_A_DATE for p in self.problems)

    def _sentence(self, problem: Problem) -> str:
        """Return what is wrong, with what was typed where the input cannot show it."""
        sentence = beside(self.language, problem)
        if problem.wrong not in (Wrong.NOT_A_DATE, Wrong.NOT_A_TIME):
            return sentence
        typed = fold(problem.typed or self.values.get(problem.field, ""), 40)
        return say(self.language, "“{typed}”: {sentence}", typed=typed, sentence=sentence)

    def _summary(self, said: str) -> list[Element]:
        if said:
            return [note(said, "warning")]
        if not self.problems:
            return []
        sentence = count(
            self.language,
            "Nothing is saved yet: one field needs another look.",
            "Nothing is saved yet: {n} fields need another look.",
            len({problem.field for problem in self.problems}),
        )
        return [note(sentence, "attention")]


def side_by_side(*columns: list[Element]) -> ColumnSet:
    """Return inputs beside each other, in columns of the same width."""
    return ColumnSet(
        columns=[Column(items=items, width="stretch") for items in columns], spacing="medium"
    )
