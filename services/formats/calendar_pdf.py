"""A week or a month of a calendar as a page to pin up (PDF).

:func:`month_page` and :func:`week_page` return the file. Drawn with fpdf2, which is pure Python;
letters are shaped by HarfBuzz, so Arabic joins and Hebrew runs from the right.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from fpdf import FPDF

from services.formats.print_fonts import with_fonts
from services.formats.print_month import draw_month
from services.formats.print_sheet import Leaf, Sheet, chips_of
from services.formats.print_week import draw_week
from services.model.recurrence import Weekday
from services.model.settings import View
from services.model.spans import span_of, weeks_of

__all__ = ["Leaf", "month_page", "week_page"]


def month_page(leaf: Leaf, day: date, first_weekday: Weekday, made_at: datetime) -> bytes:
    """Return the month of a day as a PDF of one page."""
    pdf = _document(leaf, made_at)
    with with_fonts(pdf, _texts(leaf)):
        sheet = Sheet(pdf, leaf)
        draw_month(sheet, day, weeks_of(day, first_weekday), chips_of(leaf, pdf))
        sheet.own_up(_texts(leaf))
        return bytes(pdf.output())


def week_page(leaf: Leaf, day: date, first_weekday: Weekday, made_at: datetime) -> bytes:
    """Return the week of a day as a PDF of one page."""
    pdf = _document(leaf, made_at)
    with with_fonts(pdf, _texts(leaf)):
        week = span_of(View.WEEK, day, first_weekday).days
        sheet = Sheet(pdf, leaf)
        draw_week(sheet, week, chips_of(leaf, pdf))
        sheet.own_up(_texts(leaf))
        return bytes(pdf.output())


def _document(leaf: Leaf, made_at: datetime) -> FPDF:
    pdf = FPDF(orientation="landscape", unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.c_margin = 0.5
    pdf.set_title(leaf.name or "Almanac")
    pdf.set_creator("Almanac")
    pdf.set_lang(leaf.language)
    pdf.set_creation_date(made_at)
    return pdf


def _texts(leaf: Leaf) -> Iterator[str]:
    yield leaf.name
    yield from leaf.days_off.values()
    for content in leaf.contents:
        yield content.title
        yield content.place
