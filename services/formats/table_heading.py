"""Where the headings of a table stand: in its first row, or below lines that say what it is.

People write *Staff list 2026* above a table, and leave a row empty. :func:`heading_in` looks for
the row that names columns among the first few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from services.formats.tables import Row

__all__ = ["AT", "SHEET", "UNREAD", "heading_in", "table_for"]

LOOKED_AT = 10
"""Rows: further down a row that looks like headings is one of the others."""
SURE = 2
"""Columns that somebody would not name by chance."""
AT, UNREAD, SHEET = "heading:", "unread:", "sheet:"
"""How remarks on a reading begin: where the headings were found, which columns say nothing, and
which sheet was read where there are others."""


def heading_in(rows: Iterable[Row], fits: Callable[[Row], int]) -> tuple[int, Row]:
    """Return the row that names the columns, with its number; 1 is the first.

    Args:
        rows: a table.
        fits: how many columns a row names; 0 = too little for headings.

    Returns:
        The first row where none names any; number 0 and no cells where there is no row at all.
    """
    looked_at = list(enumerate(islice(rows, LOOKED_AT), start=1))
    named = [(number, row, fits(row)) for number, row in looked_at]
    for number, row, known in named:
        if known >= SURE or (known and (number == 1 or known == _filled(row))):
            better = next((each for each in named if each[2] >= SURE), None)
            return better[:2] if better and known < SURE else (number, row)
    return looked_at[0] if looked_at else (0, [])


def table_for(
    tables: Sequence[tuple[str, Iterable[Row]]], fits: Callable[[Row], int]
) -> tuple[Iterable[Row], tuple[str, ...]]:
    """Return the table whose headings fit, else the first in which there is something.

    Args:
        tables: the sheets of a file, with their titles.
        fits: as of :func:`heading_in`.

    Returns:
        Its rows, and a remark where something stands in other sheets, too.
    """
    if len(tables) == 1:
        return tables[0][1], ()
    begun = [(title, rows, list(islice(rows, LOOKED_AT))) for title, rows in tables]
    filled = [each for each in begun if each[2]]
    if not filled:
        return [], ()
    fitting = (each for each in filled if fits(heading_in(each[2], fits)[1]))
    title, rows, _ = next(fitting, filled[0])
    return rows, (f"{SHEET}{title}",) if len(filled) > 1 else ()


def _filled(row: Row) -> int:
    return sum(cell not in (None, "") for cell in row)
