"""What a contact is called, and by what it is known again, where a file does not say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.ids import id_of
from services.model.contacts import ContactContent

__all__ = ["EVERYBODYS", "Namer", "name_in"]

EVERYBODYS = frozenset({"mycontacts", "starred"})
"""What Google counts as a label of nearly everybody: it groups nobody."""


def name_in(given: Mapping[str, Any]) -> str:
    """Return the best name that the fields of a contact hold; empty where they hold none."""
    parts = (given.get(each, "") for each in ("given_name", "middle_name", "family_name"))
    names = (" ".join(filter(None, parts)), given.get("company", ""), given.get("nickname", ""))
    ways = (*given.get("emails", ()), *(phone.number for phone in given.get("phones", ())))
    return next(filter(None, (*names, *ways)), "")


class Namer:
    """Gives the contacts of one file what each is known again by, when the file comes again."""

    def __init__(self) -> None:
        self._said: dict[str, int] = {}
        """By UID, what was said of it, as a hash: a file may have 50,000."""

    def uid(self, own: str, content: ContactContent) -> str | None:
        """Return the UID of a contact; ``None`` = the file has said the same before.

        Two of one name may be two people: only who comes again word for word is left out.

        Args:
            own: which the file gives it; empty = none, so its name and first address stand for it.
            content: what it says.
        """
        uid = own or _row_uid(content)
        told = hash(content)
        if uid not in self._said:
            self._said[uid] = told
            return uid
        if own or self._said[uid] == told:
            return None
        return self.uid(id_of("row", uid, repr(content)), content)


def _row_uid(content: ContactContent) -> str:
    beside = next(iter(content.emails), "") or content.company
    return id_of("row", content.name.casefold(), beside.casefold())
