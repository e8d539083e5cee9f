"""Several e-mail addresses or phone numbers that somebody wrote where one belongs.

People put ``+45 12 34 56 78 / +45 87 65 43 21`` into one cell, or ``a@x.org or b@x.org``.
:func:`several_ways` parts them where nothing else can be meant: a slash also stands between the
parts of one number (``030/1234567``), and before an extension (``555-123-4567/8901``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from services.contacts import phone_numbers
from services.model.contacts import ContactContent, Phone

__all__ = ["several_ways"]

_BETWEEN = re.compile(
    r"\s*(?:[/,;|&\n]|\s(?:or|and|oder|und|ou|et|eller|og|y|o)\s|\s\+(?=\s*\+))\s*", re.I
)
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]|/]+@[^\s@<>,;:\"()\[\]|/]+\.[^\s@<>,;:\"()\[\]|/.]+")
_PLAIN = re.compile(r"\+?[\d ().-]*")
"""A number as most are, in which nothing parts it."""
_ODD = re.compile(r"[\s;,/|<(]")
_SAID = re.compile(r"[^\W\d_]{2,}")
_JOINS = frozenset(
    {"or", "and", "oder", "und", "ou", "et", "eller", "og", "mailto", "mail", "email"}
)
FEWEST_DIGITS, MOST_DIGITS = 6, 15
WHOLE_DIGITS = 7
"""With so many, a number that names no country is one, where nobody knows the country's rules."""


def several_ways(content: ContactContent, region: str) -> ContactContent:
    """Return the contact with each of its addresses and numbers by itself.

    What somebody wrote beside an address stands below the notes.

    Args:
        content: as a file has it.
        region: where its numbers are at home, as :func:`phone_numbers.region_of` says.
    """
    if any(_ODD.search(each) for each in content.emails):
        emails = [(each, list(_emails(each))) for each in content.emails]
        remarks = [each for each, found in emails if each not in found and _has_remark(each, found)]
        content = replace(
            content,
            emails=tuple(dict.fromkeys(one for _, found in emails for one in found)),
            notes="\n".join(filter(None, (content.notes, *remarks))),
        )
    if not all(_PLAIN.fullmatch(phone.number) for phone in content.phones):
        parted = [Phone(p.kind, n) for p in content.phones for n in _numbers(p.number, region)]
        content = replace(content, phones=tuple(dict.fromkeys(parted)))
    return content


def _emails(written: str) -> Iterator[str]:
    """Yield the addresses of a text, or the text where it holds anything else with an ``@``."""
    found = _ADDRESS.findall(written) if _ODD.search(written) else []
    if not found or len(found) != written.count("@"):
        yield written
    else:
        yield from found


def _has_remark(written: str, found: list[str]) -> bool:
    """Whether there are words beside the addresses; a name in front of one in ``<>`` is none."""
    if "<" in written:
        return False
    for each in found:
        written = written.replace(each, " ")
    return any(word.casefold() not in _JOINS for word in _SAID.findall(written))


def _numbers(written: str, region: str) -> list[str]:
    parts = [part for each in _BETWEEN.split(written) if (part := each.strip())]
    if len(parts) < 2:
        return [written]
    abroad = [part.lstrip("( ").startswith(("+", "00")) for part in parts]
    if all(abroad):
        fitting = all(map(_may_be_whole, parts))
    elif region:
        fitting = all(phone_numbers.is_whole(part, region) for part in parts)
    else:
        fitting = not any(abroad) and all(_digits(part) >= WHOLE_DIGITS for part in parts)
    return parts if fitting else [written]


def _may_be_whole(part: str) -> bool:
    return FEWEST_DIGITS <= _digits(part) <= MOST_DIGITS


def _digits(part: str) -> int:
    return sum(sign.isdigit() for sign in part)
