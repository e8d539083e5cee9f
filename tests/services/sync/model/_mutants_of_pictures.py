"""Defects about the pictures of contacts; see :mod:`~._mutants`."""

from __future__ import annotations

from typing import Any

import pytest

from services.model.pairs import Observation, Pair
from services.sync.execute import updates
from services.sync.plan import survey
from services.sync.plan.pair_plan import or_look
from services.sync.rules.steps import Action
from services.sync.sides import pictures
from services.sync.state.link_pass import LinkPass

__all__ = ["OF_PICTURES"]


def what_is_encoded_anew_is_another_picture(patch: pytest.MonkeyPatch) -> None:
    """What Outlook makes of our own picture is news, and is sent on to the other mailbox."""
    patch.setattr(pictures, "is_like", lambda one, other: one == other)


def pictures_are_written_over_unseen(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks at what is there before another one is sent."""

    async def as_it_was(
        run: LinkPass, pair: Pair, observed: Observation, item: Any, groups: Any
    ) -> Observation:
        return observed

    patch.setattr(updates, "recheck_picture", as_it_was)


def pictures_are_deleted_unseen(patch: pytest.MonkeyPatch) -> None:
    """A contact is deleted though somebody may just have given it a picture."""

    def look_away(run: LinkPass, pair: Pair, action: Action) -> Action:
        return action if action is Action.DELETE_REMOTE else or_look(run, pair, action)

    patch.setattr(survey, "or_look", look_away)


OF_PICTURES = (
    what_is_encoded_anew_is_another_picture,
    pictures_are_written_over_unseen,
    pictures_are_deleted_unseen,
)
