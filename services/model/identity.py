"""Who someone is and where they are, in terms that never change hands.

A person is a tenant and an Entra object id. The ``29:`` id of Teams, an e-mail
address and a user principal name can all be reassigned, so none of them is an identity.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

__all__ = [
    "NOBODY",
    "ConversationHome",
    "ConversationId",
    "ConversationKind",
    "Home",
    "ObjectId",
    "Person",
    "PersonHome",
    "TenantId",
]

TenantId = NewType("TenantId", str)
ObjectId = NewType("ObjectId", str)
ConversationId = NewType("ConversationId", str)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in an organisation: Entra tenant and Entra object id, both lower-case GUIDs."""

    tenant: TenantId
    object_id: ObjectId


NOBODY = Person(TenantId(""), ObjectId(""))
"""Stands where a person stood who asked to be erased."""


class ConversationKind(StrEnum):
    """The three places in which the app can be installed."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class ConversationHome:
    """A channel or group chat that books belong to."""

    tenant: TenantId
    conversation: ConversationId
    """Without ``;messageid=``: a thread of a channel is in the channel."""


@dataclass(frozen=True, slots=True)
class PersonHome:
    """A person that books belong to."""

    person: Person

    @property
    def tenant(self) -> TenantId:
        """The person's own organisation."""
        return self.person.tenant


Home = ConversationHome | PersonHome
