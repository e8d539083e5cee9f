"""What may cross a link, by its settings and by its owner's rights in the book. Pure.

:func:`policy_of` makes the :class:`Policy` of a pass. :meth:`Policy.entering` returns what the team
may see of an Outlook item, before anything is compared; :meth:`Policy.leaving` what Outlook is to
show of a team's item; :meth:`Policy.settle` turns the step that
:func:`services.sync.rules.steps.plan_step` found into one that the link allows.

An item belongs to the side it came from. An Outlook item that may not cross is removed from the
team and stays in Outlook; our copy of a team's item that may not cross is removed from Outlook and
stays with the team. A change by somebody who may not make it is reverted: the step goes the other
way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from services.model.errors import ReadOnlyReason
from services.model.events import EventContent, Mirror, Sensitivity, ShowAs
from services.model.items import Content
from services.model.links import Direction, LinkSettings, Privacy
from services.model.pairs import Observation, Pair
from services.model.veil import time_alone
from services.sync.content.canonical import tag_key
from services.sync.content.shape import shape_of
from services.sync.rules.steps import Action

__all__ = ["Policy", "policy_of"]

_SECRET = frozenset({Sensitivity.PRIVATE, Sensitivity.CONFIDENTIAL})
_TO_REMOTE: Mapping[Action, Action] = {
    # Steps that write to Outlook, and what becomes of them if nothing may be written there.
    Action.PUSH: Action.KEEP,
    Action.RESTORE: Action.KEEP,
    Action.DELETE_REMOTE: Action.KEEP,
    Action.WITHDRAW: Action.KEEP,
    Action.CREATE_REMOTE: Action.FORGET,
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What may cross one link, for the length of a pass."""

    settings: LinkSettings
    lets_in: bool
    """Whether Outlook's changes may enter the team's side."""
    lets_out: bool
    """Whether anything may be written to Outlook."""

    def entering(self, seen: Observation, pair: Pair | None, *, is_import: bool) -> Observation:
        """Return what is stored of an item as it was seen in Outlook.

        Args:
            seen: the item.
            pair: what is known of it, if anything.
            is_import: it came, or would come, from Outlook; otherwise the team knew it before.
        """
        if not isinstance(seen.content, EventContent):
            return seen
        if is_import and self.settings.privacy is Privacy.BUSY_ONLY:
            if _is_hidden(seen):
                return seen
            return replace(
                seen,
                content=time_alone(seen.content),
                mirror=Mirror(ReadOnlyReason.BUSY_ONLY),
                is_kept_out=not self.passes(seen.content, is_import=True),
            )
        if self.settings.reminders and (self.lets_in or not is_import):
            return seen
        # The base's reminder: so Outlook has changed nothing, and a person's own reminder, which
        # may not enter, is not reverted either.
        kept = _reminder(pair.echo if pair else None)
        return replace(seen, content=replace(seen.content, reminder_minutes=kept))

    def leaving(self, content: Content, pair: Pair | None, *, is_import: bool) -> Content:
        """Return what Outlook is to show of an item of the team."""
        if not isinstance(content, EventContent):
            return content
        if pair and pair.observed and pair.observed.keeps_text:
            content = replace(content, text=_text(pair.agreed or pair.observed.content))
        if self.settings.reminders:
            return content
        kept = _reminder(pair.agreed if pair and is_import else None)
        return replace(content, reminder_minutes=kept)

    def keeps(self, there: Content, seen: Content) -> frozenset[StrEnum]:
        """Return the groups that are not written over in Outlook, as nothing of them may enter.

        Args:
            there: what the item says in Outlook.
            seen: the same as :meth:`entering` returned it: without a reminder of a person's own.
        """
        if self.settings.reminders or not isinstance(seen, EventContent):
            return frozenset()
        return shape_of(seen).differing(there, seen)

    def passes(self, content: Content, *, is_import: bool) -> bool:
        """Return whether an item is one of those that the link keeps in step.

        Privacy is asked of what came from Outlook alone, the filters of both sides' items.
        """
        chosen = self.settings
        if chosen.category and tag_key(chosen.category) not in map(tag_key, content.tags):
            return False
        if not isinstance(content, EventContent):
            return True
        if is_import and chosen.privacy is Privacy.SKIP_PRIVATE and content.sensitivity in _SECRET:
            return False
        return not (chosen.busy_only and content.show_as is ShowAs.FREE)

    def is_open(self, content: Content) -> bool:
        """Return whether the team may see all of an Outlook item that it does not know yet."""
        is_masked = self.settings.privacy is Privacy.BUSY_ONLY
        return not is_masked and self.passes(content, is_import=True)

    def settle(
        self,
        action: Action,
        pair: Pair,
        content: Content | None,
        *,
        is_import: bool,
        is_anothers: bool = False,
    ) -> Action:
        """Return the step that the link allows for a pair.

        Args:
            action: what would bring both sides into step.
            pair: the pair, its observation as :meth:`entering` returned it.
            content: what the team's record says; ``None`` = it is not there.
            is_import: see :meth:`entering`.
            is_anothers: another mailbox has the say in what the team's record shows.
        """
        if is_import:
            action = self._kept_out(action, pair, is_there=content is not None and not is_anothers)
        else:
            action = self._withheld(action, pair, content)
        if not self.lets_in:
            action = _outward(action, pair)
        if action is Action.CREATE_REMOTE and content is not None:
            # It was in Outlook and is gone: what may not cross is not made again.
            action = action if self.passes(content, is_import=False) else Action.FORGET
        return action if self.lets_out else _TO_REMOTE.get(action, action)

    def _kept_out(self, action: Action, pair: Pair, *, is_there: bool) -> Action:
        """Remove an Outlook item that may not cross from the team.

        An edit of the team that Outlook has not seen is sent first. Nothing of Outlook's comes in
        meanwhile, so that is no merge.
        """
        if pair.observed is None or self._lets_in(pair.observed):
            return action
        if self.lets_out and (action is Action.PUSH or self._goes_unmerged(action, pair)):
            return Action.PUSH
        if is_there:
            return Action.DELETE_TEAM
        # It stays in Outlook, and is new should it ever cross again.
        return Action.KEEP if pair.agreed is None else Action.FORGET

    def _lets_in(self, seen: Observation) -> bool:
        """Tell whether an item passes; of a masked one, only ``is_kept_out`` still tells."""
        if _is_hidden(seen):
            return not seen.is_kept_out
        return self.passes(seen.content, is_import=True)

    def _goes_unmerged(self, action: Action, pair: Pair) -> bool:
        """Tell whether a team's edit that has to be sent first conflicts with one of Outlook's."""
        is_plain = pair.observed is not None and not (pair.observed.mirror or pair.mirror)
        if pair.is_apart:  # it was sent, and the two differ until the pair ends
            return False
        return action is Action.MERGE and self.lets_in and is_plain and pair.agreed is not None

    def _withheld(self, action: Action, pair: Pair, content: Content | None) -> Action:
        """Remove our copy of a team's item that may not cross any more from Outlook.

        An edit there that the team has not seen comes in first; or it is reverted and stored as a
        loser, if the item belongs to another mailbox.
        """
        if content is None or pair.observed is None or self.passes(content, is_import=False):
            return action
        if action in (Action.PULL, Action.MERGE, Action.RESTORE) and self.lets_in:
            return action
        # Only a copy that this program made is removed; a person's own item stays.
        return Action.WITHDRAW if pair.ours and pair.observed.mirror is None else Action.KEEP


