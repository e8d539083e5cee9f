"""What commands are called in other languages than English, which is always understood.

One row a command, under the first words of its phrase in :mod:`services.phrases.table`; the first
name is the one that is offered. What stands behind it is read with the words of the same language.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from services.phrases.tongues import (
    danish_commands,
    french_commands,
    german_commands,
    spanish_commands,
)
from services.phrases.vocabulary import plainly

__all__ = ["COMMANDS", "commands_in", "offered_in"]

COMMANDS: Mapping[str, Mapping[str, str]] = {
    "de": german_commands.COMMANDS,
    "fr": french_commands.COMMANDS,
    "es": spanish_commands.COMMANDS,
    "da": danish_commands.COMMANDS,
}


@lru_cache(maxsize=64)
def commands_in(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return what each command is called in a language such as ``de``, as people type it."""
    return {
        command: tuple(dict.fromkeys(p for name in names.split(", ") for p in plainly(name)))
        for command, names in COMMANDS.get(language, {}).items()
    }


def offered_in(language: str, command: str) -> str:
    """Return the name under which a command is offered."""
    return commands_in(language).get(command, (command,))[0]
