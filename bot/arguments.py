"""What may follow ``python app.py``: how to run, or what an operator asks for in a shell.

:mod:`bot.operations` and :mod:`bot.moves` carry the commands out. They are not read here, so that
a mistyped word is told at once.
"""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["parser"]

COMMANDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "tasks": ("list the tasks that were given up, and past erasures", ()),
    "erase-tenant": ("erase an organisation, now", ("tenant",)),
    "erase-person": ("erase a person, as if they had asked", ("tenant", "person")),
    "export-person": ("write all that is kept of a person", ("tenant", "person", "file")),
}
"""By name: what it is for, and what must be said with it."""


def parser() -> argparse.ArgumentParser:
    """Return what reads the arguments; ``command`` is a command's name, or ``None``."""
    whole = argparse.ArgumentParser(description="Almanac, a bot for Microsoft Teams.")
    whole.add_argument("--demo", action="store_true", help="anonymous, with sample people")
    whole.add_argument("--playground", action="store_true", help="the demo with a chat to try")
    commands = whole.add_subparsers(dest="command", metavar="command")
    for name, (help, arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=help)
        for argument in arguments:
            command.add_argument(argument)
    outgoing = commands.add_parser("export", help="write the store to a file, still sealed")
    outgoing.add_argument("file", type=Path)
    outgoing.add_argument("--tenant", type=str.lower, help="an organisation's id: it alone")
    incoming = commands.add_parser("import", help="read such a file into an empty store")
    incoming.add_argument("file", type=Path)
    return whole
