"""Bring the catalogues up to date with what the program says: ``python -m tests.cards.messages``.

Every sentence goes through ``say`` or ``count`` of :mod:`cards.wording`; :func:`messages` finds
them in the source. Where the sentence is not written in the call itself, it stands in a table of
its module (a name in capitals), and all sentences of such tables are taken; single words of
tables are heard when the samples of all cards are drawn. What is gone from the source goes from
the catalogues, what is new comes in untranslated; both are told.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from cards import wording
from cards.wording import LANGUAGES, catalogue_file
from tests.cards._samples import SAMPLES

HOUSE = Path(__file__).parents[2]
SPOKEN = ("cards", "bot")
TABLE = re.compile(r"_?[A-Z][A-Z_0-9]*")
PLACE = re.compile(r"\{(\w*)\}")
WORDS = re.compile(r"[A-Z“{][^<>\n]*[a-z]|[a-z]+ [^<>\n]*[a-z]", re.S)
"""A sentence or title begins so; ids and patterns do not."""

Message = str | tuple[str, str]
"""One sentence, or the pair for one thing and for many."""


class Listener(NullTranslations):
    """Speaks English, and keeps what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: dict[Message, None] = {}

    def gettext(self, message: str) -> str:
        """Keep and return a sentence."""
        self.heard[message] = None
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Keep a pair, and return the one that fits."""
        self.heard[msgid1, msgid2] = None
        return msgid1 if n == 1 else msgid2


@cache
def heard() -> tuple[Message, ...]:
    """Return whatever the samples say."""
    listener, spoken = Listener(), wording._catalogue
    wording._catalogue = lambda language: listener  # type: ignore[assignment]
    try:
        for make in SAMPLES.values():
            make()
    finally:
        wording._catalogue = spoken
    return tuple(listener.heard)


def messages() -> dict[Message, list[str]]:
    """Return every message with the files that it stands in, in the order of the source."""
    found = dict(_written())
    for message in heard():
        found.setdefault(message, ["cards"])
    return found


@cache
def _written() -> dict[Message, list[str]]:
    found: dict[Message, list[str]] = {}
    for folder in SPOKEN:
        for path in sorted((HOUSE / folder).rglob("*.py")):
            where = path.relative_to(HOUSE).as_posix()
            for message in _of_module(ast.parse(path.read_text(encoding="utf-8"))):
                files = found.setdefault(message, [])
                if where not in files:
                    files.append(where)
    return found


def _of_module(tree: ast.Module) -> Iterator[Message]:
    is_by_table = False
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == "say" and len(node.args) > 1:
            texts = [*_texts(node.args[1])]
            is_by_table |= not texts
            yield from texts
        if node.func.id == "count" and len(node.args) > 2:
            one, many = node.args[1:3]
            if isinstance(one, ast.Constant) and isinstance(many, ast.Constant):
                yield str(one.value), str(many.value)
            else:
                is_by_table = True
    if is_by_table:
        yield from (*_of_tables(tree), *_of_calls(tree))


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield the sentences of an argument: one, or one of two."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from (*_texts(body), *_texts(other))


def _of_tables(tree: ast.Module) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        if any(TABLE.fullmatch(name) for name in names):
            yield from _of_table(node.value)


def _of_calls(tree: ast.Module) -> Iterator[Message]:
    """Yield the sentences that functions of the module are handed."""
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in own:
            handed = (part.value for part in node.args if isinstance(part, ast.Constant))
            texts = (value for value in handed if isinstance(value, str))
            yield from (text for text in texts if " " in text and WORDS.match(text))


def _of_table(node: ast.expr) -> Iterator[Message]:
    """Yield the sentences of a table; two beside each other with a number are a pair."""
    match node:
        case ast.Constant(value=str(text)) if WORDS.match(text) and text == text.strip():
            yield text
        case ast.Tuple(elts=parts):
            texts = [p.value for p in parts if isinstance(p, ast.Constant)]
            pair = [text for text in texts if isinstance(text, str)]
            if len(pair) >= 2 and "{n}" in pair[-1]:
                yield pair[-2], pair[-1]
                return
            for part in parts:
                yield from _of_table(part)
        case ast.Dict(values=values):
            for value in values:
                yield from _of_table(value)
        case ast.List(elts=parts) | ast.Set(elts=parts):
            for part in parts:
                yield from _of_table(part)


def places(message: str) -> set[str]:
    """Return the names of the places in a sentence."""
    return set(PLACE.findall(message))


def untranslated(language: str) -> list[Message]:
    """Return what a catalogue does not say yet."""
    catalogue = read(language)
    return [each for each in messages() if not _is_translated(catalogue, each)]


def read(language: str) -> Catalog:
    """Return the catalogue of a language, an empty one where there is none."""
    path = catalogue_file(language)
    if not path.is_file():
        return Catalog(locale=language, project="Almanac", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _is_translated(catalogue: Catalog, message: Message) -> bool:
    there = catalogue.get(message if isinstance(message, str) else message[0])
    string = there.string if there is not None else None
    return all(string) if isinstance(string, tuple | list) and string else bool(string)


def main() -> None:
    """Write each catalogue anew, with what there is now."""
    now = messages()
    for language in LANGUAGES:
        old = read(language)
        new = Catalog(locale=language, project="Almanac", charset="utf-8", fuzzy=False)
        for message, files in now.items():
            key = message if isinstance(message, str) else message[0]
            there = old.get(key)
            string = there.string if there is not None else None
            if not isinstance(message, str) and not isinstance(string, tuple | list):
                string = None
            new.add(message, string, locations=[(file, 0) for file in files])
        path = catalogue_file(language)
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            write_po(file, new, width=100, omit_header=True, include_lineno=False)
        print(f"{language}: {len(now)} messages, {len(untranslated(language))} not translated")


if __name__ == "__main__":
    main()
