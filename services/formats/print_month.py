"""A month on paper: a row for each week, bars for whole days, lines for times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from services.formats.print_sheet import HEIGHT as PAGE
from services.formats.print_sheet import INK, MARGIN, QUIET, WEEKEND, WIDTH, Box, Chip, Sheet

__all__ = ["draw_month"]

HEAD, DAY_HEAD, ROW, GAP = 6.0, 5.5, 4.4, 0.5
NUMBERS = 7.0
"""Room for the numbers of weeks."""
DAY = timedelta(days=1)


def draw_month(
    sheet: Sheet, month: date, weeks: Sequence[Sequence[date]], chips: Sequence[Chip]
) -> None:
    """Draw a month.

    Args:
        sheet: an empty page.
        month: a day of it.
        weeks: its weeks, each from its first day on.
        chips: what lies on these days, in order.
    """
    top = sheet.heading(sheet.month_name(month))
    settings = sheet.leaf.settings
    left = MARGIN + (NUMBERS if settings.week_numbers else 0)
    shown = [
        [day for day in week if settings.weekends or day.weekday() in settings.business_days]
        for week in weeks
    ]
    width = (WIDTH - MARGIN - left) / len(shown[0])
    for column, day in enumerate(shown[0]):
        box = Box(left + column * width, top, width, HEAD)
        sheet.text(sheet.weekday(day), box, size=9, bold=True, color=QUIET)
    top += HEAD
    height = (PAGE - MARGIN - top) / len(shown)
    for number, week in enumerate(shown):
        row = Box(left, top + number * height, width, height)
        _week(sheet, month, week, row, chips)


def _week(sheet: Sheet, month: date, week: Sequence[date], row: Box, chips: Sequence[Chip]) -> None:
    settings = sheet.leaf.settings
    if settings.week_numbers:
        box = Box(MARGIN, row.y, NUMBERS, DAY_HEAD)
        sheet.text(str(week[0].isocalendar().week), box, size=8, color=QUIET)
    for column, day in enumerate(week):
        box = Box(row.x + column * row.width, row.y, row.width, row.height)
        if day.weekday() not in settings.business_days or day in sheet.leaf.days_off:
            sheet.ground(box, WEEKEND)
        sheet.line(box.x, box.y, box.x + box.width, box.y)
        sheet.line(box.x, box.y, box.x, box.y + box.height)
        _day_head(sheet, day, box, is_inside=day.month == month.month)
    rows = int((row.height - DAY_HEAD) // ROW)
    used = _bars(sheet, week, row, chips, rows)
    for column, day in enumerate(week):
        box = Box(row.x + column * row.width, row.y, row.width, row.height)
        _times(sheet, day, box, chips, used[column], rows)


def _day_head(sheet: Sheet, day: date, box: Box, *, is_inside: bool) -> None:
    color = INK if is_inside else QUIET
    number = Box(box.x + 0.5, box.y, 9, DAY_HEAD)
    sheet.text(str(day.day), number, size=11, bold=is_inside, color=color)
    name = sheet.leaf.days_off.get(day)
    if name:
        beside = Box(box.x + 8, box.y, box.width - 8.5, DAY_HEAD)
        sheet.text(name, beside, size=6.5, color=sheet.color, align="R")


def _bars(
    sheet: Sheet, week: Sequence[date], row: Box, chips: Sequence[Chip], rows: int
) -> list[set[int]]:
    """Draw what takes whole days; return which lines of which day it takes."""
    used: list[set[int]] = [set() for _ in week]
    for chip in chips:
        columns = [n for n, day in enumerate(week) if chip.first <= day <= chip.last]
        if chip.start is not None or not columns:
            continue
        first, last = columns[0], columns[-1]
        taken = set().union(*(used[n] for n in range(first, last + 1)))
        lane = next(n for n in range(len(taken) + 1) if n not in taken)
        if lane >= rows - 1:  # the last line says how many more there are
            continue
        for n in range(first, last + 1):
            used[n].add(lane)
        box = Box(
            row.x + first * row.width + GAP,
            row.y + DAY_HEAD + lane * ROW,
            (last - first + 1) * row.width - 2 * GAP,
            ROW - GAP,
        )
        sheet.chip(box, is_faint=chip.is_faint)
        inside = Box(box.x + 1, box.y, box.width - 1, box.height)
        sheet.text(chip.title, inside, size=8)
    return used


def _times(
    sheet: Sheet, day: date, box: Box, chips: Sequence[Chip], used: set[int], rows: int
) -> None:
    """Write what has a time, in the lines that bars have left."""
    here = [chip for chip in chips if chip.first <= day <= chip.last]
    timed = [chip for chip in here if chip.start is not None]
    free = [n for n in range(rows) if n not in used]
    hidden = len(here) - len(timed) - len(used)
    is_full = hidden > 0 or len(timed) > len(free)
    lines = free[:-1] if is_full and free else free
    for chip, line in zip(timed, lines, strict=False):
        at = Box(box.x + GAP, box.y + DAY_HEAD + line * ROW, box.width - GAP, ROW - GAP)
        _line(sheet, chip, at)
    more = hidden + max(len(timed) - len(lines), 0)
    if more > 0 and free:
        at = Box(box.x + GAP, box.y + DAY_HEAD + free[-1] * ROW, box.width - GAP, ROW - GAP)
        sheet.text(f"+ {more}", at, size=7.5, bold=True, color=QUIET)


def _line(sheet: Sheet, chip: Chip, box: Box) -> None:
    if chip.start is None:
        return
    clock = sheet.clock(chip.start)
    before = Box(box.x, box.y, 16, box.height)
    wide = sheet.text(clock, before, size=7.5, bold=True, color=sheet.color) + 1.2
    beside = Box(box.x + wide, box.y, box.width - wide, box.height)
    sheet.text(chip.title, beside, size=8)
