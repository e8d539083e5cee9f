"""People: where the app meets them, how they like it, and what is kept of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.ground import Ground
from bot.handlers.owners import LookAgain
from services.accounts.accounts import Accounts
from services.model.identity import Person
from services.people.administrators import Administrators
from services.people.colleagues import Colleagues
from services.people.conversations import Conversations
from services.people.my_data import MyData
from services.people.preferences import PersonalSettings

__all__ = ["PeopleCases", "people_cases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleCases:
    """What is about people and the places in which they are."""

    conversations: Conversations
    look_again: LookAgain
    """Reads a roster anew."""
    colleagues: Colleagues
    personal: PersonalSettings
    my_data: MyData
    administrators: Administrators
    grace: timedelta


def people_cases(
    ground: Ground, accounts: Accounts, look_again: LookAgain, admins: Collection[Person]
) -> PeopleCases:
    """Build the use cases of people; ``admins`` may act on behalf of others."""
    store, clock = ground.store, ground.clock
    return PeopleCases(
        conversations=ground.conversations,
        look_again=look_again,
        colleagues=Colleagues(store, ground.books),
        personal=ground.personal,
        my_data=MyData(store, accounts, clock),
        administrators=Administrators(store, ground.departures, clock, admins),
        grace=ground.departures.grace,
    )
