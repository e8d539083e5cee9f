"""One core for what is measured, the other for who measures. Standard library only."""

from __future__ import annotations

import os

__all__ = ["FIRST_CORE", "SECOND_CORE", "pin"]

FIRST_CORE = 0
SECOND_CORE = 1


def pin(core: int) -> None:
    """Stay on one core, where the system lets a process choose and has as many."""
    choose = getattr(os, "sched_setaffinity", None)
    if choose is not None and core in os.sched_getaffinity(0):
        choose(0, {core})
