"""Microsoft 365 in somebody's name: their account, its links, and whoever is looked up there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ground import Ground
from services.accounts.accounts import Accounts
from services.accounts.approvals import Approvals
from services.accounts.links import Links
from services.contacts.contacts import Contacts
from services.contacts.directory import Directory
from services.events.events import Events
from services.events.free_time import FreeTime
from services.graph.mailbox import Mailbox
from services.model.identity import Person
from services.model.notices import Announcer
from services.sync.offers import Offers

__all__ = ["AccountCases", "account_cases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCases:
    """What needs, or makes, a connection of a person's own."""

    accounts: Accounts
    approvals: Approvals
    links: Links
    offers: Offers
    directory: Directory
    free_time: FreeTime


def account_cases(
    ground: Ground, announcer: Announcer, events: Events, contacts: Contacts
) -> AccountCases:
    """Build the use cases of accounts; what a sync put aside goes back through the other two."""
    outside, store, clock, sharing = ground.outside, ground.store, ground.clock, ground.sharing
    at = f"{outside.public_url}/auth"
    approvals = Approvals(store, outside.sign_in, announcer, clock, approve_url=f"{at}/approve")
    accounts = Accounts(
        store,
        ground.books,
        outside.sign_in,
        ground.graph,
        announcer,
        clock,
        approvals=approvals,
        start_url=f"{at}/start",
    )

    def mailbox_of(person: Person) -> Mailbox:
        return Mailbox(ground.graph, accounts, person)

    return AccountCases(
        accounts=accounts,
        approvals=approvals,
        links=Links(store, sharing, mailbox_of, clock),
        offers=Offers(store, sharing, events, contacts),
        directory=Directory(store, mailbox_of),
        free_time=FreeTime(store, sharing, mailbox_of),
    )
