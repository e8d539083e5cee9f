"""The signs that set the words of a line apart; no word contains one of them."""

from __future__ import annotations

__all__ = ["COMPANY", "FIELDS", "GROUP", "INITIALS", "NAME", "OTHER", "TAG"]

NAME, OTHER = ".", " "
COMPANY, GROUP, TAG = "@", "#", "~"
FIELDS = frozenset((COMPANY, GROUP, TAG))
"""Those that stand before words of a field that people keep to."""
INITIALS = "="
