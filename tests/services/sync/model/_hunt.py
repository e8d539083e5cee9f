"""Machines that do little, but that often: the smallest setting in which a defect shows.

:func:`hunter` makes a machine with one rule: somebody does one of a few things, and while an
instance brings it over one of a few things goes wrong. What is at work is the same house and the
same judge as in the wide machine, which meets the same by chance, now and then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.services.sync.model._walker import Walker

__all__ = ["Prey", "hunter"]


@dataclass(frozen=True, kw_only=True)
class Prey:
    """Where a defect shows."""

    acts: Sequence[str]
    faults: Sequence[tuple[str, str]] = ()
    """Operation and fault, of which up to two happen in a pass."""
    edits: Sequence[str] = ("title",)
    setting: str = "alone"
    dies: bool = False
    """Whether instances die at commits as well."""
    slip: str = ""
    """What comes just before a commit, in place of a death."""


def hunter(prey: Prey) -> type[Walker]:
    """Return the machine."""
    faults = st.lists(st.sampled_from(prey.faults), max_size=2) if prey.faults else st.just([])
    items = st.integers(min_value=0, max_value=1)
    commits = st.integers(min_value=1, max_value=8) if prey.dies or prey.slip else st.none()

    class Hunter(Walker):
        setting = prey.setting

        @rule(
            act=st.sampled_from(prey.acts),
            faults=faults,
            tie=items,
            how=st.sampled_from(prey.edits),
            item=items,
            commit=commits,
        )
        def something_happens(
            self,
            act: str,
            faults: list[tuple[str, str]],
            tie: int,
            how: str,
            item: int,
            commit: int | None,
        ) -> None:
            self.disturb("a", act, faults, tie, how, item, dies_at=commit, slip=prey.slip)

    return Hunter
