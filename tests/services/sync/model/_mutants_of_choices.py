"""Planted defects in what people choose for their links; see :mod:`._mutants`.

:data:`OF_CHOICES` are the mutants of settings and directions: what may cross, and what becomes of
two sides that differ while it may not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from services.storage.repositories.links import LinkRecords
from services.sync import recover
from services.sync.plan import pair_plan
from services.sync.rules.policy import Policy

__all__ = ["OF_CHOICES", "Mutant"]

Mutant = Callable[[pytest.MonkeyPatch], None]


def choices_hold_for_what_comes_later(patch: pytest.MonkeyPatch) -> None:
    """Who changes what may cross is believed, and what has crossed is left where it is."""
    patch.setattr(LinkRecords, "restart", LinkRecords.save)


def filters_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Policy, "passes", lambda policy, content, *, is_import: True)


def creates_ignore_the_direction(patch: pytest.MonkeyPatch) -> None:
    """What has been written down is sent, though nothing may be written there by now."""
    patch.setattr(recover, "_held_back", recover.send)


def what_met_one_way_has_agreed(patch: pytest.MonkeyPatch) -> None:
    """As it was once: what each side said when Outlook had no say is what both agreed on."""
    patch.setattr(pair_plan, "_meets_at_last", lambda run, pair, item: False)


OF_CHOICES: Sequence[Mutant] = (
    choices_hold_for_what_comes_later,
    filters_are_forgotten,
    creates_ignore_the_direction,
    what_met_one_way_has_agreed,
)
