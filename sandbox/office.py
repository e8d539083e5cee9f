"""All mailboxes of the sample company, and the delta rounds of each."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.clock import Clock
from sandbox.delta import DeltaLog
from sandbox.feeds import Feeds
from sandbox.mailbox import Mailbox
from sandbox.people import PEOPLE, SamplePerson

__all__ = ["Office"]


class Office:
    """The company's Exchange: one mailbox a person, the sample people's unless others are named."""

    def __init__(self, clock: Clock, people: Sequence[SamplePerson] = PEOPLE) -> None:
        self.clock = clock
        self.feeds = Feeds()
        self._mailboxes = {person.object_id: Mailbox(person, clock) for person in people}
        self._deltas = {key: DeltaLog(mailbox) for key, mailbox in self._mailboxes.items()}

    @property
    def mailboxes(self) -> tuple[Mailbox, ...]:
        """Every mailbox, in the order of the people."""
        return tuple(self._mailboxes.values())

    def mailbox(self, person: SamplePerson) -> Mailbox:
        """Return somebody's mailbox."""
        return self._mailboxes[person.object_id]

    def delta(self, person: SamplePerson) -> DeltaLog:
        """Return the delta rounds of somebody's mailbox."""
        return self._deltas[person.object_id]
