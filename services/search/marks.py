"""The signs that set the words of a line apart; no word contains one of them."""

from __future__ import annotations

__all__ = ["COMPANY", "FIELDS", "GAP", "GROUP", "INITIALS", "NAME", "OTHER", "REST", "TAG"]

NAME, OTHER = ".", " "
GAP = 2 * NAME
"""Between names, so that each has a dot of its own on either side."""
COMPANY, GROUP, TAG = "@", "#", "~"
FIELDS = frozenset((COMPANY, GROUP, TAG))
"""Those that stand before words of a field that people keep to."""
INITIALS = "="
REST = "|"
"""Behind it are the words that are neither names nor of such fields."""
