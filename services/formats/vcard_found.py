"""What has been read of a vCard so far: fields, lists, and what there is no field for.

The readers of :mod:`services.formats.vcard_card` say line by line what there is; a field that is
said twice keeps its first word, and the others go below the notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.formats.beside import OTHER, Placed, addresses_placed, below, line_of
from services.formats.contact_columns import folded_name
from services.formats.contact_names import name_in
from services.model.contact_lists import FieldKind
from services.model.contacts import Address, ContactContent

__all__ = ["Card", "Found"]

NAMES = frozenset(
    {
        *("name", "given_name", "middle_name", "family_name", "title", "suffix", "initials"),
        *("phonetic_given_name", "phonetic_family_name", "phonetic_company"),
    }
)
"""Some programs say a name in several writings: the first is the one that is meant."""
WHERE = {"WORK": "business_address", "HOME": "home_address"}
CALLED = {"business_address": "Work address", "home_address": "Home address", OTHER: "Address"}
WORDS = {"job": "Title", "profession": "Role"}
"""What a vCard calls what we call otherwise."""


@dataclass(frozen=True, slots=True)
class Card:
    """What one card says."""

    content: ContactContent
    """Without a name where nothing in it could be one."""
    uid: str = ""
    photo: bytes = b""
    has_bad_photo: bool = False
    has_bad_day: bool = False
    has_more: bool = False
    """Something stands in the notes that no field has room for."""
    is_group: bool = False
    """A list of other cards, which is no contact."""
    members: tuple[str, ...] = ()
    """Of a group: the UIDs of those cards."""
    own: Mapping[str, str] = field(default_factory=dict)
    """What it says in fields of the list's own, by their names in small letters."""


@dataclass(slots=True)
class Found:
    """What has been read of a card so far."""

    kinds: Mapping[str, FieldKind]
    """The list's own fields, by their names in small letters."""
    fields: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[Any]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    addresses: list[Placed] = field(default_factory=list)
    labels: list[Placed] = field(default_factory=list)
    """Addresses as they are printed, in one piece: they count where there are no others."""
    notes: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    """What no field has room for, line by line."""
    uid: str = ""
    photo: bytes | None = b""
    has_bad_day: bool = False
    is_group: bool = False
    members: list[str] = field(default_factory=list)

    def say(self, name: str, value: object, written: str = "") -> None:
        """Keep the first word on a field, which is the preferred one, and note any other.

        Args:
            name: the field.
            value: what it holds.
            written: what it is called and said in the notes; empty = as we call it.
        """
        if not value or self.fields.setdefault(name, value) == value or name in NAMES:
            return
        label = WORDS.get(name, name.replace("_", " ").capitalize())
        self.more.append(written or line_of(label, str(value)))

    def also(self, name: str, value: object) -> None:
        """Add to a list what is not yet in it."""
        there = self.lists.setdefault(name, [])
        if value and value not in there:
            there.append(value)

    def beside(self, label: str, text: str) -> None:
        """Note what there is no field for."""
        if text.strip():
            self.more.append(line_of(label, text))

    def is_own(self, label: str, text: str, *kinds: FieldKind) -> bool:
        """Keep what a field of the list's own says, if there is one of that name and kind."""
        name = folded_name(label)
        if not label or self.kinds.get(name) not in kinds:
            return False
        if text:
            self.own.setdefault(name, text)
        return True

    def place(self, kinds: frozenset[str], address: Address, called: str) -> None:
        """Keep an address, of whatever kind it is."""
        if address != Address():
            self.addresses.append(_placed(kinds, address, called))

    def print(self, kinds: frozenset[str], text: str) -> None:
        """Keep an address as it is printed."""
        if text:
            self.labels.append(_placed(kinds, Address(street=text), ""))

    def card(self) -> Card:
        """Return the card."""
        places = {each.where for each in self.addresses}
        printed = [each for each in self.labels if each.where not in places]
        addresses, lines = addresses_placed([*self.addresses, *printed])
        more = [*self.more, *lines]
        given = {**self.fields, **addresses}
        given |= {name: tuple(each) for name, each in self.lists.items()}
        given["notes"] = below("\n".join(dict.fromkeys(self.notes)), more)
        name = given.pop("name", "") or name_in(given)
        return Card(
            content=ContactContent(name=name, **given),
            uid=self.uid,
            photo=self.photo or b"",
            has_bad_photo=self.photo is None,
            has_bad_day=self.has_bad_day,
            has_more=bool(more),
            is_group=self.is_group,
            members=tuple(self.members),
            own=self.own,
        )


def _placed(kinds: frozenset[str], address: Address, called: str) -> Placed:
    where = next((where for kind, where in WHERE.items() if kind in kinds), OTHER)
    return Placed(where, called or CALLED[where], address)
