"""A calendar on paper: what stands on the page, in which letters, and where it is cut."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pymupdf_fonts
import pytest
from fpdf import FPDF
from fpdf.fonts import TTFFont

from services.formats.calendar_pdf import Leaf, month_page, week_page
from services.formats.print_fonts import printable, with_fonts
from services.formats.print_month import draw_month
from services.formats.print_sheet import Box, Sheet, chips_of
from services.formats.print_week import draw_week
from services.model.events import EventContent, ShowAs
from services.model.recurrence import Weekday
from services.model.settings import BookSettings, View
from services.model.spans import span_of, weeks_of
from tests._builders import BERLIN, all_day, an_event_content, timed

pytestmark = pytest.mark.slow
"""A font is read and shaped for each page."""
DAY, NOW = date(2026, 11, 18), datetime(2026, 11, 20, tzinfo=UTC)
NUMBERED = BookSettings(week_numbers=True)
WORKING = BookSettings(weekends=False)


class Written(Sheet):
    """A sheet that remembers its words, as they stand there."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.words: list[str] = []

    def _cut(self, text: str, width: float) -> str:
        fitting = super()._cut(text, width)
        self.words.append(fitting)
        return fitting


def a_leaf(*contents: EventContent, settings: BookSettings = NUMBERED, **given: Any) -> Leaf:
    return Leaf("Harbour", BERLIN, given.pop("language", "en-GB"), settings, contents, **given)


def words(leaf: Leaf, view: View) -> list[str]:
    pdf = FPDF()
    texts = [text for content in leaf.contents for text in (content.title, content.place)]
    with with_fonts(pdf, iter(texts)):
        sheet = Written(pdf, leaf)
        if view is View.MONTH:
            weeks = weeks_of(DAY, Weekday.MONDAY)
            draw_month(sheet, DAY, weeks, chips_of(leaf, pdf))
        else:
            draw_week(sheet, span_of(View.WEEK, DAY, Weekday.MONDAY).days, chips_of(leaf, pdf))
        sheet.own_up(texts)
    return sheet.words


def of(title: str, start: str, minutes: int = 60, **given: Any) -> EventContent:
    return an_event_content(title=title, when=timed(start, minutes), **given)


@pytest.mark.parametrize("draw", [month_page, week_page])
def test_a_page_is_one_page_whatever_is_on(draw: Any) -> None:
    full = [of(f"Event {n}", f"2026-11-18T{n % 24:02}:00") for n in range(300)]
    long = [an_event_content(title="x" * 250, when=all_day("2026-11-16", 9)) for _ in range(40)]
    for contents in ((), full, [*full, *long]):
        data = draw(a_leaf(*contents), DAY, Weekday.MONDAY, NOW)
        assert data.startswith(b"%PDF-") and data.count(b"/Type /Page\n") == 1


def test_a_letter_of_another_font_leaves_the_next_text_in_its_own(tmp_path: Path) -> None:
    pdf = FPDF()
    with with_fonts(pdf, iter(())):
        (tmp_path / "signs.ttf").write_bytes(pymupdf_fonts.fontbuffers["symbol2"]())
        pdf.add_font("Signs", "", tmp_path / "signs.ttf")
        pdf.set_fallback_fonts(["Signs"], exact_match=False)
        sheet = Sheet(pdf, a_leaf())
        sheet.text("\N{ALARM CLOCK}", Box(10, 10, 50, 5), size=8)
        written = pdf.pages[1].contents
        assert isinstance(written, bytearray)
        before = len(written)
        sheet.text("48", Box(10, 20, 50, 5), size=8)
        assert b" Tf " in written[before:], "which font it is, is said anew"


def test_a_month_shows_times_whole_days_and_what_does_not_fit() -> None:
    many = [of(f"Rehearsal {n}", f"2026-11-26T{8 + n:02}:00") for n in range(8)]
    fair = an_event_content(title="Fair", when=all_day("2026-11-16", 2))
    said = words(a_leaf(of("Lunch", "2026-11-18T12:30"), fair, *many), View.MONTH)
    assert {"November 2026", "Harbour", "Europe/Berlin", "47"} <= set(said)
    assert said[said.index("Lunch") - 1] == "12:30"
    assert said.count("Fair") == 1
    assert "Rehearsal 3" in said and "+ 4" in said and "Rehearsal 4" not in said


def test_a_week_shows_places_and_times_of_what_is_long_enough() -> None:
    long = of("Rehearsal", "2026-11-18T09:00", 180, place="Hall 5")
    short = of("Call", "2026-11-18T14:00", 15)
    said = words(a_leaf(long, short), View.WEEK)
    assert said[0].startswith("16") and said[0].endswith("22 November 2026")
    assert {"Rehearsal", "09:00", "Hall 5", "14:00  Call"} <= set(said)


def test_days_off_and_working_days_are_as_the_calendar_has_them() -> None:
    leaf = a_leaf(settings=WORKING, days_off={date(2026, 11, 18): "Buß- und Bettag"})
    for view in (View.MONTH, View.WEEK):
        said = words(leaf, view)
        assert "Buß- und Bettag" in said and "Saturday" not in said


def test_what_crosses_midnight_is_a_bar_and_what_ends_at_it_is_not() -> None:
    leaf = a_leaf(of("Night", "2026-11-18T22:00", 240), of("Late", "2026-11-19T22:00", 120))
    said = words(leaf, View.MONTH)
    assert said[said.index("Late") - 1] == "22:00" and said[said.index("Night") - 1] != "22:00"


def test_faint_and_firm_events_are_both_there() -> None:
    leaf = a_leaf(
        of("Maybe", "2026-11-18T09:00", show_as=ShowAs.TENTATIVE),
        of("Sure", "2026-11-18T09:30"),
    )
    assert {"Maybe", "Sure"} <= set(words(leaf, View.WEEK))


def test_names_in_many_scripts_are_written_and_no_box_is_drawn() -> None:
    names = ("Łódź", "Москва", "Αθήνα", "عيد", "פגישה", "ประชุม")
    pdf = FPDF()
    with with_fonts(pdf, iter([*names, "\U0010ffff"])):
        assert [printable(pdf, name) for name in names] == list(names)
        assert printable(pdf, "a\U0010ffffb") == "ab"


@pytest.mark.parametrize("view", [View.MONTH, View.WEEK])
def test_a_page_says_that_letters_are_missing_where_no_font_has_them(view: View) -> None:
    told = "Letters are left out."
    for title, is_told in (("\U0010ffff", True), ("Łódź", False)):
        leaf = a_leaf(of(title, "2026-11-18T09:00"), if_missing=told)
        assert (told in words(leaf, view)) is is_told


def test_what_has_no_letter_that_can_be_printed_is_still_there() -> None:
    leaf = a_leaf(of("\U0010ffff", "2026-11-18T09:00"))
    assert "…" in words(leaf, View.MONTH)


def test_the_files_of_the_fonts_are_let_go() -> None:
    pdf = FPDF()
    with with_fonts(pdf, iter(["Harbour"])):
        fonts = [font for font in pdf.fonts.values() if isinstance(font, TTFFont)]
        files = [font.ttfont.reader.file for font in fonts]
    assert files and all(file.closed for file in files)


def test_days_and_months_are_named_in_the_readers_language() -> None:
    assert "November 2026" in words(a_leaf(language="de"), View.MONTH)
    assert "Novembre 2026" in words(a_leaf(language="fr"), View.MONTH)
    assert "Monday" in words(a_leaf(language="xx-nowhere"), View.MONTH)
