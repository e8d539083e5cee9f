"""A contact of a file, as far as a list can keep it: what does not fit is left out, and told.

Pure. This is most of the work of an import (phone numbers above all), and needs nothing but the row
and the shape of the list: so it is done by the process that reads the file, beside ours. What that
hands on is a :class:`Portion` of contacts that :mod:`services.files.contact_plan` can hold against
others without opening them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from services.contacts.contact_checks import MAX_NAME, MAX_NOTES, MAX_WAYS, tidy_contact
from services.contacts.contact_merge import LISTS, NAMES
from services.contacts.profiles import Profile, profile_of
from services.formats.contact_columns import folded_name
from services.model.contact_lists import ListShape
from services.model.contacts import ContactContent, CustomValue
from services.model.errors import InvalidInput
from services.model.imports import FileWrong, Incoming, Reading, Snag, Trouble
from services.storage.codec import encode

__all__ = ["QUOTED", "Fitted", "Portion", "fitted"]

LINES = ("name", "company", "job", "department", "given_name", "family_name")
"""What is cut to the length of a name."""
QUOTED = 100
"""Letters of a name that is told."""
_EMPTY = ContactContent(name="?")
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
        content, found = _fitting(item, shape, tidy)
        troubles += found
        if content is not None:
            name, profile = content.name[:QUOTED], profile_of(content)
            rows.append(Fitted(item.row, item.uid, name, encode(content), profile, item.photo))
    return Portion(tuple(rows), tuple(troubles), reading.notes)


def _fitting(
    item: Incoming[ContactContent], shape: ListShape, tidy: Tidy
) -> tuple[ContactContent | None, list[Trouble]]:
    """Return the content as it can be kept, and what had to be told about it."""
    content = replace(item.content, custom=_own(item, shape)) if item.own else item.content
    short = _shortened(content)
    troubles = [] if short is content else [_trouble(item, Snag.TOO_LONG, skipped=False)]
    try:
        return tidy(short), troubles
    except InvalidInput:
        taken, snags = _as_far_as_taken(short, tidy)
        troubles += [_trouble(item, snag, skipped=taken is None) for snag in snags]
        return taken, troubles


def _own(item: Incoming[ContactContent], shape: ListShape) -> tuple[CustomValue, ...]:
    """Return what a row says in fields of the list's own."""
    ids = {folded_name(field.name): field.id for field in shape.fields}
    return tuple(CustomValue(ids[name], text) for name, text in item.own.items() if name in ids)


def _as_far_as_taken(
    content: ContactContent, tidy: Tidy
) -> tuple[ContactContent | None, tuple[Snag, ...]]:
    """Leave out the addresses, numbers and pages that are none, and keep everything else."""
    kept: dict[str, Any] = {}
    snags: dict[Snag, None] = {}
    for name in NAMES:
        value = getattr(content, name)
        if name in LISTS:
            good = tuple(each for each in value if _is_taken({name: (each,)}, tidy))[:MAX_WAYS]
        else:
            is_good = name == "name" or value == getattr(_EMPTY, name)
            good = value if is_good or _is_taken({name: value}, tidy) else getattr(_EMPTY, name)
        if good != value:
            kept[name] = good
            snags[SNAGS.get(name, Snag.TOO_LONG)] = None
    try:
        return tidy(replace(content, **kept)), tuple(snags)
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


def _shortened(content: ContactContent) -> ContactContent:
    """Return the content within the limits; what is cut off a name is kept in the notes."""
    cut = {
        name: value[: MAX_NAME - 1].rstrip() + "…"
        for name in LINES
        if len(value := getattr(content, name)) > MAX_NAME
    }
    notes = content.notes
    if "name" in cut:
        notes = f"{content.name}\n{notes}".strip()
    if len(notes) > MAX_NOTES:
        notes = notes[: MAX_NOTES - 1].rstrip() + "…"
    if not cut and notes == content.notes:
        return content
    return replace(content, **cut, notes=notes)


def _trouble(item: Incoming[ContactContent], snag: Snag, *, skipped: bool) -> Trouble:
    return Trouble(item.row, item.content.name[:QUOTED], snag, skipped)
