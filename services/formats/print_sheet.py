"""A sheet of paper to draw a calendar on: A4 across, with a heading, boxes and cut texts.

What month and week have in common; :mod:`services.formats.print_month` and
:mod:`services.formats.print_week` say where things go. Lengths are millimetres, sizes of letters
points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from fpdf import FPDF

from services.formats.print_fonts import FAMILY, is_printable, printable
from services.model.events import EventContent, ShowAs
from services.model.settings import BookSettings, Color
from services.model.times import Timed

__all__ = ["Box", "Chip", "Leaf", "Sheet", "chips_of"]

WIDTH, HEIGHT, MARGIN = 297.0, 210.0, 10.0
INK, QUIET, LINE, WEEKEND = (36, 36, 36), (120, 120, 120), (200, 200, 205), (246, 246, 248)
COLORS: Mapping[Color, tuple[int, int, int]] = {
    Color.NONE: (61, 74, 143),
    Color.BLUE: (27, 97, 168),
    Color.GREEN: (29, 120, 66),
    Color.YELLOW: (143, 104, 0),
    Color.ORANGE: (184, 85, 15),
    Color.RED: (178, 34, 46),
    Color.PURPLE: (112, 55, 150),
    Color.BROWN: (110, 76, 52),
    Color.BLACK: (60, 60, 60),
}
"""Dark enough to be read on white, as letters and as an edge."""
TINT = 0.86
"""How much white is in the ground of a box."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is to be drawn."""

    name: str
    """Of the calendar."""
    zone: ZoneInfo
    """In which its times are shown; it is named."""
    language: str
    settings: BookSettings
    contents: Sequence[EventContent]
    """Of the occurrences, each with its own time."""
    days_off: Mapping[date, str] = field(default_factory=dict)
    if_missing: str = ""
    """What the page says where letters had to be left out, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One occurrence, as it lies on days."""

    title: str
    place: str
    first: date
    last: date
    """Included."""
    start: datetime | None
    """Of one that has times and lies on one day, else ``None``."""
    end: datetime | None
    is_faint: bool
    """Not certain, or no time of anybody's."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet."""

    x: float
    y: float
    width: float
    height: float


def chips_of(leaf: Leaf, pdf: FPDF) -> list[Chip]:
    """Return the occurrences by the days that they lie on, the longest and earliest first."""
    chips = [_chip(content, leaf.zone, pdf) for content in leaf.contents]
    return sorted(
        chips,
        key=lambda chip: (
            chip.first,
            chip.start is not None,
            chip.first - chip.last,
            chip.start.timestamp() if chip.start else 0,
            chip.title,
        ),
    )


def _chip(content: EventContent, zone: ZoneInfo, pdf: FPDF) -> Chip:
    title, place = printable(pdf, content.title) or "…", printable(pdf, content.place)
    is_faint = content.show_as in (ShowAs.FREE, ShowAs.TENTATIVE)
    when = content.when
    if not isinstance(when, Timed):
        last = when.end - timedelta(days=1)
        return Chip(title, place, when.start, last, None, None, is_faint)
    start, end = when.start.astimezone(zone), when.end.astimezone(zone)
    last = end.date()
    if end > start and end.time() == datetime.min.time():
        last -= timedelta(days=1)
    is_short = last <= start.date()
    if is_short:
        return Chip(title, place, start.date(), start.date(), start, end, is_faint)
    return Chip(title, place, start.date(), last, None, None, is_faint)


class Sheet:
    """Draws on one page of a document."""

    def __init__(self, pdf: FPDF, leaf: Leaf) -> None:
        self.pdf = pdf
        self.leaf = leaf
        self.locale = _locale(leaf.language)
        self.color = COLORS[leaf.settings.color]
        pdf.add_page(orientation="landscape", format="A4")

    def heading(self, title: str) -> float:
        """Write the heading; return where the room below it begins."""
        zone = self.leaf.zone.key.replace("_", " ")
        self.text(title, Box(MARGIN, 9, 180, 14), size=25, bold=True, color=self.color)
        right = Box(WIDTH - MARGIN - 130, 9, 130, 7)
        self.text(printable(self.pdf, self.leaf.name), right, size=12, bold=True, align="R")
        below = Box(right.x, 16, right.width, 5)
        self.text(zone, below, size=8, color=QUIET, align="R")
        return 26.0

    def own_up(self, texts: Iterable[str]) -> None:
        """Say at the foot of the page that letters are missing, where no font has them."""
        if self.leaf.if_missing and not is_printable(self.pdf, texts):
            foot = Box(MARGIN, HEIGHT - MARGIN + 2, WIDTH - 2 * MARGIN, 4)
            self.text(printable(self.pdf, self.leaf.if_missing), foot, size=7, color=QUIET)

    def month_name(self, day: date) -> str:
        """Return ``November 2026``."""
        return format_date(day, "LLLL yyyy", locale=self.locale).capitalize()

    def span_name(self, first: date, last: date) -> str:
        """Return ``16 - 22 November 2026``, with the months and years it needs."""
        end = format_date(last, "d MMMM yyyy", locale=self.locale)
        parts = "d" if (first.year, first.month) == (last.year, last.month) else "d MMMM"
        parts = parts if first.year == last.year else "d MMMM yyyy"
        return f"{format_date(first, parts, locale=self.locale)} \u2013 {end}"

    def weekday(self, day: date, form: str = "EEEE") -> str:
        """Return the name of a day of the week."""
        return format_date(day, form, locale=self.locale)

    def clock(self, at: datetime) -> str:
        """Return a time of day as the reader writes it."""
        return format_time(at, "short", tzinfo=at.tzinfo, locale=self.locale)

    def text(
        self,
        text: str,
        box: Box,
        *,
        size: float,
        bold: bool = False,
        color: tuple[int, int, int] = INK,
        align: str = "L",
    ) -> float:
        """Write one line into a box, cut where it is too long; return how wide it is."""
        # What a font for other scripts leaves behind is undone: fpdf2 would take it for ours.
        with self.pdf.local_context():
            self.pdf.set_font(FAMILY, "B" if bold else "", size)
            self.pdf.set_text_color(*color)
            self.pdf.set_xy(box.x, box.y)
            fitting = self._cut(text, box.width - 1)
            self.pdf.cell(box.width, box.height, fitting, align=align)
            return self.pdf.get_string_width(fitting)

    def ground(self, box: Box, color: tuple[int, int, int]) -> None:
        """Fill a rectangle."""
        self.pdf.set_fill_color(*color)
        self.pdf.rect(box.x, box.y, box.width, box.height, style="F")

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a thin line."""
        self.pdf.set_draw_color(*LINE)
        self.pdf.set_line_width(0.2)
        self.pdf.line(x1, y1, x2, y2)

    def chip(self, box: Box, *, is_faint: bool) -> None:
        """Draw the ground of an event: tinted, with an edge; without a ground if it is faint."""
        if not is_faint:
            red, green, blue = (round(c + (255 - c) * TINT) for c in self.color)
            self.ground(box, (red, green, blue))
        else:
            self.ground(box, (255, 255, 255))
            self.pdf.set_draw_color(*self.color)
            self.pdf.set_line_width(0.15)
            self.pdf.rect(box.x, box.y, box.width, box.height)
        self.ground(Box(box.x, box.y, 0.8, box.height), self.color)

    def _cut(self, text: str, width: float) -> str:
        if self.pdf.get_string_width(text) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.pdf.get_string_width(text[:middle] + "…") <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…" if low else ""


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
