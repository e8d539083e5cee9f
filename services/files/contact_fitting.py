"""A contact of a file, as far as a list can keep it: what does not fit is told.

What is too long or too much for a field stands in the notes; what is none (an address without an
``@``) is left out.

Pure. This is most of the work of an import (phone numbers above all), and needs nothing but the row
and the shape of the list: so it is done by the process that reads the file, beside ours. What that
hands on is a :class:`Portion` of contacts that :mod:`services.files.contact_plan` can hold against
others without opening them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter
from typing import Any

from services.contacts.contact_checks import (
    ADDRESS_PARTS,
    ADDRESSES,
    LINES,
    MAX_NAME,
    MAX_NOTES,
    MAX_TAGS,
    MAX_WAYS,
    tidy_contact,
)
from services.contacts.contact_merge import LISTS, NAMES
from services.contacts.profiles import Profile, profile_of
from services.contacts.several_ways import several_ways
from services.formats.beside import line_of
from services.formats.contact_columns import folded_name
from services.model.contact_lists import ListShape
from services.model.contacts import NOWHERE, ContactContent, CustomValue, Phone
from services.model.errors import InvalidInput
from services.model.imports import FileWrong, Incoming, Reading, Snag, Trouble
from services.storage.codec import encode

__all__ = ["QUOTED", "Fitted", "Portion", "fitted"]

MOST = {
    **dict.fromkeys(("children", "emails", "chats", "phones", "links"), MAX_WAYS),
    **dict.fromkeys(("tags", "groups"), MAX_TAGS),
}
"""How long a list may be."""
WORDS = ("children", "chats", "tags", "groups")
"""Lists of which an entry can only be too long, and none that is no entry."""
QUOTED = 100
"""Letters of a name that is told."""
_EMPTY = ContactContent(name="?")
_LINES = attrgetter(*LINES)
_PARTS = attrgetter(*ADDRESS_PARTS)
Tidy = Callable[[ContactContent], ContactContent]
"""Returns a content as the list keeps it; raises ``InvalidInput``."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A contact of a file as the list can keep it."""

    row: int
    uid: str
    name: str
    """As far as it is told."""
    body: bytes = field(repr=False)
    """Its content, encoded: nobody needs it as an object unless it is to be merged."""
    profile: Profile
    """By which it is compared."""
    photo: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Portion:
    """Some contacts of a file, or why nothing was read."""

    rows: tuple[Fitted, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    notes: tuple[str, ...] = ()
    wrong: FileWrong | None = None


def fitted(reading: Reading[ContactContent], shape: ListShape, region: str) -> Portion:
    """Return contacts as a list can keep them.

    Args:
        reading: some of a file.
        shape: the groups and fields of the list.
        region: where its numbers are at home, as :func:`phone_numbers.region_of` says.
    """
    tidy = partial(tidy_contact, shape=shape, region=region)
    rows: list[Fitted] = []
    troubles = [*reading.troubles]
    for item in reading.items:
        content, found = _fitting(item, shape, tidy, region)
        troubles += found
        if content is not None:
            name, profile = content.name[:QUOTED], profile_of(content)
            rows.append(Fitted(item.row, item.uid, name, encode(content), profile, item.photo))
    return Portion(tuple(rows), tuple(troubles), reading.notes)


def _fitting(
    item: Incoming[ContactContent], shape: ListShape, tidy: Tidy, region: str
) -> tuple[ContactContent | None, list[Trouble]]:
    """Return the content as it can be kept, and what had to be told about it."""
    content = replace(item.content, custom=_own(item, shape)) if item.own else item.content
    parted = several_ways(content, region)
    is_noted = parted.notes != content.notes
    troubles = [_trouble(item, Snag.IN_NOTES, skipped=False)] if is_noted else []
    try:
        return tidy(parted), troubles
    except InvalidInput:
        taken, snags = _cut_to_fit(parted, tidy)
        troubles += [_trouble(item, snag, skipped=taken is None) for snag in snags]
        return taken, troubles


def _cut_to_fit(
    content: ContactContent, tidy: Tidy
) -> tuple[ContactContent | None, tuple[Snag, ...]]:
    """Return the content within all limits, and what had to be done to it."""
    short, cut = _shortened(content)
    noted = _noted(short, cut)
    told = () if noted is content else (Snag.TOO_LONG,)
    try:
        return tidy(noted), told
    except InvalidInput:
        taken, snags = _as_far_as_taken(short, cut, tidy)
        return taken, tuple(dict.fromkeys((*told, *snags)))


def _own(item: Incoming[ContactContent], shape: ListShape) -> tuple[CustomValue, ...]:
    """Return what a row says in fields of the list's own."""
    ids = {folded_name(field.name): field.id for field in shape.fields}
    return tuple(CustomValue(ids[name], text) for name, text in item.own.items() if name in ids)


def _as_far_as_taken(
    content: ContactContent, cut: Sequence[str], tidy: Tidy
) -> tuple[ContactContent | None, tuple[Snag, ...]]:
    """Leave out the addresses, numbers and pages that are none, and keep everything else."""
    kept: dict[str, Any] = {}
    snags: dict[Snag, None] = {}
    over: list[str] = []
    for name in NAMES:
        value = getattr(content, name)
        if name in LISTS:
            good = tuple(each for each in value if _is_taken({name: (each,)}, tidy))
            most = MOST.get(name, len(good))
            more = [*good[most:]] + ([e for e in value if e not in good] if name in WORDS else [])
            over += [line_of(name, _said(each)) for each in more]
            if len(good) < len(value) and name not in WORDS:
                snags[SNAGS[name]] = None
            good = good[:most]
        else:
            is_good = name in ("name", "notes") or value == getattr(_EMPTY, name)
            good = value if is_good or _is_taken({name: value}, tidy) else getattr(_EMPTY, name)
            if good != value:
                snags[SNAGS.get(name, Snag.TOO_LONG)] = None
        if good != value:
            kept[name] = good
    if over:
        snags[Snag.IN_NOTES] = None
    try:
        return tidy(_noted(replace(content, **kept), [*cut, *over])), tuple(snags)
    except InvalidInput:
        return None, (Snag.OTHER,)


SNAGS = {
    "emails": Snag.NOT_AN_EMAIL,
    "phones": Snag.NOT_A_PHONE,
    "website": Snag.NOT_A_LINK,
    "links": Snag.NOT_A_LINK,
    "birthday": Snag.NOT_A_DATE,
    "anniversary": Snag.NOT_A_DATE,
    "custom": Snag.UNKNOWN_FIELD,
}


def _is_taken(fields: dict[str, Any], tidy: Tidy) -> bool:
    try:
        tidy(replace(_EMPTY, **fields))
    except InvalidInput:
        return False
    return True


def _shortened(content: ContactContent) -> tuple[ContactContent, Sequence[str]]:
    """Return the content within the limits but for its notes, and lines for these: what is cut."""
    cut: dict[str, Any] = {}
    whole: list[str] = []
    if max(map(len, _LINES(content))) > MAX_NAME:
        for name in LINES:
            if len(value := getattr(content, name)) > MAX_NAME:
                cut[name] = _cut(value, MAX_NAME)
                whole.append(line_of(name.replace("_", " "), value))
    for name in ADDRESSES:
        address = getattr(content, name)
        if address is not NOWHERE and max(map(len, _PARTS(address))) > MAX_NAME:
            parts = {part: getattr(address, part) for part in ADDRESS_PARTS}
            long = {part: text for part, text in parts.items() if len(text) > MAX_NAME}
            short = {part: _cut(text, MAX_NAME) for part, text in long.items()}
            cut[name] = replace(address, **short)
            whole += [line_of(part.replace("_", " "), text) for part, text in long.items()]
    return replace(content, **cut) if cut else content, whole


def _noted(content: ContactContent, lines: Sequence[str]) -> ContactContent:
    """Return the content with lines below its notes, which are as long as they may be."""
    if not lines and len(content.notes) <= MAX_NOTES:
        return content
    told = _cut("\n".join(lines), MAX_NOTES)
    room = MAX_NOTES - len(told) - bool(told)
    notes = _cut(content.notes, room) if room > 0 else ""
    return replace(content, notes="\n".join(filter(None, (notes, told))))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _said(entry: Any) -> str:
    return entry.number if isinstance(entry, Phone) else str(entry)


def _trouble(item: Incoming[ContactContent], snag: Snag, *, skipped: bool) -> Trouble:
    return Trouble(item.row, item.content.name[:QUOTED], snag, skipped)
