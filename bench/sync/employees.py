"""Who works in the measured office, and what whoever is measured needs of them.

Kept apart from the office itself (:mod:`bench.sync.office`), which brings a sandbox along: the
memory of whoever is measured is their own alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from services.model.identity import ObjectId, Person, TenantId

__all__ = [
    "CLIENT_ID",
    "DAYS",
    "FULL",
    "SECRET",
    "TEXT",
    "Employee",
    "Office",
    "WallClock",
    "opened_office",
]

CLIENT_ID = "bench"
SECRET = "a-secret"
FULL = 2
"""Whose calendar is full."""
DAYS = 500
TEXT = "Please bring the drafts.\nThe room has a projector."


@dataclass(frozen=True, slots=True)
class WallClock:
    """The time."""

    def now(self) -> datetime:
        """Return it, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody of the office, as a client knows them."""

    person: Person
    token: str
    sign_in: str
    """msal's cache after a sign-in."""
    calendar: str


@dataclass(frozen=True, slots=True)
class Office:
    """The running office."""

    graph_url: str
    authority: str
    ca_file: str
    people: tuple[Employee, ...]


def opened_office(folder: Path) -> Office:
    """Return what is known of the office that runs in a folder."""
    facts = json.loads((folder / "office.json").read_text())
    tenant = TenantId(facts["tenant"])
    people = (Employee(Person(tenant, ObjectId(id)), *rest) for id, *rest in facts["people"])
    return Office(facts["graph_url"], facts["authority"], facts["ca_file"], tuple(people))
