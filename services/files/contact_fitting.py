"""A contact of a file, as far as a list can keep it: what does not fit is left out, and told.

Pure. :func:`fitting` is what :mod:`services.files.contact_plan` asks of each row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from services.contacts.contact_checks import MAX_NAME, MAX_NOTES, MAX_WAYS
from services.contacts.contact_merge import LISTS, NAMES
from services.model.contact_lists import ListShape
from services.model.contacts import ContactContent, CustomValue
from services.model.errors import InvalidInput
from services.model.imports import Incoming, Snag, Trouble

__all__ = ["QUOTED", "Tidy", "fitting", "trouble_of"]

LINES = ("name", "company", "job", "department", "given_name", "family_name")
"""What is cut to the length of a name."""
QUOTED = 100
"""Letters of a name that is told."""
_EMPTY = ContactContent(name="?")
Tidy = Callable[[ContactContent], ContactContent]
"""Returns a content as the list keeps it; raises ``InvalidInput``."""


def fitting(
    item: Incoming[ContactContent], shape: ListShape, tidy: Tidy
) -> tuple[ContactContent | None, list[Trouble]]:
    """Return the content as it can be kept, and what had to be told about it."""
    content = replace(item.content, custom=_own(item, shape)) if item.own else item.content
    short = _shortened(content)
    troubles = [] if short is content else [trouble_of(item, Snag.TOO_LONG, skipped=False)]
    try:
        return tidy(short), troubles
    except InvalidInput:
        taken, snags = _as_far_as_taken(short, tidy)
        troubles += [trouble_of(item, snag, skipped=taken is None) for snag in snags]
        return taken, troubles


def _own(item: Incoming[ContactContent], shape: ListShape) -> tuple[CustomValue, ...]:
    """Return what a row says in fields of the list's own."""
    ids = {" ".join(field.name.casefold().split()): field.id for field in shape.fields}
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


def trouble_of(item: Incoming[ContactContent], snag: Snag, *, skipped: bool = True) -> Trouble:
    """Return what is told of a row."""
    return Trouble(item.row, item.content.name[:QUOTED], snag, skipped)
