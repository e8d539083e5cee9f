"""The model test of :mod:`tests.services.sync.test_convergence` over contacts.

Harder here: nothing drops a create that is sent twice, and Outlook shows three addresses of a
contact while the team may have more, so that the two lists are never the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from services.graph.contact_places import fit
from services.graph.remote_contact import RemoteContact
from services.model.accounts import RemoteId
from services.model.books import Book
from services.model.contacts import ContactContent
from tests._builders import a_contact_list, a_person_home
from tests.services.sync._fake_outlook import FakeOutlook
from tests.services.sync.test_convergence import FIELDS, World

OURS = dict(zip(FIELDS, ("job", "emails", "notes"), strict=True))
"""What stands for the fields of the machine."""
AT = "@engines.example"
MOST = 3


def spelled(content: ContactContent) -> ContactContent:
    """What a server makes of a contact: it keeps what it has places for, and rewrites notes."""
    notes = content.notes.removesuffix("~")
    return replace(fit(content), notes=f"{notes}~" if notes else "")


class ContactWorld(World):
    """Two sides of a contact list, one engine, and somebody who keeps count."""

    def __init__(self) -> None:
        super().__init__()
        self._named = 0
        self._emails: defaultdict[str, set[str]] = defaultdict(set)
        """All that was ever written into a contact, by its name."""

    def an_outlook(self) -> FakeOutlook:
        return FakeOutlook(item=RemoteContact, content=ContactContent, spell=spelled)

    def a_book(self) -> Book:
        return a_contact_list(home=a_person_home())

    def blank(self) -> Any:
        self._named += 1
        return ContactContent(name=f"Ada {self._named}")

    def values_of(self, content: Any, fields: Iterable[str] = FIELDS) -> set[str]:
        said = {OURS.get(field, field) for field in fields}
        texts = {getattr(content, field).removesuffix("~") for field in said - {"emails"}}
        emails = content.emails if "emails" in said else ()
        return (texts | {email.removesuffix(AT) for email in emails}) - {""}

    def with_values(self, content: Any, fields: Iterable[str]) -> Any:
        changes: dict[str, Any] = {OURS[field]: self._value(field) for field in fields}
        if "emails" in changes:
            self._emails[content.name].add(changes["emails"])
            changes["emails"] = (*content.emails, changes["emails"] + AT)
        return replace(content, **changes)

    def _delete_in_outlook(self, pick: int) -> None:
        if self.outlook.items:
            # Whoever deletes a contact there deletes what has no place there, too.
            self._released |= self._emails[self.outlook.items[self._pick_item(pick)].content.name]
        super()._delete_in_outlook(pick)

    def _replace_all(self, id: RemoteId) -> None:
        self.outlook.edit(id, self.with_values(self.blank(), FIELDS))

    def within(self, content: ContactContent) -> ContactContent:
        """In Outlook a fourth address takes the place of the first."""
        self._released |= {email.removesuffix(AT) for email in content.emails[:-MOST]}
        return replace(content, emails=content.emails[-MOST:])


ContactWorld.TestCase.settings = settings(
    max_examples=4,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestContactWorld = ContactWorld.TestCase


class LongerContactWorld(ContactWorld):
    """The same, for the nightly run."""


LongerContactWorld.TestCase.settings = settings(ContactWorld.TestCase.settings, max_examples=150)
TestLongerContactWorld = pytest.mark.slow(LongerContactWorld.TestCase)