def policy_of(settings: LinkSettings, *, may_write: bool) -> Policy:
    """Return the policy of a link whose owner may, or may not, change the book."""
    return Policy(
        settings,
        lets_in=may_write and settings.direction is not Direction.TO_OUTLOOK,
        lets_out=settings.direction is not Direction.FROM_OUTLOOK,
    )


def _outward(action: Action, pair: Pair) -> Action:
    """Reverse a step that would write the team's side, which Outlook may not change.

    What somebody added in Outlook stays there: it is theirs. Meetings are never written. Nor are
    masked items: the *Busy* that the team shows is not what the team wants them to say.
    """
    is_mirror = pair.observed is not None and pair.observed.mirror is not None
    is_mirror = is_mirror or _is_mask(pair.mirror)
    match action:
        case Action.CREATE_TEAM:  # new there, or edited there after the team deleted it
            return Action.KEEP if pair.agreed is None or is_mirror else Action.DELETE_REMOTE
        case Action.DELETE_TEAM if pair.observed is not None:
            return Action.KEEP  # it may not cross any more, and the team's side stays as it is
        case Action.DELETE_TEAM:
            return Action.FORGET if pair.mirror is not None else Action.CREATE_REMOTE
        case Action.PULL | Action.MERGE | Action.AGREE:
            return Action.KEEP if is_mirror else Action.RESTORE
        case _:
            return action


def _is_hidden(seen: Observation) -> bool:
    return _is_mask(seen.mirror)


def _is_mask(mirror: Mirror | None) -> bool:
    return mirror is not None and mirror.reason is ReadOnlyReason.BUSY_ONLY


def _reminder(content: Content | None) -> int | None:
    return content.reminder_minutes if isinstance(content, EventContent) else None


def _text(content: Content) -> str:
    return content.text if isinstance(content, EventContent) else ""
