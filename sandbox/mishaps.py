"""What can befall a person's mailbox, account or subscriptions without any call of ours.

Each mishap is a small function of the sandbox's parts; :data:`MISHAPS` gives them their names in
the language of :mod:`sandbox.orders`. They happen at once, or just before a call that was named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from sandbox.entra.directory import Directory
from sandbox.faults import Fault
from sandbox.normalising import as_it_came, normalised
from sandbox.notices import Notices, Subscription
from sandbox.office import Office
from sandbox.people import SamplePerson

__all__ = ["MISHAPS", "Scene"]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where mishaps happen: the company's mailboxes, Entra, and the subscriptions."""

    office: Office
    directory: Directory
    notices: Notices

    def befall(self, person: SamplePerson, fault: Fault) -> None:
        """Let a fault's mishap happen to somebody."""
        MISHAPS[fault.mishap](self, person, fault)

    def subscriptions(self, person: SamplePerson) -> list[Subscription]:
        """Return all subscriptions to a person's mailbox, whichever application made them."""
        return self.notices.all_to(person)


def _delete_calendar(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Delete a calendar by its name or id, by default the newest one."""
    mailbox = scene.office.mailbox(person)
    extra = [each for each in mailbox.calendars if not each.is_default]
    for calendar in extra if fault.subject else extra[-1:]:
        if fault.subject in ("", calendar.name, calendar.id):
            mailbox.remove_calendar(calendar)


def _delete_folder(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Delete a contact folder by its name or id, by default the newest one."""
    book = scene.office.mailbox(person).contacts
    for folder in book.folders if fault.subject else book.folders[-1:]:
        if fault.subject in ("", folder.name, folder.id):
            book.remove_folder(folder)


def _delete_item(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Delete events and contacts by their title or name, by default the newest event."""
    mailbox, book = scene.office.mailbox(person), scene.office.mailbox(person).contacts
    items = [each for calendar in mailbox.calendars for each in mailbox.items(calendar.id)]
    for item in items if fault.subject else items[-1:]:
        if fault.subject in ("", item.content.subject):
            mailbox.remove(mailbox.get(mailbox.id_of(item)))
    folders = (book.default_folder, *book.folders)
    for card in [each for folder in folders for each in book.cards(folder.id)]:
        if fault.subject == card.says.get("displayName"):
            book.remove(card)


def _change_ids(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Give events and contacts other ids, as a drag in desktop Outlook does; by default all."""
    mailbox = scene.office.mailbox(person)
    for calendar in mailbox.calendars:
        for item in mailbox.items(calendar.id):
            if fault.subject in ("", item.content.subject):
                mailbox.drag(item)
    book = mailbox.contacts
    for folder in (book.default_folder, *book.folders):
        for card in book.cards(folder.id):
            if fault.subject in ("", card.says.get("displayName")):
                book.drag(card)


def _lag(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Let reads see writes so many seconds later; 0 ends it."""
    mailbox = scene.office.mailbox(person)
    mailbox.lag = mailbox.contacts.lag = timedelta(seconds=fault.seconds)


def _normalise(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Keep what is written from now on in another spelling than it was sent in."""
    scene.office.mailbox(person).normalise = normalised


def _keep_as_sent(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """End the normalising."""
    scene.office.mailbox(person).normalise = as_it_came


def _expire_delta(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Forget all delta tokens of the mailbox: the next use of one gets a 410."""
    scene.office.delta(person).expire()


def _silence_delta(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Let the delta tokens of today tell of nothing any more, without a word of it."""
    scene.office.delta(person).silence()


def _tell_parts(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Tell of what has changed by what has changed of it alone, as the documents allow."""
    rounds = scene.office.delta(person)
    rounds.tells_parts = rounds.contacts.tells_parts = True


def _tell_all(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Tell of what has changed as it is now, and put as much on a page as is preferred."""
    rounds = scene.office.delta(person)
    rounds.tells_parts = rounds.contacts.tells_parts = False
    rounds.most_a_page = rounds.contacts.most_a_page = None


def _small_pages(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Put so many entries on a page of a round, one by default, whatever is preferred."""
    rounds = scene.office.delta(person)
    rounds.most_a_page = rounds.contacts.most_a_page = int(fault.subject or 1)


def _revoke(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Refuse all tokens, by default as after a changed password; ``code=`` is another AADSTS.

    What was subscribed to with them ends without a word.
    """
    _lose_subscriptions(scene, person, fault)
    scene.directory.revoke(person, int(fault.code or 50173))


def _expire_refresh(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Refuse refresh tokens as too old, and access tokens with them."""
    scene.directory.revoke(person, 700082)


def _withdraw_consent(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Forget what the person, or an administrator for everybody, has approved."""
    scene.directory.withdraw_consent(person)


def _challenge_tokens(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Answer the access tokens of today with a claims challenge; newer ones are good."""
    scene.directory.challenge(person)


def _lose_subscriptions(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """End all subscriptions without a word."""
    for each in scene.subscriptions(person):
        scene.notices.remove(each.id)


def _remove_subscriptions(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """End all subscriptions, and say so."""
    for each in scene.subscriptions(person):
        scene.notices.remove(each.id)
        scene.notices.tell_lifecycle(each, "subscriptionRemoved")


def _take_twins(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Let anybody's subscriptions have likes from now on, in place of a 409."""
    scene.notices.takes_twins = True


def _ask_again(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Ask for a reauthorization of each subscription."""
    for each in scene.subscriptions(person):
        scene.notices.tell_lifecycle(each, "reauthorizationRequired")


def _miss_notices(scene: Scene, person: SamplePerson, fault: Fault) -> None:
    """Tell each subscriber that notices were missed."""
    for each in scene.subscriptions(person):
        scene.notices.tell_lifecycle(each, "missed")


MISHAPS: Mapping[str, Callable[[Scene, SamplePerson, Fault], None]] = MappingProxyType(
    {
        "delete-calendar": _delete_calendar,
        "delete-folder": _delete_folder,
        "delete-item": _delete_item,
        "change-ids": _change_ids,
        "lag": _lag,
        "normalise": _normalise,
        "keep-as-sent": _keep_as_sent,
        "expire-delta": _expire_delta,
        "silence-delta": _silence_delta,
        "partial-items": _tell_parts,
        "small-pages": _small_pages,
        "usual-rounds": _tell_all,
        "revoke": _revoke,
        "expire-refresh": _expire_refresh,
        "withdraw-consent": _withdraw_consent,
        "challenge-tokens": _challenge_tokens,
        "lose-subscriptions": _lose_subscriptions,
        "remove-subscriptions": _remove_subscriptions,
        "take-twins": _take_twins,
        "reauthorize": _ask_again,
        "miss-notices": _miss_notices,
    }
)
"""Name in an order, and what happens then."""
