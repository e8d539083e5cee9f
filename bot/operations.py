"""What an operator may ask of ``app.py`` in a shell: ``python app.py tasks`` and the like.

:func:`add_operations` puts the commands into the parser, :func:`operate` carries one out over an
open store; the program itself may be running meanwhile or not.
"""

from __future__ import annotations

import argparse
import asyncio
import os

from bot.moves import add_moves
from services.model.identity import ObjectId, Person, TenantId
from services.model.times import Clock
from services.operators import Operators
from services.storage.store import Store

__all__ = ["add_operations", "operate"]

COMMANDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "tasks": ("list the tasks that were given up, and past erasures", ()),
    "erase-tenant": ("erase an organisation, now", ("tenant",)),
    "erase-person": ("erase a person, as if they had asked", ("tenant", "person")),
    "export-person": ("write all that is kept of a person", ("tenant", "person", "file")),
}
"""By name: what it is for, and what must be said with it."""


def add_operations(parser: argparse.ArgumentParser) -> None:
    """Let ``parser`` take a command; ``chosen.command`` is its name, or ``None``."""
    commands = parser.add_subparsers(dest="command", metavar="command")
    for name, (help, arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=help)
        for argument in arguments:
            command.add_argument(argument)
    add_moves(commands)


async def operate(store: Store, clock: Clock, chosen: argparse.Namespace) -> list[str]:
    """Carry the command out; return what there is to say.

    Raises:
        OSError: the file cannot be written, or is there already.
    """
    operators = Operators(store, clock)
    if chosen.command == "tasks":
        return await operators.tasks() + await operators.erasures()
    if chosen.command == "erase-tenant":
        await operators.erase_tenant(TenantId(chosen.tenant.lower()))
        return ["It is in the queue: a running Almanac erases the organisation within minutes."]
    person = Person(TenantId(chosen.tenant.lower()), ObjectId(chosen.person.lower()))
    if chosen.command == "erase-person":
        await operators.erase_person(person)
        return ["It is in the queue: a running Almanac erases the person within minutes."]
    data = await operators.export_person(person)
    await asyncio.to_thread(_write_private, chosen.file, data)
    return [f"{chosen.file} holds everything that is kept of the person, unsealed."]


def _write_private(path: str, data: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
