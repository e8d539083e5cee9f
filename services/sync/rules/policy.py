"""Decide what may cross a link, by its settings and its owner's rights in the book. Pure.

:func:`policy_of` makes the :class:`Policy` of a pass. :meth:`Policy.entering` says what the team
may see of an Outlook item, before anything is compared; :meth:`Policy.leaving` what Outlook is to
show of a team's event; :meth:`Policy.settle` turns the step that
:func:`services.sync.rules.steps.plan_step` found into the one that the link allows.

An item belongs to the side it came from. Whatever of Outlook may not cross leaves the team again
and stays in Outlook; our copy of what may not go out leaves Outlook and stays with the team. What
somebody changes where they may not is put back: the step goes the other way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.model.errors import ReadOnlyReason
from services.model.events import EventContent, Mirror, Sensitivity, SeriesException, ShowAs
from services.model.items import Content
from services.model.links import Direction, LinkSettings, Privacy
from services.model.pairs import Observation, Pair
from services.sync.content.canonical import tag_key
from services.sync.rules.steps import Action

__all__ = ["BUSY", "Policy", "policy_of"]

BUSY = "Busy"
"""The title of what the team may see the time of, and nothing else."""
_SECRET = frozenset({Sensitivity.PRIVATE, Sensitivity.CONFIDENTIAL})
_TO_REMOTE: Mapping[Action, Action] = {
    # What would have gone out, and what is left of it where nothing may.
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
        """Return what is remembered of an item as it was seen in Outlook.

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
                content=_masked(seen.content),
                mirror=Mirror(ReadOnlyReason.BUSY_ONLY),
                is_kept_out=not self.passes(seen.content, is_import=True),
            )
        if self.settings.reminders and (self.lets_in or not is_import):
            return seen
        # A person's own reminder is not put back where it could not enter.
        # As it was when both last agreed, so that Outlook has changed nothing there.
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
        return action if self.lets_out else _TO_REMOTE.get(action, action)

    def _kept_out(self, action: Action, pair: Pair, *, is_there: bool) -> Action:
        """Take what came from Outlook and may not cross out of the team, if it is there as such.

        What somebody has written here, and Outlook has not seen, crosses first. Nothing of
        Outlook's comes in meanwhile, so that is no merge.
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
        """Tell whether an item passes; of what shows its time alone nothing else is known here."""
        if _is_hidden(seen):
            return not seen.is_kept_out
        return self.passes(seen.content, is_import=True)

    def _goes_unmerged(self, action: Action, pair: Pair) -> bool:
        """Tell whether the team's edit of what is about to leave it meets one of Outlook's."""
        is_plain = pair.observed is not None and pair.observed.mirror is None
        return action is Action.MERGE and self.lets_in and is_plain and pair.agreed is not None

    def _withheld(self, action: Action, pair: Pair, content: Content | None) -> Action:
        """Take our copy of what may not go out any more back out of Outlook.

        What somebody has written there, and the team has not seen, crosses first; or it is put
        back and remembered, where another mailbox has the say.
        """
        if content is None or pair.observed is None or self.passes(content, is_import=False):
            return action
        if action in (Action.PULL, Action.MERGE, Action.RESTORE) and self.lets_in:
            return action
        # Only what this program made is taken back; a person's own item stays.
        return Action.WITHDRAW if pair.ours and pair.observed.mirror is None else Action.KEEP


def policy_of(settings: LinkSettings, *, may_write: bool) -> Policy:
    """Return the policy of a link whose owner may, or may not, change the book."""
    return Policy(
        settings,
        lets_in=may_write and settings.direction is not Direction.TO_OUTLOOK,
        lets_out=settings.direction is not Direction.FROM_OUTLOOK,
    )


def _outward(action: Action, pair: Pair) -> Action:
    """Turn a step into the team around, where Outlook may not change the team's side.

    What somebody added in Outlook stays there: it is theirs. Meetings are never written, nor is
    what the team was shown the time of alone: its *Busy* is no word of the team's.
    """
    is_mirror = pair.observed is not None and pair.observed.mirror is not None
    is_mirror = is_mirror or _is_mask(pair.mirror)
    match action:
        case Action.CREATE_TEAM:  # new there, or edited there after the team deleted it
            return Action.KEEP if pair.agreed is None or is_mirror else Action.DELETE_REMOTE
        case Action.DELETE_TEAM if pair.observed is not None:
            return Action.KEEP  # it may not cross any more, and nothing here may be changed
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


def _masked(content: EventContent) -> EventContent:
    """Return the time that an item takes, and how it is shown."""
    return EventContent(
        title=BUSY,
        when=content.when,
        rule=content.rule,
        exceptions=tuple(map(_masked_exception, content.exceptions)),
        show_as=content.show_as,
    )


def _masked_exception(one: SeriesException) -> SeriesException:
    return replace(one, content=None if one.content is None else _masked(one.content))
