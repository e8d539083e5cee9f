"""A list of everybody, in order: which part of it is shown, and how lines are sorted for it.

The head of a line is the name, folded, and behind it the company after a mark: so lines are sorted
by it as it is, without a column or an index more. That looks at every line, which takes some
hundredths of a second among 100,000; a search does not.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.model.contact_order import ContactOrder
from services.search.letters import OTHERS
from services.search.lines import Row
from services.search.marks import COMPANY, GROUP
from services.spelling import words_of

__all__ = ["OTHERS", "Listing", "SortKey", "letter_of", "sort_key"]

LAST = "\U0010ffff"
SortKey = tuple[str | int, ...]

BY_COMPANY = f"CASE instr(head, '{COMPANY} ') WHEN 0 THEN '{LAST}' ELSE"
BY_COMPANY += f" substr(head, instr(head, '{COMPANY} ')) END, head"
SQL = {
    ContactOrder.NAME: "head",
    ContactOrder.COMPANY: BY_COMPANY,
    ContactOrder.RECENT: "revision DESC, number DESC",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """Which contacts, in which order."""

    order: ContactOrder = ContactOrder.NAME
    letters: str = ""
    """Names that begin with one of them, or ``#`` for those that begin otherwise; empty = all."""
    group: str = ""
    """Members of one group; empty = all."""

    @property
    def sql(self) -> str:
        """By what SQL sorts, as :func:`sort_key` does."""
        return SQL[self.order]

    @property
    def piece(self) -> str:
        """What a line has of a member of the group, and no other line."""
        inside = "".join(f"{GROUP} {word}" for word in words_of(self.group))
        return f"{GROUP} {inside}{GROUP} {GROUP} " if self.group else ""


def letter_of(sign: str) -> str:
    """Return the letter under which a name stands that begins with a sign."""
    return sign if "a" <= sign <= "z" else OTHERS


def sort_key(row: Row, order: ContactOrder) -> SortKey:
    """Return by what a row is sorted among those of other segments."""
    if order is ContactOrder.RECENT:
        return (-row.revision, -row.number)
    at = row.head.find(f"{COMPANY} ") if order is ContactOrder.COMPANY else 0
    return (row.head[at:] if at >= 0 else LAST, row.head)
