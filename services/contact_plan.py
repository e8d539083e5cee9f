"""What an import of contacts would write: a file that was read, held against the list. Pure.

A contact is known again by its UID: the id that we gave it (a file of ours comes home), or one
that follows from the UID it came with; then what the file says goes over what is there. What
has no such name is looked for by what it says (:mod:`services.likeness`), in the list and in the
rows before it, and dealt with as was chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.contact_checks import MAX_NAME, MAX_NOTES, MAX_WAYS
from services.contact_merge import LISTS, NAMES, joined, over
from services.ids import id_of
from services.import_plan import Plan
from services.likeness import Index, Profile, profile_of
from services.model.books import BookId
from services.model.contact_lists import ListShape
from services.model.contacts import Contact, ContactContent, ContactId, CustomValue
from services.model.errors import InvalidInput
from services.model.events import Author
from services.model.imports import Double, Doubles, Incoming, Reading, Snag, Trouble

__all__ = ["contact_ids", "plan_contacts"]

LINES = ("name", "company", "job", "department", "given_name", "family_name")
"""What is cut to the length of a name."""
_QUOTED = 100
_EMPTY = ContactContent(name="?")
Tidy = Callable[[ContactContent], ContactContent]
"""Returns a content as the list keeps it; raises ``InvalidInput``."""


@dataclass(slots=True)
class _Sheet:
    """What the import has come to so far."""

    known: Mapping[str, Contact]
    there: list[Contact]
    """Whom a row may be like: the list, then what is new, under the numbers of the index."""
    index: Index
    will_be: dict[str, Contact] = field(default_factory=dict)
    """What is written, by id, in the order of the file."""
    troubles: list[Trouble] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    same: int = 0
    dropped: int = 0


def contact_ids(uid: str, book: BookId) -> tuple[str, str]:
    """Return the ids under which a contact of a file may be in the list."""
    return uid, id_of("contact", book, "uid", uid)


def plan_contacts(
    reading: Reading[ContactContent],
    book: BookId,
    there: Sequence[Contact],
    *,
    author: Author,
    now: datetime,
    shape: ListShape,
    tidy: Tidy,
    may_change: Callable[[Contact], bool],
    doubles: Doubles,
) -> Plan[Contact]:
    """Return what to write.

    Args:
        reading: the file.
        book: the contact list.
        there: all that is in the list, tombstones too.
        author: who imports.
        now: the time of the writes.
        shape: the fields of the list's own.
        tidy: says how a content is kept.
        may_change: whether the author may change a contact.
        doubles: what to do with what is likely there already.
    """
    live = [contact for contact in there if contact.deleted_at is None]
    sheet = _Sheet({contact.id: contact for contact in there}, live, Index())
    for number, contact in enumerate(live):
        sheet.index.add(number, profile_of(contact.content))
    sheet.troubles += reading.troubles
    make = _Maker(book, author, now)
    for item in reading.items:
        content, troubles = _fitting(item, shape, tidy)
        sheet.troubles += troubles
        if content is not None:
            _take(item, content, sheet, make, may_change, doubles)
    new = tuple(each for each in sheet.will_be.values() if each.id not in sheet.known)
    touched = [(sheet.known[id], now) for id, now in sheet.will_be.items() if id in sheet.known]
    changed = tuple((was, now) for was, now in touched if not _is_same(was, now))
    return Plan(
        new=new,
        changed=changed,
        gone=(),
        same=sheet.same + len(touched) - len(changed),
        troubles=tuple(sorted(sheet.troubles, key=lambda trouble: trouble.row)),
        doubles=tuple(sheet.doubles),
        dropped=sheet.dropped,
        pictures={item.content.photo: item.photo for item in reading.items if item.photo},
    )


def _is_same(was: Contact, now: Contact) -> bool:
    """Whether all rows about a contact together say what is there, in whatever order."""
    is_alive = was.deleted_at is None
    return is_alive and all(
        set(getattr(was.content, name)) == set(getattr(now.content, name))
        if name in LISTS
        else getattr(was.content, name) == getattr(now.content, name)
        for name in NAMES
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Who writes what, where and when."""

    book: BookId
    author: Author
    now: datetime

    def new(self, id: str, content: ContactContent) -> Contact:
        """Return a contact that is not there yet."""
        return Contact(
            id=ContactId(id),
            book=self.book,
            content=content,
            created_by=self.author,
            created_at=self.now,
            updated_by=self.author,
            updated_at=self.now,
        )

    def changed(self, contact: Contact, content: ContactContent) -> Contact:
        """Return a contact with another content, out of the recycle bin if it was there."""
        return replace(
            contact,
            content=content,
            updated_by=self.author,
            updated_at=self.now,
            deleted_at=None,
        )


def _take(
    item: Incoming[ContactContent],
    content: ContactContent,
    sheet: _Sheet,
    make: _Maker,
    may_change: Callable[[Contact], bool],
    doubles: Doubles,
) -> None:
    """Decide what becomes of one contact of the file."""
    own, new_id = contact_ids(item.uid, make.book)
    known = sheet.known.get(own) or sheet.known.get(new_id)
    if known is not None:
        _put(item, known, over(known.content, content), sheet, make, may_change)
        return
    profile = profile_of(content)
    match = sheet.index.closest(profile)
    if match is None:
        _add(make.new(new_id, content), profile, sheet)
        return
    like = sheet.there[match.number]
    like = sheet.will_be.get(like.id, like)
    sheet.doubles.append(Double(item.row, content.name[:_QUOTED], like.content.name[:_QUOTED]))
    if doubles is Doubles.SKIP:
        sheet.dropped += 1
    elif doubles is Doubles.ADD:
        _add(make.new(new_id, content), profile, sheet)
    else:
        _put(item, like, joined(like.content, content), sheet, make, may_change)


def _add(contact: Contact, profile: Profile, sheet: _Sheet) -> None:
    sheet.index.add(len(sheet.there), profile)
    sheet.there.append(contact)
    sheet.will_be[contact.id] = contact


def _put(
    item: Incoming[ContactContent],
    contact: Contact,
    content: ContactContent,
    sheet: _Sheet,
    make: _Maker,
    may_change: Callable[[Contact], bool],
) -> None:
    """Change a contact that is there, or that this file makes."""
    if contact.id in sheet.known and not may_change(sheet.known[contact.id]):
        sheet.troubles.append(_trouble(item, Snag.READ_ONLY))
    elif content == contact.content and contact.deleted_at is None:
        sheet.same += 1
    else:
        sheet.will_be[contact.id] = make.changed(contact, content)


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


def _trouble(item: Incoming[ContactContent], snag: Snag, *, skipped: bool = True) -> Trouble:
    return Trouble(item.row, item.content.name[:_QUOTED], snag, skipped)
