"""A table of events, and what one of its cells says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.formats.table_values import Days
from services.formats.tables import Cell, Row
from services.model.imports import Snag

__all__ = ["BadRow", "Sheet"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the cells of one table are to be read."""

    columns: Mapping[str, int]
    """By field."""
    order: Days
    home: ZoneInfo

    def cell(self, row: Row, field: str) -> Cell:
        """Return what a row says in a field, without blanks around it."""
        column = self.columns.get(field)
        value = row[column] if column is not None and column < len(row) else None
        return value.strip() if isinstance(value, str) else value

    def text(self, row: Row, field: str) -> str:
        """Return the same as a text."""
        value = self.cell(row, field)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value)


class BadRow(ValueError):
    """A row that cannot be taken; ``snag`` says why."""

    def __init__(self, snag: Snag) -> None:
        super().__init__(snag.value)
        self.snag = snag
