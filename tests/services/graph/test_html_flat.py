"""The quick reader reads as the careful one does, or not at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.graph.html_flat import LONGEST, read_flat
from services.graph.html_text import read_html
from services.model.rich_text import write

EXCHANGE = (
    '<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    "<!-- converted from text --><style><!-- .EmailQuote { margin-left: 1pt; } --></style>"
    "</head>\r\n<body>\r\n"
)
heads = st.sampled_from([EXCHANGE, "<body>", '<html><head></head><body dir="ltr">', "", "<html>"])
pieces = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        '<p style="margin:0">',
        "<br>",
        "<BR />",
        "</br>",
        "<span>",
        "</span>",
        '<font size="2">',
        "</font>",
        "<div",
        "<",
        "&",
        "<b>",
        "<ul><li>",
        '<span style="font-weight:bold">',
        "<!--",
        "-->",
        "'",
        '"',
        ">",
        "word",
        "two words",
        " ",
        "\r\n",
        "\t",
        "&nbsp;",
        "\xa0",
        "&lt;",
        "&#42;",
        "&#92;",
        "*",
        "_",
        "- point",
        "1. point",
        "• point",
        "https://example.org",
        "[",
        "]",
    ]
)
tails = st.sampled_from(["</body></html>", "</body>\r\n</html>\r\n", "</body>", ""])


def careful(source: str) -> str:
    return write(read_html(source, 2 * LONGEST)).strip("\n")


@given(heads, st.lists(pieces, max_size=10).map("".join), tails)
def test_what_it_reads_it_reads_as_the_careful_reader(head: str, inside: str, tail: str) -> None:
    source = head + inside + tail
    flat = read_flat(source)
    assert flat is None or flat.strip("\n") == careful(source)


def test_outlooks_text_is_read_at_once() -> None:
    body = '<font size="2"><span style="font-size:11pt;"><div class="PlainText">Bring a hat.<br>'
    source = f"{EXCHANGE}{body}\r\nAnd a coat &amp; tie.</div></span></font>\r\n</body></html>"
    assert read_flat(source) == f"{careful(source)}\n" == "Bring a hat.\nAnd a coat & tie.\n"


@pytest.mark.parametrize(
    "inside",
    [
        "<b>bold</b>",
        "<ul><li>point</ul>",
        '<a href="https://example.org">here</a>',
        "2 * 3",
        "a < b",
        "• point",
        "&#42;",
        '<span style="font-style: italic">so</span>',
        "<p title='a>b'>x</p>",
    ],
)
def test_what_may_be_more_is_left_to_the_careful_reader(inside: str) -> None:
    assert read_flat(f"<body>{inside}</body>") is None


@pytest.mark.parametrize(
    "source",
    [
        "<html><head><style>" + "a" * 9000,
        "<html><head>" + "<!--" * 2000,
        "<body>" + "<div " * 1900,
        "<body " + '="' * 4000,
        "</body>" * 1400,
        "<body>" + "a" * LONGEST,
    ],
)
def test_whatever_it_is_given_it_is_quick(source: str) -> None:
    began = time.process_time()
    read_flat(source)
    assert time.process_time() - began < 0.1
