"""What a cell of an Excel file says: a text, a number, a truth, a day or a time.

A day is a number there, and only the format in which it is shown tells the one from the other.
ECMA-376 part 1, 18.8.30 (number formats), 18.17.4 (days) and 22.9.2.19 (texts).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import isfinite

__all__ = ["Formats", "as_text", "as_written", "column_of", "iso_in", "number_in"]

Moment = datetime | time
_STANDARD = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Formats of days and times that every workbook has, by their numbers."""
_NO_PART = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
"""What stands in a format and is shown as it is, or is a colour or a condition."""
_PART = re.compile("[dmyhs]", re.I)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.I)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)
_EPOCH, _EPOCH_1904 = map(datetime.fromisoformat, ("1899-12-30", "1904-01-01"))
_NO_LEAP_DAY = 60
"""The number of 29 February 1900, which was none: what is below counts one less."""
_DAY = 86_400_000
"""Milliseconds."""


@dataclass(frozen=True, slots=True)
class Formats:
    """How the cells of a workbook are shown, as far as it tells what they hold."""

    are_moments: tuple[bool, ...] = ()
    """By the number of a style: whether its numbers are days or times."""
    since_1904: bool = False

    @classmethod
    def of(cls, styles: list[int], codes: dict[int, str], *, since_1904: bool) -> Formats:
        """Return the formats of a workbook: that of each style, and the codes that it brings."""
        return cls(tuple(_is_moment(each, codes.get(each)) for each in styles), since_1904)

    def read(self, number: float, style: int) -> float | Moment:
        """Return what a number means in a cell of a style."""
        is_moment = 0 <= style < len(self.are_moments) and self.are_moments[style]
        return self._moment(number) if is_moment else number

    def _moment(self, number: float) -> float | Moment:
        if 0 <= number < 1:
            return (_EPOCH + timedelta(milliseconds=round(number * _DAY))).time()
        epoch = _EPOCH_1904 if self.since_1904 else _EPOCH
        days, part = divmod(number, 1)
        if not self.since_1904 and 0 < days < _NO_LEAP_DAY:
            days += 1
        try:
            return epoch + timedelta(days=days, milliseconds=round(part * _DAY))
        except OverflowError:
            return number


def number_in(text: str) -> float | str:
    """Return the number that a text is; the text where it is too large for one."""
    if text.isdecimal() and len(text) < 16:
        return int(text)
    number = float(text)
    return number if isfinite(number) else text


def iso_in(text: str) -> datetime | str:
    """Return the moment that a cell spells out; the text where it does not."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text


def as_text(written: str) -> str:
    """Return a text as it is meant: a sign that XML does not know is written as its number."""
    return _ESCAPED.sub(_sign, written) if "_x" in written else written


def as_written(text: str) -> str:
    """Return a text as :func:`as_text` reads it: what looks like such a sign is none."""
    return _ESCAPED.sub(r"_x005F\g<0>", text) if "_x" in text else text


def column_of(letters: str) -> int:
    """Return the number of a column, 0 for A; ``ValueError`` for what is none."""
    number = 0
    for letter in letters:
        place = ord(letter) - ord("A") + 1
        if not 1 <= place <= 26:
            raise ValueError(f"no column: {letters[:8]}")
        number = number * 26 + place
    if not 1 <= len(letters) <= 3:
        raise ValueError(f"no column: {letters[:8]}")
    return number - 1


def _is_moment(number: int, code: str | None) -> bool:
    if code is None:
        return number in _STANDARD
    first = code.partition(";")[0]
    return bool(_ELAPSED.search(first) or _PART.search(_NO_PART.sub("", first)))


def _sign(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return found[0] if number in _SURROGATES else chr(number)
