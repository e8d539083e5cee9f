"""What a file says of a contact beyond the fields that it has: places for it, and lines for notes.

A contact has three postal addresses, one company, one spouse. Whatever a file says more is written
below its notes, each thing on a line with what the file calls it: nothing is lost, and it can be
found. :func:`addresses_placed` finds the fields of addresses, :func:`below` writes the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.model.contacts import Address

__all__ = ["OTHER", "Placed", "addresses_placed", "below", "line_of"]

OTHER = "other_address"


@dataclass(frozen=True, slots=True)
class Placed:
    """An address of a file."""

    where: str
    """The field of its kind: ``home_address``."""
    label: str
    """As the file calls it, for whoever reads it in the notes."""
    address: Address


def addresses_placed(
    addresses: Sequence[Placed],
) -> tuple[Mapping[str, Address], Sequence[str]]:
    """Return addresses by their fields, and lines for those that have none.

    The first of each kind has the field of that kind, and one more that of another address, unless
    there is one that is neither at work nor at home. A home is never said to be a place of work.
    """
    fields: dict[str, Address] = {}
    more: list[Placed] = []
    different = {(each.where, each.address): each for each in addresses}
    for each in different.values():
        if each.where in fields:
            more.append(each)
        else:
            fields[each.where] = each.address
    lines = []
    for each in more:
        if OTHER in fields:
            lines.append(line_of(each.label, _on_one_line(each.address)))
        else:
            fields[OTHER] = each.address
    return fields, lines


def line_of(label: str, text: str) -> str:
    """Return what is said as one line."""
    said = ", ".join(filter(None, map(str.strip, text.splitlines())))
    label = " ".join(label.split()).rstrip(" :*")
    return f"{label}: {said}" if label else said


def below(notes: str, lines: Iterable[str]) -> str:
    """Return notes with lines below them, each once."""
    said = {line.strip() for line in notes.splitlines()}
    more = (line for line in dict.fromkeys(lines) if line not in said)
    return "\n".join(filter(None, (notes, *more)))


def _on_one_line(address: Address) -> str:
    city = f"{address.postal_code} {address.city}".strip()
    return "\n".join(filter(None, (address.street, city, address.region, address.country)))
