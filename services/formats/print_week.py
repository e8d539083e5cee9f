"""A week on paper: a column for each day, whole days above, times by the hour below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from services.formats.print_sheet import HEIGHT as PAGE
from services.formats.print_sheet import INK, MARGIN, QUIET, WEEKEND, WIDTH, Box, Chip, Sheet

__all__ = ["draw_week"]

HEAD, LANE, GAP, CLOCK = 12.0, 5.0, 0.5, 13.0
MOST_LANES = 6
FEWEST_HOURS = (8, 18)
LINE_HEIGHT = 3.6
SHORTEST = 3.8
"""Height of the shortest event, so that its title can be read."""


@dataclass(slots=True)
class _Placed:
    chip: Chip
    start: float
    end: float
    """Hours."""
    column: int = 0
    columns: int = 1


def draw_week(sheet: Sheet, week: Sequence[date], chips: Sequence[Chip]) -> None:
    """Draw a week.

    Args:
        sheet: an empty page.
        week: its days.
        chips: what lies on these days, in order.
    """
    settings = sheet.leaf.settings
    days = [day for day in week if settings.weekends or day.weekday() in settings.business_days]
    top = sheet.heading(sheet.span_name(days[0], days[-1]))
    left = MARGIN + CLOCK
    width = (WIDTH - MARGIN - left) / len(days)
    for column, day in enumerate(days):
        x = left + column * width
        _head(sheet, day, Box(x, top, width, HEAD), PAGE - MARGIN - top)
        sheet.line(x, top, x, PAGE - MARGIN)
    grid = _bars(sheet, days, Box(left, top + HEAD, width, LANE), chips)
    timed = {day: _placed([c for c in chips if c.start and c.first == day]) for day in days}
    first, last = _hours([each for placed in timed.values() for each in placed])
    hour = (PAGE - MARGIN - grid) / (last - first)
    for number in range(first, last + 1):
        y = grid + (number - first) * hour
        sheet.line(left - 2, y, WIDTH - MARGIN, y)
        if number < last:
            at = datetime.combine(days[0], time(number % 24), sheet.leaf.zone)
            box = Box(MARGIN - 1, y - 2, CLOCK - 1.5, 4)
            sheet.text(sheet.clock(at), box, size=7, color=QUIET, align="R")
    for column, day in enumerate(days):
        x = left + column * width
        for each in timed[day]:
            _event(sheet, each, Box(x, grid - first * hour, width, hour))


def _head(sheet: Sheet, day: date, box: Box, height: float) -> None:
    settings = sheet.leaf.settings
    if day.weekday() not in settings.business_days or day in sheet.leaf.days_off:
        sheet.ground(Box(box.x, box.y, box.width, height), WEEKEND)
    name = Box(box.x + GAP, box.y, box.width - GAP, 4.5)
    sheet.text(sheet.weekday(day), name, size=8, color=QUIET)
    number = Box(box.x + GAP, box.y + 4, 12, 7)
    sheet.text(str(day.day), number, size=16, bold=True)
    if off := sheet.leaf.days_off.get(day):
        beside = Box(box.x + 12, box.y + 5.5, box.width - 13, 5)
        sheet.text(off, beside, size=6.5, color=sheet.color, align="R")


def _bars(sheet: Sheet, days: Sequence[date], row: Box, chips: Sequence[Chip]) -> float:
    """Draw what takes whole days; return where the hours begin."""
    lanes: list[set[int]] = []
    for chip in chips:
        columns = {n for n, day in enumerate(days) if chip.first <= day <= chip.last}
        if chip.start is not None or not columns:
            continue
        lane = next((n for n, taken in enumerate(lanes) if not taken & columns), len(lanes))
        if lane == MOST_LANES:
            continue
        if lane == len(lanes):
            lanes.append(set())
        lanes[lane] |= columns
        first, count = min(columns), len(columns)
        y = row.y + lane * LANE
        box = Box(row.x + first * row.width + GAP, y, count * row.width - 2 * GAP, LANE - GAP)
        sheet.chip(box, is_faint=chip.is_faint)
        inside = Box(box.x + 1.2, box.y, box.width - 1.2, box.height)
        sheet.text(chip.title, inside, size=8.5)
    return row.y + len(lanes) * LANE + 2


def _placed(chips: Sequence[Chip]) -> list[_Placed]:
    """Return events with the columns that those have which overlap."""
    placed = sorted((_hours_of(chip) for chip in chips), key=lambda each: (each.start, -each.end))
    group: list[_Placed] = []
    until = 0.0
    for each in placed:
        if each.start >= until:
            _share(group)
            group = []
        group.append(each)
        until = max(until, each.end)
    _share(group)
    return placed


def _share(group: Sequence[_Placed]) -> None:
    ends: list[float] = []
    for each in group:
        free = next((n for n, end in enumerate(ends) if end <= each.start), len(ends))
        ends[free : free + 1] = [each.end]
        each.column = free
    for each in group:
        each.columns = len(ends)


def _hours_of(chip: Chip) -> _Placed:
    start, end = chip.start, chip.end
    if start is None or end is None:
        return _Placed(chip, 0, 0)
    begin = start.hour + start.minute / 60
    over = end.hour + end.minute / 60 if end.date() == start.date() else 24
    return _Placed(chip, begin, max(over, begin + 0.4))


def _hours(placed: Sequence[_Placed]) -> tuple[int, int]:
    first = min((int(each.start) for each in placed), default=FEWEST_HOURS[0])
    last = max((-int(-each.end // 1) for each in placed), default=FEWEST_HOURS[1])
    return min(first, FEWEST_HOURS[0]), min(max(last, FEWEST_HOURS[1]), 24)


def _event(sheet: Sheet, each: _Placed, row: Box) -> None:
    width = (row.width - 2 * GAP) / each.columns
    height = max((each.end - each.start) * row.height - GAP, SHORTEST)
    x = row.x + GAP + each.column * width
    box = Box(x, row.y + each.start * row.height + GAP / 2, width - GAP / 2, height)
    sheet.chip(box, is_faint=each.chip.is_faint)
    if each.chip.start is None:
        return
    clock = sheet.clock(each.chip.start)
    lines = [(each.chip.title, True, INK)]
    if height >= 2 * LINE_HEIGHT:
        lines.append((clock, False, sheet.color))
        lines += [(each.chip.place, False, QUIET)] if each.chip.place else []
    elif each.columns == 1:
        lines = [(f"{clock}  {each.chip.title}", True, INK)]
    for number, (text, bold, color) in enumerate(lines[: int(height // LINE_HEIGHT) or 1]):
        at = Box(box.x + 1.2, box.y + number * LINE_HEIGHT, box.width - 1.2, LINE_HEIGHT)
        sheet.text(text, at, size=7.5, bold=bold, color=color)
