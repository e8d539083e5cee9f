"""What an import of contacts would write: a file that is read, held against the list. Pure.

A contact is known again by its UID: the id that we gave it (a file of ours comes home), or one that
follows from the UID it came with; then what the file says goes over what is there. What has no such
name is looked for by what it says (:mod:`services.contacts.likeness`), in the list and in the rows
before it, and dealt with as was chosen.

A file may bring as many as a list holds, so :class:`ContactPlanner` takes it in portions, and
keeps of each contact that is to be written its content as packed bytes, a tenth of an object. It
opens only what it merges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar, overload

from services.contacts.contact_merge import LISTS, NAMES, joined, over
from services.contacts.likeness import Index
from services.contacts.photos import photo_id
from services.contacts.profiles import Profile, profile_of
from services.files.contact_fitting import QUOTED, Fitted, Portion
from services.files.import_plan import Plan
from services.ids import id_of
from services.model.books import BookId
from services.model.contacts import Contact, ContactContent, ContactId, PhotoId
from services.model.events import Author
from services.model.imports import (
    Double,
    DoubleChoices,
    Doubles,
    Snag,
    Trouble,
)
from services.search.packed import Packed
from services.storage.codec import decode, encode

__all__ = ["ContactPlanner", "Maker", "contact_ids"]

T = TypeVar("T")


def contact_ids(uid: str, book: BookId) -> tuple[str, str]:
    """Return the ids under which a contact of a file may be in the list."""
    return uid, id_of("contact", book, "uid", uid)


@dataclass(frozen=True, slots=True)
class Maker:
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


class ContactPlanner:
    """Takes a file in, and knows then what to write.

    Args:
        known: by id, all that is in the list, tombstones too.
        make: makes what is written.
        may_change: whether the author may change a contact.
        choices: what to do with what is likely there already.
    """

    def __init__(
        self,
        known: Mapping[str, Contact],
        make: Maker,
        *,
        may_change: Callable[[Contact], bool],
        choices: DoubleChoices,
    ) -> None:
        self._known = known
        self._make = make
        self._may_change = may_change
        self._choices = choices
        self._index = Index()
        self._there: list[str] = []
        """Whom a row may be like, by id: the list, then what is new, as the index counts them."""
        self._contents = Packed()
        """What is written, by id, in the order of the file."""
        self._pictures: dict[PhotoId, bytes] = {}
        self._troubles: list[Trouble] = []
        self._doubles: list[Double] = []
        self._notes: tuple[str, ...] = ()
        self._same = 0
        self._dropped = 0
        for contact in known.values():
            if contact.deleted_at is None:
                self._can_be_met(contact.id, profile_of(contact.content))

    def take(self, portion: Portion) -> None:
        """Decide what becomes of some contacts of the file; they come in its order."""
        self._troubles += portion.troubles
        self._notes += portion.notes
        for row in portion.rows:
            self._take(row)

    def plan(self) -> Plan[Contact]:
        """Return what to write, once all is taken; contacts are made when somebody asks."""
        self._index, self._there = Index(), []  # nobody is compared any more
        new = [id for id in self._contents if id not in self._known]
        touched = [id for id in self._contents if id in self._known]
        changed = [id for id in touched if not _is_same(self._known[id], self._content(id))]
        return Plan(
            new=_Made(new, lambda id: self._make.new(id, self._content(id))),
            changed=_Made(changed, self._change),
            gone=(),
            same=self._same + len(touched) - len(changed),
            troubles=sorted(self._troubles, key=lambda trouble: trouble.row),
            doubles=self._doubles,
            dropped=self._dropped,
            pictures=self._pictures,
            notes=self._notes,
        )

    def _take(self, row: Fitted) -> None:
        own, new_id = contact_ids(row.uid, self._make.book)
        known = self._now(own) or self._now(new_id)
        if known is not None:
            self._put(row, known, over(known.content, self._said(row)))
            return
        like = self._like(row.profile)
        if like is None:
            self._add(row, new_id)
            return
        choice = self._choices.of(row.row)
        self._doubles.append(Double(row.row, row.name, like.content.name[:QUOTED], choice))
        if choice is Doubles.SKIP:
            self._dropped += 1
        elif choice is Doubles.ADD:
            self._add(row, new_id)
        else:
            self._put(row, like, joined(like.content, self._said(row)))

    def _like(self, profile: Profile) -> Contact | None:
        """Return who is likely the same, as they are by now."""
        match = self._index.closest(profile)
        if match is None:
            return None
        id = self._there[match.number]
        return self._now(id) or self._make.new(id, self._content(id))

    def _now(self, id: str) -> Contact | None:
        """Return a contact of the list, as it is by now."""
        known = self._known.get(id)
        if known is None or id not in self._contents:
            return known
        return self._make.changed(known, self._content(id))

    def _said(self, row: Fitted) -> ContactContent:
        """Return what a row says, with the picture that it brings along."""
        content = decode(ContactContent, row.body)
        if not row.photo:
            return content
        return replace(content, photo=photo_id(self._make.book, row.photo))

    def _add(self, row: Fitted, id: str) -> None:
        self._can_be_met(id, row.profile)
        if row.photo:
            self._keep(row, id, self._said(row))
        else:
            self._contents[id] = row.body

    def _put(self, row: Fitted, contact: Contact, content: ContactContent) -> None:
        """Change a contact that is there, or that this file makes."""
        known = self._known.get(contact.id)
        if known is not None and not self._may_change(known):
            self._troubles.append(Trouble(row.row, row.name, Snag.READ_ONLY))
        elif content == contact.content and contact.deleted_at is None:
            self._same += 1
        else:
            self._keep(row, contact.id, content)

    def _can_be_met(self, id: str, profile: Profile) -> None:
        self._index.add(profile)
        self._there.append(id)

    def _keep(self, row: Fitted, id: str, content: ContactContent) -> None:
        self._contents[id] = encode(content)
        if row.photo and content.photo == photo_id(self._make.book, row.photo):
            self._pictures[content.photo] = row.photo

    def _content(self, id: str) -> ContactContent:
        return decode(ContactContent, self._contents[id])

    def _change(self, id: str) -> tuple[Contact, Contact]:
        was = self._known[id]
        return was, self._make.changed(was, self._content(id))


class _Made(Sequence[T], Generic[T]):
    """What is made of ids, one by one, when somebody asks for it."""

    def __init__(self, ids: Sequence[str], make: Callable[[str], T]) -> None:
        self._ids = ids
        self._make = make

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...

    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return _Made(self._ids[place], self._make)
        return self._make(self._ids[place])

    def __iter__(self) -> Iterator[T]:
        return map(self._make, self._ids)


def _is_same(was: Contact, content: ContactContent) -> bool:
    """Whether all rows about a contact together say what is there, in whatever order."""
    is_alive = was.deleted_at is None
    return is_alive and all(
        set(getattr(was.content, name)) == set(getattr(content, name))
        if name in LISTS
        else getattr(was.content, name) == getattr(content, name)
        for name in NAMES
    )
