"""How far a change of one occurrence of a series reaches."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Reach"]


class Reach(StrEnum):
    """Which occurrences are meant."""

    ONE = "one"
    """This one alone: it becomes an exception of its series."""
    FOLLOWING = "following"
    """This one and all after it: the series ends before, and another goes on."""
    ALL = "all"
