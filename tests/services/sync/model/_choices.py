"""What people choose for their links while the model test runs, and what then has to hold.

A person changes one thing at a time (:data:`CHANGES`), so settings come together by chance.
:class:`Promises` says of a link that has come to rest what follows from its settings alone; it
knows nothing of :mod:`services.sync.rules.policy`, which it judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.graph.remote_item import RemoteItem
from services.model.events import EventContent, Sensitivity, ShowAs
from services.model.links import Direction, LinkSettings, Privacy
from services.model.pairs import Cursor
from tests.services.sync.model._house import Tie

__all__ = ["CHANGES", "OPEN", "Promises"]

OPEN = LinkSettings()
SECRET = (Sensitivity.PRIVATE, Sensitivity.CONFIDENTIAL)
CHANGES: Mapping[str, Callable[[LinkSettings, str], LinkSettings]] = {
    "open": lambda was, _: OPEN,
    "to outlook": lambda was, _: replace(was, direction=Direction.TO_OUTLOOK),
    "from outlook": lambda was, _: replace(was, direction=Direction.FROM_OUTLOOK),
    "both ways": lambda was, _: replace(was, direction=Direction.BOTH),
    "busy only": lambda was, _: replace(was, privacy=Privacy.BUSY_ONLY),
    "no private": lambda was, _: replace(was, privacy=Privacy.SKIP_PRIVATE),
    "everything": lambda was, _: replace(was, privacy=Privacy.EVERYTHING),
    "category": lambda was, tag: replace(was, category="" if was.category else tag),
    "reminders": lambda was, _: replace(was, reminders=not was.reminders),
    "busy time": lambda was, _: replace(was, busy_only=not was.busy_only),
    "narrow": lambda was, _: replace(was, days_back=30, days_ahead=60),
    "wide": lambda was, _: replace(was, days_back=120, days_ahead=600),
}
"""By name, what becomes of the settings; with a tag that somebody has given."""


@dataclass(frozen=True, slots=True)
class Promises:
    """What the settings of a link promise."""

    tie: Tie
    settings: LinkSettings
    cursor: Cursor

    def broken(self, team: Sequence[Any]) -> Iterator[str]:
        """Yield what does not hold; ``team`` is what the book shows."""
        folder = self.tie.folder
        if self.settings.direction is Direction.FROM_OUTLOOK and folder.writes > self.tie.writes:
            yield "it writes to an Outlook that only tells"
        if not self.settings.reminders and self.settings.direction is not Direction.FROM_OUTLOOK:
            yield from self._reminding(team)
        if self.settings.direction is Direction.TO_OUTLOOK:
            return  # what had crossed before stays, and nothing more crosses
        contents = [item.content for item in team if not self._is_anothers(item)]
        shown = set[str]().union(*map(self.tie.words.values, contents))
        # What somebody who linked again had a copy of came in from them.
        shown -= self.tie.words.count.may_double
        for remote in folder.items.values():
            if told := self._hidden(remote) & shown:
                yield f"the team sees what it must not: {sorted(told)}"

    def _reminding(self, team: Sequence[Any]) -> Iterator[str]:
        """Yield our copies that remind of what the team is reminded of."""
        told = [item.content for item in team if isinstance(item.content, EventContent)]
        set_here = {content.reminder_minutes for content in told} - {None}
        for remote in self.tie.folder.items.values():
            is_ours = (
                remote.transaction_id and not remote.mirror and remote.id not in self.tie.known
            )
            if is_ours and not remote.mirror and remote.content.reminder_minutes in set_here:
                yield f"a copy reminds of {remote.content.title}"

    def _is_anothers(self, item: Any) -> bool:
        """Whoever makes a meeting of an event that they had a copy of has the say from then on."""
        return getattr(item, "mirror_of", None) not in (None, self.tie.person)

    def _hidden(self, remote: RemoteItem[Any]) -> set[str]:
        """Return what of an item the team must not see, if a person made it in Outlook."""
        is_theirs = not (remote.transaction_id or remote.tag or remote.id in self.tie.known)
        if not is_theirs or not self.tie.folder.covers(self.cursor, remote.content):
            return set()
        values = self.tie.words.values(remote.content)
        if not self._passes(remote.content):
            return values
        if self.settings.privacy is Privacy.BUSY_ONLY and isinstance(remote.content, EventContent):
            return {value for value in values if not value.startswith("at ")}
        return set()

    def _passes(self, content: Any) -> bool:
        chosen = self.settings
        if chosen.category and chosen.category not in content.tags:
            return False
        if not isinstance(content, EventContent):
            return True
        if chosen.privacy is Privacy.SKIP_PRIVATE and content.sensitivity in SECRET:
            return False
        return not (chosen.busy_only and content.show_as is ShowAs.FREE)
