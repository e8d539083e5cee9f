"""Contacts out of vCards of any version: 2.1, 3.0, 4.0, and what programs make of them.

:func:`read_vcards` returns what a file holds; what people say that we have no field for stands in
the notes, and what programs tell each other is left out.
A card within a card (``AGENT``, version 2.1) is passed over. What a stranger's file may cost is
bounded: its size and its lines (:mod:`services.formats.content_lines`), its cards, the lines of
one, and the bytes of a picture.

RFC 6350; RFC 2426; versit's vCard 2.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from services.formats.contact_names import Namer
from services.formats.content_lines import Line, lines_of, text_of
from services.formats.quoted_printable import joined
from services.formats.vcard_card import LABEL, card_of
from services.formats.vcard_found import Card
from services.model.contact_lists import FieldKind
from services.model.contacts import ContactContent
from services.model.imports import BadFile, FileWrong, Incoming, Reading, Snag, Trouble

__all__ = ["MOST_BYTES", "read_vcards"]

MOST_BYTES = 16_000_000
MOST_CARDS = 50_000
MOST_LINES = 1_000
"""Of one card; whatever stands behind them is not read."""
LONGEST_LINE = 4_000_000
"""Characters: a picture of some megabytes is read over, and left out."""
DEEPEST = 8
SAID = tuple(
    (re.compile(said, re.I), kind)
    for said, kind in (
        *(("fax", "FAX"), ("mobil|cell|iphone", "CELL"), ("work|office|business", "WORK")),
        *(("home(?!page)", "HOME"), ("spouse|wife|husband|partner", "SPOUSE")),
        *((r"child|\bson\b|daughter", "CHILD"), ("assistant", "AGENT"), ("manager", "MANAGER")),
        ("anniversary", "ANNIVERSARY"),
    )
)
"""What labels of Apple's and Google's say, ``_$!<HomeFAX>!$_`` or ``Work Fax``, as types."""
_STANDARD = re.compile(r"_\$!<(.*)>!\$_")
_QUOTED = 100
_NO_OWN: Mapping[str, FieldKind] = {}


def read_vcards(data: bytes, own: Mapping[str, FieldKind] = _NO_OWN) -> Reading[ContactContent]:
    """Return the contacts of a file.

    Args:
        data: the file.
        own: fields that the list has defined itself, by their names in small letters.

    Raises:
        BadFile: it is too large, or nested beyond what an honest program writes.
    """
    if len(data) > MOST_BYTES:
        raise BadFile(FileWrong.TOO_LARGE)
    items: list[Incoming[ContactContent]] = []
    troubles: list[Trouble] = []
    groups: dict[str, dict[str, None]] = {}
    """By the UIDs of those who are in them; a group may stand before them, or behind."""
    namer = Namer()
    for row, (lines, is_cut) in enumerate(_cards(data), start=1):
        if row > MOST_CARDS:
            raise BadFile(FileWrong.TOO_LARGE)
        card = card_of(lines, own)
        if card.is_group:
            for member in card.members:
                groups.setdefault(_bare(member), {})[card.content.name] = None
            continue
        content = card.content
        troubles += _troubles(row, card, is_cut=is_cut)
        if not content.name:
            continue
        uid = namer.uid(card.uid, content)
        if uid is None:
            troubles.append(Trouble(row, content.name[:_QUOTED], Snag.TWICE))
        else:
            items.append(Incoming(row, uid, content, own=card.own, photo=card.photo))
    return Reading(tuple(_grouped(items, groups)), tuple(troubles))


def _grouped(
    items: Iterable[Incoming[ContactContent]], groups: Mapping[str, Iterable[str]]
) -> Iterator[Incoming[ContactContent]]:
    """Yield contacts with the groups that the file puts them into."""
    for item in items:
        named = groups.get(_bare(item.uid), ())
        content = item.content
        both = tuple(dict.fromkeys((*content.groups, *filter(None, named))))
        yield replace(item, content=replace(content, groups=both)) if named else item


def _bare(uid: str) -> str:
    """Return a UID as it is compared: groups write ``urn:uuid:`` in front of it."""
    return uid.casefold().removeprefix("urn:uuid:")


def _cards(data: bytes) -> Iterator[tuple[list[Line], bool]]:
    """Yield the lines of each outermost card, and whether it was cut off."""
    lines: list[Line] = []
    depth, is_cut = 0, False
    for line in lines_of(joined(data), LONGEST_LINE):
        word = line.value.strip().upper()
        if line.name == "BEGIN" and word == "VCARD":
            depth += 1
            if depth > DEEPEST:
                raise BadFile(FileWrong.TOO_COMPLEX)
            if depth == 1:
                lines, is_cut = [], False
        elif line.name == "END" and word == "VCARD" and depth:
            depth -= 1
            if not depth:
                yield _ungrouped(lines), is_cut
        elif depth == 1 and len(lines) < MOST_LINES:
            lines.append(line)
        elif depth == 1:
            is_cut = True
    if depth:
        yield _ungrouped(lines), True


def _ungrouped(lines: Sequence[Line]) -> list[Line]:
    """Return ``item1.TEL`` as ``TEL``, with the label in the same group and the types it says."""
    ungrouped, said = [], {}
    for line in lines:
        group, dot, name = line.name.rpartition(".")
        if dot and name == LABEL:
            types = "".join(f";{kind}" for word, kind in SAID if word.search(line.value))
            said[group] = f'{types};{LABEL}="{_label(line.value)}"'
    for line in lines:
        group, _, name = line.name.rpartition(".")
        given = line.parameters + said.get(group, "")
        ungrouped.append(line._replace(name=name, parameters=given) if group else line)
    return ungrouped


def _label(value: str) -> str:
    """Return what a label says, without the signs of those that Apple translates."""
    found = _STANDARD.fullmatch(value.strip())
    return " ".join(text_of(found[1] if found else value).replace('"', "'").split())


def _troubles(row: int, card: Card, *, is_cut: bool) -> Iterator[Trouble]:
    about = card.content.name[:_QUOTED]
    if not about:
        yield Trouble(row, "", Snag.NO_NAME)
        return
    for is_so, snag in (
        (is_cut, Snag.CUT_OFF),
        (card.has_bad_photo, Snag.BAD_PHOTO),
        (card.has_bad_day, Snag.NOT_A_DATE),
        (card.has_more, Snag.IN_NOTES),
    ):
        if is_so:
            yield Trouble(row, about, snag, skipped=False)
