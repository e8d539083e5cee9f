"""A row that is written plainly is read at a glance, and no other is."""

from __future__ import annotations

import pytest

from services.formats.workbook_cells import Formats
from services.formats.workbook_parts import Parts, Texts
from services.formats.workbook_sheet import Sheet

BEGIN = '<row r="2">'
TEXT = '<c r="C2" s="1" t="inlineStr"><is><t>Ærø</t></is></c>'


def a_sheet() -> Sheet:
    texts = Texts()
    texts.add("shared")
    return Sheet(Parts(("sheet1.xml",), texts, Formats()), 10)


def test_a_plain_row_is_read_at_a_glance() -> None:
    sheet = a_sheet()
    assert sheet.plainly(f'{BEGIN}<c r="A2" t="s"><v>0</v></c><c r="B2" s="4"/>{TEXT}')
    assert sheet.plainly('\n<row spans="1:1"><c r="A3"><v>12</v></c>')
    assert sheet.taken() == [(2, ["shared", None, "Ærø"]), (3, [12])]


@pytest.mark.parametrize(
    "row",
    [
        f"{BEGIN}{TEXT}<!-- -->",
        f"{BEGIN} {TEXT}",
        f"<!-- {BEGIN}{TEXT}",
        f'<row r="2"/>{BEGIN}{TEXT}',
        f"{BEGIN}{TEXT.replace('Ærø', 'R &amp; D')}",
        f"{BEGIN}{TEXT.replace('Ærø', '_' * 40_000)}",
        f"{BEGIN}{TEXT.replace('</is>', '')}",
        f"{BEGIN}<c r='A2'><v>1</v></c>",
        f'{BEGIN}<c r="A2"><f>1+1</f><v>2</v></c>',
        "",
    ],
)
def test_what_is_anything_else_is_left_to_expat(row: str) -> None:
    sheet = a_sheet()
    assert not sheet.plainly(row) and sheet.taken() == []
