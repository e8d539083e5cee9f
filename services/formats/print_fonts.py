"""Fonts for paper: one that is always there, and what else this machine has for other scripts.

FiraGO (package ``pymupdf-fonts``, SIL Open Font License) knows Latin, Greek, Cyrillic, Georgian,
Thai, Devanagari, Arabic and Hebrew. For letters that it lacks, Chinese and emoji above all, the
system's own fonts are asked; a letter that none of them has is left out, rather than a box drawn,
and the page says so (:func:`is_printable`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pymupdf_fonts
from fpdf import FPDF
from fpdf.fonts import TTFFont

__all__ = ["FAMILY", "is_printable", "printable", "with_fonts"]

FAMILY = "FiraGO"
_STYLES = {"": "figo", "B": "figbo"}
_FOLDERS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts"),
    "C:/Windows/Fonts",
)
_OTHERS = (
    *("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "msyh.ttc", "PingFang.ttc"),
    *("DroidSansFallbackFull.ttf", "wqy-zenhei.ttc", "wqy-microhei.ttc", "uming.ttc"),
    *("ipag.ttf", "YuGothR.ttc", "NanumGothic.ttf", "malgun.ttf", "AppleSDGothicNeo.ttc"),
    *("DejaVuSans.ttf", "NotoSansArmenian-Regular.ttf", "arialuni.ttf", "Arial Unicode.ttf"),
    "NotoColorEmoji.ttf",
)
"""In the order in which they are asked."""
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"


@contextmanager
def with_fonts(pdf: FPDF, texts: Iterator[str]) -> Iterator[None]:
    """Give a document the fonts that the texts need; it must be written out inside."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            _add_fonts(pdf, Path(folder), texts)
            yield
        finally:
            _close_fonts(pdf)


def _add_fonts(pdf: FPDF, folder: Path, texts: Iterator[str]) -> None:
    for style, name in _STYLES.items():
        path = folder / f"{name}.ttf"
        path.write_bytes(pymupdf_fonts.fontbuffers[name]())
        pdf.add_font(FAMILY, style, path)
    missing = {letter for text in texts for letter in text if not _has(pdf, FAMILY, letter)}
    fallbacks = list(_fallbacks(pdf, missing - set(_JOINERS)))
    if fallbacks:
        pdf.set_fallback_fonts(fallbacks, exact_match=False)
    pdf.set_text_shaping(True)


def _close_fonts(pdf: FPDF) -> None:
    """Let go of the fonts' files: fpdf2 keeps them open, and Windows deletes no open file."""
    for font in pdf.fonts.values():
        if isinstance(font, TTFFont):
            font.close()


def printable(pdf: FPDF, text: str) -> str:
    """Return the text without letters that none of the document's fonts has."""
    families = [FAMILY, *pdf._fallback_font_ids]
    return "".join(
        letter
        for letter in text
        if letter in _JOINERS or any(_has(pdf, family, letter) for family in families)
    )


def is_printable(pdf: FPDF, texts: Iterable[str]) -> bool:
    """Whether each letter of some texts is in one of the document's fonts."""
    return all(printable(pdf, text) == text for text in texts)


def _fallbacks(pdf: FPDF, missing: set[str]) -> Iterator[str]:
    for name in _OTHERS:
        path = _found(name) if missing else None
        if path is None:
            continue
        family = path.stem
        pdf.add_font(family, "", path)
        known = {letter for letter in missing if _has(pdf, family, letter)}
        if known:
            missing -= known
            yield family


def _has(pdf: FPDF, family: str, letter: str) -> bool:
    font = pdf.fonts[family.lower()]
    return letter.isspace() or (isinstance(font, TTFFont) and ord(letter) in font.cmap)


@cache
def _found(name: str) -> Path | None:
    """Return where this machine has a font; looked for once."""
    for folder in map(Path, _FOLDERS):
        if folder.is_dir():
            for path in folder.rglob(name):
                return path
    return None
