"""On what an answer about people's time rests, in words, and whom it could not find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.elements import Element
from cards.parts import fold, note, small
from cards.wording import count, say
from services.model.availability import Known, Live, Source

__all__ = ["Basis", "basis_lines"]


SENTENCES = {
    Live.SLOW: "Microsoft 365 did not answer in time. This rests on the calendar alone.",
    Live.REFUSED: "Microsoft 365 does not tell this right now. This rests on the calendar alone.",
    Live.NOT_CONNECTED: (
        "Your Outlook is not connected, so this rests on the calendar alone. Write “connect” in "
        "your own chat with Almanac to change that."
    ),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What is known, and whom nobody knew."""

    known: Known
    unknown: Sequence[str] = ()
    unclear: Sequence[str] = ()
    left_out: int = 0
    """How many more there are than an answer has room for."""


def basis_lines(basis: Basis, language: str) -> list[Element]:
    """Return the sentences: first what went wrong, then where the rest comes from."""
    lines: list[Element] = []
    if basis.known.live in SENTENCES:
        lines.append(note(say(language, SENTENCES[basis.known.live]), "warning"))
    for names, sentence in (
        (basis.unknown, "Nobody here is called {name}."),
        (basis.unclear, "Several people here are called {name}. Please write the whole name."),
    ):
        for name in names:
            lines.append(note(say(language, sentence, name=f"“{fold(name, 60)}”"), "attention"))
    if basis.left_out:
        lines.append(small(_left_out(basis, language), spacing="small"))
    for source, sentence in (
        (Source.OUTLOOK, "From Outlook, just now: {names}."),
        (Source.CALENDAR, "From the calendar alone: {names}."),
    ):
        known = [diary.name for diary in basis.known.diaries if diary.source is source]
        if known:
            said = say(language, sentence, names=", ".join(known))
            lines.append(small(said, spacing="small"))
    return lines


def _left_out(basis: Basis, language: str) -> str:
    return count(
        language,
        "One more person is here. Please name those whom you mean.",
        "{n} more people are here. Please name those whom you mean.",
        basis.left_out,
    )
