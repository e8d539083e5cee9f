"""The step that would bring one pair into step, before the link's settings limit it.

:func:`plan_pair` gives :func:`services.sync.rules.steps.plan_step` both sides in canonical form,
and adds what a comparison of contents cannot see: that only the guests of a meeting have changed,
or that two items were joined while Outlook could not write to the team. The link's settings are
applied afterwards by :class:`services.sync.rules.policy.Policy`, and the meetings of other
mailboxes by :mod:`services.sync.rules.meetings`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.model.items import Content
from services.model.pairs import Pair
from services.sync.content.canonical import Canonical
from services.sync.content.contact_canonical import ContactGroup
from services.sync.content.pictures import picture_of
from services.sync.content.shape import shape_of
from services.sync.rules.steps import Action, Triple, plan_step
from services.sync.sides.expanded import series_of
from services.sync.sides.team import TeamItem
from services.sync.state.link_pass import LinkPass

__all__ = ["has_changed", "is_only_pictured", "or_look", "plan_pair", "says_more"]

_ON_MEETING = frozenset({Action.AGREE, Action.MERGE, Action.PULL, Action.PUSH, Action.RESTORE})
_ON_AGREED = frozenset({Action.KEEP, Action.DELETE_REMOTE, Action.WITHDRAW})
"""Steps before which a picture is looked at, of two that meet, and of two that have agreed."""


def plan_pair(run: LinkPass, pair: Pair, item: TeamItem[Any] | None) -> Action:
    """Return the step that makes both sides say the same without losing an edit.

    Args:
        run: the pass.
        pair: what is known of Outlook's side, as the team may see it.
        item: the team's record or its tombstone; ``None`` = it has never been there.
    """
    if pair.is_remembered:  # it has ended, and so has what was agreed on
        pair = replace(pair, agreed=None, echo=None)
    if _meets_at_last(run, pair, item):
        return Action.MERGE
    observed = pair.observed
    is_own = item is not None and item.mirror is not None and not item.is_anothers
    is_mirror = is_own or (observed is not None and observed.mirror is not None)
    ours = run.leaving(item.content, pair) if item and not item.is_deleted else None
    if observed and observed.content == pair.echo and ours == pair.agreed:
        action = Action.KEEP  # equal to the letter, as nearly always
    else:
        action = plan_step(_compared(pair, ours), mirror=is_mirror)
    if pair.is_double and action is Action.DELETE_REMOTE:
        return Action.WITHDRAW  # the original says the same, so this is no deletion to confirm
    if action in (Action.KEEP, Action.PUSH) and observed and _is_meeting_news(run, pair, item):
        return Action.PULL
    if action is Action.PULL and item is not None and _is_told_by_another(run, pair, item):
        return Action.KEEP
    if action is Action.DELETE_TEAM and not is_mirror and ours != pair.agreed:
        # An edit beats a delete, even one that Outlook has no place to show.
        return Action.CREATE_REMOTE
    return action


def says_more(run: LinkPass, pair: Pair, content: Content | None) -> bool:
    """Tell whether the team's side has something new that Outlook has no place for.

    The base follows it, so that a later deletion in Outlook is known to be newer.
    """
    if content is None or pair.observed is None or pair.observed.mirror is not None:
        return False
    return pair.agreed is not None and run.leaving(content, pair) != pair.agreed


def or_look(run: LinkPass, pair: Pair, action: Action) -> Action:
    """Return a look at a contact's picture in place of a step that rests on it, or of none.

    What somebody has there is neither to be written over nor to be deleted unseen.
    """
    if pair.observed is None or not pair.observed.is_picture_due:
        return action
    if pair.observed.is_picture_late and run.was_changed_lately(pair.observed):
        return action
    is_unmet = pair.agreed is None or pair.is_apart
    if action in (_ON_MEETING if is_unmet else _ON_AGREED):
        return Action.LOOK
    return action


def is_only_pictured(pair: Pair, content: Content | None) -> bool:
    """Tell whether all that is new in Outlook is a picture where the team has none.

    Nothing puts that back: no program can take a picture away there.
    """
    if content is None or picture_of(content) or pair.observed is None or pair.echo is None:
        return False
    news = shape_of(content).differing(pair.observed.content, pair.echo)
    return news == {ContactGroup.PHOTO}


def has_changed(run: LinkPass, pair: Pair) -> bool:
    """Tell whether a mailbox says something new of its own meeting."""
    if pair.observed is None or pair.observed.mirror != pair.mirror:
        return True
    if pair.agreed is None:  # an import whose pair was not written, or items joined just now
        return run.is_import(pair)
    return _canonical(pair.observed.content) != _canonical(pair.echo)


def _meets_at_last(run: LinkPass, pair: Pair, item: TeamItem[Any] | None) -> bool:
    """Tell whether a pair that was joined while Outlook could not write may be merged now."""
    if not pair.is_apart or not run.policy.lets_in or pair.observed is None:
        return False
    return item is not None and not item.is_deleted and not item.is_anothers


def _is_meeting_news(run: LinkPass, pair: Pair, item: TeamItem[Any] | None) -> bool:
    """Tell whether the guests have changed, or whether it is a meeting at all."""
    mirror = pair.observed.mirror if pair.observed else None
    if mirror != pair.mirror:
        return True
    if item is None or item.is_anothers or not run.policy.lets_in:
        return False
    if series_of(item.id) is not None:  # one date of a series is no meeting here
        return False
    return (mirror is None) != (item.mirror is None)


def _is_told_by_another(run: LinkPass, pair: Pair, item: TeamItem[Any]) -> bool:
    """Tell whether an occurrence is a meeting here, and the team shows another mailbox's word.

    In the team no occurrence is a meeting, so no mailbox owns it. Only a mailbox that has changed
    its meeting since is heard: if each of two meetings answered the other, that would never end.
    """
    if series_of(item.id) is None or item.updated_by is not None or not pair.mirror:
        return False
    return item.mailbox != run.link.person and not has_changed(run, pair)


def _compared(pair: Pair, ours: Content | None) -> Triple:
    if pair.agreed is None and (ours is None or pair.observed is None):
        # Only the presence of each side counts here; a first sync compares thousands of these.
        return Triple(
            team=None if ours is None else (),
            remote=None if pair.observed is None else (),
            agreed=None,
            echo=None,
        )
    return Triple(
        team=_canonical(ours),
        remote=_canonical(pair.observed.content if pair.observed else None),
        agreed=_canonical(pair.agreed),
        echo=_canonical(pair.echo),
    )


def _canonical(content: Content | None) -> Canonical | None:
    return None if content is None else shape_of(content).canonical(content)
